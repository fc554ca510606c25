import { createFinding, type Finding } from '../../findings/finding.ts';
import type { ContentLocation } from '../../inspection/content.ts';
import type { Bag } from './bag.ts';
import { tagLines } from './tag-lines.ts';

/** What decoders put in the place of bytes that mean nothing in the encoding. */
const undecodable = '\ufffd';

/**
 * Reads bag-info.txt (RFC 8493, 2.2.2): labels and values, values going on in lines that begin with a blank. Only
 * Payload-Oxum means something to a check.
 * @throws what contentPieces throws
 */
export async function readBagInfo(
  path: string,
  location: ContentLocation,
  encoding: string,
  report: (finding: Finding) => void,
): Promise<Bag['oxum']> {
  const oxums = new Set<string>();
  let row = 0;
  let usable = false;
  for await (const { number, line } of tagLines(location, encoding)) {
    if (line.trim() === '') continue;
    const isContinued: boolean = usable && /^[ \t]/.test(line);
    const colon = line.indexOf(':');
    usable = isContinued || colon > 0;
    if (!usable || line.includes(undecodable)) {
      report(createFinding('bag.info-line-unusable', { path, row: number }, { line: line.slice(0, 200) }));
    }
    if (!isContinued && line.slice(0, colon).trim().toLowerCase() === 'payload-oxum') {
      oxums.add(line.slice(colon + 1).trim());
      row = number;
    }
  }
  if (oxums.size === 0) return undefined;
  const [value = ''] = oxums;
  const [, bytes, files] = /^([0-9]{1,15})\.([0-9]{1,15})$/.exec(value) ?? [];
  if (oxums.size === 1 && bytes !== undefined && files !== undefined) return { bytes: +bytes, files: +files };
  report(createFinding('bag.oxum-unreadable', { path, row }, { values: [...oxums].slice(0, 5) }));
  return undefined;
}

import { createFinding, type Finding } from '../../findings/finding.ts';
import type { ContentLocation } from '../../inspection/content.ts';
import { contentPieces } from '../../inspection/read-content.ts';
import { isStrict, knownVersions } from './bag.ts';
import { isKnownEncoding } from './tag-lines.ts';

export interface Declaration {
  readonly version: string;
  readonly encoding: string;
}

/** Taken where nothing usable is declared, so that the rest can be checked all the same. */
const fallback: Declaration = { version: '1.0', encoding: 'UTF-8' };
/** bagit.txt has two short lines; more is not read. */
const longest = 4096;

/**
 * Reads bagit.txt (RFC 8493, 2.1.1): two lines, in UTF-8 without a byte order mark.
 * @param location undefined where there is none
 * @throws what contentPieces throws
 */
export async function readDeclaration(
  location: ContentLocation | undefined,
  report: (finding: Finding) => void,
): Promise<Declaration> {
  const path = 'bagit.txt';
  if (!location) {
    report(createFinding('bag.declaration-absent', { path }, {}));
    return fallback;
  }
  const content = await head(location);
  if (content.startsWith('\ufeff')) report(createFinding('bag.declaration-invalid', { path }, { line: '\\uFEFF' }));
  const [first = '', second = '', ...rest] = content.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const version = /^BagIt-Version: ?([0-9]+\.[0-9]+)\s*$/.exec(first)?.[1];
  const encoding = /^Tag-File-Character-Encoding: ?(\S+)\s*$/.exec(second)?.[1];
  const superfluous = rest.find((line) => line.trim() !== '');
  const invalid = version === undefined ? first : encoding === undefined ? second : superfluous;
  if (invalid !== undefined) {
    report(createFinding('bag.declaration-invalid', { path }, { line: invalid.slice(0, 200) }));
    return { version: version ?? fallback.version, encoding: fallback.encoding };
  }
  return judged({ version: version ?? '', encoding: encoding ?? '' }, report);
}

function judged({ version, encoding }: Declaration, report: (finding: Finding) => void): Declaration {
  const place = { path: 'bagit.txt' };
  if (!knownVersions.has(version)) report(createFinding('bag.version-unknown', place, { version }));
  if (!isKnownEncoding(encoding)) {
    report(createFinding('bag.encoding-unknown', place, { encoding }));
    return { version, encoding: fallback.encoding };
  }
  if (isStrict(version) && encoding.toUpperCase() !== 'UTF-8') {
    report(createFinding('bag.encoding-unusual', place, { encoding }));
  }
  return { version, encoding };
}

async function head(location: ContentLocation): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const piece of contentPieces(location)) {
    bytes = Buffer.concat([bytes, piece.subarray(0, longest)]);
    if (bytes.length >= longest) break;
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, longest));
}

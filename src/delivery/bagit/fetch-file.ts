import { createFinding, type Finding } from '../../findings/finding.ts';
import type { SourceFile } from '../source-file.ts';
import type { FetchLine } from './bag.ts';
import { readBagPath } from './bag-line.ts';
import type { Declaration } from './declaration.ts';
import { tagLines } from './tag-lines.ts';

/** More files than this are not fetched by anybody. */
const mostLines = 1_000_000;

/**
 * Reads fetch.txt (RFC 8493, 2.2.3): "URL length path". Nothing is ever fetched.
 * @throws what contentPieces throws
 */
export async function readFetchFile(
  source: SourceFile,
  { version, encoding }: Declaration,
  report: (finding: Finding) => void,
): Promise<FetchLine[]> {
  const lines: FetchLine[] = [];
  for await (const { number, line } of tagLines(source, encoding)) {
    if (line.trim() === '' || lines.length >= mostLines) continue;
    const place = { path: source.path, row: number };
    const [, url, written] = /^(\S+)[ \t]+(?:[0-9]+|-)[ \t]+(.*\S.*)$/.exec(line) ?? [];
    if (url === undefined || written === undefined) {
      report(createFinding('bag.fetch-line-unusable', place, { line: line.slice(0, 200) }));
      continue;
    }
    const read = readBagPath(written, version);
    const path = 'unsafe' in read ? undefined : read.paths.find((candidate) => candidate.startsWith('data/'));
    if (path === undefined) {
      const reason = 'unsafe' in read ? read.unsafe : 'not-payload';
      report(createFinding('bag.path-refused', place, { value: written.slice(0, 500), reason }));
      continue;
    }
    lines.push({ url: url.slice(0, 2000), path: path.slice('data/'.length), line: number });
  }
  if (lines.length > 0) report(createFinding('bag.fetch-present', { path: source.path }, { files: lines.length }));
  return lines;
}

import { createFinding, type Finding } from '../../findings/finding.ts';
import type { DigestAlgorithm } from '../../inspection/facts.ts';
import type { DigestReading, DigestSink, StatedDigest } from '../checksum-file.ts';
import { isDigestOf } from '../digests.ts';
import type { EntryIndex } from '../entry-index.ts';
import type { SourceFile } from '../source-file.ts';
import { type BagPath, readBagLine, readBagPath } from './bag-line.ts';
import type { Declaration } from './declaration.ts';
import { tagLines } from './tag-lines.ts';

type Report = (finding: Finding) => void;

export interface BagManifest extends SourceFile {
  readonly algorithm: DigestAlgorithm;
}

const payloadFolder = 'data/';

/**
 * Reads a payload manifest into `stated`: every line yields a digest for a payload file or a finding.
 * @throws what contentPieces throws
 */
export async function readPayloadManifest(
  manifest: BagManifest,
  { version, encoding }: Declaration,
  stated: DigestSink,
  { index, report, signal }: DigestReading,
): Promise<void> {
  const before = stated.length;
  for await (const { number, line } of tagLines(manifest, encoding, signal)) {
    if (line.trim() === '') continue;
    const place = { path: manifest.path, row: number };
    const read = digestLine(line, manifest.algorithm);
    if (!read) {
      report(createFinding('checksum.line-unusable', place, { text: line.slice(0, 200) }));
      continue;
    }
    const found = payloadFile(read.path, version, { place, index, report });
    if (found) {
      const { algorithm, path: source } = manifest;
      stated.push({ ...found, algorithm, digest: read.digest, source, line: number });
    }
  }
  if (stated.length === before && index.entries.some(({ kind }) => kind === 'file')) {
    report(createFinding('checksum.no-usable-line', { path: manifest.path }, {}));
  }
}

function digestLine(line: string, algorithm: DigestAlgorithm) {
  const read = readBagLine(line);
  return read && isDigestOf(read.digest, algorithm) ? read : undefined;
}

function payloadFile(
  written: string,
  version: string,
  { place, index, report }: { place: { path: string; row: number }; index: EntryIndex; report: Report },
): Pick<StatedDigest, 'path' | 'present'> | undefined {
  const read = readBagPath(written, version);
  const outside = 'unsafe' in read || !read.paths.every((path) => path.startsWith(payloadFolder));
  if (outside) {
    const reason = 'unsafe' in read ? read.unsafe : 'not-payload';
    report(createFinding('bag.path-refused', place, { value: written.slice(0, 500), reason }));
    return undefined;
  }
  if (read.loose) report(createFinding('bag.path-loose', place, { value: written.slice(0, 500) }));
  return findPayload(read, index, (listed, path) =>
    report(createFinding('name.case-differs', { path }, { listed, source: place.path })),
  );
}

function findPayload({ paths }: BagPath, index: EntryIndex, onCase: (listed: string, path: string) => void) {
  const listed = paths.map((path) => path.slice(payloadFolder.length));
  for (const path of listed) {
    const match = index.find(path);
    if (!match) continue;
    if (match.caseDiffers) onCase(path, match.entry.path);
    return { path: match.entry.path, present: true };
  }
  return { path: listed[0] ?? '', present: false };
}

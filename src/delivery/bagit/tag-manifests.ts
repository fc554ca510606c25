import { createHash } from 'node:crypto';
import { createFinding, type Finding } from '../../findings/finding.ts';
import type { ContentLocation } from '../../inspection/content.ts';
import { contentPieces } from '../../inspection/read-content.ts';
import { isDigestOf } from '../digests.ts';
import { readBagLine, readBagPath } from './bag-line.ts';
import type { Declaration } from './declaration.ts';
import type { BagManifest } from './payload-manifests.ts';
import { tagLines } from './tag-lines.ts';

/**
 * Compares the tag files with a tag manifest (RFC 8493, 2.2.1); adds the paths of those that it lists to `listed`.
 * @param locate where a tag file lies, by its path from the bag's top; undefined where there is none
 * @throws what contentPieces throws
 */
export async function checkTagManifest(
  manifest: BagManifest,
  { version, encoding }: Declaration,
  locate: (path: string) => ContentLocation | undefined,
  listed: Set<string>,
  { report, signal }: { readonly report: (finding: Finding) => void; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { path: source, algorithm } = manifest;
  for await (const { number, line } of tagLines(manifest, encoding, signal)) {
    if (line.trim() === '') continue;
    const place = { path: source, row: number };
    const read = readBagLine(line);
    if (!read || !isDigestOf(read.digest, algorithm)) {
      report(createFinding('checksum.line-unusable', place, { text: line.slice(0, 200) }));
      continue;
    }
    const written = readBagPath(read.path, version);
    const reason = 'unsafe' in written ? written.unsafe : misplaced(written.paths);
    if (reason) report(createFinding('bag.path-refused', place, { value: read.path.slice(0, 500), reason }));
    if (reason || 'unsafe' in written) continue;
    const path = written.paths.find((candidate) => locate(candidate)) ?? written.paths[0] ?? '';
    listed.add(path);
    const location = locate(path);
    if (!location) {
      report(createFinding('bag.tag-file-absent', { path, row: number }, { source }));
      continue;
    }
    const actual = await digestOf(location, algorithm, signal);
    if (actual === read.digest) continue;
    report(
      createFinding(
        'bag.tag-file-differs',
        { path, row: number },
        { algorithm, expected: read.digest, actual, source },
      ),
    );
  }
}

/** Tag manifests list neither payload nor tag manifests. */
function misplaced(paths: readonly string[]): 'payload' | 'tag-manifest' | undefined {
  if (paths.some((path) => path.startsWith('data/'))) return 'payload';
  return paths.some((path) => /^tagmanifest-[^/]+\.txt$/.test(path)) ? 'tag-manifest' : undefined;
}

async function digestOf(
  location: ContentLocation,
  algorithm: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash(algorithm);
  for await (const piece of contentPieces(location, signal)) hash.update(piece);
  return hash.digest('hex');
}

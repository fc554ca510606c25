import { isJunk } from '../../delivery/names.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import type { CheckContext } from '../context.ts';

/** Payload files that fetch.txt promises and the package lacks. */
export function* unfetchedFiles({ bag, index }: CheckContext): Iterable<Finding> {
  for (const { path, url, line } of bag?.fetch ?? []) {
    const match = index.find(path);
    if (!match || match.caseDiffers) yield createFinding('bag.file-not-fetched', { path, row: line }, { url });
  }
}

/**
 * Payload files that manifests of the bag do not list: all of them must (RFC 8493, 3); before 1.0, one was enough. What
 * the system left behind is told as such.
 */
export function* unlistedPayload({ bag, index, listedDigests, isBlamed }: CheckContext): Iterable<Finding> {
  if (!bag || bag.manifests.length === 0) return;
  const places = new Map(bag.manifests.map((path, place) => [path, place]));
  const listed = new Map<string, Set<number>>();
  for (const { path, source } of listedDigests) {
    const place = places.get(source);
    if (place === undefined) continue;
    const known = listed.get(path);
    if (known) known.add(place);
    else listed.set(path, new Set([place]));
  }
  for (const { path, kind, undecodable } of index.entries) {
    if (kind !== 'file' || undecodable || isJunk(path) || isBlamed({ path })) continue;
    const known = listed.get(path);
    if (known && (known.size === places.size || bag.version.startsWith('0.'))) continue;
    const missing = bag.manifests.filter((_, place) => !known?.has(place));
    yield createFinding('bag.file-not-listed', { path }, { manifests: missing });
  }
}

/** What systems leave behind, listed by the bag and since removed: told, and no reason to refuse the bag. */
export function* absentJunk(context: CheckContext): Iterable<Finding> {
  for (const path of absentJunkPaths(context)) yield createFinding('bag.junk-absent', { path }, {});
}

function absentJunkPaths({ bag, listedDigests }: CheckContext): Set<string> {
  if (!bag) return new Set();
  const absent = new Set<string>();
  for (const { path, present } of listedDigests) if (!present && isJunk(path)) absent.add(path);
  return absent;
}

/** The sum of the payload against what bag-info.txt states; files that the system left count or not. */
export function* payloadOxum(context: CheckContext): Iterable<Finding> {
  const { bag, index, listedCompletely } = context;
  if (!bag?.oxum || !listedCompletely) return;
  const all = { bytes: 0, files: 0 };
  const meant = { bytes: 0, files: 0 };
  for (const { path, kind, size } of index.entries) {
    if (kind === 'folder') continue;
    for (const sum of isJunk(path) ? [all] : [all, meant]) {
      sum.bytes += size;
      sum.files += 1;
    }
  }
  const { bytes, files } = bag.oxum;
  if ([all, meant].some((sum) => sum.bytes === bytes && sum.files === files)) return;
  // Of what was removed the size is not known: the number must fit.
  const removed = absentJunkPaths(context).size;
  if (removed > 0 && all.files + removed === files && all.bytes <= bytes) return;
  yield createFinding('bag.oxum-differs', { path: 'bag-info.txt' }, { ...all, statedBytes: bytes, statedFiles: files });
}

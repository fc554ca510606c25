import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContentLocation } from '../inspection/content.ts';
import { contentPieces } from '../inspection/read-content.ts';
import { readListedPath } from './listed-path.ts';
import { openingOf, openPackage } from './open-package.ts';
import type { PackageEntry } from './package-reader.ts';
import type { LoadedProfile } from './profile.ts';

/**
 * Writes the files of a package into a folder, under the paths by which a check tells of them, and makes them durable.
 * What the check refuses is left out, and so is what cannot be unpacked or stored under its name: it has failed.
 * @param target is made; nothing is overwritten in it
 * @param profile under which it was checked
 * @param onFile told after each file
 * @throws the system's error when the disk is full or cannot be written
 */
export async function unpackPackage(
  location: string,
  target: string,
  profile: LoadedProfile,
  { signal, onFile }: { readonly signal: AbortSignal; readonly onFile: () => void },
): Promise<void> {
  const reader = await openPackage(location, { ...openingOf(profile), signal, report: () => undefined });
  try {
    await mkdir(target, { recursive: true });
    for await (const entry of reader.list(signal)) {
      if (!isStorable(entry)) continue;
      try {
        await writeDurably(reader.content(entry), join(target, entry.path), signal);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && unstorable.has(String(error.code)))) throw error;
      }
      onFile();
    }
  } finally {
    await reader.close();
  }
}

/** Damaged content, and names that this file system does not take. */
const unstorable: ReadonlySet<string> = new Set([
  'EBADMSG',
  'ENAMETOOLONG',
  'EINVAL',
  'EEXIST',
  'EISDIR',
  'ENOTDIR',
  'EILSEQ',
]);

/** Whatever was said of it before: nothing is written outside of the folder. */
function isStorable({ kind, path, undecodable }: PackageEntry): boolean {
  if (kind !== 'file' || undecodable) return false;
  const listed = readListedPath(path);
  return !('unsafe' in listed) && (listed.backslashes || listed.path === path);
}

async function writeDurably(content: ContentLocation, target: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const file = await open(target, 'wx');
  try {
    for await (const piece of contentPieces(content, signal)) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

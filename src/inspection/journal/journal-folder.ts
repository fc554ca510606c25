import { lstatSync, mkdirSync, readdirSync, rmSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** A week: over a weekend and holidays. Older than that, what is left of a check is of no use to anybody. */
const keptForMs = 7 * 24 * 3600 * 1000;
const ending = '.journal';

/**
 * Where journals of interrupted checks are kept: SCANLOT_CACHE, else the user's folder for caches (XDG Base Directory
 * Specification; %LOCALAPPDATA% on Windows).
 * @returns undefined where the environment names none: then no journal is kept
 */
export function journalFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (env.SCANLOT_CACHE) return join(resolve(env.SCANLOT_CACHE), 'checks');
  const caches = platform === 'win32' ? env.LOCALAPPDATA : (absolute(env.XDG_CACHE_HOME) ?? cacheIn(env.HOME));
  return caches ? join(caches, 'scanlot', 'checks') : undefined;
}

/** The specification has paths that are not absolute ignored. */
function absolute(path: string | undefined): string | undefined {
  return path && isAbsolute(path) ? path : undefined;
}

function cacheIn(home: string | undefined): string | undefined {
  const folder = absolute(home);
  return folder && join(folder, '.cache');
}

/** Where the journal of this key lies. */
export function journalPath(folder: string, key: string): string {
  return join(folder, `${key}${ending}`);
}

/**
 * Makes the folder where it is missing, and the two above it: that of the program and that for caches.
 * @returns whether it is this user's alone: what others could have written is not to be trusted
 * @throws the system's error when it cannot be made
 */
export function prepareFolder(folder: string): boolean {
  // Not by the option "recursive": Node 20 never returns where the system has no such place, as in /proc.
  for (const place of [dirname(dirname(folder)), dirname(folder), folder]) makeFolder(place);
  const stats = lstatSync(folder);
  return stats.isDirectory() && isPrivate(stats);
}

function makeFolder(place: string): void {
  try {
    mkdirSync(place, { mode: 0o700 });
  } catch (error) {
    if (!lstatSync(place, { throwIfNoEntry: false })) throw error;
  }
}

/** Whether something belongs to this user and nobody else may read or write it; Windows keeps that by its own rules. */
export function isPrivate({ uid, mode }: Pick<Stats, 'uid' | 'mode'>): boolean {
  if (!process.getuid) return true;
  return uid === process.getuid() && (mode & 0o077) === 0;
}

/** Removes the journals that were not written to for a week. @throws the system's error */
export function removeOld(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(ending)) continue;
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (stats && now - stats.mtimeMs > keptForMs) rmSync(join(folder, name), { force: true });
  }
}

import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { escapeBytes } from './names.ts';
import type { EntryKind, PackageEntry, PackageReader } from './package-reader.ts';

/** Entries between two looks at the event loop: often enough for Ctrl-C and progress, seldom enough to cost nothing. */
const ENTRIES_PER_TURN = 500;
const SEPARATOR = Buffer.from('/');

interface Folder {
  /** Names are bytes to the file system: only so can a name be opened that is no UTF-8. */
  readonly raw: Buffer;
  readonly path: string;
  readonly undecodable: boolean;
}

/**
 * Opens a package that lies in a directory.
 * @throws UsageError when there is no such directory
 */
export function openDirectory(location: string): PackageReader {
  assertDirectory(location);
  return {
    form: 'folder',
    location,
    list: (signal) => walk(location, signal),
    content: (entry) => ({ file: join(location, entry.path) }),
    changedContainers: () => [],
    close: () => Promise.resolve(),
  };
}

async function* walk(location: string, signal: AbortSignal | undefined): AsyncIterable<PackageEntry> {
  const open: Folder[] = [{ raw: Buffer.from(location), path: '', undecodable: false }];
  let seen = 0;
  for (let folder = open.pop(); folder; folder = open.pop()) {
    const names = readNames(folder);
    if (!Array.isArray(names)) {
      yield names;
      continue;
    }
    const within: Folder[] = [];
    for (const name of names) {
      const { entry, raw } = readEntry(folder, name);
      if (entry.kind === 'folder') within.push({ raw, path: entry.path, undecodable: entry.undecodable === true });
      yield entry;
      seen += 1;
      if (seen % ENTRIES_PER_TURN === 0) await setImmediate();
      signal?.throwIfAborted();
    }
    open.push(...within.reverse());
  }
}

/** The names in a folder in the order of their bytes; an unreadable entry instead when it cannot be listed. */
function readNames(folder: Folder): Buffer[] | PackageEntry {
  try {
    return readdirSync(folder.raw, { encoding: 'buffer' }).sort(Buffer.compare);
  } catch (error) {
    return unreadable(folder.path, error);
  }
}

function readEntry(folder: Folder, name: Buffer): { entry: PackageEntry; raw: Buffer } {
  const raw = Buffer.concat([folder.raw, SEPARATOR, name]);
  const valid = isUtf8(name);
  const shown = valid ? name.toString() : escapeBytes(name);
  const path = folder.path === '' ? shown : `${folder.path}/${shown}`;
  const undecodable = folder.undecodable || !valid ? { undecodable: true } : {};
  try {
    const stats = lstatSync(raw);
    const kind = kindOf(stats);
    const size = kind === 'file' ? stats.size : 0;
    // A folder's own time changes with its content, which is listed itself.
    const stamp = kind === 'folder' ? 0 : stats.mtimeMs;
    return { entry: { path, kind, size, stamp, ...undecodable }, raw };
  } catch (error) {
    return { entry: { ...unreadable(path, error), ...undecodable }, raw };
  }
}

function kindOf(stats: Stats): EntryKind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFIFO()) return 'pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

function unreadable(path: string, error: unknown): PackageEntry {
  return { path, kind: 'unreadable', size: 0, stamp: 0, cause: (error as NodeJS.ErrnoException).code ?? 'EIO' };
}

function assertDirectory(location: string): void {
  let stats: Stats;
  try {
    stats = statSync(location);
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? 'EIO';
    throw new UsageError(
      'package.unreachable',
      text({
        de: `Das Paket ${location} ist nicht erreichbar (${cause}).`,
        en: `Cannot reach the package ${location} (${cause}).`,
      }),
      text({
        de: 'Pfad, Leserechte und Netzlaufwerk prüfen.',
        en: 'Check the path, the right to read it, and the network drive.',
      }),
    );
  }
  if (stats.isDirectory()) return;
  throw new UsageError(
    'package.no-directory',
    text({ de: `${location} ist kein Ordner.`, en: `${location} is not a directory.` }),
    text({ de: 'Den Ordner angeben, in dem die Lieferung liegt.', en: 'Name the directory that holds the delivery.' }),
  );
}

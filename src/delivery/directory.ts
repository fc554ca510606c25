import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { systemWords } from '../shared/system-words.ts';
import { escapeBytes } from './names.ts';
import type { EntryKind, PackageEntry, PackageReader } from './package-reader.ts';

/** Entries between two looks at the event loop: often enough for Ctrl-C and progress, seldom enough to cost nothing. */
const ENTRIES_PER_TURN = 500;

interface Folder {
  /** Names are bytes to the file system: only so can a name be opened that is no UTF-8. Each byte is a character here. */
  readonly raw: string;
  readonly path: string;
  readonly undecodable: boolean;
}

/**
 * Opens a package that lies in a directory.
 * @throws UsageError when there is no such directory
 */
export function openDirectory(location: string): PackageReader {
  assertDirectory(location);
  const base = join(location, '/');
  return {
    form: 'folder',
    location,
    list: (signal) => walk(location, signal),
    content: (entry) => ({ file: `${base}${entry.path}` }),
    changedContainers: () => [],
    close: () => Promise.resolve(),
  };
}

async function* walk(location: string, signal: AbortSignal | undefined): AsyncIterable<PackageEntry> {
  const open: Folder[] = [{ raw: Buffer.from(location).toString('latin1'), path: '', undecodable: false }];
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
    for (const inner of within.reverse()) open.push(inner);
  }
}

/** The names in a folder in the order of their bytes; an unreadable entry instead when it cannot be listed. */
function readNames(folder: Folder): string[] | PackageEntry {
  try {
    return readdirSync(rawPath(folder.raw), { encoding: 'latin1' }).sort();
  } catch (error) {
    return unreadable(folder.path, error);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const onlyAscii = /^[\u0000-\u007f]*$/;

/** The path as the system takes it. */
function rawPath(raw: string): string | Buffer {
  return onlyAscii.test(raw) ? raw : Buffer.from(raw, 'latin1');
}

/** A name as it is told; undefined where its bytes are no UTF-8. */
function decodedName(name: string): string | undefined {
  if (onlyAscii.test(name)) return name;
  const bytes = Buffer.from(name, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

function readEntry(folder: Folder, name: string): { entry: PackageEntry; raw: string } {
  const raw = `${folder.raw}/${name}`;
  const decoded = decodedName(name);
  const shown = decoded ?? escapeBytes(Buffer.from(name, 'latin1'));
  const path = folder.path === '' ? shown : `${folder.path}/${shown}`;
  const undecodable = folder.undecodable || decoded === undefined ? { undecodable: true } : {};
  try {
    const stats = lstatSync(rawPath(raw));
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
    const reason = systemWords((error as NodeJS.ErrnoException).code ?? 'EIO');
    throw new UsageError(
      'package.unreachable',
      text({
        de: `Das Paket ${location} ist nicht erreichbar: ${reason.de}.`,
        en: `Cannot reach the package ${location}: ${reason.en}.`,
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

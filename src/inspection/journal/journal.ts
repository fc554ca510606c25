import { closeSync, constants, fstatSync, lstatSync, openSync, rmSync, type Stats, writeSync } from 'node:fs';
import { processIdentity } from '../../shared/process-identity.ts';
import { readFully } from '../file-source.ts';
import type { FileInspection } from '../look.ts';
import { isPrivate, journalPath, prepareFolder, removeOld } from './journal-folder.ts';
import { asInspection, decodeLine, encodeLine } from './journal-line.ts';
import {
  type JournalContent,
  type LinePlace,
  longestLine,
  mostBytes,
  type RunLine,
  readJournal,
} from './read-journal.ts';

/**
 * What the inspection of each file yielded, noted while a check runs, so that it can go on after an interruption. It
 * holds no names. It must not matter: where it cannot be kept, or not any longer, the check goes on without.
 */
export interface Journal {
  /** When the interrupted check began, otherwise this one; ISO 8601 in UTC. */
  readonly startedAt: string;
  /** Nothing is left of an interruption. */
  readonly isEmpty: boolean;
  /** What was noted under this identity before the interruption. */
  find(id: string): FileInspection | undefined;
  /** Notes what a file yielded; written a moment later, together with others. */
  note(id: string, inspection: FileInspection): void;
  /** Keeps what was noted for the next time; without anything noted, nothing is kept. May be called after `remove`. */
  close(): void;
  /** The check is complete: nothing is kept. */
  remove(): void;
}

export interface JournalOptions {
  /** Ignores and removes what an interrupted check has left. */
  readonly fresh: boolean;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
}

/**
 * Opens the journal of a check.
 * @param folder is made where it is missing
 * @param key of the check, fit for a file's name; journals of other keys are not looked at
 * @returns undefined where none can be kept: the folder cannot be written or others have access to it, or the same check
 * is running at this moment
 */
export function openJournal(folder: string, key: string, options: JournalOptions): Journal | undefined {
  return unlessRefused(() => {
    if (!prepareFolder(folder)) return undefined;
    removeOld(folder, Date.now());
    return open(journalPath(folder, key), key, options);
  });
}

function open(path: string, key: string, { fresh, startedAt }: JournalOptions): Journal | undefined {
  const present = lstatSync(path, { throwIfNoEntry: false });
  if (present && (fresh || !isOurs(present))) rmSync(path, { force: true });
  let handle = openOwn(path);
  const before = readJournal(handle, key);
  if (before?.inUse) {
    closeSync(handle);
    return undefined;
  }
  if (!before) {
    closeSync(handle);
    rmSync(path, { force: true });
    handle = openOwn(path);
  }
  return writeJournal({ path, handle, key, before, startedAt: before?.startedAt ?? startedAt });
}

function isOurs(stats: Stats): boolean {
  return stats.isFile() && stats.nlink === 1 && isPrivate(stats);
}

const openFlags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** @throws the system's error, also where what was opened is not what was looked at before */
function openOwn(path: string): number {
  const handle = openSync(path, openFlags, 0o600);
  if (isOurs(fstatSync(handle))) return handle;
  closeSync(handle);
  throw Object.assign(new Error(`${path} was replaced`), { code: 'EPERM', syscall: 'open' });
}

interface OpenedJournal {
  readonly path: string;
  readonly handle: number;
  readonly key: string;
  /** What was in it. */
  readonly before: JournalContent | undefined;
  readonly startedAt: string;
}

/** Characters and milliseconds after which what was noted is written: a kill loses no more than that. */
const batch = { characters: 64 * 1024, ms: 200 };

function writeJournal({ path, handle, key, before, startedAt }: OpenedJournal): Journal {
  let state: 'open' | 'full' | 'closed' = 'open';
  let pending = '';
  let size = fstatSync(handle).size;
  let noted = before?.places.size ?? 0;
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    try {
      const bytes = Buffer.from(pending);
      if (state !== 'open' || writeSync(handle, bytes) < bytes.length) state = 'full';
      size += bytes.length;
      if (size > mostBytes) state = 'full';
    } catch (error) {
      if (!isSystemError(error)) throw error;
      // The disk is full or gone: what is there stays of use.
      state = 'full';
    }
    pending = '';
  };
  const runLine = (owner: RunLine['owner']): string => {
    const line: RunLine = { journal: 1, key, startedAt, owner };
    // The line before may be torn.
    return `\n${encodeLine(line)}`;
  };
  const end = (): void => {
    clearTimeout(timer);
    state = 'closed';
    closeSync(handle);
  };
  const remove = (): void => {
    if (state === 'closed') return;
    end();
    // What cannot be removed is bound to files as they were, and is removed after a week.
    unlessRefused(() => rmSync(path, { force: true }));
  };
  pending = runLine(processIdentity());
  write();
  return {
    startedAt,
    isEmpty: !before || before.places.size === 0,
    find: (id) => {
      const place = state === 'closed' ? undefined : before?.places.get(id);
      const document = place && unlessRefused(() => decodeLine(readLine(handle, place)));
      return document?.id === id ? asInspection(document.inspection) : undefined;
    },
    note: (id, inspection) => {
      if (state !== 'open') return;
      const line = encodeLine({ id, inspection });
      if (Buffer.byteLength(line) > longestLine) return;
      noted += 1;
      pending += line;
      if (pending.length >= batch.characters) write();
      else timer ??= setTimeout(write, batch.ms).unref();
    },
    close: () => {
      if (noted === 0) return remove();
      if (state === 'closed') return;
      pending += runLine(null);
      write();
      end();
    },
    remove,
  };
}

function readLine(handle: number, { offset, length }: LinePlace): Buffer {
  const line = Buffer.allocUnsafe(length);
  return line.subarray(0, readFully(handle, line, length, offset));
}

/** What cannot be done with a journal is left undone. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

import { fstatSync } from 'node:fs';
import { type ProcessIdentity, processLives } from '../../shared/process-identity.ts';
import { readFully } from '../file-source.ts';
import { decodeLine } from './journal-line.ts';

/** No line is longer than this; what would be is not noted. */
export const longestLine = 1024 * 1024;
/** Several times what 200,000 files need. */
export const mostBytes = 512 * 1024 * 1024;
const lineFeed = 0x0a;

/** Where a line lies in the journal, without its line feed. */
export interface LinePlace {
  readonly offset: number;
  readonly length: number;
}

/** What is in a journal. Of the facts only where they lie: there may be hundreds of thousands. */
export interface JournalContent {
  /** When the check began, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** Whether a process is at work with it now. */
  readonly inUse: boolean;
  /** By the identity of what was inspected. */
  readonly places: ReadonlyMap<string, LinePlace>;
}

/** What each run writes first, and what it writes last where it could. */
export interface RunLine {
  readonly journal: 1;
  readonly key: string;
  readonly startedAt: string;
  readonly owner: ProcessIdentity | null;
}

/** Reads an open journal. @returns undefined where it is empty, damaged at its beginning or of another check */
export function readJournal(handle: number, key: string): JournalContent | undefined {
  const { size } = fstatSync(handle);
  if (size > mostBytes + longestLine) return undefined;
  const places = new Map<string, LinePlace>();
  let startedAt: string | undefined;
  let owner: ProcessIdentity | null = null;
  for (const { offset, line } of linesOf(handle, size)) {
    const document = decodeLine(line);
    if (!document) continue;
    if (isRunLine(document)) {
      if (document.key !== key) return undefined;
      startedAt ??= document.startedAt;
      owner = document.owner;
    } else if (typeof document.id === 'string') places.set(document.id, { offset, length: line.length });
  }
  if (startedAt === undefined) return undefined;
  return { startedAt, inUse: owner !== null && processLives(owner) === true, places };
}

function isRunLine(document: object): document is RunLine {
  const { journal, key, startedAt, owner } = document as Partial<Record<keyof RunLine, unknown>>;
  if (journal !== 1 || typeof key !== 'string' || typeof startedAt !== 'string') return false;
  return owner === null || Number.isSafeInteger((owner as ProcessIdentity | undefined)?.pid);
}

/** The lines that are there to their end, but empty and too long ones; each is valid until the next is asked for. */
function* linesOf(handle: number, size: number): Iterable<{ readonly offset: number; readonly line: Buffer }> {
  const chunk = Buffer.allocUnsafe(longestLine);
  for (let position = 0; position < size; ) {
    const bytes = chunk.subarray(0, readFully(handle, chunk, Math.min(chunk.length, size - position), position));
    if (bytes.length === 0) return;
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      if (end > from) yield { offset: position + from, line: bytes.subarray(from, end) };
      from = end + 1;
    }
    position += from || bytes.length;
  }
}

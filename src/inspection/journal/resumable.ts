import { hash } from 'node:crypto';
import { lstatSync, type Stats } from 'node:fs';
import { lastChange, stateOf } from '../file-state.ts';
import type { InspectionJob } from '../job.ts';
import type { FileInspection } from '../look.ts';
import type { Inspector } from '../pool.ts';
import type { Journal } from './journal.ts';

/** What a check took over from an interrupted one instead of reading it again. */
export interface Resumed {
  readonly files: number;
  readonly bytes: number;
  /** When the interrupted check began, ISO 8601 in UTC. */
  readonly startedAt: string;
}

/** Who inspects the files of a check. */
export type FileInspector = Pick<Inspector, 'inspect'> & {
  /** null where every file was read. */
  readonly resumed?: Resumed | null;
};

/** A file that was written a moment ago may be written again without its times telling: FAT counts in two seconds. */
const settledMs = 2500;

/**
 * An inspector that notes what it finds out in a journal, and takes from it what was noted before an interruption. What
 * is noted holds for the very file that was looked at: same path, device, number, size, times of content and of status,
 * same part of it, same digests asked for.
 * @param now milliseconds, the clock by which files were written
 */
export function resumable(inspector: Pick<Inspector, 'inspect'>, journal: Journal, now = Date.now): FileInspector {
  const nextTurn = createTurns();
  const recall = (job: InspectionJob): FileInspection | undefined => {
    const stats = statOf(job.file);
    if (!stats?.isFile()) return undefined;
    const state = stateOf(stats);
    const known = journal.find(identify(job, state));
    return known && { ...known, state };
  };
  let files = 0;
  let bytes = 0;
  return {
    get resumed() {
      return files === 0 ? null : { files, bytes, startedAt: journal.startedAt };
    },
    inspect: async (job) => {
      const known = journal.isEmpty ? undefined : recall(job);
      if (known?.facts) {
        files += 1;
        bytes += known.facts.size;
        await nextTurn();
        return known;
      }
      const askedMs = now();
      const inspection = await inspector.inspect(job);
      const { state, facts } = inspection;
      // What could not be read is looked at again.
      if (state !== undefined && facts && isSettled(state, askedMs))
        journal.note(identify(job, state), { facts, observations: inspection.observations });
      return inspection;
    },
  };
}

/**
 * Names the content of a file and what is asked of it. Its state is that before it was read: what is found out is of this
 * content or of a later one, and a later one has another time of status, which no program can set back.
 */
function identify({ file, part, digests, details = true }: InspectionJob, state: string): string {
  const range = part ? [part.offset, part.length, part.compression, part.size, part.crc32].join(' ') : '';
  return hash('sha256', [state, range, digests.join(' '), details, file].join('\n')).slice(0, 32);
}

function isSettled(state: string, now: number): boolean {
  const changed = lastChange(state);
  return changed !== undefined && now - changed >= settledMs;
}

function statOf(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    // Whoever reads it will say why it cannot be reached.
    return undefined;
  }
}

/** Lets everything else have its turn now and then: what comes from a journal would otherwise come all at once. */
function createTurns(): () => Promise<void> {
  let turn: Promise<void> | undefined;
  return () => {
    turn ??= new Promise((resolve) => {
      setImmediate(() => {
        turn = undefined;
        resolve();
      });
    });
    return turn;
  };
}

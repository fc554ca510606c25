import { hash } from 'node:crypto';
import { type BigIntStats, lstatSync } from 'node:fs';
import type { InspectionJob } from '../job.ts';
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
  let files = 0;
  let bytes = 0;
  return {
    get resumed() {
      return files === 0 ? null : { files, bytes, startedAt: journal.startedAt };
    },
    inspect: async (job) => {
      const id = identify(job, now());
      const known = id === undefined ? undefined : journal.find(id);
      if (known?.facts) {
        files += 1;
        bytes += known.facts.size;
        await nextTurn();
        return known;
      }
      const inspection = await inspector.inspect(job);
      // What could not be read is looked at again.
      if (id !== undefined && inspection.facts) journal.note(id, inspection);
      return inspection;
    },
  };
}

/**
 * Names the content of a file and what is asked of it, before it is read: what is found out is of this content or of a
 * later one, and a later one has another time of status, which no program can set back.
 * @returns undefined where that cannot be told
 */
function identify({ file, part, digests, details = true }: InspectionJob, now: number): string | undefined {
  const stats = statOf(file);
  // Without a number of its own, a file cannot be told from another.
  if (!stats?.isFile() || stats.ino === 0n) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = stats;
  if (now - Math.max(Number(mtimeMs), Number(ctimeMs)) < settledMs) return undefined;
  const stamp = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  const range = part ? [part.offset, part.length, part.compression, part.size, part.crc32].join(' ') : '';
  return hash('sha256', [stamp, range, digests.join(' '), details, file].join('\n')).slice(0, 32);
}

function statOf(file: string): BigIntStats | undefined {
  try {
    return lstatSync(file, { bigint: true, throwIfNoEntry: false });
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

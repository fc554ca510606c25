import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { LostAnswer } from './client.ts';

/** How often and how long a request is repeated. */
export interface Patience {
  readonly attempts: number;
  /** Milliseconds before the first repetition; doubled with each further one, and taken as an upper bound. */
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** A server that wishes to be left alone for longer than this is taken for unreachable, in milliseconds. */
  readonly longestRetryAfter: number;
}

export const usualPatience: Patience = {
  attempts: 6,
  firstDelay: 250,
  longestDelay: 10_000,
  longestRetryAfter: 120_000,
};

/**
 * Repeats an attempt whose answer was lost, with growing pauses of random length.
 * @param attempt is told how often it was tried before; from the second time on it must first find out what became of
 *   the earlier ones, unless repeating does no harm
 * @throws DmsError dms.unreachable when patience ends; everything else that the attempt throws
 */
export async function persist<Result>(
  attempt: (before: number) => Promise<Result>,
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let before = 0; ; before++) {
    try {
      return await attempt(before);
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error;
      const pause = pauseAfter(error, before, patience);
      if (pause === undefined) throw unreachable(error);
      await wait(pause, undefined, signal ? { signal } : {});
    }
  }
}

/** Milliseconds to wait; undefined when it is time to give up. */
export function pauseAfter(
  { retryAfter }: LostAnswer,
  before: number,
  { attempts, firstDelay, longestDelay, longestRetryAfter }: Patience,
): number | undefined {
  if (before + 1 >= attempts || (retryAfter ?? 0) > longestRetryAfter) return undefined;
  const bound = Math.min(firstDelay * 2 ** before, longestDelay);
  // Half of it at random, so that those who were refused together do not come back together.
  return (retryAfter ?? 0) + bound / 2 + (Math.random() * bound) / 2;
}

/**
 * The header Retry-After (RFC 9110 section 10.2.3): seconds or a date.
 * @returns milliseconds from now, 0 when past; undefined when there is none, or it is neither
 */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

function unreachable(error: LostAnswer): DmsError {
  if (error.told) return new DmsError('dms.unreachable', error.told, { cause: error });
  return new DmsError(
    'dms.unreachable',
    text({
      de: `Das DMS ist nicht zu erreichen: ${error.message}`,
      en: `The DMS cannot be reached: ${error.message}`,
    }),
    { cause: error },
  );
}

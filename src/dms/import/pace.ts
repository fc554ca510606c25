import { setTimeout as wait } from 'node:timers/promises';
import type { ImportRules } from '../../storage/workspace-config.ts';

/** When and how fast objects may begin; `import` in scanlot.json (docs/import.md). */
export type ImportSettings = Omit<ImportRules, 'transferNote'>;

/** Whether an instant lies in the window; `from` belongs to it, `to` does not. */
export function isWithin({ from, to }: { readonly from: string; readonly to: string }, at: Date): boolean {
  const minute = at.getHours() * 60 + at.getMinutes();
  const [start, end] = [minuteOf(from), minuteOf(to)];
  if (start === end) return true;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Time as the import sees it; another one in tests. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only grow. */
  elapsed(): number;
  /** Resolves early when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function systemClock(now: () => Date): Clock {
  return {
    now,
    elapsed: () => performance.now(),
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
  };
}

/** Spaces beginnings evenly. @returns resolves when the next object may begin, or the signal is aborted */
export function createRateLimit(
  objectsPerMinute: number | undefined,
  clock: Clock,
): (signal: AbortSignal) => Promise<void> {
  const interval = objectsPerMinute === undefined ? 0 : 60_000 / objectsPerMinute;
  let next = clock.elapsed();
  return async (signal) => {
    if (interval === 0) return;
    const pause = next - clock.elapsed();
    next = Math.max(next, clock.elapsed()) + interval;
    if (pause > 0) await clock.sleep(pause, signal);
  };
}

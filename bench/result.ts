import type { Measurement } from './measure.ts';

/** A line of the printed table. */
export interface Result {
  readonly what: string;
  readonly measured?: Measurement;
  /** What it is compared with: "2.2 × node -e 0". */
  readonly compared?: string;
  /** What must hold: "≤ 2.5". */
  readonly limit?: string;
  readonly holds?: boolean;
}

export interface BenchContext {
  /** An empty folder, removed afterwards. */
  readonly folder: string;
  readonly size: 'small' | 'full';
}

export interface Bench {
  readonly name: string;
  /** What it measures, in a line. */
  readonly about: string;
  run(context: BenchContext): Promise<Result[]>;
}

/** Compares a measurement with a yardstick; both ratios are told, by the clock and by processor time. */
export function compare(
  what: string,
  measured: Measurement,
  yardstick: { readonly name: string; readonly measured: Measurement },
  limit?: number,
): Result {
  const ratio = measured.seconds / yardstick.measured.seconds;
  const cpu = measured.cpuSeconds / yardstick.measured.cpuSeconds;
  return {
    what,
    measured,
    compared: `${ratio.toFixed(2)} × ${yardstick.name} (processor ${cpu.toFixed(2)})`,
    ...(limit === undefined ? {} : { limit: `≤ ${limit}`, holds: ratio <= limit }),
  };
}

/** Holds a measurement against seconds. */
export function within(what: string, measured: Measurement, seconds: number): Result {
  return { what, measured, limit: `≤ ${seconds} s`, holds: measured.seconds <= seconds };
}

export const memoryLimitMb = 350;

/** Holds the peak memory against the limit that counts for every package. */
export function withinMemory(what: string, { peakMb = Number.POSITIVE_INFINITY }: Measurement): Result {
  return {
    what: `${what}: peak memory`,
    compared: `${Math.round(peakMb)} MB`,
    limit: `≤ ${memoryLimitMb} MB`,
    holds: peakMb <= memoryLimitMb,
  };
}

/** What was measured of a program. @throws when it was not */
export function known(best: ReadonlyMap<string, Measurement>, name: string): { name: string; measured: Measurement } {
  const measured = best.get(name);
  if (!measured) throw new Error(`${name} was not measured`);
  return { name, measured };
}

export function printResults(results: readonly Result[]): void {
  const rows = results.map(({ what, measured, compared = '', limit = '', holds }) => [
    what,
    measured ? `${measured.seconds.toFixed(2)} s` : '',
    measured ? `${measured.cpuSeconds.toFixed(2)} s` : '',
    compared,
    limit,
    holds === undefined ? '' : holds ? 'holds' : 'NOT MET',
  ]);
  const titles = ['', 'clock', 'processor', 'ratio', 'limit', ''];
  const widths = titles.map((title, index) =>
    Math.max(...[titles, ...rows].map((row) => (row[index] ?? title).length)),
  );
  for (const row of [titles, ...rows]) {
    console.log(
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

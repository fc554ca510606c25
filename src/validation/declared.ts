import type { RowValues } from '../delivery/row-schema.ts';

/** Reads a whole number from 0, written with digits alone; undefined when it is anything else. */
export function readCount(written: string): number | undefined {
  return /^[0-9]{1,9}$/.test(written) ? Number(written) : undefined;
}

/** A count that a row declares; null when it declares none that can be read. */
export function declaredCount(values: RowValues, field: 'sheets' | 'pages' | 'removedBlanks'): number | null {
  const written = values[field];
  return written === undefined ? null : (readCount(written) ?? null);
}

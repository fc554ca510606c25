import type { Stats } from 'node:fs';

/**
 * What tells whether a file is still the one it was: device, number, size, times of content and of status. Times are in
 * milliseconds, their fractions tell a quarter of a microsecond.
 */
export function stateOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** When the file of a state was last written or touched, in ms; undefined where it cannot be told from another. */
export function lastChange(state: string): number | undefined {
  const [, ino, , mtimeMs, ctimeMs] = state.split(' ').map(Number);
  return ino === 0 || mtimeMs === undefined || ctimeMs === undefined ? undefined : Math.max(mtimeMs, ctimeMs);
}

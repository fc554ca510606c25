import { createHash } from 'node:crypto';
import type { ImportObjectRow } from './store.ts';

/**
 * A share of the objects, drawn by their keys: the same keys and seed, the same choice on every machine. Never nothing
 * where there is something to choose from.
 * @param percent above 0, up to 100
 */
export function sampleOf(
  objects: readonly ImportObjectRow[],
  percent: number,
  seed: string,
): readonly ImportObjectRow[] {
  const size = Math.max(1, Math.ceil((objects.length * percent) / 100));
  return objects
    .map((object) => ({ object, draw: drawOf(object.object_key, seed) }))
    .sort((one, other) => (one.draw < other.draw ? -1 : 1))
    .slice(0, size)
    .map(({ object }) => object)
    .sort((one, other) => one.id - other.id);
}

function drawOf(key: string, seed: string): string {
  return createHash('sha256').update(`${seed}\n${key}`).digest('hex');
}

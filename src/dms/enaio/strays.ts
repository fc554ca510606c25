import { straysIn } from './read-object.ts';
import type { EnaioRepository } from './repository.ts';
import type { EnaioObject, Signal } from './service.ts';

/** Takes documents out of a folder that came into it twice; where that cannot be done, reading back tells of them. */
export async function removeStrays(
  repository: EnaioRepository,
  folder: Pick<EnaioObject, 'id' | 'type'>,
  known: readonly string[],
  signal: Signal,
): Promise<void> {
  for (const stray of await straysIn(repository, folder, known, signal)) {
    await repository.service.remove(stray, false, signal);
  }
}

import { persist } from '../http/back-off.ts';
import { isRefusal } from '../http/refusal.ts';
import type { PlannedLevel } from './object-plan.ts';
import { byAge, type EnaioRepository } from './repository.ts';

/**
 * The id of the folder or register that files shall lie in, found or made, level by level; shared by all who need it, so
 * that nobody's interruption ends it. enaio knows no unique values: of two that were made at once the older one counts
 * for everybody, and whoever made the other removes it while it is empty.
 * @returns undefined when there are no levels: the file lies at the top of its cabinet
 */
export async function ensureLevels(
  repository: EnaioRepository,
  levels: readonly PlannedLevel[],
): Promise<string | undefined> {
  const level = levels.at(-1);
  if (!level) return undefined;
  const address = JSON.stringify(levels.map(({ type, key }) => [type, key]));
  const known = repository.folders.get(address);
  if (known) return known;
  const finding = findOrMake(repository, levels.slice(0, -1), level).catch((error: unknown) => {
    repository.folders.delete(address);
    throw error;
  });
  repository.folders.set(address, finding);
  return finding;
}

/** Forgets all folders: one of them turned out to be gone. */
export function forgetLevels({ folders }: EnaioRepository): void {
  folders.clear();
}

async function findOrMake(
  repository: EnaioRepository,
  above: readonly PlannedLevel[],
  level: PlannedLevel,
): Promise<string> {
  const parent = await ensureLevels(repository, above);
  const place = parent === undefined ? {} : { parent };
  const find = async () => {
    const search = { type: level.type, field: level.keyField, value: level.key, ...place };
    return [...(await repository.service.find(search, [level.keyField], undefined))].sort(byAge)[0]?.id;
  };
  const make = () =>
    persist(
      async (before) => {
        const left = before > 0 ? await find() : undefined;
        if (left !== undefined) return left;
        const { type, values, keyField: tellingField } = level;
        return repository.service.insert({ type, values, tellingField, ...place }, undefined);
      },
      repository.patience,
      undefined,
    );
  const found = await find();
  if (found !== undefined) return found;
  const made = await make();
  const oldest = (await find()) ?? made;
  if (oldest !== made) await removeIfEmpty(repository, level.type, made);
  return oldest;
}

async function removeIfEmpty({ service }: EnaioRepository, type: string, id: string): Promise<void> {
  if (!service.canRemove) return;
  try {
    await service.remove({ id, type }, false, undefined);
  } catch (error) {
    // Somebody has put something into it already: then it stays.
    if (!isRefusal(error, 'bad-request', 'conflict', 'failed', 'forbidden', 'server')) throw error;
  }
}

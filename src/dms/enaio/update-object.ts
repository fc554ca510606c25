import type { NewObject } from '../adapter.ts';
import { refused } from '../object-rules.ts';
import { buildFile, sweepDead } from './build-file.ts';
import { busy } from './conflicts.ts';
import { type EnaioObjectPlan, planObject } from './object-plan.ts';
import { publishInTurn } from './publish-file.ts';
import { idsOf, readFile } from './read-object.ts';
import { settleReplacement } from './replacement.ts';
import { type EnaioRepository, type Holders, holdersOf } from './repository.ts';
import type { Signal } from './service.ts';
import { removeStrays } from './strays.ts';

/**
 * Brings a file into a corrected state: the new one is built beside the old, becomes the file by one change of its own
 * state, which says at the same time that the old one counts no more, and then the old one goes (into the recycle bin).
 */
export async function updateObject(
  repository: EnaioRepository,
  id: string,
  object: NewObject,
  signal: Signal,
): Promise<{ id: string }> {
  const plan = planObject(object, repository.settings, repository.service.types);
  const stored = await readFile(repository, id, signal);
  if (stored.folder.values.get(repository.settings.keyField) !== plan.key) {
    throw refused(plan.key, `sie ist nicht „${id}“`, `it is not "${id}"`);
  }
  const holders = await holdersOf(repository, plan.key, signal);
  const successor = holders.complete.find(({ state }) => state.replaces === id);
  if (successor) {
    await settleReplacement(repository, successor.object.id, signal);
    return updateObject(repository, successor.object.id, object, signal);
  }
  await settleReplacement(repository, id, signal);
  if (stored.identity === plan.identity) {
    await removeStrays(repository, stored.folder, idsOf(stored), signal);
    return { id };
  }
  await sweepDead(repository, holders, signal);
  const built = await buildFile(repository, plan, signal, (one) =>
    publishInTurn(repository, plan, { ...one, replaces: id }, signal, (others) =>
      confirmEqual(repository, plan, others, signal),
    ),
  );
  await settleReplacement(repository, built.id, signal);
  return built;
}

/** Another has corrected the file in the meantime: to the same state, or there are two opinions. */
async function confirmEqual(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  [other]: Holders['complete'],
  signal: Signal,
): Promise<{ id: string }> {
  const stored = other && (await readFile(repository, other.object.id, signal));
  if (stored?.identity !== plan.identity) throw busy(plan.key);
  return { id: stored.folder.id };
}

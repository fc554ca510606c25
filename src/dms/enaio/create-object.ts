import { text } from '../../shared/language.ts';
import type { NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { buildFile, sweepDead } from './build-file.ts';
import { duplicate } from './conflicts.ts';
import { type EnaioObjectPlan, planObject } from './object-plan.ts';
import { publishInTurn } from './publish-file.ts';
import { idsOf, readFile } from './read-object.ts';
import { finishRemoval } from './remove-object.ts';
import { settleReplacement } from './replacement.ts';
import { discard, type EnaioRepository, type Holders, holdersOf } from './repository.ts';
import type { Signal } from './service.ts';
import { removeStrays } from './strays.ts';

/**
 * Stores a file: its folder is made with a state that marks it as being built, filled, and by one change of that state
 * becomes the file. enaio knows no unique values; whoever made the folder first goes on, and where two became the file
 * all the same, one of them steps back.
 */
export async function createObject(
  repository: EnaioRepository,
  object: NewObject,
  signal: Signal,
): Promise<{ id: string }> {
  const plan = planObject(object, repository.settings, repository.service.types);
  const holders = await holdersOf(repository, plan.key, signal);
  if (holders.complete.length > 0) return confirmPresent(repository, plan, holders.complete, signal);
  for (const { object: folder, state } of holders.removing) {
    await finishRemoval(repository, folder, state.index, signal);
  }
  await sweepDead(repository, holders, signal);
  return buildFile(repository, plan, signal, (built) =>
    publishInTurn(repository, plan, built, signal, (others) => confirmPresent(repository, plan, others, signal)),
  );
}

/** The file is there already: by an earlier call whose answer was lost, or by another writer. */
async function confirmPresent(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  complete: Holders['complete'],
  signal: Signal,
): Promise<{ id: string }> {
  const present = await onlyOne(repository, plan, complete, signal);
  await settleReplacement(repository, present.object.id, signal);
  const stored = await readFile(repository, present.object.id, signal);
  if (stored.identity === plan.identity) {
    await removeStrays(repository, present.object, idsOf(stored), signal);
    return { id: present.object.id };
  }
  throw new DmsError(
    'dms.object-differs',
    text({
      de: `Die Akte „${plan.key}“ ist schon mit anderem Inhalt abgelegt.`,
      en: `File "${plan.key}" is stored already with other content.`,
    }),
  );
}

/**
 * The oldest of several files of a key, the others being removed, if all of them are this very file and were built by us.
 * @throws DmsError dms.object-duplicate when they are not
 */
async function onlyOne(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  complete: Holders['complete'],
  signal: Signal,
): Promise<Holders['complete'][number]> {
  const [oldest, ...others] = complete;
  if (!oldest) throw duplicate(plan.key, complete);
  if (others.length === 0) return oldest;
  for (const one of complete) {
    if (!(await isOurBuild(repository, plan, one, signal))) throw duplicate(plan.key, complete);
  }
  for (const { object } of others) await discard(repository, object, signal);
  return oldest;
}

/** A copy that somebody made in enaio bears the state of the original, whose index lies elsewhere. */
async function isOurBuild(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  { object, state }: Holders['complete'][number],
  signal: Signal,
): Promise<boolean> {
  const { service, settings } = repository;
  const index = await service.get(state.index, undefined, signal);
  if (index?.values.get(settings.documentKeyField) !== `${object.id}-index`) return false;
  return (await readFile(repository, object.id, signal)).identity === plan.identity;
}

import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../../shared/language.ts';
import type { NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { persist } from '../http/back-off.ts';
import { isRefusal } from '../http/refusal.ts';
import { ensureLevels, forgetLevels } from './levels.ts';
import { type EnaioObjectPlan, planObject } from './object-plan.ts';
import { damaged, idsOf, readFile, straysIn } from './read-object.ts';
import { finishRemoval } from './remove-object.ts';
import { settleReplacement } from './replacement.ts';
import { byAge, discard, type EnaioRepository, type Holders, holdersOf, setState } from './repository.ts';
import type { EnaioObject, Signal } from './service.ts';
import { completeState, isBeingBuilt, newClaim, readState } from './state.ts';
import { type Uploaded, uploadAll } from './upload.ts';

/** How long to wait for another who builds the same file, and for a search to find what was created, in milliseconds. */
const longestWait = 60_000;
/** For taking away what a failed attempt left, in milliseconds. */
const cleaningTime = 30_000;
/** How often a file may turn out to be published twice before somebody has to look. */
const mostRounds = 20;

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

/** A folder that is filled and has only to become the file. */
export interface Built {
  readonly folder: Pick<EnaioObject, 'id' | 'type'>;
  readonly claim: string;
  readonly uploaded: Uploaded;
  /** The file that it takes the place of. */
  readonly replaces?: string;
}

/** Builds a file's folder under a claim, and takes it away again when that or `publish` fails. */
export async function buildFile(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  signal: Signal,
  publish: (built: Built) => Promise<{ id: string }>,
): Promise<{ id: string }> {
  const claim = newClaim(Date.now());
  let id: string | undefined;
  try {
    id = await makeFolder(repository, plan, claim.state, signal);
    const uploaded = await uploadAll(repository, plan, id, signal);
    return await publish({ folder: { id, type: plan.type }, claim: claim.state, uploaded });
  } catch (error) {
    await sweepAway(repository, plan, claim.state, id);
    throw error;
  } finally {
    claim.release();
  }
}

/** Removes what ended processes left under the key. */
export async function sweepDead(repository: EnaioRepository, { claims }: Holders, signal: Signal): Promise<void> {
  for (const { object, state } of claims) {
    if (!isBeingBuilt(state, Date.now())) await discard(repository, object, signal);
  }
}

async function makeFolder(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  claim: string,
  signal: Signal,
): Promise<string> {
  const { service, settings, patience } = repository;
  const values = new Map([...plan.values, [settings.stateField, claim] as const]);
  const make = () =>
    persist(
      async (before) => {
        const [made] = before > 0 ? await claimed(repository, plan.key, claim, signal) : [];
        if (made) return made.id;
        const parent = await ensureLevels(repository, plan.levels);
        const place = parent === undefined ? {} : { parent };
        return service.insert({ type: plan.type, values, tellingField: settings.stateField, ...place }, signal);
      },
      patience,
      signal,
    );
  try {
    return await make();
  } catch (error) {
    if (plan.levels.length === 0 || !isRefusal(error, 'not-found', 'failed', 'bad-request')) throw error;
    // A folder above that was there when we looked last may have gone; it is made anew, once.
    forgetLevels(repository);
    return make();
  }
}

/** The folders that bear a claim, more than one where a request without an answer was carried out after all. */
async function claimed(
  repository: EnaioRepository,
  key: string,
  claim: string,
  signal: Signal,
): Promise<readonly EnaioObject[]> {
  const { claims } = await holdersOf(repository, key, signal);
  return claims.filter(({ state }) => state.claim === claim).map(({ object }) => object);
}

/**
 * Waits until no older claim is left, then makes the folder the file.
 * @param yieldTo what to do when another was first; our own folder is gone by then
 */
export async function publishInTurn(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  built: Built,
  signal: Signal,
  yieldTo: (others: Holders['complete']) => Promise<{ id: string }>,
): Promise<{ id: string }> {
  const { id } = built.folder;
  const end = Date.now() + longestWait;
  let rounds = 0;
  for (let pause = 20; ; pause = Math.min(pause * 2, 1000)) {
    const holders = await holdersOf(repository, plan.key, signal);
    const others = holders.complete.filter(({ object }) => object.id !== id && object.id !== built.replaces);
    if (others.length > 0) {
      await discard(repository, built.folder, signal);
      return yieldTo(others);
    }
    const turn = await turnOf(repository, holders, built, signal);
    if (turn === 'ours' && (await publishAlone(repository, plan, built, signal))) return { id };
    if (turn === 'ours' && ++rounds >= mostRounds) throw busy(plan.key);
    if (Date.now() > end) throw turn === 'unseen' ? notFound(plan.key) : busy(plan.key);
    await wait(pause, undefined, signal ? { signal } : {});
  }
}

/** Whose turn it is; "unseen" while the search does not know our own folder, and so perhaps not those of others. */
async function turnOf(
  repository: EnaioRepository,
  { claims }: Holders,
  { folder, claim }: Built,
  signal: Signal,
): Promise<'ours' | 'theirs' | 'unseen'> {
  if (!claims.some(({ object }) => object.id === folder.id)) return 'unseen';
  const living: Holders['claims'][number][] = [];
  for (const one of claims.filter(({ object }) => object.id !== folder.id)) {
    // Made by a request of ours that was answered by nobody and carried out later, or left by somebody who is gone: it
    // must be away before we publish, else a late request might still make it the file.
    const isDead = one.state.claim === claim || !isBeingBuilt(one.state, Date.now());
    if (isDead) await discard(repository, one.object, signal);
    else living.push(one);
  }
  return living.some(({ object }) => byAge(object, folder) < 0) ? 'theirs' : 'ours';
}

/** @returns false when another became the file in the same moment: then we have stepped back */
async function publishAlone(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  built: Built,
  signal: Signal,
): Promise<boolean> {
  const { indexId, ids, isCertain } = built.uploaded;
  if (!isCertain) await removeStrays(repository, built.folder, ids, signal);
  await setState(repository, built.folder, completeState(indexId, built.replaces), signal);
  const { complete } = await holdersOf(repository, plan.key, signal);
  if (complete.every(({ object }) => object.id === built.folder.id)) return true;
  await setState(repository, built.folder, built.claim, signal);
  return false;
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

/**
 * Takes away what a failed attempt left; also after an interruption, but not for ever. What cannot be taken away now is
 * marked as unfinished, and goes when the file is imported again.
 */
async function sweepAway(
  repository: EnaioRepository,
  plan: EnaioObjectPlan,
  claim: string,
  id: string | undefined,
): Promise<void> {
  const { service, settings } = repository;
  const signal = AbortSignal.timeout(cleaningTime);
  try {
    const ids = id === undefined ? (await claimed(repository, plan.key, claim, signal)).map((one) => one.id) : [id];
    for (const one of ids) {
      const left = await service.get(one, plan.type, signal);
      const state = readState(left?.values.get(settings.stateField));
      // By now it may be the file, the answer to the last change having been lost.
      if (left && state.kind === 'claim' && state.claim === claim) await discard(repository, left, signal);
    }
  } catch {
    // The failure that led here is the one to be told.
  }
}

/** More than one folder of a key: whatever made them, neither is to be taken for the file. */
export function duplicate(key: string, complete: Holders['complete']): DmsError {
  const ids = complete.map(({ object }) => object.id).join(', ');
  return new DmsError(
    'dms.object-duplicate',
    text({
      de: `enaio enthält die Akte „${key}“ mehrfach: ${ids}.`,
      en: `enaio holds file "${key}" more than once: ${ids}.`,
    }),
  );
}

/** Somebody else is at the same file. */
export function busy(key: string): DmsError {
  return new DmsError(
    'dms.object-busy',
    text({
      de: `Ein anderer Import legt die Akte „${key}“ gerade ab.`,
      en: `Another import is storing file "${key}" just now.`,
    }),
  );
}

function notFound(key: string): DmsError {
  return damaged(
    key,
    'der eben angelegte Ordner ist nicht zu finden: Er wurde entfernt, oder die Suche hinkt weit nach',
    'the folder just made cannot be found: it was removed, or the search lags far behind',
  );
}

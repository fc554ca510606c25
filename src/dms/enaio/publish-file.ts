import { setTimeout as wait } from 'node:timers/promises';
import type { DmsError } from '../errors.ts';
import type { Built } from './build-file.ts';
import { busy } from './conflicts.ts';
import type { EnaioObjectPlan } from './object-plan.ts';
import { damaged } from './read-object.ts';
import { byAge, discard, type EnaioRepository, type Holders, holdersOf, setState } from './repository.ts';
import type { Signal } from './service.ts';
import { completeState, isBeingBuilt } from './state.ts';
import { removeStrays } from './strays.ts';

/** How long to wait for another who builds the same file, and for a search to find what was created, in milliseconds. */
const longestWait = 60_000;

/** How often a file may turn out to be published twice before somebody has to look. */
const mostRounds = 20;

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

function notFound(key: string): DmsError {
  return damaged(
    key,
    'der eben angelegte Ordner ist nicht zu finden: Er wurde entfernt, oder die Suche hinkt weit nach',
    'the folder just made cannot be found: it was removed, or the search lags far behind',
  );
}

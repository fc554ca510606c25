import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../../shared/language.ts';
import type { NewObject } from '../adapter.ts';
import { claimLives, claimName } from '../claim.ts';
import { DmsError } from '../errors.ts';
import { persist } from '../http/back-off.ts';
import { isRefusal } from '../http/refusal.ts';
import type { CmisObject } from './answers.ts';
import { ensureFolder, forgetFolders } from './folders.ts';
import { settleAccess } from './object-access.ts';
import { type CmisObjectPlan, planObject } from './object-plan.ts';
import { damaged, readFolder } from './read-object.ts';
import { byAge, holdersOf, type Repository } from './repository.ts';
import { requireSecondaryTypes } from './secondary-types.ts';
import { isSameState } from './update-object.ts';
import { uploadAll } from './upload.ts';

type Signal = AbortSignal | undefined;

/** A claim of which it cannot be told whether its builder lives counts for so long, in milliseconds. */
const claimLifetime = 15 * 60_000;
/** How long to wait for another who builds the same file, and for a query to find what was created, in milliseconds. */
const longestWait = 60_000;
/** For taking away what a failed attempt left, in milliseconds. */
const cleaningTime = 30_000;

/**
 * Stores a file: its folder is created under a name that marks it as being built, filled, checked, and by one renaming
 * becomes the file. The server's refusal of duplicate names is not relied on; whoever created the folder first goes on.
 */
export async function createObject(repository: Repository, object: NewObject, signal: Signal): Promise<{ id: string }> {
  const plan = await planObject(repository, object);
  const holders = await holdersOf(repository, plan.key, signal);
  if (holders.complete.length > 0) return confirmPresent(repository, plan, holders.complete, signal);
  for (const claim of holders.claims) {
    if (claimLives(claim.name) === false) await repository.binding.deleteTree(claim.id, signal);
  }
  const mark = claimName(plan.name);
  let claim: CmisObject | undefined;
  try {
    claim = await makeClaim(repository, plan, mark.name, signal);
    await requireSecondaryTypes(repository, claim, plan.properties, signal);
    // Before anything lies in it.
    await settleAccess(repository, claim.id, plan.access, signal);
    await uploadAll(repository, plan, claim.id, signal);
    return await publishInTurn(repository, plan, claim, signal);
  } catch (error) {
    await sweepAway(repository, plan, mark.name, claim);
    throw error;
  } finally {
    mark.release();
  }
}

async function makeClaim(
  repository: Repository,
  plan: CmisObjectPlan,
  name: string,
  signal: Signal,
): Promise<CmisObject> {
  const { binding, patience } = repository;
  const created = { properties: new Map([['cmis:name', name] as const, ...plan.properties]), grant: plan.access.grant };
  const make = () =>
    persist(
      async (before) => {
        const made = before > 0 ? await findClaim(repository, plan, name, signal) : undefined;
        return made ?? binding.createFolder(await ensureFolder(repository, plan.path), created, signal);
      },
      patience,
      signal,
    );
  try {
    return await make();
  } catch (error) {
    if (!isRefusal(error, 'objectNotFound')) throw error;
    // A folder that was there when we looked last has gone; it is made anew, once.
    forgetFolders(repository);
    return make();
  }
}

async function findClaim(
  repository: Repository,
  plan: CmisObjectPlan,
  name: string,
  signal: Signal,
): Promise<CmisObject | undefined> {
  const { claims } = await holdersOf(repository, plan.key, signal);
  return claims.find((claim) => claim.name === name);
}

/** Waits until no older claim is left, then makes the folder the file; or finds that another was first. */
async function publishInTurn(
  repository: Repository,
  plan: CmisObjectPlan,
  claim: CmisObject,
  signal: Signal,
): Promise<{ id: string }> {
  const end = Date.now() + longestWait;
  for (let pause = 20; ; pause = Math.min(pause * 2, 1000)) {
    const { complete, claims } = await holdersOf(repository, plan.key, signal);
    if (complete.length > 0) {
      await repository.binding.deleteTree(claim.id, signal);
      return confirmPresent(repository, plan, complete, signal);
    }
    const own = claims.find(({ id }) => id === claim.id);
    const rivals = own ? claims.filter((one) => byAge(one, own) < 0 && mayLive(one, own)) : [];
    if (own && rivals.length === 0) return publish(repository, plan, claim, signal);
    if (Date.now() > end) throw own ? busy(plan.key) : notFound(plan.key);
    await wait(pause, undefined, signal ? { signal } : {});
  }
}

function mayLive(rival: CmisObject, own: CmisObject): boolean {
  return claimLives(rival.name) ?? own.created - rival.created < claimLifetime;
}

async function publish(
  repository: Repository,
  plan: CmisObjectPlan,
  { id }: CmisObject,
  signal: Signal,
): Promise<{ id: string }> {
  const { binding, patience } = repository;
  await checkUploaded(repository, plan, id, signal);
  await persist(
    async (before) => {
      if (before > 0 && (await binding.object(id, signal))?.name === plan.name) return;
      await binding.update(id, new Map([['cmis:name', plan.name]]), signal);
    },
    patience,
    signal,
  );
  const { complete } = await holdersOf(repository, plan.key, signal);
  if (complete.length > 1) throw duplicate(plan.key, complete);
  return { id };
}

/** What the server says that it holds is what was sent: nothing missing, nothing twice, nothing shortened. */
async function checkUploaded(repository: Repository, plan: CmisObjectPlan, id: string, signal: Signal): Promise<void> {
  const stored = await readFolder(repository, id, signal);
  const isComplete =
    stored.index.equals(plan.index) &&
    stored.documents.every(
      ({ object }, at) => (object.contentLength ?? plan.documents[at]?.size) === plan.documents[at]?.size,
    );
  if (!isComplete)
    throw damaged(plan.key, 'es kam anderes an, als gesendet wurde', 'other things arrived than were sent');
}

/** The file is there already: by an earlier call whose answer was lost, or by another writer. */
async function confirmPresent(
  repository: Repository,
  plan: CmisObjectPlan,
  complete: readonly CmisObject[],
  signal: Signal,
): Promise<{ id: string }> {
  const [present] = complete;
  if (!present || complete.length > 1) throw duplicate(plan.key, complete);
  const stored = await readFolder(repository, present.id, signal);
  if (isSameState(stored.index, plan.index)) return { id: present.id };
  throw new DmsError(
    'dms.object-differs',
    text({
      de: `Die Akte „${plan.key}“ ist schon mit anderem Inhalt abgelegt.`,
      en: `File "${plan.key}" is stored already with other content.`,
    }),
  );
}

/**
 * Takes away what a failed attempt left; also after an interruption, but not for ever. What cannot be taken away now is
 * marked as unfinished, and goes when the file is imported again.
 */
async function sweepAway(
  repository: Repository,
  plan: CmisObjectPlan,
  name: string,
  claim: CmisObject | undefined,
): Promise<void> {
  const signal = AbortSignal.timeout(cleaningTime);
  try {
    const left = claim ?? (await findClaim(repository, plan, name, signal));
    // By now it may be the file, the answer to the renaming having been lost.
    if (left && (await repository.binding.object(left.id, signal))?.name === name) {
      await repository.binding.deleteTree(left.id, signal);
    }
  } catch {
    // The failure that led here is the one to be told.
  }
}

/** More than one folder of a key: whatever made them, neither is to be taken for the file. */
export function duplicate(key: string, complete: readonly CmisObject[]): DmsError {
  const ids = complete.map(({ id }) => id).join(', ');
  return new DmsError(
    'dms.object-duplicate',
    text({
      de: `Das DMS enthält die Akte „${key}“ mehrfach: ${ids}.`,
      en: `The DMS holds file "${key}" more than once: ${ids}.`,
    }),
  );
}

function busy(key: string): DmsError {
  return new DmsError(
    'dms.object-busy',
    text({
      de: `Ein anderer Import legt die Akte „${key}“ gerade ab.`,
      en: `Another import is storing file "${key}" just now.`,
    }),
  );
}

function notFound(key: string): DmsError {
  return new DmsError(
    'dms.folder-missing',
    text({
      de: `Der eben angelegte Ordner der Akte „${key}“ ist nicht zu finden: Er wurde entfernt, oder die Suche des DMS hinkt nach.`,
      en: `The folder just made for file "${key}" cannot be found: it was removed, or the search of the DMS lags behind.`,
    }),
  );
}

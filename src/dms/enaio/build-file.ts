import { persist } from '../http/back-off.ts';
import { isRefusal } from '../http/refusal.ts';
import { ensureLevels, forgetLevels } from './levels.ts';
import type { EnaioObjectPlan } from './object-plan.ts';
import { discard, type EnaioRepository, type Holders, holdersOf } from './repository.ts';
import type { EnaioObject, Signal } from './service.ts';
import { isBeingBuilt, newClaim, readState } from './state.ts';
import { type Uploaded, uploadAll } from './upload.ts';

/** For taking away what a failed attempt left, in milliseconds. */
const cleaningTime = 30_000;

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

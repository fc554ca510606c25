import { canonicalJson } from '../../shared/canonical-json.ts';
import { text } from '../../shared/language.ts';
import type { JsonValue, NewObject } from '../adapter.ts';
import { claimLives, claimName, isClaim } from '../claim.ts';
import { DmsError } from '../errors.ts';
import { acceptedContent, ownContent } from '../http/accepted-content.ts';
import { isRecord } from '../http/answer.ts';
import { persist } from '../http/back-off.ts';
import { metadataBytes, refused } from '../object-rules.ts';
import type { CmisObject } from './answers.ts';
import { documentNames } from './names.ts';
import { settleAccess } from './object-access.ts';
import { type CmisObjectPlan, planObject } from './object-plan.ts';
import { damaged, indexedNames, objectMissing, readFile, readIndex, type StoredFile } from './read-object.ts';
import { byAge, type Repository } from './repository.ts';
import { setProperties } from './set-properties.ts';
import { indexNameOf, indicesAmong } from './stored-index.ts';
import { upload } from './upload.ts';

type Signal = AbortSignal | undefined;

/** For taking away what a failed attempt left, in milliseconds. */
const cleaningTime = 30_000;

/**
 * Brings a stored file into a corrected state. Changed documents are laid beside those that are there, with an index
 * that bears a mark; renaming this index to the next number is what makes the state count. Until then everything is as
 * it was, and afterwards the documents and the index of the earlier state go. Its own index goes last: as long as it is
 * there, the next call knows that something is left to do.
 */
export async function updateObject(
  repository: Repository,
  id: string,
  object: NewObject,
  signal: Signal,
): Promise<{ id: string }> {
  const planned = await planObject(repository, object);
  const stored = await readFile(repository, id, signal);
  if (isClaim(stored.folder.name)) throw objectMissing(id);
  if (stored.folder.properties[repository.settings.keyProperty] !== planned.key) {
    throw refused(planned.key, `sie ist nicht „${id}“`, `it is not "${id}"`);
  }
  if (isSameState(stored.index, planned.index)) {
    if (indicesAmong(stored.children).length > 1) await finish(repository, planned, stored, signal);
    return { id };
  }
  const plan = placed(planned, object, stored);
  await writeState(repository, plan, stored, signal);
  await finish(repository, plan, await readFile(repository, id, signal), signal);
  return { id };
}

/** Equal but for the names under which the repository has the documents. */
export function isSameState(one: Buffer, other: Buffer): boolean {
  return stateOf(one) === stateOf(other);
}

function stateOf(index: Buffer): string | undefined {
  try {
    const value: unknown = JSON.parse(index.toString('utf8'));
    if (!isRecord(value) || !Array.isArray(value.documents)) return undefined;
    const documents = value.documents.map((one: unknown) => (isRecord(one) ? { ...one, stored: null } : null));
    return canonicalJson({ ...value, documents } as JsonValue);
  } catch {
    return undefined;
  }
}

/** A document that stays as it is keeps its name; the others get names that nothing has yet. */
function placed(planned: CmisObjectPlan, object: NewObject, stored: StoredFile): CmisObjectPlan {
  const present = presentContents(stored);
  const kept = planned.documents.map(({ name, sha256 }) => present.get(`${sha256} ${name}`));
  const changed = planned.documents.filter((_, at) => kept[at] === undefined).map(({ wished }) => wished);
  const free = documentNames(
    changed,
    stored.children.map(({ name }) => name),
  );
  const fresh = free[Symbol.iterator]();
  const documents = planned.documents.map((one, at) => ({
    ...one,
    stored: kept[at] ?? String(fresh.next().value),
  }));
  return { ...planned, documents, index: metadataBytes(object, documents) };
}

/** Names in the repository by what the index says of the content. */
function presentContents({ index, id }: StoredFile): ReadonlyMap<string, string> {
  return new Map(indexedNames(index, id).map(({ name, stored, sha256 }) => [`${sha256} ${name}`, stored]));
}

async function writeState(
  repository: Repository,
  plan: CmisObjectPlan,
  stored: StoredFile,
  signal: Signal,
): Promise<void> {
  const { binding, patience } = repository;
  const next = indexNameOf(stored.number + 1);
  const mark = claimName(next);
  const own: CmisObject[] = [];
  try {
    await sweepDeadClaims(repository, stored, signal);
    const place = { folderId: stored.id, access: plan.access };
    const index = ownContent(plan.index, mark.name, 'application/json');
    const claim = await upload(repository, { ...place, properties: plan.indexProperties, content: index }, signal);
    own.push(claim);
    await requireFirst(repository, plan.key, stored, claim, signal);
    const present = new Set(stored.documents.map(({ object }) => object.name));
    for (const document of plan.documents.filter((one) => !present.has(one.stored))) {
      const content = acceptedContent(document, document.stored, signal);
      own.push(await upload(repository, { ...place, properties: document.properties, content }, signal));
    }
    await checkUploaded(repository, plan, stored.id, claim, signal);
    await requireFirst(repository, plan.key, stored, claim, signal);
    await persist(
      async (before) => {
        if (before > 0 && (await binding.object(claim.id, signal))?.name === next) return;
        await binding.update(claim.id, new Map([['cmis:name', next]]), signal);
      },
      patience,
      signal,
    );
  } catch (error) {
    await sweepAway(repository, next, own);
    throw error;
  } finally {
    mark.release();
  }
}

/** @throws DmsError dms.object-busy when somebody else began earlier to correct this file, or has just done it */
async function requireFirst(
  { binding }: Repository,
  key: string,
  stored: StoredFile,
  claim: CmisObject,
  signal: Signal,
): Promise<void> {
  const children = await binding.children(stored.id, signal);
  const claims = indexClaims(children);
  const own = claims.find(({ id }) => id === claim.id);
  const rivals = claims.filter((one) => own && byAge(one, own) < 0 && claimLives(one.name) !== false);
  if (own && rivals.length === 0 && indicesAmong(children)[0]?.number === stored.number) return;
  throw new DmsError(
    'dms.object-busy',
    text({
      de: `Ein anderer Import berichtigt die Akte „${key}“ gerade.`,
      en: `Another import is correcting file "${key}" just now.`,
    }),
  );
}

function indexClaims(children: readonly CmisObject[]): readonly CmisObject[] {
  return children.filter(({ name }) => name.startsWith('scanlot-index') && isClaim(name));
}

/** What the server says that it holds is what was sent. */
async function checkUploaded(
  { binding }: Repository,
  plan: CmisObjectPlan,
  folderId: string,
  claim: CmisObject,
  signal: Signal,
): Promise<void> {
  const index = await readIndex(binding, claim, folderId, signal);
  const children = await binding.children(folderId, signal);
  const isComplete = plan.documents.every(({ stored, size }) => {
    const [found, ...more] = children.filter(({ name }) => name === stored);
    return found && more.length === 0 && (found.contentLength ?? size) === size;
  });
  if (index.equals(plan.index) && isComplete) return;
  throw damaged(plan.key, 'es kam anderes an, als gesendet wurde', 'other things arrived than were sent');
}

/** Sets what the folder and the documents that stayed say of themselves, and takes away the earlier state. */
async function finish(repository: Repository, plan: CmisObjectPlan, stored: StoredFile, signal: Signal): Promise<void> {
  const { binding } = repository;
  await setProperties(repository, stored.folder, plan, signal);
  await settleAccess(repository, stored.id, plan.access, signal);
  for (const planned of plan.documents) {
    const present = stored.documents.find(({ name }) => name === planned.name)?.object;
    if (!present) continue;
    await setProperties(repository, present, planned, signal);
    if (!binding.access.isInherited) await settleAccess(repository, present.id, plan.access, signal);
  }
  const earlier = indicesAmong(stored.children).filter(({ number }) => number < stored.number);
  for (const { object } of earlier) await removeState(repository, stored, object, signal);
}

/** Removes what an index names and the one that counts does not, and at last the index. */
async function removeState(
  { binding }: Repository,
  stored: StoredFile,
  index: CmisObject,
  signal: Signal,
): Promise<void> {
  const needed = new Set(stored.documents.map(({ object }) => object.name));
  const named = indexedNames(await readIndex(binding, index, stored.id, signal), stored.id);
  for (const { stored: name } of named.filter((one) => !needed.has(one.stored))) {
    for (const { id } of stored.children.filter((one) => one.name === name)) await binding.remove(id, signal);
  }
  await binding.remove(index.id, signal);
}

/** Takes away what corrections left that ended in the middle; their index tells what they had laid down. */
async function sweepDeadClaims(repository: Repository, stored: StoredFile, signal: Signal): Promise<void> {
  for (const claim of indexClaims(stored.children)) {
    if (claimLives(claim.name) === false) await removeState(repository, stored, claim, signal);
  }
}

/** After a failure, also after an interruption, but not for ever. */
async function sweepAway({ binding }: Repository, next: string, own: readonly CmisObject[]): Promise<void> {
  const signal = AbortSignal.timeout(cleaningTime);
  const [claim, ...documents] = own;
  try {
    // By now the state may count, the answer to the renaming having been lost.
    if (!claim || (await binding.object(claim.id, signal))?.name === next) return;
    for (const { id } of documents) await binding.remove(id, signal);
    await binding.remove(claim.id, signal);
  } catch {
    // The failure that led here is the one to be told; the next correction finds what is left.
  }
}

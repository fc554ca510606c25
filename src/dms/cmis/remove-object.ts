import { text } from '../../shared/language.ts';
import { claimName, isClaim } from '../claim.ts';
import { DmsError } from '../errors.ts';
import { persist } from '../http/back-off.ts';
import { isRefusal } from '../http/refusal.ts';
import type { CmisObject } from './answers.ts';
import { objectMissing } from './read-object.ts';
import type { Repository } from './repository.ts';
import { indicesAmong } from './stored-index.ts';

/**
 * Removes a file's folder with all that is in it. It is renamed first, to what looks like a file that nobody completes
 * any more: nobody sees half of it, and what an interruption leaves goes with the next call, or when the file is
 * imported again.
 * @throws DmsError dms.object-missing when there is something else under this id
 */
export async function removeObject(repository: Repository, id: string, signal: AbortSignal | undefined): Promise<void> {
  const { binding, settings, patience } = repository;
  const folder = await binding.object(id, signal);
  if (!folder) return;
  const key = folder.properties[settings.keyProperty];
  if (folder.baseType !== 'cmis:folder' || typeof key !== 'string' || key === '') throw objectMissing(id);
  if (!isClaim(folder.name)) {
    const children = await childrenOrGone(repository, id, signal);
    if (children === undefined) return;
    if (indicesAmong(children).length === 0) throw objectMissing(id);
    const mark = claimName(folder.name);
    // From now on its builder counts as ended, so that whoever stores the file anew does not wait for it.
    mark.release();
    try {
      await persist(() => binding.update(id, new Map([['cmis:name', mark.name]]), signal), patience, signal);
    } catch (error) {
      // Somebody else who removes it was quicker.
      if (isRefusal(error, 'objectNotFound')) return;
      throw error;
    }
  }
  await binding.deleteTree(id, signal);
  if (await binding.object(id, signal)) throw notRemoved(key);
}

/** What a folder holds; undefined when it has gone in the meantime. */
async function childrenOrGone(
  { binding }: Repository,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly CmisObject[] | undefined> {
  try {
    return await binding.children(id, signal);
  } catch (error) {
    if (isRefusal(error, 'objectNotFound')) return undefined;
    throw error;
  }
}

function notRemoved(key: string): DmsError {
  return new DmsError(
    'dms.permission-denied',
    text({
      de: `Das DMS hat die Akte „${key}“ nicht ganz entfernt.`,
      en: `The DMS has not removed all of file "${key}".`,
    }),
  );
}

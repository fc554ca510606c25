import { join } from 'node:path';
import { text } from '../../shared/language.ts';
import { DmsError, hasErrorCode } from '../errors.ts';
import type { ObjectPlan } from './object-plan.ts';
import type { InventoriedObject } from './read-object.ts';
import { settle } from './settle.ts';
import type { Store } from './store.ts';
import { writeVersion } from './write-version.ts';

/**
 * Adds a version with the planned state to an object. Earlier versions stay, and content that they have is not stored
 * again (OCFL 1.1 section 3.5.3).
 * @returns false when another writer has added that version in the meantime
 */
export async function addVersion(
  { staging, disk, user }: Store,
  plan: ObjectPlan,
  object: InventoriedObject,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const folder = await staging.claim();
  try {
    const note = { created: new Date(), message: 'Correction', user };
    const version = await writeVersion(plan, object, folder, note, disk, signal);
    signal?.throwIfAborted();
    try {
      await disk.rename(join(folder, version), join(object.root, version));
    } catch (error) {
      // Systems differ in what they say of an occupied target.
      if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES')) return false;
      throw hasErrorCode(error, 'ENOENT') ? removedMeanwhile(plan.id) : error;
    }
    await disk.syncFolder(object.root);
  } finally {
    await staging.release(folder);
  }
  await settle(object.root, staging, disk);
  return true;
}

function removedMeanwhile(id: string): DmsError {
  return new DmsError(
    'dms.object-missing',
    text({
      de: `Die Akte „${id}“ wurde inzwischen aus der Ablage entfernt.`,
      en: `File "${id}" was removed from the store in the meantime.`,
    }),
  );
}

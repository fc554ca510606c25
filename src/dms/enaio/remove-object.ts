import { notSupported } from '../errors.ts';
import { isRefusal } from '../http/refusal.ts';
import { readIndexed } from './read-object.ts';
import { settleReplacement } from './replacement.ts';
import { type EnaioRepository, folderOf, setState } from './repository.ts';
import type { EnaioObject, Signal } from './service.ts';
import { readState, removingState } from './state.ts';

/**
 * Removes a file: by one change of its state it is none any more; then its documents go, the index last, and its folder
 * if nothing else is in it. What other people put into the folder stays, and the folder with it, without our key.
 */
export async function removeObject(repository: EnaioRepository, id: string, signal: Signal): Promise<void> {
  const { service, settings } = repository;
  if (!service.canRemove) throw notSupported('enaio');
  await settleReplacement(repository, id, signal);
  const folder = await folderOf(repository, id, signal);
  const state = readState(folder?.values.get(settings.stateField));
  if (!folder || (state.kind !== 'complete' && state.kind !== 'removing')) return;
  if (state.kind === 'complete') await setState(repository, folder, removingState(state.index), signal);
  await finishRemoval(repository, folder, state.index, signal);
}

/** Goes on with a removal, wherever it was interrupted. @param index id of the file's index, which goes last */
export async function finishRemoval(
  repository: EnaioRepository,
  folder: EnaioObject,
  index: string,
  signal: Signal,
): Promise<void> {
  for (const document of await documentsLeft(repository, folder, index, signal)) {
    await repository.service.remove(document, false, signal);
  }
  await removeFolder(repository, folder, signal);
}

async function documentsLeft(repository: EnaioRepository, folder: EnaioObject, index: string, signal: Signal) {
  const own = await repository.service.get(index, undefined, signal);
  if (!own) return [];
  const documents = await readIndexed(repository, index, folder.id, signal);
  return [...documents, own];
}

async function removeFolder({ service, settings }: EnaioRepository, folder: EnaioObject, signal: Signal) {
  try {
    await service.remove(folder, false, signal);
  } catch (error) {
    if (!isRefusal(error, 'bad-request', 'conflict', 'failed')) throw error;
    const nothing = new Map([
      [settings.keyField, null],
      [settings.stateField, null],
    ]);
    await service.update(folder, nothing, signal);
  }
}

import { discard, type EnaioRepository, folderOf, setState } from './repository.ts';
import type { Signal } from './service.ts';
import { completeState, readState } from './state.ts';

/** Ends what an interrupted correction began: the old state goes, the new one no longer mentions it. */
export async function settleReplacement(repository: EnaioRepository, id: string, signal: Signal): Promise<void> {
  const folder = await folderOf(repository, id, signal);
  const state = readState(folder?.values.get(repository.settings.stateField));
  if (!folder || state.kind !== 'complete' || state.replaces === undefined) return;
  const replaced = await folderOf(repository, state.replaces, signal);
  if (replaced) await discard(repository, replaced, signal);
  await setState(repository, folder, completeState(state.index, undefined), signal);
}

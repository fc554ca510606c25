import { discard, type EnaioRepository, setState } from './repository.ts';
import type { Signal } from './service.ts';
import { completeState, readState } from './state.ts';

/** Ends what an interrupted correction began: the old state goes, the new one no longer mentions it. */
export async function settleReplacement(repository: EnaioRepository, id: string, signal: Signal): Promise<void> {
  const { service, settings } = repository;
  const folder = await service.get(id, settings.types.file, signal);
  const state = readState(folder?.values.get(settings.stateField));
  if (!folder || state.kind !== 'complete' || state.replaces === undefined) return;
  await discard(repository, { id: state.replaces, type: settings.types.file }, signal);
  await setState(repository, folder, completeState(state.index, undefined), signal);
}

import { text } from '../../shared/language.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { compareStored } from './run.ts';
import { acceptedDocuments, importObjects } from './store.ts';

export interface VerifiedObject {
  readonly objectKey: string;
  readonly pages: number;
  /** What is wrong with it; null when every byte is as accepted. */
  readonly difference: string | null;
}

/** Reads every confirmed object back again and compares it with what was accepted. Changes nothing. */
export async function verifyImports(
  workspace: Workspace,
  adapter: DmsAdapter,
  { progress = silentProgress, signal }: { readonly progress?: Progress; readonly signal: AbortSignal },
): Promise<VerifiedObject[]> {
  const confirmed = [...(await importObjects(workspace.db)).values()].filter(({ state }) => state === 'confirmed');
  const task = progress.start(text({ de: 'Rücklesen', en: 'Reading back' }), confirmed.length, 'files');
  const verified: VerifiedObject[] = [];
  for (const object of confirmed) {
    signal.throwIfAborted();
    const documents = await acceptedDocuments(workspace.db, object.delivery_file_id);
    const difference =
      object.adapter === adapter.name
        ? await readBack(adapter, object.dms_id ?? '', documents, signal)
        : `imported into ${object.adapter}, not into ${adapter.name}`;
    verified.push({ objectKey: object.object_key, pages: object.pages, difference: difference ?? null });
    task.advance(1);
  }
  task.finish();
  return verified;
}

async function readBack(...[adapter, id, documents, signal]: Parameters<typeof compareStored>) {
  try {
    return await compareStored(adapter, id, documents, signal);
  } catch (error) {
    if (error instanceof DmsError && error.scope === 'object') return error.message;
    throw error;
  }
}

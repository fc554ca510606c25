import { type Text, text } from '../../shared/language.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { compareStored, type ExpectedDocument } from './compare-stored.ts';
import { expectedDocuments } from './own-documents.ts';
import { acceptedDocuments, type ImportObjectRow, importObjects, ownDocuments } from './store.ts';

export interface VerifiedObject {
  readonly objectKey: string;
  readonly pages: number;
  /** What is wrong with it; null when every byte is as accepted. */
  readonly difference: Text | null;
}

export interface VerifyRequest {
  /** Which of the confirmed objects; all by default. */
  readonly select?: (objects: readonly ImportObjectRow[]) => readonly ImportObjectRow[];
  readonly progress?: Progress;
  readonly signal: AbortSignal;
}

/** Reads confirmed objects back again and compares them with what was accepted. Changes nothing. */
export async function verifyImports(
  workspace: Workspace,
  adapter: DmsAdapter,
  { select = (all) => all, progress = silentProgress, signal }: VerifyRequest,
): Promise<VerifiedObject[]> {
  const { db } = workspace;
  const confirmed = [...(await importObjects(db)).values()].filter(({ state }) => state === 'confirmed');
  const selected = select(confirmed);
  const task = progress.start(text({ de: 'Rücklesen', en: 'Reading back' }), selected.length, 'caseFiles');
  const verified: VerifiedObject[] = [];
  for (const object of selected) {
    signal.throwIfAborted();
    const accepted = await acceptedDocuments(db, object.delivery_file_id);
    const expected = expectedDocuments(accepted, await ownDocuments(db, object.id));
    const difference =
      object.adapter === adapter.name
        ? await readBack(adapter, object.dms_id ?? '', expected, signal)
        : importedElsewhere(object.adapter, adapter.name);
    verified.push({ objectKey: object.object_key, pages: object.pages, difference: difference ?? null });
    task.advance(1);
  }
  task.finish();
  return verified;
}

async function readBack(
  adapter: DmsAdapter,
  id: string,
  expected: readonly ExpectedDocument[],
  signal: AbortSignal,
): Promise<Text | undefined> {
  try {
    return await compareStored(adapter, id, expected, signal);
  } catch (error) {
    if (error instanceof DmsError && error.scope === 'object') return error.text;
    throw error;
  }
}

function importedElsewhere(there: string, here: string): Text {
  return text({ de: `importiert nach ${there}, nicht nach ${here}`, en: `imported into ${there}, not into ${here}` });
}

import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter, NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import type { Additions, NotePlaces } from './additions.ts';
import { compareStored } from './compare-stored.ts';
import { newObject } from './new-object.ts';
import { type ImportOutcome, outcomeOf } from './outcome.ts';
import { expectedDocuments, ownOf, recordOwn } from './own-documents.ts';
import type { PlannedImport } from './plan.ts';
import type { StepRecorder } from './step-recorder.ts';
import { confirmed, failed, intent, isCorrection, sent } from './steps.ts';
import { type AcceptedDocument, acceptedDocuments, ownDocuments } from './store.ts';

export interface FileImport {
  readonly workspace: Workspace;
  readonly adapter: DmsAdapter;
  readonly recorder: StepRecorder;
  /** What goes along with the accepted documents of a file. */
  addTo(planned: PlannedImport, documents: readonly AcceptedDocument[]): Promise<Additions>;
}

/**
 * Takes one file through the steps: intent recorded, request, id recorded, bytes fetched back and compared, confirmed.
 * @param stored called once the system has the object, or will not get it: the next one of its box may begin
 * @returns also when this object failed; @throws when the system or the ledger did
 */
export async function importFile(run: FileImport, planned: PlannedImport, stored: () => void): Promise<ImportOutcome> {
  const { workspace, adapter, recorder } = run;
  const { objectKey } = planned;
  await recorder.record(intent(workspace, planned, adapter.name));
  try {
    const documents = await acceptedDocuments(workspace.db, planned.file.deliveryFileId);
    const { id, how, own, note } = await bringIn(run, planned, documents);
    await recorder.record(sent(objectKey, id));
    stored();
    const difference = await compareStored(adapter, id, expectedDocuments(documents, own));
    if (difference) {
      await recorder.record(failed(planned, difference));
      return outcomeOf(planned, { outcome: 'failed', error: difference });
    }
    await recorder.record(confirmed(workspace, objectKey));
    return outcomeOf(planned, { outcome: 'imported', how, note });
  } catch (error) {
    // A failure of this object ends this object only; one of the system, or of the ledger, ends the run.
    if (!(error instanceof DmsError) || error.scope === 'system') throw error;
    await recorder.record(failed(planned, error.text));
    return outcomeOf(planned, { outcome: 'failed', error: error.text });
  }
}

interface BroughtIn {
  readonly id: string;
  readonly how: 'created' | 'updated' | 'found';
  readonly own: readonly { readonly name: string; readonly sha256: string }[];
  readonly note: NotePlaces | null;
}

async function bringIn(
  run: FileImport,
  planned: PlannedImport,
  documents: readonly AcceptedDocument[],
): Promise<BroughtIn> {
  const { workspace, adapter } = run;
  const { objectKey, action, object } = planned;
  const known = action === 'create' ? undefined : await adapter.lookUp(objectKey);
  const isUpdate = isCorrection(action, object?.state);
  if (known?.complete && !isUpdate) {
    return { id: known.id, how: 'found', own: object ? await ownDocuments(workspace.db, object.id) : [], note: null };
  }
  const additions = await run.addTo(planned, documents);
  try {
    const own = ownOf(additions);
    await recordOwn(run, planned, own, documents);
    const wanted = newObject(workspace, planned, documents, additions);
    const { id } = await store(adapter, known && isUpdate ? known.id : undefined, wanted);
    return { id, how: known && isUpdate ? 'updated' : 'created', own, note: additions.note };
  } finally {
    await additions.remove();
  }
}

async function store(adapter: DmsAdapter, id: string | undefined, object: NewObject): Promise<{ readonly id: string }> {
  return id === undefined ? adapter.create(object) : adapter.update(id, object);
}

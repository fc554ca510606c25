import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter, NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import type { Additions } from './additions.ts';
import { compareStored, type ExpectedDocument } from './compare-stored.ts';
import { newObject } from './new-object.ts';
import { type ImportOutcome, outcomeOf } from './outcome.ts';
import type { PlannedImport } from './plan.ts';
import type { StepRecorder } from './step-recorder.ts';
import { confirmed, failed, intent, isCorrection, ownDocumentsAre, sent } from './steps.ts';
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
    const { id, how, own } = await bringIn(run, planned, documents);
    await recorder.record(sent(objectKey, id));
    stored();
    const difference = await compareStored(adapter, id, expectedDocuments(documents, own));
    if (difference) {
      await recorder.record(failed(planned, difference));
      return outcomeOf(planned, { outcome: 'failed', error: difference });
    }
    await recorder.record(confirmed(workspace, objectKey));
    return outcomeOf(planned, { outcome: 'imported', how });
  } catch (error) {
    // A failure of this object ends this object only; one of the system, or of the ledger, ends the run.
    if (!(error instanceof DmsError) || error.scope === 'system') throw error;
    await recorder.record(failed(planned, error.text));
    return outcomeOf(planned, { outcome: 'failed', error: error.text });
  }
}

/** What has to be found in the system: the accepted documents, and our own. */
export function expectedDocuments(
  documents: readonly AcceptedDocument[],
  own: readonly { readonly name: string; readonly sha256: string }[],
): ExpectedDocument[] {
  return [
    ...documents.map(({ path, sha256, pages }) => ({ name: path, sha256, pages })),
    ...own.map(({ name, sha256 }) => ({ name, sha256, pages: null })),
  ];
}

interface BroughtIn {
  readonly id: string;
  readonly how: 'created' | 'updated' | 'found';
  readonly own: readonly { readonly name: string; readonly sha256: string }[];
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
    return { id: known.id, how: 'found', own: object ? await ownDocuments(workspace.db, object.id) : [] };
  }
  const additions = await run.addTo(planned, documents);
  try {
    const own = additions.documents;
    await recordOwn(run, planned, own);
    const wanted = newObject(workspace, planned, documents, additions);
    const { id } = await store(adapter, known && isUpdate ? known.id : undefined, wanted);
    return { id, how: known && isUpdate ? 'updated' : 'created', own };
  } finally {
    await additions.remove();
  }
}

/** Before the request: a later run has to know what was sent along. */
async function recordOwn(
  { workspace, recorder }: FileImport,
  { objectKey, object }: PlannedImport,
  own: Additions['documents'],
): Promise<void> {
  const earlier = object ? await ownDocuments(workspace.db, object.id) : [];
  if (own.length > 0 || earlier.length > 0) await recorder.record(ownDocumentsAre(objectKey, own));
}

async function store(adapter: DmsAdapter, id: string | undefined, object: NewObject): Promise<{ readonly id: string }> {
  return id === undefined ? adapter.create(object) : adapter.update(id, object);
}

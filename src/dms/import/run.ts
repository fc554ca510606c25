import { change } from '../../audit/change.ts';
import { requireBatch } from '../../custody/store.ts';
import { text } from '../../shared/language.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { newObject } from './new-object.ts';
import { actionFor, type ImportAction, importPlanVersion, type PlannedImport, planImport } from './plan.ts';
import {
  type AcceptedDocument,
  acceptedDocuments,
  acceptedFiles,
  countImportStates,
  importObjects,
} from './store.ts';

/** What happened to one file. */
export interface ImportOutcome {
  readonly reference: string;
  readonly volume: string;
  readonly batch: string;
  readonly objectKey: string;
  readonly outcome: 'imported' | 'already-imported' | 'failed';
  readonly pages: number;
  readonly error: string | null;
}

export interface RunOptions {
  readonly batch?: string | undefined;
  readonly progress?: Progress;
  readonly signal: AbortSignal;
}

/** The plan as it stands; of one batch, or of all. @throws UsageError when there is no such batch */
export async function readImportPlan(workspace: Workspace, batch?: string): Promise<PlannedImport[]> {
  if (batch !== undefined) await requireBatch(workspace.db, batch);
  return planImport(await acceptedFiles(workspace.db, batch), await importObjects(workspace.db));
}

/** How many accepted files the plan would treat in which way. */
export async function countImportActions(workspace: Workspace): Promise<Readonly<Record<ImportAction, number>>> {
  const counts: Record<ImportAction, number> = { create: 0, resume: 0, retry: 0, none: 0 };
  for (const [state, files] of await countImportStates(workspace.db)) counts[actionFor(state)] += files;
  return counts;
}

/**
 * Imports every accepted file exactly once: the intent is recorded before the request, the id after it, and only bytes
 * fetched back and hashed confirm it. Interrupted at any point it can be run again: an object whose fate is not known is
 * looked up by our own key before anything is repeated.
 */
export async function runImport(
  workspace: Workspace,
  adapter: DmsAdapter,
  { batch, progress = silentProgress, signal }: RunOptions,
): Promise<ImportOutcome[]> {
  const plan = await readImportPlan(workspace, batch);
  const task = progress.start(text({ de: 'Importieren', en: 'Importing' }), plan.length, 'files');
  const outcomes: ImportOutcome[] = [];
  try {
    for (const planned of plan) {
      signal.throwIfAborted();
      outcomes.push(await importFile(workspace, adapter, planned, signal));
      task.advance(1);
    }
  } finally {
    task.finish();
  }
  return outcomes;
}

async function importFile(
  workspace: Workspace,
  adapter: DmsAdapter,
  planned: PlannedImport,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  if (planned.action === 'none') return outcomeOf(planned, 'already-imported');
  await recordIntent(workspace, adapter, planned);
  try {
    const documents = await acceptedDocuments(workspace.db, planned.file.deliveryFileId);
    const known = planned.action === 'create' ? undefined : await adapter.lookUp(planned.objectKey, signal);
    const id = known?.complete ? known.id : (await adapter.create(newObject(workspace, planned, documents), signal)).id;
    await setState(workspace, planned, { state: 'sent', dms_id: id, error: null });
    const difference = await compareStored(adapter, id, documents, signal);
    if (difference) return await fail(workspace, planned, difference);
    await setState(workspace, planned, { state: 'confirmed', confirmed_at: workspace.now().toISOString() });
    return outcomeOf(planned, 'imported');
  } catch (error) {
    // A failure of this object ends this object only; one of the system, or an interruption, ends the run.
    if (!(error instanceof DmsError) || error.scope === 'system') throw error;
    return fail(workspace, planned, error.message);
  }
}

/** Reads the object back and compares it with what was accepted. @returns the first difference; undefined when equal */
export async function compareStored(
  adapter: DmsAdapter,
  id: string,
  documents: readonly AcceptedDocument[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const expected = new Map(documents.map(({ path, sha256 }) => [path.normalize('NFC'), sha256]));
  for await (const stored of adapter.readBack(id, signal)) {
    const name = stored.name.normalize('NFC');
    const sha256 = expected.get(name);
    if (sha256 === undefined) return `unexpected document ${stored.name}`;
    if (sha256 !== stored.sha256) return `content differs: ${stored.name}`;
    expected.delete(name);
  }
  const [missing] = expected.keys();
  return missing === undefined ? undefined : `missing document ${missing}`;
}

async function recordIntent(workspace: Workspace, adapter: DmsAdapter, planned: PlannedImport): Promise<void> {
  const { file, objectKey, object } = planned;
  await change(workspace, async ({ db, record }) => {
    const attempts = (object?.attempts ?? 0) + 1;
    if (object) {
      await db
        .updateTable('import_object')
        .set({ state: 'intended', adapter: adapter.name, attempts, error: null })
        .where('id', '=', object.id)
        .execute();
    } else {
      await db
        .insertInto('import_object')
        .values({
          file_id: file.fileId,
          delivery_file_id: file.deliveryFileId,
          adapter: adapter.name,
          object_key: objectKey,
          state: 'intended',
          dms_id: null,
          pages: file.pages,
          attempts,
          error: null,
          intended_at: workspace.now().toISOString(),
          confirmed_at: null,
        })
        .execute();
    }
    record({
      action: 'import.intended',
      subject: `import/${objectKey}`,
      after: { plan: importPlanVersion, adapter: adapter.name, attempts, pages: file.pages },
    });
  });
}

async function setState(
  workspace: Workspace,
  { objectKey }: PlannedImport,
  columns: { state: 'sent' | 'confirmed' | 'failed'; dms_id?: string; error?: string | null; confirmed_at?: string },
): Promise<void> {
  await change(workspace, async ({ db, record }) => {
    await db.updateTable('import_object').set(columns).where('object_key', '=', objectKey).execute();
    record({ action: `import.${columns.state}`, subject: `import/${objectKey}`, after: columns });
  });
}

async function fail(workspace: Workspace, planned: PlannedImport, error: string): Promise<ImportOutcome> {
  await setState(workspace, planned, { state: 'failed', error });
  return outcomeOf(planned, 'failed', error);
}

function outcomeOf(
  { file, objectKey }: PlannedImport,
  outcome: ImportOutcome['outcome'],
  error: string | null = null,
): ImportOutcome {
  const { reference, volume, batch, pages } = file;
  return { reference, volume, batch, objectKey, outcome, pages, error };
}

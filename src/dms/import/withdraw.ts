import { UsageError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { toRecord } from './recorded-error.ts';
import { createStepRecorder, type Step, type StepRecorder } from './step-recorder.ts';
import { type ImportObjectRow, importObjects } from './store.ts';

/** What became of one object that was to be taken out of the system. */
export interface Withdrawal {
  readonly objectKey: string;
  readonly pages: number;
  readonly outcome: 'withdrawn' | 'failed';
  readonly error: Text | null;
}

/**
 * Objects that something may be stored of, for these files.
 * @throws UsageError when none of them was ever begun, or one belongs to another system
 */
export async function withdrawable(
  workspace: Workspace,
  adapter: DmsAdapter,
  fileIds: ReadonlySet<number>,
): Promise<readonly ImportObjectRow[]> {
  if (!adapter.capabilities.remove) throw cannotRemove(adapter.name);
  const objects = [...(await importObjects(workspace.db)).values()];
  const own = objects.filter(({ file_id, state }) => fileIds.has(file_id) && state !== 'withdrawn');
  const foreign = own.find((object) => object.adapter !== adapter.name);
  if (own.length === 0) throw nothingImported();
  if (foreign) throw elsewhere(foreign, adapter.name);
  return own;
}

/**
 * Takes objects out of the system again, each in two recorded steps. What was accepted, paid and counted stays as it is;
 * the files can be imported again afterwards. Interrupted, it can be called again.
 */
export async function withdrawObjects(
  workspace: Workspace,
  adapter: DmsAdapter,
  objects: readonly ImportObjectRow[],
  { reason, progress = silentProgress, signal }: WithdrawRequest,
): Promise<Withdrawal[]> {
  const task = progress.start(text({ de: 'Zurückziehen', en: 'Withdrawing' }), objects.length, 'caseFiles');
  const recorder = createStepRecorder(workspace);
  const withdrawals: Withdrawal[] = [];
  try {
    for (const object of objects) {
      if (signal.aborted) break;
      withdrawals.push(await withdraw(workspace, adapter, recorder, object, reason));
      task.advance(1);
    }
  } finally {
    task.finish();
  }
  return withdrawals;
}

interface WithdrawRequest {
  readonly reason: string;
  readonly progress?: Progress;
  /** Aborted: the object under way is finished, and nothing more begins. */
  readonly signal: AbortSignal;
}

async function withdraw(
  workspace: Workspace,
  adapter: DmsAdapter,
  recorder: StepRecorder,
  object: ImportObjectRow,
  reason: string,
): Promise<Withdrawal> {
  const { object_key: objectKey, pages } = object;
  await recorder.record(withdrawing(workspace, object, reason));
  try {
    const id = object.dms_id ?? (await adapter.lookUp(objectKey))?.id;
    if (id !== undefined) await adapter.remove(id, { reason });
    await recorder.record(withdrawn(workspace, object));
    return { objectKey, pages, outcome: 'withdrawn', error: null };
  } catch (error) {
    if (!(error instanceof DmsError) || error.scope === 'system') throw error;
    await recorder.record(notWithdrawn(object, error.text));
    return { objectKey, pages, outcome: 'failed', error: error.text };
  }
}

function withdrawing(workspace: Workspace, { id, object_key, dms_id, state }: ImportObjectRow, reason: string): Step {
  return {
    write: async (db) => {
      await db
        .updateTable('import_object')
        .set({ state: 'withdrawing', error: null, confirmed_at: null })
        .where('id', '=', id)
        .execute();
      // The same withdrawal, begun before.
      await db
        .deleteFrom('import_withdrawal')
        .where('import_object_id', '=', id)
        .where('removed_at', 'is', null)
        .execute();
      await db
        .insertInto('import_withdrawal')
        .values({
          import_object_id: id,
          dms_id,
          reason,
          requested_at: workspace.now().toISOString(),
          requested_by: workspace.actor,
          removed_at: null,
        })
        .execute();
    },
    entry: {
      action: 'import.withdrawing',
      subject: `import/${object_key}`,
      before: { state, dms_id },
      after: { reason },
    },
  };
}

function withdrawn(workspace: Workspace, { id, object_key }: ImportObjectRow): Step {
  const removed_at = workspace.now().toISOString();
  return {
    write: async (db) => {
      await db
        .updateTable('import_object')
        .set({ state: 'withdrawn', dms_id: null, error: null })
        .where('id', '=', id)
        .execute();
      await db.deleteFrom('import_own_document').where('import_object_id', '=', id).execute();
      await db
        .updateTable('import_withdrawal')
        .set({ removed_at })
        .where('import_object_id', '=', id)
        .where('removed_at', 'is', null)
        .execute();
    },
    entry: { action: 'import.withdrawn', subject: `import/${object_key}`, after: { removed_at } },
  };
}

function notWithdrawn({ id, object_key }: ImportObjectRow, error: Text): Step {
  return {
    write: async (db) => {
      await db
        .updateTable('import_object')
        .set({ error: toRecord(error) })
        .where('id', '=', id)
        .execute();
    },
    entry: { action: 'import.not-withdrawn', subject: `import/${object_key}`, after: { error } },
  };
}

function cannotRemove(adapter: string): UsageError {
  return new UsageError(
    'import.cannot-remove',
    text({
      de: `Aus „${adapter}“ kann scanlot nichts entfernen.`,
      en: `scanlot cannot remove anything from "${adapter}".`,
    }),
    text({ de: 'Die Akten im DMS selbst entfernen.', en: 'Remove the files in the DMS itself.' }),
  );
}

function nothingImported(): UsageError {
  return new UsageError(
    'import.nothing-to-withdraw',
    text({ de: 'Von diesen Akten ist keine importiert.', en: 'None of these files is imported.' }),
    text({
      de: 'Was importiert ist, zeigt: scanlot import status',
      en: 'What is imported shows: scanlot import status',
    }),
  );
}

function elsewhere({ object_key, adapter }: ImportObjectRow, here: string): UsageError {
  return new UsageError(
    'import.elsewhere',
    text({
      de: `Die Akte „${object_key}“ ist nach „${adapter}“ importiert, eingestellt ist „${here}“.`,
      en: `File "${object_key}" is imported into "${adapter}", the configuration names "${here}".`,
    }),
    text({
      de: 'In scanlot.json das System einstellen, in das importiert wurde.',
      en: 'Name the system that it was imported into in scanlot.json.',
    }),
  );
}

import type { Text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { importPlanVersion, type PlannedImport } from './plan.ts';
import { toRecord } from './recorded-error.ts';
import type { Step } from './step-recorder.ts';
import type { AcceptedDocument, OwnDocument } from './store.ts';

/** Before the first request of an attempt. */
export function intent(
  workspace: Workspace,
  { file, objectKey, object, action }: PlannedImport,
  adapter: string,
): Step {
  const attempts = (object?.attempts ?? 0) + 1;
  const state = isCorrection(action, object?.state) ? 'updating' : 'intended';
  const { fileId: file_id, deliveryFileId: delivery_file_id, pages } = file;
  const columns = { file_id, delivery_file_id, adapter, state, pages, attempts, error: null };
  // The object passes to the scan that was ordered anew.
  const earlier = object && object.file_id !== file_id ? object.file_id : undefined;
  return {
    write: async (db) => {
      if (object) {
        await db
          .updateTable('import_object')
          .set({ ...columns, confirmed_at: null })
          .where('id', '=', object.id)
          .execute();
      } else {
        await db
          .insertInto('import_object')
          .values({
            ...columns,
            object_key: objectKey,
            dms_id: null,
            intended_at: workspace.now().toISOString(),
            confirmed_at: null,
          })
          .execute();
      }
    },
    entry: {
      action: state === 'updating' ? 'import.updating' : 'import.intended',
      subject: `import/${objectKey}`,
      ...(earlier === undefined ? {} : { before: { fileId: earlier } }),
      after: {
        ...{ plan: importPlanVersion, adapter, attempts, pages },
        ...(earlier === undefined ? {} : { fileId: file_id, batch: file.batch }),
      },
    },
  };
}

/**
 * What goes along with the accepted documents; in the place of what did so in an earlier attempt. Of a copy that is stored in
 * the place of an accepted document the log also tells the bytes that it begins with.
 */
export function ownDocumentsAre(
  objectKey: string,
  own: readonly OwnDocument[],
  accepted: readonly AcceptedDocument[],
): Step {
  const documents = own.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  const beginnings = new Map(accepted.map(({ path, size, sha256 }) => [path, { beginsWith: { size, sha256 } }]));
  return {
    write: async (db) => {
      const { id } = await db
        .selectFrom('import_object')
        .select('id')
        .where('object_key', '=', objectKey)
        .executeTakeFirstOrThrow();
      await db.deleteFrom('import_own_document').where('import_object_id', '=', id).execute();
      if (documents.length === 0) return;
      await db
        .insertInto('import_own_document')
        .values(documents.map((document) => ({ import_object_id: id, ...document })))
        .execute();
    },
    entry: {
      action: 'import.own-documents',
      subject: `import/${objectKey}`,
      after: { documents: documents.map((document) => ({ ...document, ...beginnings.get(document.name) })) },
    },
  };
}

/** Whether the system is to be brought from an earlier accepted state into the one accepted now. */
export function isCorrection(action: PlannedImport['action'], state: string | undefined): boolean {
  return action === 'update' || state === 'updating' || state === 'update-failed';
}

/** The system has answered, and this is the object's id. */
export function sent(objectKey: string, dmsId: string): Step {
  return setting(objectKey, 'sent', { dms_id: dmsId, error: null });
}

/** Every byte was fetched back and is as accepted. */
export function confirmed(workspace: Workspace, objectKey: string): Step {
  return setting(objectKey, 'confirmed', { confirmed_at: workspace.now().toISOString() });
}

/** This object cannot go on; others can. */
export function failed({ objectKey, action, object }: PlannedImport, error: Text): Step {
  const state = isCorrection(action, object?.state) ? 'update-failed' : 'failed';
  return setting(objectKey, state, { error: toRecord(error) }, { error });
}

function setting(
  objectKey: string,
  state: 'sent' | 'confirmed' | 'failed' | 'update-failed',
  more: { dms_id?: string; error?: string | null; confirmed_at?: string },
  logged: Readonly<Record<string, unknown>> = more,
): Step {
  const columns = { state, ...more };
  return {
    write: async (db) => {
      await db.updateTable('import_object').set(columns).where('object_key', '=', objectKey).execute();
    },
    entry: { action: `import.${state}`, subject: `import/${objectKey}`, after: { state, ...logged } },
  };
}

import type { DmsAdapter } from '../dms/adapter.ts';
import type { DmsSchema } from '../dms/schema/dms-schema.ts';
import { readSchemaDocument, type SchemaDocument, schemaDocument } from '../dms/schema/schema-document.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { WorkspaceContext } from './command.ts';
import { openAdapter } from './document-store.ts';

/** Reads the types from the system that the workspace names. @throws UsageError where it tells none */
export async function pullSchema(context: WorkspaceContext): Promise<SchemaDocument> {
  const adapter = openAdapter(context);
  try {
    return schemaDocument(adapter.name, await readTypes(adapter, context.signal), context.io.now());
  } finally {
    await adapter.close();
  }
}

/** From a file, or from the system itself; undefined where the system has no types, and none are named. */
export async function readSchema(context: WorkspaceContext, file: string | undefined): Promise<DmsSchema | undefined> {
  if (file !== undefined) return readSchemaDocument(context.path(file));
  const { dms } = context.workspace.config;
  const tellsNone = dms?.type === 'folder' || dms?.service === 'osrest' || dms?.service === 'file-drop';
  return tellsNone ? undefined : pullSchema(context);
}

async function readTypes(adapter: DmsAdapter, signal: AbortSignal): Promise<DmsSchema> {
  if (adapter.capabilities.typesReadable && adapter.readSchema) return adapter.readSchema(signal);
  throw new UsageError(
    'dms.no-types',
    text({
      de: `Das Ziel des Imports („${adapter.name}“) kennt keine Objekttypen.`,
      en: `The target of the import ("${adapter.name}") has no object types.`,
    }),
    text({
      de: 'In scanlot.json unter „dms“ ein DMS mit Objekttypen einrichten (docs/dms), oder mit --schema eine Datei nennen.',
      en: 'Set up a system with object types under "dms" in scanlot.json (docs/dms), or name a file with --schema.',
    }),
  );
}

import { readDocument } from '../../shared/document.ts';
import type { DmsSchema } from './dms-schema.ts';

/** A system's types as they are kept in a file: schemas/dms-schema-1.schema.json. */
export interface SchemaDocument extends DmsSchema {
  readonly schema: 'urn:scanlot:schemas/dms-schema-1';
  /** Name of the adapter that read it. */
  readonly adapter: string;
  /** ISO 8601. */
  readonly readAt?: string;
}

/** @throws UsageError with the places of its mistakes when it is no such document */
export function readSchemaDocument(path: string): SchemaDocument {
  return readDocument<SchemaDocument>(path, 'dms-schema-1');
}

export function schemaDocument(adapter: string, schema: DmsSchema, readAt: Date): SchemaDocument {
  return { schema: 'urn:scanlot:schemas/dms-schema-1', adapter, readAt: readAt.toISOString(), ...schema };
}

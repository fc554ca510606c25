import { posix } from 'node:path';
import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { MappedField, MappedObject } from '../mapping/mapped-object.ts';
import type { FolderRecord, RecordedDocument } from './record.ts';
import type { FullIndexSettings } from './settings.ts';

/** What can stand in a column beside the fields of the mapping. */
const sources: Readonly<Record<string, (row: RowOf) => string | number | null>> = {
  path: ({ record, document, from }) =>
    document ? relative(`${record.place}/${document.stored}`, from) : relative(record.place, from),
  folder: ({ record, from }) => relative(record.place, from) || '.',
  key: ({ record }) => record.key,
  batch: ({ record }) => record.batch,
  'file.type': ({ record }) => record.mapped.type,
  'file.name': ({ record }) => record.mapped.name,
  permissions: ({ record }) => record.mapped.permissions,
  handOver: ({ record }) => record.earlier.length + 1,
  replaces: ({ record, from }) => {
    const replaced = record.earlier.at(-1);
    return replaced ? posix.relative(from, replaced.place) : null;
  },
  'document.name': ({ document }) => document?.name ?? null,
  'document.stored': ({ document }) => document?.stored ?? null,
  'document.type': ({ record, document }) => mappedDocument(record.mapped, document)?.type ?? null,
  size: ({ document }) => document?.size ?? null,
  sha256: ({ document }) => document?.sha256 ?? null,
};

interface RowOf {
  readonly record: FolderRecord;
  readonly document: RecordedDocument | undefined;
  /** Folder of the index, from the top of the tree. */
  readonly from: string;
}

export interface IndexTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/** The rows of an index: those of its files, in the order of their keys. @param from the folder in which it lies */
export function indexTable(records: readonly FolderRecord[], settings: FullIndexSettings, from: string): IndexTable {
  const columns = Object.entries(settings.columns ?? usualColumns(records, settings));
  const rows = records.flatMap((record): RowOf[] =>
    settings.rows === 'file'
      ? [{ record, document: undefined, from }]
      : record.documents.map((document) => ({ record, document, from })),
  );
  return {
    headers: columns.map(([header]) => header),
    rows: rows.map((row) => columns.map(([, source]) => cellOf(source, row))),
  };
}

/** Whether an index can tell that a folder takes the place of an earlier one: else the other system would have both. */
export function tellsCorrections({ format, columns }: FullIndexSettings): boolean {
  if (format === 'none') return false;
  return !columns || Object.values(columns).some((source) => source === 'handOver' || source === 'replaces');
}

/** @throws DmsError dms.settings-wrong for a column that takes its value from nowhere */
export function checkColumns({ columns = {} }: FullIndexSettings): void {
  for (const [header, source] of Object.entries(columns)) {
    if (Object.hasOwn(sources, source) || /^(file|document):./.test(source)) continue;
    throw settingsWrong(
      text({
        de: `Die Spalte „${header}“ des Index nennt „${source}“; möglich sind file:FELD, document:FELD, ${Object.keys(sources).join(', ')}.`,
        en: `Column "${header}" of the index names "${source}"; possible are file:FIELD, document:FIELD, ${Object.keys(sources).join(', ')}.`,
      }),
    );
  }
}

/** Path, key and every field of the mapping; fields of files go before those of documents of the same name. */
function usualColumns(records: readonly FolderRecord[], { rows }: FullIndexSettings): Readonly<Record<string, string>> {
  const columns: Record<string, string> = { path: 'path', key: 'key' };
  const add = (prefix: string, fields: readonly MappedField[]) => {
    for (const { id } of fields) if (!Object.hasOwn(columns, id)) columns[id] = `${prefix}:${id}`;
  };
  for (const { mapped } of records) add('file', mapped.fields);
  if (rows === 'document') {
    for (const { mapped } of records) for (const { fields } of mapped.documents) add('document', fields);
    columns.sha256 ??= 'sha256';
  }
  if (records.some(({ earlier }) => earlier.length > 0)) columns.replaces ??= 'replaces';
  return columns;
}

function cellOf(source: string, row: RowOf): string | number | boolean | null {
  const known = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (known) return known(row);
  const { mapped } = row.record;
  const fields = source.startsWith('file:') ? mapped.fields : (mappedDocument(mapped, row.document)?.fields ?? []);
  const values = fields.find(({ id }) => id === source.slice(source.indexOf(':') + 1))?.values ?? [];
  const [only = null] = values;
  return values.length > 1 ? values.join(' | ') : only;
}

function mappedDocument({ documents }: MappedObject, document: RecordedDocument | undefined) {
  return documents.find((one) => one.document === document?.name);
}

function relative(path: string, from: string): string {
  if (from === '') return path;
  return path === from ? '' : path.startsWith(`${from}/`) ? path.slice(from.length + 1) : path;
}

/** @throws DmsError dms.value-refused for a character that the encoding of the index does not have */
export function unwritable(key: string, character: string, encoding: string): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Die Akte „${key}“ enthält „${character}“, das der Index in ${encoding} nicht schreiben kann.`,
      en: `File "${key}" holds "${character}", which the index in ${encoding} cannot write.`,
    }),
  );
}

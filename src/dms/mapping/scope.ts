import { extname } from 'node:path/posix';
import { type FieldType, readField } from '../../delivery/field-types.ts';
import { createLanguage, type Language, MAXIMUM_TEXT, type Scope } from '../../delivery/profile/expression.ts';
import { parseIsoDate } from '../../shared/dates.ts';
import type { JsonObject, JsonValue, NewObject } from '../adapter.ts';

/** What an expression can ask of a file: docs/dms/mapping.md. */
export const fileMembers = {
  key: 'text',
  reference: 'text',
  volume: 'text',
  title: 'text',
  department: 'text',
  county: 'text',
  contract: 'text',
  lot: 'text',
  batch: 'text',
  box: 'text',
  profile: 'text',
  round: 'integer',
  pages: 'integer',
  documents: 'integer',
  acceptedOn: 'date',
} as const satisfies Readonly<Record<string, FieldType>>;

/** What an expression can ask of a document. */
const documentMembers = {
  name: 'text',
  fileName: 'text',
  folder: 'text',
  extension: 'text',
  sha256: 'text',
  size: 'integer',
  pages: 'integer',
  number: 'integer',
} as const satisfies Readonly<Record<string, FieldType>>;

/** A column whose value is not of its type. */
export interface UnfitColumn {
  readonly column: string;
  readonly type: FieldType;
  readonly value: string;
}

/** What expressions see of one file, and of each of its documents in their order. */
export interface FileScopes {
  readonly file: Scope;
  readonly documents: readonly { readonly scope: Scope; readonly unfit: readonly UnfitColumn[] }[];
}

/** Makes what the expressions of a mapping see. */
export interface Scopes {
  /** Of files, folders and permissions. */
  readonly fileLanguage: Language;
  /** Of documents. */
  readonly documentLanguage: Language;
  of(object: Pick<NewObject, 'key' | 'metadata' | 'documents'>): FileScopes;
}

/** @param columns the columns that expressions may speak of, as `row.…` */
export function createScopes(columns: Readonly<Record<string, FieldType>>): Scopes {
  const hasColumns = Object.keys(columns).length > 0;
  const fileLanguage = createLanguage({ file: fileMembers, ...(hasColumns ? { row: columns } : {}) });
  const documentLanguage = fileLanguage.extend({ document: documentMembers });
  const row = (members: Readonly<Record<string, unknown>>): Scope =>
    hasColumns ? { row: fileLanguage.object('row', members) } : {};
  return {
    fileLanguage,
    documentLanguage,
    of: (object) => {
      const file = fileLanguage.object('file', fileValues(object));
      const rows = object.documents.map(({ name }) => readColumns(fieldsOf(object.metadata, name), columns));
      return {
        file: { file, ...row(agreed(rows.map(({ values }) => values))) },
        documents: object.documents.map((document, at) => {
          const own = documentLanguage.object('document', documentValues(object.metadata, document, at));
          return { scope: { file, document: own, ...row(rows[at]?.values ?? {}) }, unfit: rows[at]?.unfit ?? [] };
        }),
      };
    },
  };
}

function fileValues({ key, metadata, documents }: Pick<NewObject, 'key' | 'metadata' | 'documents'>) {
  const plain: Record<string, unknown> = { ...metadata, key, documents: documents.length };
  const { profile } = metadata;
  plain.profile = typeof profile === 'object' && profile !== null ? (profile as JsonObject).key : profile;
  return Object.fromEntries(
    Object.entries(fileMembers).map(([member, type]) => [member, typed(type, plain[member] as JsonValue | undefined)]),
  );
}

/** What is there of the index data, in the types of CEL; undefined where nothing is. */
function typed(type: FieldType, value: JsonValue | undefined): unknown {
  if (type === 'integer') return typeof value === 'number' ? BigInt(Math.trunc(value)) : undefined;
  if (typeof value !== 'string') return undefined;
  if (type !== 'date') return value.slice(0, MAXIMUM_TEXT);
  const day = parseIsoDate(value);
  return day === undefined ? undefined : new Date(day);
}

function documentValues(metadata: JsonObject, { name, size, sha256 }: NewObject['documents'][number], at: number) {
  const slash = name.lastIndexOf('/');
  const fileName = name.slice(slash + 1);
  return {
    name,
    fileName,
    folder: slash < 0 ? '' : name.slice(0, slash),
    extension: extname(fileName).slice(1).toLowerCase(),
    sha256,
    size: BigInt(size),
    pages: typed('integer', describedIn(metadata, name)?.pages),
    number: BigInt(at + 1),
  };
}

/** What the index data say of one document. */
function describedIn({ documents }: JsonObject, name: string): JsonObject | undefined {
  const list: readonly JsonValue[] = Array.isArray(documents) ? documents : [];
  return list.filter(isObject).find((one) => one.name === name);
}

function fieldsOf(metadata: JsonObject, name: string): JsonObject {
  const { fields } = describedIn(metadata, name) ?? {};
  return isObject(fields) ? fields : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface ReadRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly unfit: readonly UnfitColumn[];
}

/** The values of a row in their types; empty ones are absent. */
function readColumns(fields: JsonObject, columns: Readonly<Record<string, FieldType>>): ReadRow {
  const values = new Map<string, unknown>();
  const unfit: UnfitColumn[] = [];
  for (const [column, type] of Object.entries(columns)) {
    const written = Object.hasOwn(fields, column) ? fields[column] : undefined;
    if (typeof written !== 'string' || written === '') continue;
    const value = written.length > MAXIMUM_TEXT ? undefined : readField(type, written);
    if (value === undefined) unfit.push({ column, type, value: written });
    else values.set(column, value);
  }
  return { values: Object.fromEntries(values), unfit };
}

/** The columns in which all documents of a file that have a value have the same: these are facts of the file. */
function agreed(rows: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const common = new Map<string, unknown>();
  const differing = new Set<string>();
  for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
    if (!common.has(column)) common.set(column, value);
    else if (!equal(common.get(column), value)) differing.add(column);
  }
  return Object.fromEntries([...common].filter(([column]) => !differing.has(column)));
}

function equal(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}

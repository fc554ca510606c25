import { isRecord } from '../http/answer.ts';
import type { DmsBase, DmsField, DmsFieldType, DmsType } from '../schema/dms-schema.ts';

/** A field with its name in queries. */
export interface EnaioField extends DmsField {
  readonly queryName: string;
}

/** A type with its name in queries. */
export interface EnaioType extends Omit<DmsType, 'fields'> {
  readonly queryName: string;
  readonly fields: readonly EnaioField[];
}

const bases: ReadonlyMap<string, DmsBase> = new Map<string, DmsBase>([
  ['cabinet', 'cabinet'],
  ['folder', 'folder'],
  ['register', 'register'],
  ['document', 'document'],
]);

const fieldTypes: ReadonlyMap<string, DmsFieldType> = new Map<string, DmsFieldType>([
  ['boolean', 'boolean'],
  ['integer', 'integer'],
  ['decimal', 'decimal'],
  ['date', 'date'],
  ['datetime', 'dateTime'],
]);

/**
 * Reads the object definition as `GET /api/dms/schema` tells it ("in CMIS format"): a list of types, each with a list of
 * fields; CMIS's own form, an object of property definitions, is understood as well.
 * @returns undefined when it is none
 */
export function readObjectTypes(schema: unknown): readonly EnaioType[] | undefined {
  const list = isRecord(schema) ? schema.objectTypes : undefined;
  if (!Array.isArray(list)) return undefined;
  return (list as readonly unknown[]).flatMap((one) => (isRecord(one) && one.id !== undefined ? [readType(one)] : []));
}

function readType(type: Readonly<Record<string, unknown>>): EnaioType {
  const { id, displayName, localName, queryName, baseId, creatable } = type;
  const name = textOr(localName, String(id));
  return {
    id: String(id),
    name: textOr(displayName, name),
    queryName: textOr(queryName, name),
    base: bases.get(textOr(baseId, '').replace(/^\w+:/, '')) ?? 'other',
    parents: Array.isArray(type.allowedParentObjectTypeIds) ? type.allowedParentObjectTypeIds.map(String) : [],
    creatable: creatable !== false,
    fields: fieldsOf(type).map(readField),
  };
}

function fieldsOf({ fields, propertyDefinitions }: Readonly<Record<string, unknown>>) {
  const list = Array.isArray(fields) ? fields : Object.values(isRecord(propertyDefinitions) ? propertyDefinitions : {});
  return (list as readonly unknown[]).filter(isRecord).filter(({ id }) => typeof id === 'string');
}

function readField(field: Readonly<Record<string, unknown>>): EnaioField {
  const id = String(field.id);
  const name = textOr(field.localName, id);
  const maxLength = limitOf(field.maxLength);
  const minimum = numberOf(field.minValue);
  const maximum = numberOf(field.maxValue);
  const choices = field.openChoice === true ? [] : choicesOf(field.choice);
  return {
    id,
    label: textOr(field.displayName, name),
    queryName: textOr(field.queryName, id),
    type: fieldTypes.get(textOr(field.propertyType, '')) ?? 'text',
    required: field.required === true && field.defaultValue === undefined,
    readOnly: field.updatability === 'readonly' || id.startsWith('system:'),
    multiple: field.cardinality === 'multi',
    queryable: field.queryable !== false,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(choices.length === 0 ? {} : { choices }),
  };
}

/** Entries of a catalogue, which may be sorted into groups; the value counts, not its name. */
function choicesOf(choice: unknown): readonly string[] {
  const values: string[] = [];
  const open: unknown[] = Array.isArray(choice) ? [...(choice as readonly unknown[])].reverse() : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isRecord(next)) continue;
    const own = Array.isArray(next.value) ? (next.value as readonly unknown[]) : [next.value];
    values.push(...own.filter((one) => one !== undefined && one !== null).map(String));
    if (Array.isArray(next.choice)) open.push(...[...(next.choice as readonly unknown[])].reverse());
  }
  return values;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** 0 stands for "no limit" in enaio's exports. */
function limitOf(value: unknown): number | undefined {
  const limit = numberOf(value);
  return limit !== undefined && limit > 0 ? limit : undefined;
}

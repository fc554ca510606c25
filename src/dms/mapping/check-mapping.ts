import type { FieldType } from '../../delivery/field-types.ts';
import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { DmsField, DmsFieldType, DmsSchema, DmsType } from '../schema/dms-schema.ts';
import { extendedType } from '../schema/extended-type.ts';
import { accessFaults, secondaryTypeFaults } from './check-extensions.ts';
import { fieldTypeWords, valueProblem } from './check-values.ts';
import type { CompiledField, CompiledMapping } from './compile-mapping.ts';
import type { MappedAccess } from './mapped-object.ts';
import type { CompiledValue } from './value.ts';

/** What does not fit between a mapping, the schema of the system, and a delivery profile. */
export const mappingFaultCodes = [
  'unknown-type',
  'type-not-creatable',
  'wrong-base',
  'wrong-parent',
  'unknown-field',
  'read-only',
  'reserved',
  'not-mapped',
  'type-differs',
  'several-values',
  'value-refused',
  'key-not-queryable',
  'not-extensible',
  'access-not-changeable',
  'unknown-permission',
  'unknown-column',
  'column-type',
  'not-used',
] as const;
export type MappingFaultCode = (typeof mappingFaultCodes)[number];

export interface MappingFault {
  readonly code: MappingFaultCode;
  /** error: the import would fail; warning: it fails for some values. */
  readonly severity: 'error' | 'warning';
  /** Where in the mapping: "file.fields.Betreff". */
  readonly place: string;
  readonly words: Text;
}

export interface CheckOptions {
  /** Fields that the adapter sets itself, such as the one that holds our key: no mapping may. */
  readonly reserved?: readonly string[];
}

/** What the types of a system are compared with. */
export interface CheckableMapping {
  readonly folders: readonly (CheckableVariant & {
    readonly keyField: string | undefined;
    readonly key: CheckableValue;
  })[];
  readonly file: readonly CheckableVariant[];
  readonly document: readonly CheckableVariant[];
  readonly permissions:
    | { readonly field: string | undefined; readonly access: ReadonlyMap<string, MappedAccess> }
    | undefined;
}

interface CheckableVariant {
  readonly place: string;
  /** Where the type is written; beside the fields where nothing is said. */
  readonly typePlace?: string;
  readonly type: string;
  readonly secondaryTypes?: readonly string[];
  readonly fields: readonly CheckableField[];
}

export type CheckableField = Pick<CompiledField, 'id' | 'place'> & { readonly value: CheckableValue };

type CheckableValue = Pick<CompiledValue, 'type' | 'several' | 'possible'>;

/** Compares a mapping with the types of a system before anything is sent. */
export function checkMapping(
  mapping: CheckableMapping,
  schema: DmsSchema,
  { reserved = [] }: CheckOptions = {},
): MappingFault[] {
  const check: Check = { types: new Map(schema.types.map((type) => [type.id, type])), reserved };
  const faults: MappingFault[] = [];
  let parents: readonly string[] = [];
  for (const folder of mapping.folders) {
    faults.push(...typeFaults(check, folder, parents, 'folder'), ...keyFaults(check, folder));
    const own = folder.keyField === undefined ? [] : [folder.keyField];
    faults.push(...fieldsFaults(check, folder, folder.fields, own));
    parents = [folder.type];
  }
  const permission = mapping.permissions?.field;
  for (const variant of mapping.file) {
    faults.push(...typeFaults(check, variant, parents, 'file'));
    faults.push(...fieldsFaults(check, variant, variant.fields, permission === undefined ? [] : [permission]));
    if (permission !== undefined) faults.push(...permissionFaults(check, variant, permission));
  }
  const files = mapping.file.map(({ type }) => type);
  for (const variant of mapping.document) {
    faults.push(...typeFaults(check, variant, files, 'document'), ...fieldsFaults(check, variant, variant.fields, []));
  }
  if (mapping.permissions) {
    faults.push(...accessFaults(schema, mapping.permissions.access, [...mapping.file, ...mapping.document]));
  }
  return faults;
}

interface Check {
  readonly types: ReadonlyMap<string, DmsType>;
  readonly reserved: readonly string[];
}

type Placed = Pick<CheckableVariant, 'place' | 'typePlace' | 'type' | 'secondaryTypes'>;

function fault(
  code: MappingFaultCode,
  place: string,
  words: Text,
  severity: MappingFault['severity'] = 'error',
): MappingFault {
  return { code, severity, place, words };
}

function typeFaults(
  { types }: Check,
  variant: Placed,
  parents: readonly string[],
  role: 'folder' | 'file' | 'document',
): MappingFault[] {
  const { place, typePlace: at = `${place}.type`, type: id } = variant;
  const type = types.get(id);
  if (!type) return [fault('unknown-type', at, unknown(id, [...types.keys()], 'Objekttyp', 'object type'))];
  const faults: MappingFault[] = [];
  if (!type.creatable) {
    const words = text({
      de: `Objekte des Typs „${id}“ lassen sich nicht anlegen`,
      en: `objects of type "${id}" cannot be created`,
    });
    faults.push(fault('type-not-creatable', at, words));
  }
  if ((type.base === 'document') !== (role === 'document')) {
    const words =
      role === 'document'
        ? text({ de: `„${id}“ ist kein Dokumenttyp`, en: `"${id}" is no type of documents` })
        : text({ de: `„${id}“ ist ein Dokumenttyp`, en: `"${id}" is a type of documents` });
    faults.push(fault('wrong-base', at, words));
  }
  const misplaced = type.parents.length === 0 ? [] : parents.filter((parent) => !type.parents.includes(parent));
  for (const parent of misplaced) {
    const words = text({
      de: `„${id}“ kann nicht in „${parent}“ liegen, nur in: ${type.parents.join(', ')}`,
      en: `"${id}" cannot lie in "${parent}", only in: ${type.parents.join(', ')}`,
    });
    faults.push(fault('wrong-parent', at, words));
  }
  return [...faults, ...secondaryTypeFaults(types, variant)];
}

function unknown(id: string, known: readonly string[], de: string, en: string): Text {
  const near = nearest(id, known);
  return text({
    de: `${de} „${id}“ gibt es nicht${near ? `; gemeint „${near}“?` : ''}`,
    en: `there is no ${en} "${id}"${near ? `; did you mean "${near}"?` : ''}`,
  });
}

function keyFaults({ types }: Check, folder: CheckableMapping['folders'][number]): MappingFault[] {
  const { type: id, keyField, place } = folder;
  const type = types.get(id);
  if (!type || keyField === undefined) return [];
  const at = `${place}.keyField`;
  const field = type.fields.find((one) => one.id === keyField);
  if (!field) return [unknownField(at, keyField, type, types)];
  const faults = field.readOnly ? [readOnly(at, keyField)] : valueFaults(at, field, folder.key);
  if (field.queryable && !field.multiple) return faults;
  const words = text({ de: `nach „${keyField}“ kann nicht gesucht werden`, en: `"${keyField}" cannot be searched` });
  return [...faults, fault('key-not-queryable', at, words)];
}

function fieldsFaults(
  { types, reserved }: Check,
  { place, type: id, secondaryTypes }: Placed,
  fields: readonly CheckableField[],
  setElsewhere: readonly string[],
): MappingFault[] {
  const type = extendedType(types, id, secondaryTypes);
  if (!type) return [];
  const given = new Set([...fields.map((field) => field.id), ...setElsewhere, ...reserved]);
  const missing = type.fields.filter((field) => field.required && !given.has(field.id));
  return [
    ...fields.flatMap((field) => {
      const definition = type.fields.find((one) => one.id === field.id);
      if (!definition) return [unknownField(field.place, field.id, type, types)];
      if (definition.readOnly) return [readOnly(field.place, field.id)];
      if (reserved.includes(field.id)) return [isReserved(field)];
      return valueFaults(field.place, definition, field.value);
    }),
    ...missing.map((field) => notMapped(place, id, field)),
  ];
}

function permissionFaults({ types }: Check, { type: id, secondaryTypes }: Placed, permission: string): MappingFault[] {
  const type = extendedType(types, id, secondaryTypes);
  const field = type?.fields.find((one) => one.id === permission);
  if (!type || field) return field?.readOnly ? [readOnly('permissions.field', permission)] : [];
  return [unknownField('permissions.field', permission, type, types)];
}

function unknownField(place: string, id: string, type: DmsType, types: ReadonlyMap<string, DmsType>): MappingFault {
  const secondary = [...types.values()].find(
    ({ base, fields }) => base === 'secondary' && fields.some((field) => field.id === id),
  );
  if (secondary) {
    const words = text({
      de: `„${id}“ gehört zum sekundären Typ „${secondary.id}“; ihn nennt eine Zuordnung unter „secondaryTypes“, die Kurzform in scanlot.json kann es nicht`,
      en: `"${id}" belongs to the secondary type "${secondary.id}"; a mapping names it in "secondaryTypes", the short form in scanlot.json cannot`,
    });
    return fault('unknown-field', place, words);
  }
  const known = type.fields.map((field) => field.id);
  return fault(
    'unknown-field',
    place,
    unknown(id, known, `Im Typ „${type.id}“: Feld`, `field of type "${type.id}" named`),
  );
}

function readOnly(place: string, id: string): MappingFault {
  return fault(
    'read-only',
    place,
    text({ de: `„${id}“ setzt das DMS selbst`, en: `"${id}" is set by the DMS itself` }),
  );
}

function isReserved({ place, id }: CheckableField): MappingFault {
  const words = text({
    de: `in „${id}“ steht der eigene Schlüssel der Akte; nichts anderes darf hinein`,
    en: `"${id}" holds our own key of the file; nothing else may go there`,
  });
  return fault('reserved', place, words);
}

function notMapped(place: string, type: string, { id, label }: DmsField): MappingFault {
  const name = label === id ? `„${id}“` : `„${id}“ (${label})`;
  const words = text({
    de: `das Pflichtfeld ${name} des Typs „${type}“ bekommt keinen Wert`,
    en: `the mandatory field "${id}"${label === id ? '' : ` (${label})`} of type "${type}" gets no value`,
  });
  return fault('not-mapped', place, words);
}

/** Types of values that fit a field of another type as they are. */
const alsoFit: Readonly<Record<DmsFieldType, readonly DmsFieldType[]>> = {
  text: ['integer', 'decimal', 'boolean', 'date', 'dateTime'],
  integer: [],
  decimal: ['integer'],
  boolean: [],
  date: [],
  dateTime: ['date'],
};

function valueFaults(place: string, field: DmsField, value: CheckableValue): MappingFault[] {
  const faults = typeDifference(place, field, value);
  if (value.several && !field.multiple) {
    const words = text({
      de: 'der Ausdruck ergibt eine Liste, das Feld nimmt einen Wert',
      en: 'the expression yields a list, the field takes one value',
    });
    faults.push(fault('several-values', place, words));
  }
  for (const possible of value.possible ?? []) {
    const reason = valueProblem(field, possible);
    if (!reason) continue;
    const words = text({ de: `„${possible}“: ${reason.de}`, en: `"${possible}": ${reason.en}` });
    faults.push(fault('value-refused', place, words));
  }
  return faults;
}

function typeDifference(place: string, { type }: DmsField, value: CheckableValue): MappingFault[] {
  // What can be is looked at one by one.
  if (value.possible || value.type === type || alsoFit[type].includes(value.type)) return [];
  const words = text({
    de: `das Feld verlangt: ${fieldTypeWords[type].de}; der Ausdruck ergibt: ${fieldTypeWords[value.type].de}`,
    en: `the field wants: ${fieldTypeWords[type].en}; the expression yields: ${fieldTypeWords[value.type].en}`,
  });
  // A text may hold what the field wants; only the values tell.
  return [fault('type-differs', place, words, value.type === 'text' ? 'warning' : 'error')];
}

/** Compares the columns that a mapping speaks of with those of a delivery profile. */
export function checkColumns(
  { source: { columns = {} } }: CompiledMapping,
  profile: { readonly name: string; readonly columns: Readonly<Record<string, FieldType>> },
): MappingFault[] {
  return Object.entries(columns).flatMap(([column, type]) => {
    const place = `columns.${column}`;
    const known = Object.hasOwn(profile.columns, column) ? profile.columns[column] : undefined;
    if (known === undefined) {
      const near = nearest(column, Object.keys(profile.columns));
      const words = text({
        de: `das Lieferprofil „${profile.name}“ ordnet „${column}“ keiner Spalte zu${near ? `; gemeint „${near}“?` : ''}`,
        en: `the delivery profile "${profile.name}" maps no column to "${column}"${near ? `; did you mean "${near}"?` : ''}`,
      });
      return [fault('unknown-column', place, words)];
    }
    if (known === type || type === 'text' || known === 'text') return [];
    const words = text({
      de: `im Lieferprofil „${profile.name}“ ist „${column}“ von der Art „${known}“`,
      en: `in the delivery profile "${profile.name}" the type of "${column}" is "${known}"`,
    });
    return [fault('column-type', place, words)];
  });
}

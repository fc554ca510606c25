import { text } from '../../shared/language.ts';
import type { DmsField, DmsFieldType, DmsType } from '../schema/dms-schema.ts';
import { extendedType } from '../schema/extended-type.ts';
import { fieldTypeWords, valueProblem } from './check-values.ts';
import type { Check, CheckableField, CheckableMapping, CheckableValue, Placed } from './checkable-mapping.ts';
import { fault, type MappingFault, unknownWords } from './mapping-fault.ts';

/** The field of a folder that holds its key: it must be one that can be written and searched. */
export function keyFaults({ types }: Check, folder: CheckableMapping['folders'][number]): MappingFault[] {
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

/** Fields of a variant: unknown, not ours to set, of another type, or mandatory and missing. @param setElsewhere fields that get a value all the same */
export function fieldsFaults(
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

/** The field that takes the permission class. */
export function permissionFaults(
  { types }: Check,
  { type: id, secondaryTypes }: Placed,
  permission: string,
): MappingFault[] {
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
    unknownWords(id, known, `Im Typ „${type.id}“: Feld`, `field of type "${type.id}" named`),
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

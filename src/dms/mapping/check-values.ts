import { parseIsoDate } from '../../shared/dates.ts';
import { type Text, text } from '../../shared/language.ts';
import type { DmsField, DmsFieldType, DmsSchema, DmsType } from '../schema/dms-schema.ts';
import { extendedType } from '../schema/extended-type.ts';
import type { MappingProblem } from './map-object.ts';
import type { MappedField, MappedObject, MappedValue } from './mapped-object.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const fits: Readonly<Record<DmsFieldType, (value: MappedValue) => boolean>> = {
  text: () => true,
  integer: (value) => /^[+-]?\d{1,15}$/.test(String(value)),
  decimal: (value) => /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(String(value)),
  boolean: (value) => ['true', 'false'].includes(String(value)),
  date: (value) => typeof value === 'string' && parseIsoDate(value) !== undefined,
  dateTime: (value) => typeof value === 'string' && (parseIsoDate(value) !== undefined || isInstant(value)),
};

function isInstant(value: string): boolean {
  return instant.test(value) && !Number.isNaN(Date.parse(value));
}

export const fieldTypeWords: Readonly<Record<DmsFieldType, Text>> = {
  text: text({ de: 'Text', en: 'text' }),
  integer: text({ de: 'ganze Zahl', en: 'whole number' }),
  decimal: text({ de: 'Zahl', en: 'number' }),
  boolean: text({ de: 'Ja/Nein', en: 'yes or no' }),
  date: text({ de: 'Datum (JJJJ-MM-TT)', en: 'date (YYYY-MM-DD)' }),
  dateTime: text({ de: 'Zeitpunkt (ISO 8601)', en: 'instant (ISO 8601)' }),
};

/** Why a field does not take a value: its type, its length, its bounds, its catalogue. */
export function valueProblem(field: DmsField, value: MappedValue): Text | undefined {
  const { type, maxLength, minimum, maximum, choices } = field;
  const written = String(value);
  if (!fits[type](value)) {
    return text({
      de: `kein Wert der Art ${fieldTypeWords[type].de}`,
      en: `no value of the kind ${fieldTypeWords[type].en}`,
    });
  }
  // As servers count: a character outside the basic plane is two.
  if (type === 'text' && maxLength !== undefined && written.length > maxLength) {
    return text({
      de: `${written.length} Zeichen, erlaubt sind ${maxLength}`,
      en: `${written.length} characters, allowed are ${maxLength}`,
    });
  }
  const number = Number(written);
  if ((minimum !== undefined && number < minimum) || (maximum !== undefined && number > maximum)) {
    return text({
      de: `nicht zwischen ${minimum ?? '…'} und ${maximum ?? '…'}`,
      en: `not between ${minimum ?? '…'} and ${maximum ?? '…'}`,
    });
  }
  return choices && !choices.includes(written) ? notAmong(choices) : undefined;
}

const mostChoices = 10;

function notAmong(choices: readonly string[]): Text {
  const some = choices.slice(0, mostChoices).join(', ') + (choices.length > mostChoices ? ', …' : '');
  return text({ de: `nicht im Katalog (${some})`, en: `not in the catalogue (${some})` });
}

/**
 * What a system would refuse of a file, by its schema: nothing is asked of the system itself.
 * @param reserved fields that the adapter fills itself
 */
export function objectProblems(schema: DmsSchema, mapped: MappedObject, reserved: readonly string[]): MappingProblem[] {
  const types = new Map(schema.types.map((type) => [type.id, type]));
  return [
    ...mapped.folders.flatMap((folder) => {
      const { keyField } = folder;
      return fieldsProblems(types, folder, null, keyField === undefined ? reserved : [...reserved, keyField]);
    }),
    ...fieldsProblems(types, mapped, null, reserved),
    ...mapped.documents.flatMap((one) => fieldsProblems(types, one, one.document, reserved)),
  ];
}

function fieldsProblems(
  types: ReadonlyMap<string, DmsType>,
  { type: id, secondaryTypes, fields }: Pick<MappedObject, 'type' | 'secondaryTypes' | 'fields'>,
  document: string | null,
  setElsewhere: readonly string[],
): MappingProblem[] {
  const type = extendedType(types, id, secondaryTypes);
  if (!type) {
    const reason = text({ de: 'den Objekttyp gibt es nicht', en: 'there is no such object type' });
    return [{ document, field: 'type', value: id, reason }];
  }
  const known = new Map(type.fields.map((field) => [field.id, field]));
  const given = new Set(fields.filter(({ values }) => values.length > 0).map((field) => field.id));
  const missing = type.fields.filter(
    (field) => field.required && !given.has(field.id) && !setElsewhere.includes(field.id),
  );
  return [
    ...fields.flatMap((field) => fieldProblems(known.get(field.id), field, document)),
    ...missing.map((field) => ({
      document,
      field: field.id,
      value: '',
      reason: text({ de: 'Pflichtfeld ohne Wert', en: 'mandatory field without a value' }),
    })),
  ];
}

function fieldProblems(
  definition: DmsField | undefined,
  { id, values }: MappedField,
  document: string | null,
): MappingProblem[] {
  const told = (value: string, reason: Text): MappingProblem => ({ document, field: id, value, reason });
  if (!definition) return [told('', text({ de: 'das Feld gibt es nicht', en: 'there is no such field' }))];
  if (definition.readOnly) {
    return [told('', text({ de: 'das Feld kann nicht gesetzt werden', en: 'the field cannot be set' }))];
  }
  const several = values.length > 1 && !definition.multiple;
  return [
    ...(several
      ? [told(values.join(', '), text({ de: 'nur ein Wert ist erlaubt', en: 'only one value is allowed' }))]
      : []),
    ...values.flatMap((value) => {
      const reason = valueProblem(definition, value);
      return reason ? [told(String(value), reason)] : [];
    }),
  ];
}

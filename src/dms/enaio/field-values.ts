import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { JsonObject, JsonValue } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { DmsFieldType } from '../schema/dms-schema.ts';
import { valueAt } from '../value-at.ts';
import type { EnaioField, EnaioType } from './object-types.ts';

export type DateFormat = 'iso' | 'german';

/** A value on its way into a field. */
export interface GivenField {
  readonly id: string;
  /** What it is, where the type does not tell. */
  readonly type?: DmsFieldType;
  readonly values: readonly JsonValue[];
}

/**
 * The values of one object as enaio takes them; checked against its type, so that nothing is sent that would be refused
 * when half of the file is there.
 * @param type undefined where the interface tells no types: then only the server can refuse
 * @throws DmsError dms.settings-wrong for fields that the type does not have; dms.value-refused for a mandatory one
 *   without a value, a text too long, a value not in the catalogue, or not of the field's kind
 */
export function fieldValues(
  type: EnaioType | undefined,
  given: readonly GivenField[],
  dates: DateFormat,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { id, type: kind, values: all } of given) {
    const field = type && definitionOf(type, id);
    const [value, second] = all.filter((one) => one !== null && one !== '');
    if (value === undefined) continue;
    if (second !== undefined) {
      throw refusedValue(id, second, text({ de: 'nur ein Wert ist erlaubt', en: 'only one value is allowed' }));
    }
    values.set(id, written(id, value, field?.type ?? kind ?? 'text', field, dates));
  }
  for (const { id, required, readOnly } of type?.fields ?? []) {
    if (required && !readOnly && !values.has(id)) throw missing(type?.name ?? '', id);
  }
  return values;
}

/** Fields from a mapping "field id → path into the index data"; "profile.key" goes into members. */
export function fieldsFrom(mapping: Readonly<Record<string, string>>, data: JsonObject): readonly GivenField[] {
  return Object.entries(mapping).map(([id, path]) => {
    const value = valueAt(data, path);
    const list = (Array.isArray(value) ? value : [value]) as readonly (JsonValue | undefined)[];
    return { id, values: list.filter((one) => one !== undefined) };
  });
}

function definitionOf(type: EnaioType, id: string): EnaioField {
  const field = type.fields.find((one) => one.id === id);
  if (field && !field.readOnly && !field.multiple) return field;
  const ids = type.fields.map((one) => one.id);
  const near = field ? undefined : nearest(id, ids);
  const hint = { de: near ? ` Gemeint „${near}“?` : '', en: near ? ` Did you mean "${near}"?` : '' };
  throw settingsWrong(
    field
      ? text({
          de: `Das Feld „${id}“ des Objekttyps „${type.name}“ kann nicht befüllt werden.`,
          en: `Field "${id}" of object type "${type.name}" cannot be filled.`,
        })
      : text({
          de: `Der Objekttyp „${type.name}“ hat kein Feld „${id}“.${hint.de}`,
          en: `Object type "${type.name}" has no field "${id}".${hint.en}`,
        }),
  );
}

function written(
  id: string,
  value: JsonValue,
  kind: DmsFieldType,
  field: EnaioField | undefined,
  dates: DateFormat,
): string {
  const words = typeof value === 'object' ? undefined : writers[kind](String(value), dates);
  const problem = words === undefined ? wrongKind(kind) : problemOf(field, words);
  if (words === undefined || problem) throw refusedValue(id, value, problem ?? wrongKind(kind));
  return words;
}

/** undefined when the words are none of that kind. */
const writers: Readonly<Record<DmsFieldType, (words: string, dates: DateFormat) => string | undefined>> = {
  text: (words) => words,
  integer: (words) => (/^[+-]?\d{1,15}$/.test(words.trim()) ? String(Number(words)) : undefined),
  decimal: (words) => (/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(words.trim()) ? words.trim() : undefined),
  boolean: (words) => (words === 'true' || words === '1' ? '1' : words === 'false' || words === '0' ? '0' : undefined),
  date: (words, dates) => {
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words.trim()) ?? [];
    if (day === undefined || Number.isNaN(Date.parse(words.trim()))) return undefined;
    return dates === 'iso' ? words.trim() : `${day}.${month}.${year}`;
  },
  dateTime: (words, dates) => {
    const form = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/;
    const [, year, month, day, time = '00:00:00'] = form.exec(words.trim()) ?? [];
    if (day === undefined || Number.isNaN(Date.parse(words.trim()))) return undefined;
    return dates === 'iso' ? words.trim() : `${day}.${month}.${year} ${time}`;
  },
};

function problemOf(field: EnaioField | undefined, words: string): Text | undefined {
  const { maxLength, minimum, maximum, choices } = field ?? {};
  if (maxLength !== undefined && words.length > maxLength) {
    return text({ de: `länger als ${maxLength} Zeichen`, en: `longer than ${maxLength} characters` });
  }
  if ((minimum !== undefined && Number(words) < minimum) || (maximum !== undefined && Number(words) > maximum)) {
    return text({
      de: `nicht zwischen ${minimum ?? '…'} und ${maximum ?? '…'}`,
      en: `not between ${minimum ?? '…'} and ${maximum ?? '…'}`,
    });
  }
  if (choices && !choices.includes(words)) {
    const some = choices.slice(0, 10).join(', ');
    return text({ de: `nicht im Katalog (${some})`, en: `not in the catalogue (${some})` });
  }
  return undefined;
}

function wrongKind(kind: DmsFieldType): Text {
  return text({ de: `kein Wert der Art „${kind}“`, en: `no value of the kind "${kind}"` });
}

function refusedValue(id: string, value: JsonValue, problem: Text): DmsError {
  const words = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const shown = words.length > 60 ? `${words.slice(0, 60)}…` : words;
  return new DmsError(
    'dms.value-refused',
    text({
      de: `„${shown}“ passt nicht in „${id}“: ${problem.de}.`,
      en: `"${shown}" does not fit "${id}": ${problem.en}.`,
    }),
  );
}

function missing(type: string, id: string): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Das Pflichtfeld „${id}“ des Objekttyps „${type}“ hat keinen Wert.`,
      en: `The mandatory field "${id}" of object type "${type}" has no value.`,
    }),
  );
}

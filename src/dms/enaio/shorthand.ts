import { text } from '../../shared/language.ts';
import type { JsonObject, JsonValue } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { MappableObject } from '../mapping/map-object.ts';
import type { MappedField, MappedObject, MappedValue } from '../mapping/mapped-object.ts';
import type { ShortForm } from '../mapping/short-form.ts';
import { filledTemplate } from '../mapping/template.ts';
import { fieldsFrom } from './field-values.ts';
import type { FileDropSettings } from './file-drop/settings.ts';
import { documentData } from './index-data.ts';
import type { EnaioSettings } from './settings.ts';

/** What the settings say in place of a mapping, for comparing it with the system's types. */
export function shortForm(settings: ShortSettings): ShortForm {
  const { types, levels = [], fields = {} } = settings;
  return {
    file: { place: 'dms.fields.file', typePlace: 'dms.types.file', type: types.file, fields: fields.file ?? {} },
    document: {
      place: 'dms.fields.document',
      typePlace: 'dms.types.document',
      type: types.document,
      fields: fields.document ?? {},
    },
    folders: levels.map((level, at) => ({
      place: `dms.levels.${at}`,
      typePlace: `dms.levels.${at}.type`,
      type: level.type,
      keyField: level.keyField,
      fields: level.fields ?? {},
    })),
    templates: levels.map(({ key }, at) => ({ place: `dms.levels.${at}.key`, template: key })),
    map: (object) => mapByShorthand(settings, object),
  };
}

/** Of the file drop, which names types by their names. */
export function fileDropShortForm({ names, fields }: Pick<FileDropSettings, 'names' | 'fields'>): ShortForm {
  return shortForm({ types: { file: names.file, document: names.document }, ...(fields ? { fields } : {}) });
}

type ShortSettings = Pick<EnaioSettings, 'types' | 'levels' | 'fields'>;

/** The mapping that the settings themselves say: types, levels, and fields as paths into the index data. */
export function mapByShorthand(
  { types, levels = [], fields = {} }: ShortSettings,
  { key, metadata, documents }: MappableObject,
): MappedObject {
  return {
    type: types.file,
    folders: levels.map((level) => {
      const filled = filledIn(level.key, metadata);
      const { type, keyField } = level;
      return { type, keyField, key: filled, name: filled, fields: mappedFields(level.fields, metadata) };
    }),
    name: key,
    fields: mappedFields(fields.file, metadata),
    permissions: null,
    documents: documents.map((one) => ({
      document: one.name,
      type: types.document,
      name: one.name,
      fields: mappedFields(fields.document, documentData(metadata, one)),
    })),
  };
}

function mappedFields(fields: Readonly<Record<string, string>> | undefined, data: JsonObject): readonly MappedField[] {
  return fieldsFrom(fields ?? {}, data).map(({ id, values }) => ({
    id,
    type: 'text',
    values: values.filter((value) => value !== null).map((value) => single(id, value)),
  }));
}

function single(id: string, value: JsonValue): MappedValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new DmsError(
    'dms.value-refused',
    text({
      de: `In „${id}“ passt nur ein einzelner Wert.`,
      en: `Only a single value fits "${id}".`,
    }),
  );
}

/** "{department}" becomes what the index data say. @throws DmsError dms.settings-wrong when nothing is left */
function filledIn(key: string, metadata: JsonObject): string {
  const filled = filledTemplate(key, metadata);
  if (filled.trim() !== '') return filled;
  throw settingsWrong(
    text({
      de: `Der Schlüssel „${key}“ eines Ordners ist für diese Akte leer.`,
      en: `The key "${key}" of a folder is empty for this file.`,
    }),
  );
}

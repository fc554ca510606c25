import { text } from '../../shared/language.ts';
import type { JsonObject, JsonValue, NewDocument } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { isRecord } from '../http/answer.ts';
import type { MappableObject } from '../mapping/map-object.ts';
import type { MappedField, MappedObject, MappedValue } from '../mapping/mapped-object.ts';
import type { ShortForm } from '../mapping/short-form.ts';
import { valueAt } from '../value-at.ts';
import type { CmisSettings } from './settings.ts';

/** What the settings say in place of a mapping, for comparing it with the system's types. */
export function shortForm(settings: CmisSettings): ShortForm {
  const { folder, properties = {} } = settings;
  const { file, document } = typesOf(settings);
  return {
    file: { place: 'dms.properties.file', typePlace: 'dms.types.file', type: file, fields: properties.file ?? {} },
    document: {
      place: 'dms.properties.document',
      typePlace: 'dms.types.document',
      type: document,
      fields: properties.document ?? {},
    },
    folders: [],
    templates: [{ place: 'dms.folder', template: folder }],
    map: (object) => mapByShorthand(settings, object),
  };
}

/** The mapping that the settings themselves say: types, and properties as paths into the index data. */
export function mapByShorthand(settings: CmisSettings, object: MappableObject): MappedObject {
  const { file = {}, document = {} } = settings.properties ?? {};
  const types = typesOf(settings);
  return {
    type: types.file,
    folders: [],
    name: object.key,
    fields: fieldsOf(file, object.metadata),
    permissions: null,
    documents: object.documents.map((one) => ({
      document: one.name,
      type: types.document,
      name: one.name,
      fields: fieldsOf(document, documentData(object.metadata, one)),
    })),
  };
}

function typesOf({ types = {} }: CmisSettings) {
  return { file: types.file ?? 'cmis:folder', document: types.document ?? 'cmis:document' };
}

function fieldsOf(properties: Readonly<Record<string, string>>, data: JsonObject): MappedField[] {
  return Object.entries(properties).map(([id, path]) => ({ id, type: 'text', values: valuesAt(data, path, id) }));
}

/** Follows "profile.key"; nothing, null and the empty text are no values. */
function valuesAt(data: JsonObject, path: string, id: string): readonly MappedValue[] {
  const value = valueAt(data, path);
  const list = (Array.isArray(value) ? value : [value]) as readonly (JsonValue | undefined)[];
  return list.flatMap((one) => {
    if (one === undefined || one === null || one === '') return [];
    if (typeof one === 'object') throw noSingleValue(id, path);
    return [one];
  });
}

function noSingleValue(id: string, path: string): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `„${path}“ passt nicht in „${id}“: kein einzelner Wert.`,
      en: `"${path}" does not fit "${id}": no single value.`,
    }),
  );
}

/** The index data of the file, and above them those of the document. */
function documentData(metadata: JsonObject, { name, size, sha256 }: NewDocument): JsonObject {
  const list = Array.isArray(metadata.documents) ? (metadata.documents as readonly unknown[]) : [];
  const own = list.find((one) => isRecord(one) && one.name === name);
  return { ...metadata, ...(own as JsonObject | undefined), name, size, sha256 };
}

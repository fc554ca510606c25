import { type DmsSchema, sortedSchema } from '../schema/dms-schema.ts';
import type { Definition } from './dms-service.ts';
import type { EnaioField } from './object-types.ts';
import { type EnaioSettings, fileTypes } from './settings.ts';

/** The object definition in the form that all systems have; system fields are left out, nobody maps them. */
export function describeSchema({ types }: Definition, settings: EnaioSettings): DmsSchema {
  const { keyField, stateField, documentKeyField } = settings;
  const setByUs = new Map<string, readonly (string | undefined)[]>([
    ...fileTypes(settings).map((type) => [type, [keyField, stateField]] as const),
    [settings.types.document, [documentKeyField]],
  ]);
  return sortedSchema({
    system: { name: 'enaio', version: null },
    types: [...types.values()].map(({ queryName: _name, fields, ...type }) => ({
      ...type,
      fields: fields
        .filter(({ id }) => !id.startsWith('system:'))
        .map((field) => describeField(field, setByUs.get(type.id)?.includes(field.id) === true)),
    })),
  });
}

function describeField({ queryName: _name, ...field }: EnaioField, isSetByUs: boolean) {
  return isSetByUs ? { ...field, required: false, readOnly: true } : field;
}

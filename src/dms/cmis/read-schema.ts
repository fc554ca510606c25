import {
  type DmsBase,
  type DmsField,
  type DmsFieldType,
  type DmsSchema,
  type DmsType,
  sortedSchema,
} from '../schema/dms-schema.ts';
import type { BrowserBinding } from './browser-binding.ts';
import { isExtensible, secondaryTypesProperty } from './secondary-types.ts';
import type { PropertyDefinition, TypeDefinition } from './type-definition.ts';

const bases: ReadonlyMap<string, DmsBase> = new Map<string, DmsBase>([
  ['cmis:folder', 'folder'],
  ['cmis:document', 'document'],
  ['cmis:secondary', 'secondary'],
]);

/** CMIS 1.1 section 2.1.3.3.2; uri, id and html are written as text. */
const fieldTypes: ReadonlyMap<string, DmsFieldType> = new Map<string, DmsFieldType>([
  ['boolean', 'boolean'],
  ['integer', 'integer'],
  ['decimal', 'decimal'],
  ['datetime', 'dateTime'],
]);

/** Set by the adapter for every object: no mapping may. */
const setByUs = new Set(['cmis:name', 'cmis:objectTypeId', secondaryTypesProperty]);

/** The repository's types of folders and documents, and secondary ones; policies, items and relationships are nothing to import. */
export async function readCmisSchema(binding: BrowserBinding, signal: AbortSignal | undefined): Promise<DmsSchema> {
  const types = await binding.types(signal);
  return sortedSchema({
    system: binding.product,
    accessControl: {
      changeable: binding.access.isChangeable,
      permissions: [...binding.access.permissions].sort(),
    },
    types: types.filter(({ baseType }) => bases.has(baseType)).map(describeType),
  });
}

function describeType(type: TypeDefinition): DmsType {
  const { id, displayName, baseType, isCreatable, isAccessControlled, properties } = type;
  return {
    id,
    name: displayName,
    base: bases.get(baseType) ?? 'other',
    parents: [],
    // Some repositories say that secondary types are creatable, though no object is made of them.
    creatable: isCreatable && baseType !== 'cmis:secondary',
    extensible: isExtensible(type),
    accessControlled: isAccessControlled,
    fields: [...properties.values()].map(describeField),
  };
}

function describeField(definition: PropertyDefinition): DmsField {
  const { id, displayName, propertyType, maxLength, minimum, maximum, choices } = definition;
  const readOnly = !definition.isSettable || setByUs.has(id);
  return {
    id,
    label: displayName,
    type: fieldTypes.get(propertyType) ?? 'text',
    required: definition.isRequired && !definition.hasDefault && !readOnly,
    readOnly,
    multiple: definition.isMulti,
    queryable: definition.isQueryable,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(choices === undefined ? {} : { choices: choices.map(String) }),
  };
}

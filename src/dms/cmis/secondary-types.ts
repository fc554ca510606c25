import { text } from '../../shared/language.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { SecondaryTypes } from '../mapping/mapped-object.ts';
import type { CmisObject } from './answers.ts';
import type { PropertyValues } from './browser-binding.ts';
import { damaged } from './read-object.ts';
import type { Repository } from './repository.ts';
import type { TypeDefinition } from './type-definition.ts';

/** The property of every object that names its secondary types (CMIS 1.1 section 2.1.9). */
export const secondaryTypesProperty = 'cmis:secondaryObjectTypeIds';

/** Whether objects of a type take secondary types: a repository without them says that nobody may set the property. */
export function isExtensible({ properties }: TypeDefinition): boolean {
  return properties.get(secondaryTypesProperty)?.isSettable === true;
}

/**
 * A type with the properties that secondary types add to its objects.
 * @throws DmsError dms.settings-wrong when there are no such secondary types, or the type takes none
 */
export async function withSecondaryTypes(
  { typeOf }: Pick<Repository, 'typeOf'>,
  type: TypeDefinition,
  secondaryTypes: SecondaryTypes = [],
): Promise<TypeDefinition> {
  if (secondaryTypes.length === 0) return type;
  if (!isExtensible(type)) throw notExtensible(type);
  const added = await Promise.all(secondaryTypes.map((id) => typeOf(id, 'cmis:secondary')));
  return { ...type, properties: new Map([...added.flatMap((one) => [...one.properties]), ...type.properties]) };
}

/** The property's value for a new object, and nothing where it has no secondary types. */
export function secondaryTypeValues(secondaryTypes: SecondaryTypes = []): PropertyValues {
  return new Map(secondaryTypes.length === 0 ? [] : [[secondaryTypesProperty, secondaryTypes]]);
}

/** Secondary types that an object has, by what the server tells of it. */
export function secondaryTypesOf({ properties }: CmisObject): SecondaryTypes {
  const told = properties[secondaryTypesProperty];
  return Array.isArray(told) ? told.map(String) : [];
}

/**
 * The values for an object that is there already: secondary types that it has from elsewhere stay, for records
 * managers and the server itself give some, and setting the property takes away what is not named.
 */
export function keepingSecondaryTypes(values: PropertyValues, present: CmisObject): PropertyValues {
  const own = values.get(secondaryTypesProperty);
  if (own === undefined) return values;
  const all = new Set([...secondaryTypesOf(present), ...own]);
  return new Map([...values, [secondaryTypesProperty, [...all]]]);
}

/** @throws DmsError dms.object-damaged when the server left out a secondary type without a word */
export async function requireSecondaryTypes(
  { binding }: Repository,
  made: CmisObject,
  values: PropertyValues,
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanted = [...(values.get(secondaryTypesProperty) ?? [])];
  const lacks = (object: CmisObject | undefined) => {
    const present = object ? secondaryTypesOf(object) : [];
    return wanted.find((id) => !present.includes(id));
  };
  // Queries and some answers tell only a part of the properties.
  const lacking = lacks(made) === undefined ? undefined : lacks(await binding.object(made.id, signal));
  if (lacking === undefined) return;
  throw damaged(
    made.name,
    `der sekundäre Typ „${lacking}“ wurde nicht übernommen`,
    `the secondary type "${lacking}" was not taken`,
  );
}

function notExtensible({ id }: TypeDefinition) {
  return settingsWrong(
    text({
      de: `Objekte des Typs „${id}“ nehmen keine sekundären Typen an.`,
      en: `Objects of type "${id}" take no secondary types.`,
    }),
  );
}

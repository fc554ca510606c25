import type { DmsField, DmsType } from './dms-schema.ts';

/**
 * A type with the fields that secondary types add to its objects. Secondary types that are not there add nothing.
 * @returns undefined when there is no type of this id
 */
export function extendedType(
  types: ReadonlyMap<string, DmsType>,
  id: string,
  secondaryTypes: readonly string[] = [],
): DmsType | undefined {
  const own = types.get(id);
  if (!own || secondaryTypes.length === 0) return own;
  const fields = new Map<string, DmsField>();
  for (const type of [own, ...secondaryTypes.map((one) => types.get(one))]) {
    for (const field of type?.fields ?? []) if (!fields.has(field.id)) fields.set(field.id, field);
  }
  return { ...own, fields: [...fields.values()] };
}

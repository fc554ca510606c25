import { isRecord } from '../http/answer.ts';

/** A property as the repository defines it (CMIS 1.1 section 2.1.3.3.2). */
export interface PropertyDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly queryName: string;
  /** "string", "integer", "datetime" … */
  readonly propertyType: string;
  readonly isMulti: boolean;
  /** Whether it may be given a value when an object is created. */
  readonly isSettable: boolean;
  readonly isRequired: boolean;
  readonly isQueryable: boolean;
  readonly hasDefault: boolean;
  /** In characters. */
  readonly maxLength: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** The only values allowed; undefined where others are, too. */
  readonly choices: readonly unknown[] | undefined;
}

export interface TypeDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly queryName: string;
  /** "cmis:folder", "cmis:document", "cmis:secondary" … */
  readonly baseType: string;
  readonly isCreatable: boolean;
  readonly isQueryable: boolean;
  readonly isVersionable: boolean;
  /** Whether access control lists of its objects can be changed. */
  readonly isAccessControlled: boolean;
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
}

/** Reads a type definition in JSON. @returns undefined when it is none */
export function readTypeDefinition(value: unknown): TypeDefinition | undefined {
  if (!isRecord(value) || typeof value.id !== 'string' || !isRecord(value.propertyDefinitions)) return undefined;
  const properties = new Map<string, PropertyDefinition>();
  for (const [id, definition] of Object.entries(value.propertyDefinitions)) {
    if (isRecord(definition)) properties.set(id, readProperty(id, definition));
  }
  return {
    id: value.id,
    displayName: textOr(value.displayName, value.id),
    queryName: textOr(value.queryName, value.id),
    baseType: textOr(value.baseId, ''),
    isCreatable: value.creatable !== false,
    isQueryable: value.queryable !== false,
    isVersionable: value.versionable === true,
    isAccessControlled: value.controllableACL === true,
    properties,
  };
}

/** Reads the types of a tree (CMIS 1.1 section 5.3.4, typeDescendants): [{ type, children: [ … ] }]. */
export function readTypeTree(value: unknown): readonly TypeDefinition[] {
  const types: TypeDefinition[] = [];
  const open: unknown[] = Array.isArray(value) ? [...value] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isRecord(next)) continue;
    const type = readTypeDefinition(next.type);
    if (type) types.push(type);
    if (Array.isArray(next.children)) open.push(...next.children);
  }
  return types;
}

function readProperty(id: string, definition: Readonly<Record<string, unknown>>): PropertyDefinition {
  const { defaultValue, choice, updatability } = definition;
  const choices = Array.isArray(choice) && definition.openChoice !== true ? choicesOf(choice) : undefined;
  return {
    id,
    displayName: textOr(definition.displayName, id),
    queryName: textOr(definition.queryName, id),
    propertyType: textOr(definition.propertyType, 'string'),
    isMulti: definition.cardinality === 'multi',
    isSettable: updatability === 'readwrite' || updatability === 'oncreate',
    isRequired: definition.required === true,
    isQueryable: definition.queryable === true,
    hasDefault: Array.isArray(defaultValue) ? defaultValue.length > 0 : defaultValue !== undefined,
    maxLength: numberOf(definition.maxLength),
    minimum: numberOf(definition.minValue),
    maximum: numberOf(definition.maxValue),
    choices: choices && choices.length > 0 ? choices : undefined,
  };
}

/** Choices may be sorted into groups, which may be empty themselves. */
function choicesOf(choice: readonly unknown[]): readonly unknown[] {
  const values: unknown[] = [];
  const open = [...choice];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isRecord(next)) continue;
    if (Array.isArray(next.value)) values.push(...next.value);
    else if (next.value !== undefined) values.push(next.value);
    if (Array.isArray(next.choice)) open.push(...next.choice);
  }
  return values;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** Big numbers come as text from some servers; 0 and less mean "no limit" nowhere. */
function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

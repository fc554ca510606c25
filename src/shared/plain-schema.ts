type Schema = Readonly<Record<string, unknown>>;

/** Words of a schema that demand nothing of a value. */
const silent = new Set(['$schema', '$id', '$defs', 'title', 'description', 'default', 'examples']);

/**
 * Tells whether a value certainly fits a schema that uses no more than a few simple keywords. Loading and compiling a
 * full validator takes longer than all the rest of a short command; it is needed only to tell what is wrong.
 * @returns true when the value fits; false when it does not, or when the schema asks for more than is understood here
 */
export function certainlyFits(value: unknown, schema: Schema): boolean {
  return fits(value, schema, (schema.$defs ?? {}) as Readonly<Record<string, Schema>>);
}

type Definitions = Readonly<Record<string, Schema>>;

function fits(value: unknown, schema: Schema, definitions: Definitions): boolean {
  return Object.entries(schema).every(
    ([keyword, expected]) => silent.has(keyword) || satisfies(value, keyword, expected, schema, definitions),
  );
}

function satisfies(value: unknown, keyword: string, expected: unknown, schema: Schema, definitions: Definitions) {
  switch (keyword) {
    case '$ref': {
      const definition = definitions[String(expected).replace('#/$defs/', '')];
      return definition !== undefined && fits(value, definition, definitions);
    }
    case 'type':
      return hasType(value, expected);
    case 'enum':
      return Array.isArray(expected) && typeof value === 'string' && expected.includes(value);
    case 'minLength':
      return typeof value === 'string' && [...value].length >= Number(expected);
    case 'minimum':
      return typeof value === 'number' && value >= Number(expected);
    case 'maximum':
      return typeof value === 'number' && value <= Number(expected);
    case 'required':
      return isObject(value) && (expected as readonly string[]).every((name) => Object.hasOwn(value, name));
    case 'additionalProperties':
      // That nothing else is allowed is seen to by `properties`.
      return expected === false && isObject(schema.properties);
    case 'properties':
      return isObject(value) && propertiesFit(value, expected as Definitions, definitions);
    default:
      return false;
  }
}

function propertiesFit(value: object, properties: Definitions, definitions: Definitions): boolean {
  return Object.entries(value).every(([name, member]) => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return schema !== undefined && fits(member, schema, definitions);
  });
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === 'object') return isObject(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { at, parseSource, readSource } from './document-source.ts';
import { UsageError } from './errors.ts';
import { type Text, text, verbatim } from './language.ts';
import { packagePath } from './package.ts';
import { formats } from './schema-formats.ts';
import { nearest } from './suggest.ts';

/** Names of the schemas under schemas/, with their version: "contract-1", "delivery-profile-1". */
export type SchemaName = `${string}-${number}` | `${string}-${string}-${number}`;

const MAXIMUM_MISTAKES = 50;

/**
 * Reads a JSON or YAML document (1.2, which includes JSON) and checks it against a schema of ours.
 * @returns the document, typed by the caller as the schema describes it
 * @throws UsageError that lists every mistake with line and column, what was expected and what was found
 */
export function readDocument<T>(path: string, schema: SchemaName): T {
  const document = openDocument(path);
  const mistakes = schemaMistakes(document.value, schema);
  if (mistakes.length === 0) return document.value as T;
  throw schemaError(document, mistakes);
}

/** A document as it stands in its file, not yet held against a schema. */
export interface SourceDocument {
  readonly path: string;
  readonly source: string;
  readonly value: unknown;
}

/** Reads a JSON or YAML document. @throws UsageError when it cannot be read, or is neither */
export function openDocument(path: string): SourceDocument {
  const source = readSource(path);
  return { path, source, value: parseSource(source, path) };
}

/** What does not fit a schema: the keys that lead there, and what was expected. */
export interface SchemaMistake {
  readonly steps: readonly (string | number)[];
  readonly words: Text;
}

/** Holds a value against a schema of ours. @returns every mistake; none when it fits */
export function schemaMistakes(value: unknown, schema: SchemaName): SchemaMistake[] {
  const validate = validator(schema);
  if (validate(value)) return [];
  return (
    (validate.errors ?? [])
      // These two only say that another of the errors is there.
      .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
      .map((error) => ({ steps: pointerSteps(error), words: describe(error, value) }))
  );
}

/** Checks a value that was not read from a file. @returns the mistakes; none when it fits */
export function documentMistakes(value: unknown, schema: SchemaName): Text[] {
  return schemaMistakes(value, schema).map(({ words }) => words);
}

const compiled = new Map<SchemaName, ValidateFunction>();

/** Our dialect of JSON Schema: draft 2020-12, with dates as this domain writes them. */
export function createAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strict: true, ...options });
  for (const [name, fits] of Object.entries(formats)) ajv.addFormat(name, fits);
  return ajv;
}

/**
 * Our own schemas are known to be sound, and a document is checked once: no time is spent on either. The formats are those
 * of the standard's own schema, which a schema of ours may refer to.
 */
export const ownSchemas: Options = {
  validateSchema: false,
  code: { optimize: false },
  formats: { uri: true, 'uri-reference': true, regex: true },
};

function validator(name: SchemaName): ValidateFunction {
  let validate = compiled.get(name);
  if (!validate) {
    const source = readFileSync(packagePath('schemas', `${name}.schema.json`));
    validate = builtValidator(name, source) ?? createAjv(ownSchemas).compile(JSON.parse(source.toString()));
    compiled.set(name, validate);
  }
  return validate;
}

/** What scripts/validators.ts makes when the program is built. */
interface BuiltValidator {
  /** sha256 of the schema that it is of. */
  readonly schema: string;
  readonly validate: ValidateFunction;
}

/** Undefined where the build made none, or made it of another state of the schema. */
function builtValidator(name: SchemaName, schema: Buffer): ValidateFunction | undefined {
  const file = packagePath('dist', 'schemas', `${name}.cjs`);
  if (!existsSync(file)) return undefined;
  const built: BuiltValidator = createRequire(import.meta.url)(file);
  return built.schema === createHash('sha256').update(schema).digest('hex') ? built.validate : undefined;
}

function schemaError({ path, source }: SourceDocument, told: readonly SchemaMistake[]): UsageError {
  const lines = new LineCounter();
  const tree = parseDocument(source, { lineCounter: lines });
  const details = told.slice(0, MAXIMUM_MISTAKES).map(({ steps, words }) => {
    const node = tree.getIn(steps, true);
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    const place = lines.linePos(offset);
    return at(place.line, place.col, words);
  });
  if (told.length > details.length) {
    const rest = told.length - details.length;
    details.push(text({ de: `… und ${rest} weitere`, en: `… and ${rest} more` }));
  }
  return new UsageError(
    'document.invalid',
    text({
      de: (format) => `${path} entspricht nicht dem Schema: ${format.number(told.length)} Fehler.`,
      en: (format) => `${path} does not fit its schema: ${format.counted(told.length, 'mistake', 'mistakes')}.`,
    }),
    text({ de: 'Die genannten Stellen berichtigen.', en: 'Mend the places named.' }),
    details,
  );
}

/** JSON pointer → keys; a property that is too many is pointed at itself. */
function pointerSteps(error: ErrorObject): (string | number)[] {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return error.keyword === 'additionalProperties' ? [...steps, String(error.params.additionalProperty)] : steps;
}

type Wording = (error: ErrorObject) => Text;

const wordings: Readonly<Record<string, Wording>> = {
  required: ({ params }) =>
    text({ de: `Pflichtangabe „${params.missingProperty}“ fehlt`, en: `"${params.missingProperty}" is required` }),
  additionalProperties: ({ params, parentSchema }) => unknownProperty(params.additionalProperty, parentSchema),
  type: ({ params, data }) => expected(String(params.type), data),
  enum: ({ params, data }) => expected(params.allowedValues.map((value: unknown) => `"${value}"`).join(' | '), data),
  const: ({ params, data }) => expected(JSON.stringify(params.allowedValue), data),
  format: ({ params, data }) => expected(params.format === 'date' ? 'YYYY-MM-DD' : params.format, data),
  pattern: ({ params, data, parentSchema }) =>
    expected(((parentSchema as { examples?: string[] }).examples ?? [])[0] ?? params.pattern, data),
};

function describe(error: ErrorObject, _root: unknown): Text {
  const words = wordings[error.keyword]?.(error) ?? verbatim(error.message ?? error.keyword);
  const where = error.instancePath === '' ? '' : `${error.instancePath.slice(1).replaceAll('/', '.')}: `;
  return text({ de: where + words.de, en: where + words.en });
}

function expected(what: string, data: unknown): Text {
  const found = JSON.stringify(data)?.slice(0, 60) ?? 'undefined';
  return text({ de: `erwartet ${what}, gefunden ${found}`, en: `expected ${what}, found ${found}` });
}

function unknownProperty(property: string, parentSchema: unknown): Text {
  const known = Object.keys((parentSchema as { properties?: object }).properties ?? {});
  const near = nearest(property, known);
  return text({
    de: `Angabe „${property}“ ist unbekannt${near ? `; gemeint „${near}“?` : ''}`,
    en: `"${property}" is not known${near ? `; did you mean "${near}"?` : ''}`,
  });
}

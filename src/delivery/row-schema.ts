import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { parseDate } from '../shared/dates.ts';
import { createAjv } from '../shared/document.ts';
import { type Text, verbatim } from '../shared/language.ts';
import type { MappedColumn } from './columns.ts';
import { isDecimal } from './field-types.ts';
import { linearEngine } from './profile/pattern.ts';
import { unknownField } from './profile-words.ts';
import { isDateTime, isIban, isLeitwegId, isUri } from './value-formats.ts';

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** One demand of the row schema that a row does not meet. */
export interface RowViolation {
  /** The field concerned; "" for the row as a whole. */
  readonly field: string;
  readonly value: string;
  /** Keyword of JSON Schema. */
  readonly rule: string;
  /** What the keyword demands, as text. */
  readonly limit: string;
}

/** A mistake in a profile: where ("row.properties.date"), and what. */
export interface ProfileMistake {
  readonly steps: readonly (string | number)[];
  readonly words: Text;
  /** Characters into the text at that place. */
  readonly offset?: number;
}

export type RowValues = Readonly<Record<string, string>>;
export type RowCheck = (values: RowValues) => RowViolation[];

/** A row that breaks more rules than these is hopeless; the first ones tell enough. */
const MAXIMUM_VIOLATIONS = 20;
const MAXIMUM_SHOWN = 200;

/** Each format in words: src/findings/catalogue/row-rule.ts. */
export const rowFormats: Readonly<Record<string, RegExp | ((value: string) => boolean)>> = {
  count: /^[0-9]{1,9}$/,
  integer: /^-?[0-9]{1,15}$/,
  decimal: isDecimal,
  'any-date': (value) => parseDate(value) !== undefined,
  'iso-date-time': isDateTime,
  iban: isIban,
  'leitweg-id': isLeitwegId,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  uri: isUri,
  email: /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/,
  'yes-no': /^(?:ja|nein|j|n|yes|no|y|true|false|1|0)$/i,
  'file-reference': /^[\p{L}\p{N}][\p{L}\p{N} ./_:()+,&#–-]{0,99}$/u,
};

/**
 * Compiles the row schema of a profile.
 * @returns the check of one row, or every mistake with its place
 */
export function compileRowSchema(schema: JsonSchema, columns: readonly MappedColumn[]): RowCheck | ProfileMistake[] {
  const validate = compile(schema);
  const mistakes = [
    ...unknownFields(schema, columns),
    ...(typeof validate === 'string' ? locate(schema, validate) : []),
  ];
  if (mistakes.length > 0 || typeof validate === 'string') return mistakes;
  return rowCheck(validate);
}

function createRowAjv(): Ajv2020 {
  // That it is a schema at all was seen when the profile was read: its own schema refers to the standard's.
  const ajv = createAjv({ validateSchema: false });
  // All values are strings and all fields are known: neither needs to be said again for each rule.
  ajv.opts.strictTypes = false;
  ajv.opts.strictRequired = false;
  // What a profile writes as `pattern` must not cost more than linear time.
  ajv.opts.code.regExp = linearEngine;
  for (const [name, pattern] of Object.entries(rowFormats)) ajv.addFormat(name, pattern);
  return ajv;
}

function unknownFields(schema: JsonSchema, columns: readonly MappedColumn[]): ProfileMistake[] {
  if (typeof schema === 'boolean') return [];
  const known = columns.map(({ field }) => field);
  const used: [string[], string][] = [
    ...Object.keys((schema.properties as object | undefined) ?? {}).map((name): [string[], string] => [
      ['row', 'properties', name],
      name,
    ]),
    ...((schema.required as string[] | undefined) ?? []).map((name): [string[], string] => [['row', 'required'], name]),
  ];
  return used
    .filter(([, name]) => !known.includes(name))
    .map(([steps, name]) => ({ steps, words: unknownField(name, known) }));
}

/** Where a schema cannot be compiled: field by field, only so is it known which one holds a bad pattern or keyword. */
function locate(schema: JsonSchema, message: string): ProfileMistake[] {
  const { properties = {}, $defs = {} } = typeof schema === 'boolean' ? {} : schema;
  const mistakes = Object.entries(properties as object).flatMap(([name, part]): ProfileMistake[] => {
    const alone = compile({ type: 'object', properties: { [name]: part }, $defs });
    return typeof alone === 'string' ? [{ steps: ['row', 'properties', name], words: verbatim(alone) }] : [];
  });
  return mistakes.length > 0 ? mistakes : [{ steps: ['row'], words: verbatim(message) }];
}

/** @returns why the schema cannot be compiled, in the words of ajv, where it cannot */
function compile(schema: JsonSchema): ValidateFunction | string {
  try {
    return createRowAjv().compile(schema);
  } catch (error) {
    return (error as Error).message;
  }
}

function rowCheck(validate: ValidateFunction): RowCheck {
  return (values) => {
    if (validate(values)) return [];
    const told = new Map<string, RowViolation>();
    for (const error of validate.errors ?? []) {
      if (isWithinChoice(error)) continue;
      const violation = toViolation(error, values);
      told.set(`${violation.field}\n${violation.rule}`, violation);
      if (told.size === MAXIMUM_VIOLATIONS) break;
    }
    return [...told.values()];
  };
}

/** What a branch of a choice demands misleads; that no branch fits is told by the choice itself. */
function isWithinChoice({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'if' || /\/(?:anyOf|oneOf|not)\//.test(schemaPath);
}

function toViolation(error: ErrorObject, values: RowValues): RowViolation {
  const field = fieldOf(error);
  return {
    field,
    value: (values[field] ?? '').slice(0, MAXIMUM_SHOWN),
    rule: error.keyword,
    limit: limitOf(error),
  };
}

function fieldOf({ keyword, params, instancePath }: ErrorObject): string {
  if (keyword === 'required' || keyword === 'dependentRequired') return String(params.missingProperty);
  if (keyword === 'additionalProperties') return String(params.additionalProperty);
  if (keyword === 'unevaluatedProperties') return String(params.unevaluatedProperty);
  return instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}

function limitOf({ keyword, schema }: ErrorObject): string {
  if (keyword === 'enum' && Array.isArray(schema)) return schema.join(', ').slice(0, MAXIMUM_SHOWN);
  if (typeof schema === 'string') return schema.slice(0, MAXIMUM_SHOWN);
  return (JSON.stringify(schema) ?? '').slice(0, MAXIMUM_SHOWN);
}

import { type Expression, type Language, NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import { type Text, text } from '../../shared/language.ts';
import type { DmsFieldType } from '../schema/dms-schema.ts';
import type { MappedValue } from './mapped-object.ts';
import type { ValueSource } from './mapping-document.ts';

/** CEL's names of the types that a field can take, alone or in a list. */
const celTypes: Readonly<Record<string, DmsFieldType>> = {
  string: 'text',
  int: 'integer',
  double: 'decimal',
  bool: 'boolean',
  'google.protobuf.Timestamp': 'date',
};
const wanted = Object.keys(celTypes).flatMap((type) => [type, `list<${type}>`]);

/** A value that a mapping makes of each file or document. */
export interface CompiledValue {
  readonly type: DmsFieldType;
  /** Whether it yields a list. */
  readonly several: boolean;
  /** Everything it can be, where that is known beforehand: a constant, the codes of a list. */
  readonly possible: readonly MappedValue[] | undefined;
  /** Never anything else, and never nothing. */
  readonly constant: boolean;
  /** @returns the values, none where there is nothing; or why there can be none */
  read(scope: Scope): ReadValue;
}

export type ReadValue =
  | { readonly values: readonly MappedValue[] }
  | { readonly written: string; readonly reason: Text };

type Detailed = Exclude<ValueSource, string>;

/** @throws ExpressionMistake */
export function compileValue(
  source: ValueSource,
  language: Language,
  types: readonly string[] = wanted,
): CompiledValue {
  if (typeof source === 'string') return fromExpression({}, language.compile(source, types));
  if (source.value !== undefined) return fromExpression(source, language.compile(source.value, types));
  const { constant = '' } = source;
  return {
    type: typeOfConstant(constant),
    several: false,
    possible: [constant],
    constant: true,
    read: () => ({ values: constant === '' ? [] : [constant] }),
  };
}

function typeOfConstant(constant: MappedValue): DmsFieldType {
  if (typeof constant === 'boolean') return 'boolean';
  if (typeof constant === 'string') return 'text';
  return Number.isInteger(constant) ? 'integer' : 'decimal';
}

function fromExpression(source: Detailed, expression: Expression): CompiledValue {
  const [, inner] = /^list<(.+)>$/.exec(expression.type) ?? [];
  const { codes, otherwise, default: fallback } = source;
  const ends = [otherwise, fallback].filter((one) => one !== undefined);
  return {
    type: codes ? 'text' : (celTypes[inner ?? expression.type] ?? 'text'),
    several: inner !== undefined,
    possible: codes ? [...Object.values(codes), ...ends].filter((one) => one !== '') : undefined,
    constant: false,
    read: (scope) => readExpression(source, expression, scope),
  };
}

function readExpression(source: Detailed, expression: Expression, scope: Scope): ReadValue {
  const found = evaluate(expression, scope);
  if ('reason' in found) return found;
  const values: MappedValue[] = [];
  for (const one of found.values) {
    const value = coded(source, one);
    if (typeof value === 'object') return value;
    // A code may be nothing, too.
    if (value !== '') values.push(shortened(source, value));
  }
  const { default: fallback } = source;
  return { values: values.length === 0 && fallback !== undefined ? [fallback] : values };
}

function evaluate(expression: Expression, scope: Scope): ReadValue {
  try {
    const value = expression.evaluate(scope);
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return { values: all.map(plain).filter((one) => one !== '') };
  } catch (error) {
    if (!(error instanceof NotEvaluable)) throw error;
    if (error.reason === 'missing') return { values: [] };
    const { detail } = error;
    return {
      written: '',
      reason: text({ de: `der Ausdruck hat keinen Wert (${detail})`, en: `the expression has no value (${detail})` }),
    };
  }
}

/** From the types of CEL to those of JSON: days and instants as ISO 8601 writes them. */
function plain(value: unknown): MappedValue {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) {
    const written = value.toISOString();
    return written.endsWith('T00:00:00.000Z') ? written.slice(0, 10) : written;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');
}

/** The code for a value; or why there is none. */
function coded(
  { codes, otherwise }: Detailed,
  value: MappedValue,
): MappedValue | Exclude<ReadValue, { values: unknown }> {
  if (!codes) return value;
  const written = String(value);
  const code = Object.hasOwn(codes, written) ? codes[written] : otherwise;
  if (code !== undefined) return code;
  return { written, reason: text({ de: 'dafür nennt „codes“ keinen Wert', en: '"codes" has no value for it' }) };
}

function shortened({ shorten }: Detailed, value: MappedValue): MappedValue {
  if (shorten === undefined || typeof value !== 'string') return value;
  const characters = [...value.normalize('NFC')];
  return characters.length <= shorten ? value : characters.slice(0, shorten).join('').trimEnd();
}

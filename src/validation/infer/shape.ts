import { readField } from '../../delivery/field-types.ts';
import { parseDate } from '../../shared/dates.ts';

/** What the values of one column have in common. */
export interface ColumnShape {
  readonly type: 'text' | 'integer' | 'decimal' | 'date' | 'yes-no';
  /** Every row has a value. */
  readonly always: boolean;
  /** Part of a row schema that all values fit. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A column with few different values, each seen often enough, is taken for a list of agreed ones. */
const enumeration = { values: 12, perValue: 3 };

/** @param values of all rows; undefined where a cell is empty */
export function shapeOf(values: readonly (string | undefined)[]): ColumnShape {
  const present = values.filter((value) => value !== undefined);
  const always = present.length === values.length && values.length > 0;
  const different = [...new Set(present)];
  const type = typeOf(different);
  return { type, always, schema: schemaOf(type, different, present.length) };
}

function typeOf(different: readonly string[]): ColumnShape['type'] {
  if (different.length === 0) return 'text';
  const all = (fits: (value: string) => boolean) => different.every(fits);
  // "0001" is a name, not a number.
  if (all((value) => /^(?:0|[1-9][0-9]{0,8})$/.test(value))) return 'integer';
  if (all((value) => parseDate(value) !== undefined)) return 'date';
  if (all((value) => /^(?:ja|nein|yes|no|j|n)$/i.test(value))) return 'yes-no';
  return all((value) => readField('decimal', value) !== undefined && value.includes(',')) ? 'decimal' : 'text';
}

const formats = { integer: 'count', date: 'any-date', decimal: 'decimal', 'yes-no': 'yes-no' } as const;

function schemaOf(type: ColumnShape['type'], different: readonly string[], count: number): ColumnShape['schema'] {
  if (type !== 'text') return { format: formats[type] };
  if (different.length === 0) return {};
  const isEnumeration = different.length <= enumeration.values && count >= different.length * enumeration.perValue;
  if (isEnumeration) return { enum: [...different].sort() };
  const pattern = patternOf(different);
  return pattern === undefined ? {} : { pattern };
}

const PARTS = /[0-9]+|[A-Z]+|[a-z]+|[^0-9A-Za-z]/g;

/** A pattern of names that are built alike: "ORD-2019-001" → ^ORD-[0-9]{4}-[0-9]{3}$; undefined where they are not. */
function patternOf(different: readonly string[]): string | undefined {
  const parts = different.map((value) => value.match(PARTS) ?? []);
  const [first = []] = parts;
  if (first.length > 20 || !first.some((part) => /[0-9]/.test(part))) return undefined;
  if (parts.some((other) => other.length !== first.length)) return undefined;
  const pieces = first.map((_, index) => pieceOf(parts.map((other) => other[index] ?? '')));
  return pieces.every((piece) => piece !== undefined) ? `^${pieces.join('')}$` : undefined;
}

function pieceOf(values: readonly string[]): string | undefined {
  const [first = ''] = values;
  const kind = kinds.find(([fits]) => values.every((value) => fits.test(value)));
  const same = values.every((value) => value === first);
  if (same && kind?.[1] !== '[0-9]') return first.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  if (!kind) return undefined;
  const least = values.reduce((length, value) => Math.min(length, value.length), Number.POSITIVE_INFINITY);
  const most = values.reduce((length, value) => Math.max(length, value.length), 0);
  if (kind[1] !== '[0-9]') return `${kind[1]}+`;
  return least === most ? `${kind[1]}{${least}}` : `${kind[1]}{${least},${most}}`;
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^[0-9]+$/, '[0-9]'],
  [/^[A-Z]+$/, '[A-Z]'],
  [/^[a-z]+$/, '[a-z]'],
];

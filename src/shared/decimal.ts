import { divideHalfUp } from './money.ts';

/**
 * An exact decimal number: `units` × 10^-`scale`. For amounts that other people wrote, in any currency and with any
 * number of decimals; our own money is whole cents (money.ts).
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const decimalZero: Decimal = { units: 0n, scale: 0 };

const longestNumber = 60;

/** Reads an xsd:decimal ("-12.50", "+3", ".5"); undefined for anything else, exponents and endless digits included. */
export function parseDecimal(words: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(words.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = whole + fraction;
  if (digits === '' || digits.length > longestNumber) return undefined;
  const units = BigInt(digits);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

export function plus(...values: readonly Decimal[]): Decimal {
  return total(values);
}

/** The sum of any number of values: an invoice may have more lines than a function may have arguments. */
export function total(values: readonly Decimal[]): Decimal {
  const scale = values.reduce((most, value) => Math.max(most, value.scale), 0);
  return { units: values.reduce((sum, value) => sum + unitsAt(value, scale), 0n), scale };
}

export function negated({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

export function minus(from: Decimal, value: Decimal): Decimal {
  return plus(from, negated(value));
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Quotient with `scale` decimals, half away from zero. @throws RangeError for a divisor of zero */
export function dividedBy(a: Decimal, b: Decimal, scale: number): Decimal {
  const up = scale + b.scale - a.scale;
  const [numerator, denominator] =
    up >= 0 ? [a.units * 10n ** BigInt(up), b.units] : [a.units, b.units * 10n ** BigInt(-up)];
  return { units: divideHalfUp(numerator, denominator), scale };
}

/** The value with at most `scale` decimals, half away from zero. */
export function rounded(value: Decimal, scale: number): Decimal {
  return value.scale <= scale ? value : dividedBy(value, { units: 1n, scale: 0 }, scale);
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const { units } = minus(a, b);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export function equals(a: Decimal, b: Decimal): boolean {
  return compareDecimals(a, b) === 0;
}

export function absolute(value: Decimal): Decimal {
  return value.units < 0n ? negated(value) : value;
}

/** As machines read it: a point, at least `least` decimals and no further trailing zeros: "12.50", "0.0235". */
export function decimalText(value: Decimal, least = 0): string {
  const scale = Math.max(value.scale, least);
  const digits = String(absolute({ units: unitsAt(value, scale), scale }).units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  const kept = fraction.slice(0, least) + fraction.slice(least).replace(/0+$/, '');
  return `${value.units < 0n ? '-' : ''}${whole}${kept === '' ? '' : `.${kept}`}`;
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

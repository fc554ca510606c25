/**
 * Money is integers, never floats: amounts in cents, unit prices in millionths of a euro (six decimals). Products are
 * computed in BigInt and rounded once, commercially (half away from zero, DIN 1333), at the place that the caller names.
 */

/** An amount in euro cents: a safe integer, negative for credits. */
export type Cents = number & { readonly __unit: 'cents' };
/** A unit price in millionths of a euro: EUR 0.0235 is 23500. */
export type Micros = number & { readonly __unit: 'micros' };
/** A VAT rate in hundredths of a percent: 19 % is 1900. */
export type BasisPoints = number & { readonly __unit: 'basisPoints' };

const MICROS_PER_CENT = 10_000n;

export const zero = 0 as Cents;

export function cents(value: number): Cents {
  return safeInteger(value) as Cents;
}

export function basisPoints(value: number): BasisPoints {
  return safeInteger(value) as BasisPoints;
}

export function add(...amounts: readonly Cents[]): Cents {
  return cents(amounts.reduce((sum, amount) => sum + amount, 0));
}

export function subtract(from: Cents, amount: Cents): Cents {
  return cents(from - amount);
}

/**
 * Quantity × unit price, rounded to the cent.
 * @param quantity in thousandths of the priced unit (1,500 pages are 1_500_000; 0.25 running metres are 250)
 */
export function multiply(quantity: number, price: Micros): Cents {
  return fromBig(divideHalfUp(BigInt(safeInteger(quantity)) * BigInt(price), 1000n * MICROS_PER_CENT));
}

/** VAT on a net amount, rounded to the cent. */
export function vatOn(net: Cents, rate: BasisPoints): Cents {
  return fromBig(divideHalfUp(BigInt(net) * BigInt(rate), 10_000n));
}

/** Reads a decimal with a point and at most two decimals ("1165000.00"); undefined when it is anything else. */
export function parseCents(decimal: string): Cents | undefined {
  return parseScaled(decimal, 2) as Cents | undefined;
}

/** Reads a unit price with a point and at most six decimals ("0.0235"); undefined when it is anything else. */
export function parseMicros(decimal: string): Micros | undefined {
  return parseScaled(decimal, 6) as Micros | undefined;
}

/** The amount as machines read it: "-12.05". */
export function centsToDecimal(amount: Cents): string {
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The unit price as machines read it, without trailing zeros beyond two decimals: "0.0235", "15.00". */
export function microsToDecimal(price: Micros): string {
  const sign = price < 0 ? '-' : '';
  const digits = String(Math.abs(price)).padStart(7, '0');
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, '')}`;
}

/**
 * Reads a plain decimal into an integer of the given scale, without passing through a float.
 * @returns undefined for anything but digits, one point, at most `scale` decimals, an optional sign, a safe size
 */
export function parseScaled(decimal: string, scale: number): number | undefined {
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(decimal.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > scale) return undefined;
  const value = Number(whole + fraction.padEnd(scale, '0'));
  if (!Number.isSafeInteger(value)) return undefined;
  return sign === '-' && value !== 0 ? -value : value;
}

/** Integer division, half away from zero. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) return divideHalfUp(-numerator, -denominator);
  const doubled = numerator < 0n ? -numerator * 2n : numerator * 2n;
  const rounded = (doubled + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}

function fromBig(value: bigint): Cents {
  return cents(Number(value));
}

function safeInteger(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return value;
}

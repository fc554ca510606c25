import type { Scope } from '../../delivery/profile/expression.ts';
import type { Bound } from '../../delivery/profile/rule.ts';
import { showText } from '../../delivery/profile/wording.ts';
import type { Text } from '../../shared/language.ts';

/** An exact number: millionths. Decimals of a manifest have at most nine digits behind the comma; six are compared. */
export type Millionths = bigint;

const SCALE = 1_000_000;

/** @throws RangeError for what is no finite number */
export function toMillionths(value: unknown): Millionths {
  if (typeof value === 'bigint') return value * BigInt(SCALE);
  const number = Number(value);
  const whole = Math.trunc(number);
  // Each part for itself: together they have more digits than a number holds.
  return BigInt(whole) * BigInt(SCALE) + BigInt(Math.round((number - whole) * SCALE));
}

export function showMillionths(value: Millionths): Text {
  const whole = value / BigInt(SCALE);
  const rest = Number(value % BigInt(SCALE));
  return rest === 0 ? showText(whole) : showText(Number(whole) + rest / SCALE);
}

/** The limit as it is for one row. @throws NotEvaluable */
export function limitOf({ limit }: Bound, scope: Scope): Millionths {
  return toMillionths(typeof limit === 'object' ? limit.evaluate(scope) : limit);
}

export function keeps(value: Millionths, comparison: Bound['comparison'], limit: Millionths): boolean {
  if (comparison === 'equals') return value === limit;
  return comparison === 'minimum' ? value >= limit : value <= limit;
}

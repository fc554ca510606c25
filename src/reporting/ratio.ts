import { divideHalfUp } from '../shared/money.ts';

/** The ratio of two integers in units of 10^-decimals, rounded once, half away from zero; null when it has none. */
export function ratioOf(numerator: number, denominator: number, decimals: number): number | null {
  if (denominator === 0) return null;
  return Number(divideHalfUp(BigInt(numerator) * 10n ** BigInt(decimals), BigInt(denominator)));
}

/** amount × part ÷ whole, rounded half away from zero; 0 when there is no whole. */
export function proportion(amount: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Number(divideHalfUp(BigInt(amount) * BigInt(part), BigInt(whole)));
}

/**
 * Shares a whole (in cents) by weights: each part rounded towards zero, the cents left over to the largest remainders,
 * among equal ones to the first. The parts always sum to the whole.
 * @param weights not negative, at least one above 0
 */
export function shareByWeights(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total <= 0n) throw new RangeError('nothing to share by');
  const sign = whole < 0 ? -1 : 1;
  const amount = BigInt(Math.abs(whole));
  const parts = weights.map((weight, index) => {
    const product = amount * BigInt(weight);
    return { index, part: product / total, remainder: product % total };
  });
  let left = amount - parts.reduce((sum, { part }) => sum + part, 0n);
  const byRemainder = [...parts].sort((a, b) => {
    if (a.remainder === b.remainder) return a.index - b.index;
    return a.remainder > b.remainder ? -1 : 1;
  });
  for (const one of byRemainder) {
    if (left === 0n) break;
    one.part += 1n;
    left -= 1n;
  }
  // No −0.
  return parts.map(({ part }) => (part === 0n ? 0 : sign * Number(part)));
}

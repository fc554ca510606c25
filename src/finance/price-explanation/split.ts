import { type Cents, divideHalfUp } from '../../shared/money.ts';

/**
 * Splits an amount by weights, to the cent: each part is what the rounded amount has grown by with it, so that the parts
 * make the whole. Without any weight all of it goes to the last.
 */
export function splitAmount(whole: Cents, weights: readonly number[]): Cents[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  let [seen, given] = [0n, 0];
  return weights.map((weight, index) => {
    seen += BigInt(weight);
    const isLast = index === weights.length - 1;
    const upToHere = isLast ? whole : total === 0n ? 0 : Number(divideHalfUp(BigInt(whole) * seen, total));
    const part = upToHere - given;
    given = upToHere;
    return part as Cents;
  });
}

/**
 * Fills containers with what comes one after the other: how much of each goes into which.
 * @param sizes of the containers; together as much as comes
 * @returns for each that comes, its part in each container
 */
export function fillInTurn(coming: readonly number[], sizes: readonly number[]): number[][] {
  const left = [...sizes];
  return coming.map((amount) => {
    let rest = amount;
    return left.map((space, index) => {
      const part = Math.min(rest, space);
      left[index] = space - part;
      rest -= part;
      return part;
    });
  });
}

/** [a b c d e f] as in ISO 32000-2, 8.3.3: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** The matrix that applies `first`, then `second`. */
export function multiply(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [a2, b2, c2, d2, e2, f2] = second;
  return [
    a * a2 + b * c2,
    a * b2 + b * d2,
    c * a2 + d * c2,
    c * b2 + d * d2,
    e * a2 + f * c2 + e2,
    e * b2 + f * d2 + f2,
  ];
}

export function toMatrix(numbers: readonly unknown[]): Matrix | undefined {
  if (numbers.length !== 6 || !numbers.every((value) => typeof value === 'number')) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers as readonly number[];
  return [a, b, c, d, e, f];
}

/** A rectangle along the axes. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** What the unit square, onto which every picture is painted, covers under a matrix. */
export function unitSquareUnder([a, b, c, d, e, f]: Matrix): Box {
  return {
    left: e + Math.min(0, a, c, a + c),
    bottom: f + Math.min(0, b, d, b + d),
    right: e + Math.max(0, a, c, a + c),
    top: f + Math.max(0, b, d, b + d),
  };
}

export function areaOf({ left, bottom, right, top }: Box): number {
  return Math.max(0, right - left) * Math.max(0, top - bottom);
}

export function overlapOf(one: Box, other: Box): number {
  return areaOf({
    left: Math.max(one.left, other.left),
    bottom: Math.max(one.bottom, other.bottom),
    right: Math.min(one.right, other.right),
    top: Math.min(one.top, other.top),
  });
}

import { divideHalfUp } from '../shared/money.ts';
import type { Usage } from './consumption.ts';

/** What a maximum can be stated in; value in cents, in the contract's value basis. */
export type Measure = 'value' | 'pages' | 'millimetres';

/** How much of one stated maximum is consumed. */
export interface LimitUse {
  readonly measure: Measure;
  readonly consumed: number;
  readonly maximum: number;
  /** Millionths of the maximum; above 1,000,000 when it is passed. */
  readonly share: number;
  /** near: from the first share on at which the contract wants a warning; reached: the framework has no more effect (ECJ C-23/20). */
  readonly state: 'free' | 'near' | 'reached';
}

const whole = 1_000_000;

/** The maxima that are stated and not 0, each with its use. */
export function limitUses({ consumed, consumedValue, maximum, warnAt }: Usage): LimitUse[] {
  const nearFrom = warnAt[0] ?? whole;
  const candidates: readonly (readonly [Measure, number, number | null])[] = [
    ['value', consumedValue, maximum.value],
    ['pages', consumed.pages, maximum.pages],
    ['millimetres', consumed.millimetres, maximum.millimetres],
  ];
  return candidates.flatMap(([measure, used, most]) => {
    const share = shareOf(used, most);
    if (most === null || share === null) return [];
    // By the exact figures, for a share is rounded.
    const state = used >= most ? 'reached' : share >= nearFrom ? 'near' : 'free';
    return [{ measure, consumed: used, maximum: most, share, state } as const];
  });
}

/** The share of the maximum in millionths; null where there is no maximum. */
export function shareOf(consumed: number, maximum: number | null): number | null {
  if (maximum === null || maximum === 0) return null;
  return Number(divideHalfUp(BigInt(consumed) * BigInt(whole), BigInt(maximum)));
}

/** A share in millionths as a number from 0 to 1 in tenths of a percent, rounded as an integer: as the reports show it. */
export function tenthsOfPercent(share: number): number {
  return Number(divideHalfUp(BigInt(share), 1000n)) / 1000;
}

/** The greatest share of all maxima, in millionths; null where none is stated. */
export function greatestShare(usage: Usage): number | null {
  const shares = limitUses(usage).map(({ share }) => share);
  return shares.length === 0 ? null : Math.max(...shares);
}

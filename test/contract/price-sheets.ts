import fc from 'fast-check';
import type { LotDocument, PriceDocument } from '../../src/contract/contract-document.ts';
import type { PricedUnder } from '../../src/contract/prices.ts';
import type { PricePosition } from '../../src/contract/pricing/price-position.ts';
import type { Scope } from '../../src/contract/pricing/price-terms.ts';
import { readSheet } from '../../src/contract/pricing/read-terms.ts';
import { type Occasion, Volumes } from '../../src/contract/pricing/volumes.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { type Micros, microsToDecimal } from '../../src/shared/money.ts';

/** The price sheet that a lot document states, as it is after the import. */
export function sheetOf(prices: readonly PriceDocument[], lot: Partial<LotDocument> = {}): PricePosition[] {
  const document: LotDocument = {
    key: 'L1',
    title: 'Akten',
    department: 'Ordnungsamt',
    estimate: {},
    maximum: {},
    prices,
    ...lot,
  };
  return readSheet(document, {});
}

/** EUR 0.10 a page, with what is given beside or instead. */
export function pagePrice(more: Partial<PriceDocument> = {}): PriceDocument {
  return { key: 'page', title: 'Seite', unit: 'page', price: '0.10', ...more };
}

export function occasion(more: Partial<Occasion> = {}): Occasion {
  return {
    day: on('2021-03-01'),
    options: new Set(),
    delivery: 'B-1',
    order: 'A-1',
    lot: 'L1',
    contract: 'RV-1',
    ...more,
  };
}

export function under(volumes = new Volumes(), more: Partial<Occasion> = {}): PricedUnder {
  const { day: _day, ...names } = occasion(more);
  return { ...names, volumes };
}

export function on(day: string): CalendarDate {
  return day as CalendarDate;
}

const scope = fc.constantFrom<Scope>('delivery', 'order', 'year', 'lot', 'contract');
const price = fc.integer({ min: 0, max: 2_000_000 }).map((micros) => microsToDecimal(micros as Micros));

/** Steps of a tier, in pages. */
const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 })
  .chain((volumes) =>
    fc.tuple(...volumes.sort((a, b) => a - b).map((from) => price.map((euros) => ({ from, price: euros })))),
  );

/** Any position by the page: plain, or with tiers, an allowance, a minimum charge. */
export const randomPosition: fc.Arbitrary<PriceDocument> = fc
  .record({
    price,
    tiers: fc.option(fc.record({ kind: fc.constantFrom('graduated', 'wholeVolume'), scope, steps }), {
      nil: undefined,
    }),
    free: fc.option(fc.record({ quantity: fc.integer({ min: 1, max: 2000 }), scope }), { nil: undefined }),
    minimum: fc.option(
      fc.record({ amount: fc.integer({ min: 0, max: 50_000 }).map((cents) => (cents / 100).toFixed(2)), scope }),
      { nil: undefined },
    ),
    blanks: fc.boolean(),
  })
  .map(({ blanks, tiers, free, minimum, price: euros }) => ({
    ...pagePrice({ price: euros }),
    ...(tiers ? { tiers } : {}),
    ...(free ? { free } : {}),
    ...(minimum ? { minimum } : {}),
    ...(blanks ? { removedBlanks: 'charged' as const } : {}),
  }));

/** Up to half more or less, with four decimals. */
const percent = fc
  .integer({ min: -500_000, max: 500_000 })
  .map(
    (value) =>
      `${value < 0 ? '-' : ''}${Math.trunc(Math.abs(value) / 10_000)}.${String(Math.abs(value) % 10_000).padStart(4, '0')}`,
  );

/** Any price sheet: some positions, surcharges and discounts, an index adjustment, either way of rounding. */
export const randomSheet: fc.Arbitrary<PricePosition[]> = fc
  .record({
    positions: fc.array(randomPosition, { minLength: 1, maxLength: 3 }),
    perFile: fc.option(price, { nil: undefined }),
    rounding: fc.constantFrom('line' as const, 'total' as const),
    surcharges: fc.array(percent, { maxLength: 2 }),
    factor: fc.option(
      fc.integer({ min: 900_000, max: 1_200_000 }).map((value) => microsToDecimal(value as Micros)),
      { nil: undefined },
    ),
  })
  .map(({ positions, perFile, rounding, surcharges, factor }) =>
    sheetOf(
      [
        ...positions.map((position, index) => ({ ...position, key: `page${index}` })),
        ...(perFile === undefined ? [] : [{ key: 'file', title: 'Akte', unit: 'file' as const, price: perFile }]),
      ],
      {
        rounding,
        surcharges: surcharges.map((value, index) => ({
          key: `more${index}`,
          title: 'Zuschlag',
          percent: value,
        })),
        ...(factor === undefined
          ? {}
          : { indexAdjustments: [{ from: on('2021-01-01'), factor, reason: 'Preisgleitung' }] }),
      },
    ),
  );

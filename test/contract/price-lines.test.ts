import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedQuantity, priceQuantities, type Quantities } from '../../src/contract/prices.ts';
import { Volumes } from '../../src/contract/pricing/volumes.ts';
import { multiply } from '../../src/shared/money.ts';
import { on, pagePrice, randomPosition, randomSheet, sheetOf, under } from './price-sheets.ts';

const day = on('2021-03-01');
const pages = (count: number, more: Partial<Quantities> = {}): Quantities => ({
  pages: count,
  files: 0,
  documents: 0,
  ...more,
});

/** Nets of acceptances one after the other, under one call-off unless said otherwise. */
function netsOf(
  sheet: ReturnType<typeof sheetOf>,
  counts: readonly number[],
  orders: readonly string[] = [],
): number[] {
  const volumes = new Volumes();
  return counts.map(
    (count, index) =>
      priceQuantities(
        sheet,
        pages(count),
        day,
        new Map(),
        under(volumes, { delivery: `B-${index}`, order: orders[index] ?? 'A-1' }),
      ).net,
  );
}

const linesOf = (lines: ReturnType<typeof priceQuantities>['lines']) =>
  lines.map(({ quantity, position, net, kind }) => [quantity / 1000, position.price, net, kind]);

describe('graduated tiers', () => {
  const steps = [
    { from: 1000, price: '0.08' },
    { from: 5000, price: '0.055' },
  ];
  const sheet = (scope: 'order' | 'lot' | 'delivery') =>
    sheetOf([pagePrice({ tiers: { kind: 'graduated', scope, steps } })]);

  it('charge each page by the tier that it falls in; a delivery that crosses a boundary has a line on either side', () => {
    const volumes = new Volumes();
    const first = priceQuantities(sheet('order'), pages(900), day, new Map(), under(volumes));
    // 900 × 0.10
    expect(linesOf(first.lines)).toEqual([[900, 100_000, 9000, undefined]]);
    const second = priceQuantities(sheet('order'), pages(5000), day, new Map(), under(volumes, { delivery: 'B-2' }));
    // 100 × 0.10 = 10.00; 4,000 × 0.08 = 320.00; 900 × 0.055 = 49.50
    expect(linesOf(second.lines)).toEqual([
      [100, 100_000, 1000, undefined],
      [4000, 80_000, 32_000, undefined],
      [900, 55_000, 4950, undefined],
    ]);
    expect(second.lines.map(({ tier }) => tier)).toEqual([
      { from: 0, upTo: 1_000_000 },
      { from: 1_000_000, upTo: 5_000_000 },
      { from: 5_000_000, upTo: null },
    ]);
  });

  it('begin anew with each scope', () => {
    expect(netsOf(sheet('order'), [1500, 1500], ['A-1', 'A-2'])).toEqual([14_000, 14_000]);
    expect(netsOf(sheet('lot'), [1500, 1500], ['A-1', 'A-2'])).toEqual([14_000, 12_000]);
    expect(netsOf(sheet('delivery'), [1500, 1500])).toEqual([14_000, 14_000]);
  });

  it('a page exactly at the boundary still has the price before it', () => {
    expect(netsOf(sheet('order'), [1000, 1])).toEqual([10_000, 8]);
  });
});

describe('whole-volume tiers', () => {
  const tiers = { kind: 'wholeVolume', scope: 'order', steps: [{ from: 1000, price: '0.08' }] } as const;
  const sheet = sheetOf([pagePrice({ tiers })]);

  it('reprice what was accepted before with the acceptance that reaches the step', () => {
    const volumes = new Volumes();
    expect(priceQuantities(sheet, pages(600), day, new Map(), under(volumes)).net).toBe(6000);
    const second = priceQuantities(sheet, pages(500), day, new Map(), under(volumes, { delivery: 'B-2' }));
    // 500 × 0.08 = 40.00; 600 × (0.08 − 0.10) = −12.00; together all 1,100 cost 88.00.
    expect(linesOf(second.lines)).toEqual([
      [500, 80_000, 4000, undefined],
      [0, 100_000, -1200, 'correction'],
    ]);
    expect(second.net).toBe(2800);
  });

  it('correct at the VAT rate of what is corrected', () => {
    const volumes = new Volumes();
    priceQuantities(sheet, pages(600), on('2020-12-15'), new Map(), under(volumes));
    const second = priceQuantities(sheet, pages(500), on('2021-01-15'), new Map(), under(volumes, { delivery: 'B-2' }));
    // 19 % of 40.00 = 7.60; 16 % of −12.00 = −1.92
    expect(second).toMatchObject({ net: 2800, vat: 568, gross: 3368, vatRate: 1900 });
  });
});

describe('free allowances and minimum charges', () => {
  it('the first units of the scope are free, and count towards the tiers', () => {
    const sheet = sheetOf([
      pagePrice({
        free: { quantity: 200, scope: 'order' },
        tiers: { kind: 'graduated', scope: 'order', steps: [{ from: 300, price: '0.05' }] },
      }),
    ]);
    // 150 free; then 50 free, 100 × 0.10 = 10.00, 50 × 0.05 = 2.50.
    expect(netsOf(sheet, [150, 200])).toEqual([0, 1250]);
  });

  it('a minimum charge comes with the first delivery; the next cost what goes beyond it', () => {
    const sheet = sheetOf([pagePrice({ minimum: { amount: '75.00', scope: 'order' } })]);
    // 40.00 → 75.00; 30.00 more is 70.00, still within; 50.00 more is 120.00, so 45.00 is due.
    expect(netsOf(sheet, [400, 300, 500])).toEqual([7500, 0, 4500]);
    expect(netsOf(sheet, [800, 10])).toEqual([8000, 100]);
  });

  it('of the delivery is due with each that has anything of the position, and not otherwise', () => {
    const trip = {
      key: 'box',
      title: 'Karton',
      unit: 'box',
      price: '15.00',
      minimum: { amount: '75.00', scope: 'delivery' },
    } as const;
    const sheet = sheetOf([pagePrice(), trip]);
    const volumes = new Volumes();
    const price = (boxes: number, delivery: string) =>
      priceQuantities(
        sheet,
        pages(0),
        day,
        new Map(boxes > 0 ? [['box', boxes * 1000]] : []),
        under(volumes, { delivery }),
      ).net;
    expect([price(3, 'B-1'), price(7, 'B-2'), price(0, 'B-3')]).toEqual([7500, 10_500, 0]);
  });
});

describe('unit prices are adjusted', () => {
  it('by the index factor of the day, then by the sum of percentages, then by amounts; rounded to six decimals', () => {
    const sheet = sheetOf([pagePrice({ price: '0.0235' })], {
      indexAdjustments: [
        { from: on('2021-01-01'), factor: '1.021', reason: 'Index 2021' },
        { from: on('2022-01-01'), factor: '1.0667', reason: 'Index 2022' },
      ],
      surcharges: [
        { key: 'night', title: 'Nacht', percent: '5.00' },
        { key: 'rebate', title: 'Nachlass', percent: '-2.5' },
        { key: 'ocr', title: 'OCR', amount: '0.002', option: true },
      ],
    });
    const priceOn = (date: string, options: string[] = []) =>
      priceQuantities(sheet, pages(100_000), on(date), new Map(), under(new Volumes(), { options: new Set(options) }))
        .lines[0]?.position.price;
    // 0.0235 × 1.025 = 0.0240875 → 0.024088; × 1.021 = 0.0245933375 → 0.024593; × 1.0667 = 0.025694…
    expect(priceOn('2020-06-01')).toBe(24_088);
    expect(priceOn('2021-12-31')).toBe(24_593);
    expect(priceOn('2022-01-01')).toBe(25_694);
    expect(priceOn('2021-12-31', ['ocr'])).toBe(26_593);
  });

  it('only for the positions named', () => {
    const file = { key: 'file', title: 'Akte', unit: 'file', price: '1.00' } as const;
    const sheet = sheetOf([pagePrice(), file], {
      surcharges: [{ key: 'x', title: 'X', amount: '0.50', positions: ['file'] }],
    });
    expect(priceQuantities(sheet, { pages: 10, files: 2, documents: 0 }, day).net).toBe(100 + 300);
  });
});

describe('options, classes and blank sides', () => {
  it('an optional position is charged only where it is ordered', () => {
    const sheet = sheetOf([pagePrice(), pagePrice({ key: 'ocr', price: '0.01', option: true })]);
    expect(priceQuantities(sheet, pages(1000), day).net).toBe(10_000);
    expect(
      priceQuantities(sheet, pages(1000), day, new Map(), under(new Volumes(), { options: new Set(['ocr']) })).net,
    ).toBe(11_000);
  });

  it('pages are charged by size and colour; what no one can tell is taken for plain A4', () => {
    const sheet = sheetOf([
      pagePrice({ pages: { sizes: ['A6', 'A5', 'A4', 'A3'] }, price: '0.02' }),
      pagePrice({ key: 'large', pages: { sizes: ['A2', 'A1', 'A0', 'larger'] }, price: '2.00' }),
      pagePrice({ key: 'colour', pages: { colours: ['colour'] }, price: '0.01' }),
    ]);
    const classes = [
      { size: 'A4', colour: 'bw', pages: 500 },
      { size: 'A0', colour: 'bw', pages: 3 },
      { size: 'A1', colour: 'colour', pages: 2 },
      { size: null, colour: 'colour', pages: 10 },
    ] as const;
    const { lines } = priceQuantities(sheet, pages(600, { classes }), day);
    // 515 counted; of 600 pages 85 are not told apart. Small: 500 + 10 + 85; large: 5; colour: 12.
    expect(lines.map(({ position, quantity }) => [position.key, quantity / 1000])).toEqual([
      ['page', 595],
      ['large', 5],
      ['colour', 12],
    ]);
  });

  it('removed blank sides are free unless the contract charges them', () => {
    const counted = pages(900, { removedBlanks: 100 });
    expect(priceQuantities(sheetOf([pagePrice()]), counted, day).net).toBe(9000);
    expect(priceQuantities(sheetOf([pagePrice({ removedBlanks: 'charged' })]), counted, day).net).toBe(10_000);
  });

  it('sheets are half of the pages with the removed blanks, unless they were counted', () => {
    const sheet = sheetOf([{ key: 'sheet', title: 'Blatt', unit: 'sheet', price: '0.09' }]);
    expect(priceQuantities(sheet, pages(900, { removedBlanks: 101 }), day).lines[0]?.quantity).toBe(501_000);
    expect(priceQuantities(sheet, pages(900, { sheets: 520 }), day).net).toBe(4680);
  });

  it('a quantity that nobody counts is priced only where it is stated', () => {
    const special = pagePrice({ key: 'special', title: 'Sonderbehandlung', price: '0.25', quantity: 'entered' });
    const sheet = sheetOf([pagePrice(), special]);
    expect(priceQuantities(sheet, pages(100), day).net).toBe(1000);
    expect(priceQuantities(sheet, pages(100), day, new Map([['special', 12_000]])).net).toBe(1300);
    expect(() => priceQuantities(sheet, pages(100), day, new Map([['spcial', 1000]]))).toThrow(
      /no price position "spcial"/,
    );
  });
});

describe('rounding and VAT', () => {
  const two = [pagePrice({ price: '0.0235' }), pagePrice({ key: 'ocr', price: '0.0015' })];

  it('each line to the cent, or their sum where the contract says so; the lines make the sum', () => {
    // 9 × 0.0235 = 0.2115 → 0.21; 9 × 0.0015 = 0.0135 → 0.01; the sum is 0.225 → 0.23.
    const byLine = priceQuantities(sheetOf(two), pages(9), day);
    expect([byLine.lines.map(({ net }) => net), byLine.net]).toEqual([[21, 1], 22]);
    const byTotal = priceQuantities(sheetOf(two, { rounding: 'total' }), pages(9), day);
    expect([byTotal.lines.map(({ net }) => net), byTotal.net]).toEqual([[21, 2], 23]);
  });

  it('at the rate that the lot bears', () => {
    const vatOf = (vat: 'standard' | 'reduced' | 'none', date: string) =>
      priceQuantities(sheetOf([pagePrice()], { vat }), pages(1000), on(date)).vat;
    expect([vatOf('standard', '2020-09-01'), vatOf('reduced', '2020-09-01'), vatOf('none', '2020-09-01')]).toEqual([
      1600, 500, 0,
    ]);
    expect([vatOf('standard', '2021-09-01'), vatOf('reduced', '2021-09-01')]).toEqual([1900, 700]);
  });
});

describe('for any price sheet', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 6 });

  it('lines sum to the net, net and VAT to the gross, and every page is in one line of its position', () => {
    fc.assert(
      fc.property(randomSheet, counts, (sheet, deliveries) => {
        const volumes = new Volumes();
        for (const [index, count] of deliveries.entries()) {
          const quantities = { pages: count, files: count % 7, documents: 0, removedBlanks: count % 11 };
          const priced = priceQuantities(sheet, quantities, day, new Map(), under(volumes, { delivery: `B-${index}` }));
          expect(priced.lines.reduce((sum, { net }) => sum + net, 0)).toBe(priced.net);
          expect(priced.net + priced.vat).toBe(priced.gross);
          for (const position of sheet) {
            const own = priced.lines.filter((line) => line.position.key === position.key);
            expect(own.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(countedQuantity(position, quantities));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('without tiers the order of deliveries changes no total, to the cent', () => {
    const plain = randomPosition.map(({ tiers: _tiers, free: _free, ...position }) => position);
    fc.assert(
      fc.property(plain, counts, (position, deliveries) => {
        const sheet = sheetOf([position]);
        const sum = (nets: readonly number[]) => nets.reduce((total, net) => total + net, 0);
        const perDelivery = position.minimum?.scope === 'delivery';
        const nets = netsOf(sheet, deliveries);
        expect(sum(netsOf(sheet, [...deliveries].reverse()))).toBe(sum(nets));
        if (perDelivery) expect([...netsOf(sheet, [...deliveries].reverse())].sort()).toEqual([...nets].sort());
      }),
      { numRuns: 150 },
    );
  });

  it('tiers and allowances of one scope: the order changes no total by more than the rounding of the lines', () => {
    fc.assert(
      fc.property(randomPosition, counts, ({ minimum: _minimum, free, ...position }, deliveries) => {
        const scope = position.tiers?.scope ?? free?.scope ?? 'order';
        const sheet = sheetOf([{ ...position, ...(free ? { free: { ...free, scope } } : {}) }]);
        const sum = (nets: readonly number[]) => nets.reduce((total, net) => total + net, 0);
        const difference = sum(netsOf(sheet, deliveries)) - sum(netsOf(sheet, [...deliveries].reverse()));
        // Of each order there are as many lines as deliveries, and one more for each boundary; half a cent each.
        const lines = deliveries.length + (position.tiers?.steps.length ?? 0) + 1;
        expect(Math.abs(difference)).toBeLessThanOrEqual(scope === 'delivery' ? 0 : lines);
      }),
      { numRuns: 150 },
    );
  });

  it('a plain position costs quantity × price, as ever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 13_000_000 }), fc.integer({ min: 0, max: 2_000_000 }), (count, micros) => {
        const price = (micros / 1_000_000).toFixed(6);
        const [line] = priceQuantities(sheetOf([pagePrice({ price })]), pages(count), day).lines;
        expect(line).toEqual({
          position: line?.position,
          quantity: count * 1000,
          net: multiply(count * 1000, micros as never),
        });
      }),
    );
  });
});

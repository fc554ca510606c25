import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withVat } from '../../src/contract/vat.ts';
import type { Holding } from '../../src/holdings/holding.ts';
import { type Criterion, defaultPlanning, type PlanningConfig } from '../../src/planning/config.ts';
import type { Ceiling, PlanFrame, PlanLot } from '../../src/planning/frame.ts';
import type { Plan, PlanEntry } from '../../src/planning/plan.ts';
import { planYear } from '../../src/planning/plan-year.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { text } from '../../src/shared/language.ts';
import { add, type Cents, cents, type Micros, multiply } from '../../src/shared/money.ts';

const day = (date: string) => date as CalendarDate;

function holding(key: string, changes: Partial<Holding> = {}): Holding {
  return {
    key,
    title: `Akten ${key}`,
    department: 'Amt',
    lot: 'L1',
    millimetres: 10_000,
    files: 100,
    sheets: null,
    pages: 50_000,
    pagesEstimated: false,
    retentionUntil: null,
    originalMustStay: false,
    archiveOffer: 'none',
    dmsGoLive: day('2021-04-01'),
    hardDeadline: null,
    usage: 0,
    risk: 0,
    note: '',
    ...changes,
  };
}

/** A lot at EUR 0.08 a page net, performed in 2021 (19 % VAT). */
function lot(changes: Partial<PlanLot> = {}): PlanLot {
  return {
    key: 'L1',
    ceilings: [],
    closed: undefined,
    needsFiles: false,
    price: ({ pages }) => withVat(multiply(pages * 1000, 80_000 as Micros), day('2021-12-31')),
    ...changes,
  };
}

function frame(changes: Partial<PlanFrame> = {}, config: Partial<PlanningConfig> = {}): PlanFrame {
  return {
    year: 2021,
    budget: { amount: cents(26_000_000), basis: 'gross' },
    lots: new Map([['L1', lot()]]),
    config: { ...defaultPlanning, ...config },
    ...changes,
  };
}

const only = (criterion: Criterion): PlanningConfig['weights'] => ({
  ...{ hardDeadline: 0, usage: 0, risk: 0, space: 0, goLive: 0, costPerPage: 0 },
  [criterion]: 1,
});

const keys = (entries: readonly PlanEntry[]) => entries.map((entry) => entry.holding.key);
const gatesOf = (plan: Plan) => plan.excluded.flatMap((entry) => entry.gates.map(({ gate }) => gate));

describe('a gate', () => {
  it.each<[string, Partial<Holding>]>([
    ['original-must-stay', { originalMustStay: true }],
    ['retention-nearly-over', { retentionUntil: day('2023-12-31') }],
    ['retention-nearly-over', { retentionUntil: day('2020-06-30'), archiveOffer: 'done' }],
    ['archive-offer-open', { archiveOffer: 'open' }],
    ['dms-not-live', { dmsGoLive: null }],
    ['dms-not-live', { dmsGoLive: day('2022-01-01') }],
    ['no-lot', { lot: null }],
    ['no-lot', { lot: 'L9' }],
  ])('keeps a holding out and says why: %s %j', (gate, changes) => {
    const plan = planYear([holding('A', changes), holding('B')], frame());
    expect(gatesOf(plan)).toEqual([gate]);
    expect(keys(plan.ranked)).toEqual(['B']);
    expect(plan.excluded[0]?.explanation.de).toMatch(/^Nicht eingeplant: .+\.$/);
  });

  it.each<Partial<Holding>>([
    { retentionUntil: day('2024-01-01') },
    { dmsGoLive: day('2021-12-31') },
    { archiveOffer: 'done' },
  ])('lets pass what lies just beyond it: %j', (changes) => {
    expect(planYear([holding('A', changes)], frame()).excluded).toEqual([]);
  });

  it('names all reasons of a holding, and asks for the offer to the archive before anything else', () => {
    const plan = planYear(
      [holding('A', { retentionUntil: day('2021-12-31'), archiveOffer: 'open', lot: null })],
      frame(),
    );
    expect(gatesOf(plan)).toEqual(['retention-nearly-over', 'archive-offer-open', 'no-lot']);
    expect(plan.excluded[0]?.gates[0]?.remedy.de).toContain('Erst dem Archiv anbieten');
  });

  it('follows the configuration', () => {
    const holdings = [
      holding('A', { originalMustStay: true }),
      holding('B', { dmsGoLive: null }),
      holding('C', { retentionUntil: day('2022-06-30') }),
    ];
    const open = frame({}, { excludeOriginals: false, requireDms: false, retentionYears: 0 });
    expect(planYear(holdings, open).excluded).toEqual([]);
  });

  it('is closed where the lot has no price, a maximum is reached, or the number of files is needed and unknown', () => {
    const ceiling: Ceiling = {
      id: 'lot/1/value',
      name: text({ de: 'Höchstwert', en: 'maximum' }),
      measure: 'net',
      free: 0,
    };
    const lots = new Map([
      ['L1', lot({ closed: text({ de: 'Kein Preis.', en: 'No price.' }) })],
      ['L2', lot({ key: 'L2', ceilings: [ceiling] })],
      ['L3', lot({ key: 'L3', needsFiles: true })],
    ]);
    const holdings = [holding('A'), holding('B', { lot: 'L2' }), holding('C', { lot: 'L3', files: null })];
    expect(gatesOf(planYear(holdings, frame({ lots })))).toEqual(['no-price', 'maximum-reached', 'quantity-unknown']);
  });
});

describe('a criterion', () => {
  /** The holdings in the order of one criterion, with their scores. */
  function scores(
    criterion: Criterion,
    holdings: readonly Holding[],
    lots = new Map([['L1', lot()]]),
  ): [string, number][] {
    const { ranked } = planYear(holdings, frame({ lots }, { weights: only(criterion) }));
    return ranked.map((entry) => [entry.holding.key, entry.points]);
  }

  it('of the hard deadline is full until the end of the year and falls to nothing over the horizon', () => {
    const dates = { A: '2020-01-01', B: '2021-12-31', C: '2024-07-01', D: '2026-12-31', E: null };
    const holdings = Object.entries(dates).map(([key, date]) =>
      holding(key, { hardDeadline: date === null ? null : day(date) }),
    );
    expect(scores('hardDeadline', holdings)).toEqual([
      ['A', 1000],
      ['B', 1000],
      ['C', 500],
      ['D', 0],
      ['E', 0],
    ]);
  });

  it('of use compares accesses per metre, not accesses', () => {
    const holdings = [
      holding('A', { usage: 300, millimetres: 30_000 }),
      holding('B', { usage: 200, millimetres: 5_000 }),
      holding('C', { usage: 0 }),
    ];
    expect(scores('usage', holdings)).toEqual([
      ['B', 1000],
      ['A', 250],
      ['C', 0],
    ]);
  });

  it('of risk, space, go-live and cost a page', () => {
    const risks = [3, 1, 2, 0].map((risk, index) => holding('ABCD'.charAt(index), { risk }));
    expect(scores('risk', risks)).toEqual([
      ['A', 1000],
      ['C', 666],
      ['B', 333],
      ['D', 0],
    ]);
    const lengths = [holding('A', { millimetres: 250 }), holding('B', { millimetres: 1_000 })];
    expect(scores('space', lengths)).toEqual([
      ['B', 1000],
      ['A', 250],
    ]);
    const starts = ['2021-10-01', '2018-07-02', '2010-01-01'].map((date, index) =>
      holding('ABC'.charAt(index), { dmsGoLive: day(date) }),
    );
    expect(scores('goLive', starts)).toEqual([
      ['A', 1000],
      ['B', 499],
      ['C', 0],
    ]);
    const dear = lot({
      key: 'L2',
      price: ({ pages }) => withVat(multiply(pages * 1000, 160_000 as Micros), day('2021-12-31')),
    });
    const lots = new Map([
      ['L1', lot()],
      ['L2', dear],
    ]);
    expect(scores('costPerPage', [holding('A', { lot: 'L2' }), holding('B')], lots)).toEqual([
      ['B', 1000],
      ['A', 500],
    ]);
  });

  it('adds its score times its weight, and the points of all add up', () => {
    const holdings = [holding('A', { risk: 2, usage: 5, hardDeadline: day('2022-03-01') }), holding('B', { usage: 9 })];
    const plan = planYear(holdings, frame());
    for (const { criteria, points } of plan.ranked) {
      expect(criteria.map(({ score, weight }) => score * weight)).toEqual(criteria.map((each) => each.points));
      expect(criteria.reduce((sum, each) => sum + each.points, 0)).toBe(points);
    }
    expect(plan.fullPoints).toBe(100_000);
    expect(plan.ranked[0]?.explanation.de).toContain('Rang 1: fester Termin 01.03.2022, ');
  });
});

describe('the budget', () => {
  // 50,000 pages cost EUR 4,000.00 net, EUR 4,760.00 gross.
  const three = [holding('A', { risk: 3 }), holding('B', { risk: 2, pages: 100_000 }), holding('C', { risk: 1 })];
  const budget = (amount: number, basis: 'net' | 'gross' = 'gross') => ({ budget: { amount: cents(amount), basis } });

  it('takes in the order of ranks what fits, and goes on behind what does not', () => {
    const plan = planYear(three, frame(budget(1_000_000), { weights: only('risk') }));
    expect(plan.ranked.map(({ holding: { key }, state, restBefore }) => [key, state, restBefore])).toEqual([
      ['A', 'planned', 1_000_000],
      ['B', 'does-not-fit', 524_000],
      ['C', 'planned', 524_000],
    ]);
    expect(plan).toMatchObject({ rest: 48_000, cost: { net: 800_000, vat: 152_000, gross: 952_000 }, pages: 100_000 });
    expect(plan.ranked[1]?.explanation.de).toBe(
      'Rang 2: Gefährdung 2 von 3. Passt nicht: kostet 9.520,00\u00a0€ brutto, vom Budget sind 5.240,00\u00a0€ übrig.',
    );
    expect(plan.ranked[1]?.cost).toEqual({ net: 800_000, vat: 152_000, gross: 952_000 });
  });

  it('may be net', () => {
    const plan = planYear(three, frame(budget(1_200_000, 'net'), { weights: only('risk') }));
    expect(plan.ranked.map(({ state }) => state)).toEqual(['planned', 'planned', 'does-not-fit']);
    expect(plan.rest).toBe(0);
  });

  it('is used to the last whole metre where holdings may be split, but only one is', () => {
    const plan = planYear(three, frame(budget(1_000_000), { weights: only('risk'), allowSplit: true }));
    expect(
      plan.ranked.map(({ state, planned }) => [state, planned?.millimetres, planned?.pages, planned?.files]),
    ).toEqual([
      ['planned', 10_000, 50_000, 100],
      ['partly', 5_000, 50_000, 50],
      ['does-not-fit', undefined, undefined, undefined],
    ]);
    expect(plan.rest).toBe(48_000);
    expect(plan.ranked[1]?.explanation.en).toContain('Planned in part: 5.00 m, 50,000 pages, €4,760.00 gross.');
  });

  it('of nothing plans nothing, and still ranks', () => {
    const plan = planYear(three, frame(budget(0), { allowSplit: true }));
    expect([keys(plan.ranked), plan.cost.gross, plan.pages]).toEqual([['A', 'B', 'C'], 0, 0]);
  });

  it('is not the only limit: maxima are used up by the holdings planned, across the lots that share them', () => {
    const shared = {
      id: 'contract/1/pages',
      name: text({ de: 'Höchstmenge', en: 'maximum' }),
      measure: 'pages',
      free: 120_000,
    } as const;
    const lots = new Map([
      ['L1', lot({ ceilings: [shared] })],
      ['L2', lot({ key: 'L2', ceilings: [shared] })],
    ]);
    const holdings = [
      holding('A', { risk: 3 }),
      holding('B', { risk: 2, lot: 'L2', pages: 80_000 }),
      holding('C', { risk: 1, lot: 'L2' }),
    ];
    const plan = planYear(holdings, frame({ lots }, { weights: only('risk') }));
    expect(plan.ranked.map(({ state }) => state)).toEqual(['planned', 'does-not-fit', 'planned']);
    expect(plan.ranked[1]?.explanation.de).toContain('Passt nicht: Höchstmenge lässt nur noch 70.000 Seiten zu.');
  });
});

describe('any plan', () => {
  const optionalDate = fc.option(
    fc.constantFrom('2019-05-01', '2021-07-01', '2022-02-28', '2025-01-01', '2060-12-31').map(day),
  );
  const anyHolding = fc.record({
    lot: fc.constantFrom('L1', 'L2', null),
    millimetres: fc.integer({ min: 0, max: 400_000 }),
    pages: fc.integer({ min: 1, max: 2_000_000 }),
    files: fc.option(fc.nat(5_000)),
    retentionUntil: optionalDate,
    originalMustStay: fc.boolean(),
    archiveOffer: fc.constantFrom('none' as const, 'open' as const, 'done' as const),
    dmsGoLive: optionalDate,
    hardDeadline: optionalDate,
    usage: fc.nat(10_000),
    risk: fc.nat(3),
  });
  const holdings = fc
    .array(anyHolding, { maxLength: 12 })
    .map((list) => list.map((changes, index) => holding(`H${index}`, changes)));
  const anyFrame = fc
    .record({
      amount: fc.nat(50_000_000),
      basis: fc.constantFrom('net' as const, 'gross' as const),
      allowSplit: fc.boolean(),
      free: fc.nat(3_000_000),
    })
    .map(({ amount, basis, allowSplit, free }) => {
      const limit: Ceiling = { id: 'c', name: text({ de: 'Höchstmenge', en: 'maximum' }), measure: 'pages', free };
      const lots = new Map([
        ['L1', lot({ ceilings: [limit] })],
        ['L2', lot({ key: 'L2', ceilings: [limit], needsFiles: true })],
      ]);
      return { free, frame: frame({ lots, budget: { amount: amount as Cents, basis } }, { allowSplit }) };
    });

  it('holds every holding once, spends no more than budget and maxima, and its sums are those of its parts', () => {
    fc.assert(
      fc.property(holdings, anyFrame, (list, { frame: given, free }) => {
        const plan = planYear(list, given);
        expect([...keys(plan.ranked), ...keys(plan.excluded)].sort()).toEqual(list.map(({ key }) => key).sort());
        const portions = plan.ranked.flatMap(({ planned }) => planned ?? []);
        expect(plan.cost.gross).toBe(add(...portions.map(({ cost }) => cost.gross)));
        expect(plan.cost.net + plan.cost.vat).toBe(plan.cost.gross);
        expect(plan.cost[given.budget.basis] + plan.rest).toBe(given.budget.amount);
        expect(plan.rest).toBeGreaterThanOrEqual(0);
        expect(plan.pages).toBeLessThanOrEqual(Math.max(0, free));
        for (const entry of plan.ranked) {
          expect(entry.planned?.pages ?? 0).toBeLessThanOrEqual(entry.holding.pages);
          expect(entry.criteria.every(({ score }) => Number.isInteger(score) && score >= 0 && score <= 1000)).toBe(
            true,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is the same in whatever order the holdings come; equal points rank by key', () => {
    const shuffled = holdings.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, anyFrame, ([list, other], { frame: given }) => {
        expect(planYear(other, given)).toEqual(planYear(list, given));
      }),
      { numRuns: 100 },
    );
    expect(keys(planYear([holding('B'), holding('a'), holding('Ä'), holding('A')], frame()).ranked)).toEqual([
      'A',
      'B',
      'a',
      'Ä',
    ]);
  });
});

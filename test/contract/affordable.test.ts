import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { affordablePages } from '../../src/contract/affordable.ts';
import { priceQuantities } from '../../src/contract/prices.ts';
import type { Cents } from '../../src/shared/money.ts';
import { addBudget, addContract, createLedger, type Ledger, lotDocument } from '../support/ledger.ts';
import { runCli } from '../support/run-cli.ts';
import { on, pagePrice, randomPosition, sheetOf } from './price-sheets.ts';

const grossOf = (sheet: ReturnType<typeof sheetOf>) => (pages: number) =>
  priceQuantities(sheet, { pages, files: 0, documents: 0 }, on('2021-03-01')).gross;

describe('how many pages an amount buys', () => {
  it('is the most that it suffices for, to the cent', () => {
    const gross = grossOf(sheetOf([pagePrice()]));
    // 10,000 pages cost 1,190.00; one more is 1,000.10 + 190.02.
    expect(affordablePages(119_000 as Cents, gross)).toBe(10_000);
    expect(affordablePages(119_011 as Cents, gross)).toBe(10_000);
    expect(affordablePages(119_012 as Cents, gross)).toBe(10_001);
  });

  it('never costs more than the amount, and without tiers on the whole volume not one page more is affordable', () => {
    fc.assert(
      fc.property(randomPosition, fc.integer({ min: 100_000, max: 10_000_000 }), ({ tiers, ...position }, amount) => {
        const isGraduated = tiers?.kind === 'graduated';
        const gross = grossOf(sheetOf([{ ...position, price: '0.0835', ...(isGraduated ? { tiers } : {}) }]));
        fc.pre(gross(1) <= amount && gross(1_000_000_000) > amount);
        const pages = affordablePages(amount as Cents, gross);
        expect(gross(pages)).toBeLessThanOrEqual(amount);
        expect(gross(pages + 1)).toBeGreaterThan(amount);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when it does not suffice for one page, or pages cost nothing', () => {
    const gross = grossOf(sheetOf([pagePrice()]));
    expect(() => affordablePages(11 as Cents, gross)).toThrow(/does not suffice/);
    expect(affordablePages(12 as Cents, gross)).toBe(1);
    expect(() => affordablePages(100 as Cents, () => 0 as Cents)).toThrow(/no price by the page/);
  });
});

describe('scanlot order create --budget', () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await createLedger();
    const lot = lotDocument({ award: 'budget', maximum: { value: '5000.00' }, estimate: { pages: 50_000 } });
    await addContract(ledger, { lots: [lot] });
    await addBudget(ledger, { year: 2021, appropriation: '100000.00' });
    await ledger.workspace.close();
  });
  afterEach(() => ledger.remove());

  const order = async (...more: string[]) => {
    const argv = ['order', 'create', '--lot', 'L1', '--date', '2021-03-01', ...more, '--json'];
    const { stdout, exitCode } = await runCli(argv, ledger.root);
    return { exitCode, document: JSON.parse(stdout) };
  };

  it('orders what the amount buys, within the budget that the contract fixes', async () => {
    expect(await order('--budget', '1190.00')).toMatchObject({
      exitCode: 0,
      document: { pages: 10_000, gross: '1190.00' },
    });
    // 5,000.00 net are 5,950.00 gross; 4,760.00 of them are left.
    expect(await order('--budget', '4760.13')).toMatchObject({
      exitCode: 1,
      document: { error: { code: 'call-off.maximum-exceeded' } },
    });
    expect(await order('--budget', '4760.00')).toMatchObject({ exitCode: 0, document: { pages: 40_000 } });
  });

  it('not beside a number of pages, nor without either', async () => {
    expect(await order('--budget', '10.00', '--pages', '5')).toMatchObject({
      exitCode: 2,
      document: { error: { code: 'usage.contradiction' } },
    });
    expect(await order()).toMatchObject({ exitCode: 2, document: { error: { code: 'call-off.empty' } } });
  });
});

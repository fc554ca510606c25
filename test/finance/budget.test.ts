import { afterEach, beforeEach, expect, it } from 'vitest';
import { budgetUse } from '../../src/finance/budget.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import {
  acceptPages,
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  endCallOff,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

const on = (day: string) => day as CalendarDate;
const charged = async (asOf?: CalendarDate) =>
  (await budgetUse(ledger.workspace.db, asOf)).map((use) => [
    use.fiscalYear,
    use.account,
    use.funds,
    use.committed,
    use.accrued,
    use.available,
  ]);

it("a call-off commits its year's budget; what is accepted of it moves from committed to accrued", async () => {
  await addContract(ledger);
  await addBudget(ledger, { year: 2021, appropriation: '1000.00', carryOver: '200.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000 });
  // 5,000 × 0.10 = 500.00, gross 595.00
  expect(await charged()).toEqual([[2021, 'K1', 120_000, 59_500, 0, 60_500]]);
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await acceptPages(ledger, 'B-1', '2021-02-01', 1500, 500);
  // 2,000 × 0.10 = 200.00, gross 238.00
  expect(await charged()).toEqual([[2021, 'K1', 120_000, 35_700, 23_800, 60_500]]);
  await endCallOff(ledger, 'A-1', '2021-03-01');
  expect(await charged()).toEqual([[2021, 'K1', 120_000, 0, 23_800, 96_200]]);
});

it("at a year's end the open rest stays with the year of the order, the cost goes to the year of performance", async () => {
  await addContract(ledger);
  await addBudget(ledger, { year: 2020, appropriation: '1000.00' }, { year: 2021, appropriation: '1000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2020-11-02', pages: 5000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await addDecision(ledger, { batch: 'B-1', on: '2020-12-30', files: [{ file: 0, pages: 1000 }] });
  await addDecision(ledger, { batch: 'B-1', round: 2, on: '2021-01-02', files: [{ file: 1, pages: 1000 }] });
  // Ordered 500.00 + 16 % = 580.00; accepted 100.00 + 16 % = 116.00 in 2020, 100.00 + 19 % = 119.00 in 2021.
  expect(await charged(on('2020-12-31'))).toEqual([
    [2020, 'K1', 100_000, 46_400, 11_600, 42_000],
    [2021, 'K1', 100_000, 0, 0, 100_000],
  ]);
  expect(await charged()).toEqual([
    [2020, 'K1', 100_000, 34_500, 11_600, 53_900],
    [2021, 'K1', 100_000, 0, 11_900, 88_100],
  ]);
});

it('a call-off that was exceeded commits nothing more, never less than nothing', async () => {
  await addContract(ledger);
  await addBudget(ledger, { year: 2021, appropriation: '100.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 500 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
  await acceptPages(ledger, 'B-1', '2021-02-01', 900);
  // 90.00 + 19 % = 107.10: overdrawn by 7.10
  expect(await charged()).toEqual([[2021, 'K1', 10_000, 0, 10_710, -710]]);
});

it('cost without a budget line has a line of its own; an opening balance is cost', async () => {
  const openingBalances = [
    { performedOn: on('2020-05-31'), account: 'K9', costCentre: 'S9', pages: 100, net: '10.00', source: 'Altakte' },
  ];
  await addContract(ledger, {
    lots: [lotDocument({ openingBalances }), lotDocument({ key: 'L2', department: 'Amt B' })],
  });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 500, account: 'K9' });
  await addCallOff(ledger, { number: 'A-2', lot: 'L2', on: '2021-01-10', pages: 500, account: 'K9' });
  expect(await budgetUse(ledger.workspace.db)).toMatchObject([
    {
      fiscalYear: 2020,
      account: 'K9',
      costCentre: 'S9',
      appropriation: null,
      funds: 0,
      accrued: 1190,
      available: -1190,
    },
    {
      fiscalYear: 2021,
      account: 'K9',
      costCentre: 'S1',
      department: 'Ordnungsamt, Amt B',
      appropriation: null,
      carryOver: null,
      committed: 11_900,
      available: -11_900,
    },
  ]);
});

it('lines of the same account are kept apart by cost centre', async () => {
  await addContract(ledger);
  await addBudget(
    ledger,
    { year: 2021, costCentre: 'S1', appropriation: '100.00' },
    { year: 2021, costCentre: 'S2', appropriation: '200.00' },
  );
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 500, costCentre: 'S2' });
  expect((await budgetUse(ledger.workspace.db)).map(({ costCentre, committed }) => [costCentre, committed])).toEqual([
    ['S1', 0],
    ['S2', 5950],
  ]);
});

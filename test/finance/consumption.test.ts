import { afterEach, beforeEach, expect, it } from 'vitest';
import { consumptionOf } from '../../src/finance/consumption.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import {
  acceptPages,
  addBatch,
  addCallOff,
  addContract,
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

async function usageOf(lot: string, asOf?: CalendarDate) {
  const { lots } = await consumptionOf(ledger.workspace.db, asOf);
  const usage = [...lots.values()].find((one) => one.lot.key === lot);
  if (!usage) throw new Error(`no lot ${lot}`);
  return usage;
}

it('a call-off takes what it orders as long as it is open, and what was accepted once it is closed', async () => {
  await addContract(ledger);
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000, files: 4, millimetres: 2000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await acceptPages(ledger, 'B-1', '2021-02-01', 300, 100);
  // 1,000 × 0.10 = 100.00, gross 119.00; accepted 400 × 0.10 = 40.00, gross 47.60.
  expect(await usageOf('L1')).toMatchObject({
    ordered: { pages: 1000, files: 4, millimetres: 2000, net: 10_000, gross: 11_900 },
    accepted: { pages: 400, files: 2, millimetres: 0, net: 4000, gross: 4760 },
    consumed: { pages: 1000, files: 4, millimetres: 2000, net: 10_000, gross: 11_900 },
    consumedValue: 10_000,
  });
  await endCallOff(ledger, 'A-1', '2021-03-01');
  expect((await usageOf('L1')).consumed).toEqual({ pages: 400, files: 4, millimetres: 2000, net: 4000, gross: 4760 });
  expect((await usageOf('L1', on('2021-02-28'))).consumed).toMatchObject({ pages: 1000, net: 10_000 });
});

it('what is accepted beyond the order counts at once, in each measure by itself', async () => {
  await addContract(ledger);
  await addCallOff(ledger, { number: 'A-1', on: '2020-12-01', pages: 1000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
  await acceptPages(ledger, 'B-1', '2020-12-10', 1200);
  // 1,200 × 0.10 = 120.00, VAT 16 %.
  expect((await usageOf('L1')).consumed).toMatchObject({ pages: 1200, net: 12_000, gross: 13_920 });
});

it('opening balances count, and call-offs add up by lot and contract', async () => {
  const openingBalances = [
    { performedOn: on('2020-08-01'), account: 'K1', costCentre: 'S1', pages: 500, net: '50.00', source: 'Altakte' },
  ];
  const lots = [lotDocument({ openingBalances }), lotDocument({ key: 'L2', maximum: { value: '900.00' } })];
  await addContract(ledger, { lots, valueBasis: 'gross', maximum: { value: '1000.00', pages: 9000 } });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000 });
  await addCallOff(ledger, { number: 'A-2', lot: 'L2', on: '2021-01-11', pages: 2000 });
  await addCallOff(ledger, { number: 'A-3', lot: 'L2', on: '2021-01-12', pages: 3000 });
  expect(await usageOf('L1')).toMatchObject({
    opening: { pages: 500, net: 5000, gross: 5800 },
    consumed: { pages: 1500, net: 15_000, gross: 17_700 },
    maximum: { value: null },
  });
  expect(await usageOf('L2')).toMatchObject({ consumedValue: 59_500, maximum: { value: 90_000 } });
  const [contract] = (await consumptionOf(ledger.workspace.db)).contracts.values();
  expect(contract).toMatchObject({
    contract: { number: 'RV-1' },
    consumed: { pages: 6500, net: 65_000, gross: 77_200 },
    consumedValue: 77_200,
    maximum: { value: 100_000, pages: 9000 },
  });
});

it('as of a day only counts what was ordered and decided by then', async () => {
  await addContract(ledger);
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000 });
  await addCallOff(ledger, { number: 'A-2', on: '2021-02-10', pages: 2000 });
  expect((await usageOf('L1', on('2021-01-09'))).consumed.pages).toBe(0);
  expect((await usageOf('L1', on('2021-02-09'))).consumed.pages).toBe(1000);
  expect((await usageOf('L1')).consumed.pages).toBe(3000);
});

it('lots of the same key in two contracts are kept apart', async () => {
  await addContract(ledger);
  await addContract(ledger, { number: 'RV-2' });
  await addCallOff(ledger, { number: 'A-1', lot: 'RV-2/L1', on: '2021-01-10', pages: 1000 });
  const { lots, contracts } = await consumptionOf(ledger.workspace.db);
  expect([...lots.values()].map(({ lot, consumed }) => [lot.contract.number, consumed.pages])).toEqual([
    ['RV-1', 0],
    ['RV-2', 1000],
  ]);
  expect([...contracts.values()].map(({ consumed }) => consumed.pages)).toEqual([0, 1000]);
});

it('a ledger without contracts has consumed nothing', async () => {
  const { lots, contracts } = await consumptionOf(ledger.workspace.db);
  expect([lots.size, contracts.size]).toEqual([0, 0]);
});

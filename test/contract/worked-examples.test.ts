import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import type { LotDocument } from '../../src/contract/contract-document.ts';
import { type CallOffRequest, createCallOff } from '../../src/contract/create-call-off.ts';
import { acceptedServices } from '../../src/finance/accepted.ts';
import { consumptionOf } from '../../src/finance/consumption.ts';
import { explainPrices } from '../../src/finance/price-explanation/explain.ts';
import {
  acceptPages,
  addBatch,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';
import { on, pagePrice } from './price-sheets.ts';

/** The worked examples of docs/prices.md; every figure there stands here. */
let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

async function lotWith(more: Partial<LotDocument>, pages = 100_000): Promise<void> {
  await addContract(ledger, { lots: [lotDocument(more)] });
  await addCallOff(ledger, { number: 'A-1', on: '2020-06-01', pages });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 6 });
}

/** The next round of the batch, with files of so many pages; negative: rejected. */
async function accept(round: number, day: string, first: number, ...pages: readonly number[]): Promise<void> {
  const files = pages.map((count, index) => ({ file: first + index, pages: Math.abs(count), rejected: count < 0 }));
  await addDecision(ledger, { batch: 'B-1', round, on: day, files });
}

const amounts = async () => {
  const services = await acceptedServices(ledger.workspace.db);
  return services.map(({ net, vat, gross }) => [net, vat, gross]);
};
const explain = (name: string) => explainPrices(ledger.workspace.db, { name, files: true });

describe('1. VAT in the second half of 2020, inside one call-off', () => {
  it('each acceptance bears the rate of its own day of performance', async () => {
    await lotWith({});
    await accept(1, '2020-06-30', 0, 12_345);
    await accept(2, '2020-07-01', 1, 12_345);
    await accept(3, '2021-01-04', 2, 12_345);
    // 12,345 × 0.10 = 1,234.50; 19 %: 234.555 → 234.56; 16 %: 197.52.
    expect(await amounts()).toEqual([
      [123_450, 23_456, 146_906],
      [123_450, 19_752, 143_202],
      [123_450, 23_456, 146_906],
    ]);
    const { vat, net, gross } = await explain('A-1');
    expect({ vat, net, gross }).toEqual({
      vat: [
        { rate: 1900, net: 246_900, vat: 46_912 },
        { rate: 1600, net: 123_450, vat: 19_752 },
      ],
      net: 370_350,
      gross: 437_014,
    });
  });
});

describe('2. A tier boundary crossed by a delivery', () => {
  it('has a line on either side, and each file its own part of them', async () => {
    const tiers = { kind: 'graduated', scope: 'order', steps: [{ from: 10_000, price: '0.0845' }] } as const;
    await lotWith({ prices: [pagePrice({ tiers })] });
    await accept(1, '2021-02-01', 0, 9000);
    await accept(2, '2021-03-01', 1, 700, 801);
    // 9,000 × 0.10 = 900.00. Then 1,000 × 0.10 = 100.00 and 501 × 0.0845 = 42.3345 → 42.33; VAT 19 % of 142.33 = 27.0427.
    expect(await amounts()).toEqual([
      [90_000, 17_100, 107_100],
      [14_233, 2704, 16_937],
    ]);
    const [, second] = (await explain('B-1')).acceptances;
    // The first file is within the first tier: 70.00. The second has 300 × 0.10 = 30.00 and 501 × 0.0845 = 42.33.
    expect(second?.files?.map(({ parts, net, vat, gross }) => ({ parts, net, vat, gross }))).toEqual([
      { parts: [{ line: 0, quantity: 700_000, net: 7000 }], net: 7000, vat: 1330, gross: 8330 },
      {
        parts: [
          { line: 0, quantity: 300_000, net: 3000 },
          { line: 1, quantity: 501_000, net: 4233 },
        ],
        net: 7233,
        vat: 1374,
        gross: 8607,
      },
    ]);
  });
});

describe('3. A partial acceptance', () => {
  it('costs the accepted files; what was rejected counts against the maximum until it is redelivered', async () => {
    await lotWith({ prices: [pagePrice({ price: '0.0235' })] }, 1000);
    await accept(1, '2021-02-01', 0, 501, -600);
    // 501 × 0.0235 = 11.7735 → 11.77; VAT 2.2363.
    expect(await amounts()).toEqual([[1177, 224, 1401]]);
    // Accepted 501 and in rework 600 are more than the 1,000 ordered.
    const usage = [...(await consumptionOf(ledger.workspace.db)).lots.values()][0];
    expect(usage).toMatchObject({ rework: { pages: 600, net: 1410 }, consumed: { pages: 1101, net: 2587 } });
    await accept(2, '2021-02-20', 1, 598);
    // 598 × 0.0235 = 14.053 → 14.05; VAT 2.6695.
    expect(await amounts()).toEqual([
      [1177, 224, 1401],
      [1405, 267, 1672],
    ]);
    const later = [...(await consumptionOf(ledger.workspace.db)).lots.values()][0];
    expect(later).toMatchObject({ rework: { pages: 0, net: 0 }, consumed: { pages: 1099, net: 2582 } });
  });
});

describe('4. A price change in mid-year', () => {
  it('by the index holds from the day that it states, on the price of the sheet', async () => {
    const indexAdjustments = [{ from: on('2021-07-01'), factor: '1.0325', reason: 'Erzeugerpreisindex +3,25 %' }];
    await lotWith({ prices: [pagePrice({ price: '0.0835' })], indexAdjustments });
    await accept(1, '2021-06-30', 0, 10_000);
    await accept(2, '2021-07-01', 1, 10_000);
    // 0.0835 × 1.0325 = 0.08621375 → 0.086214; 862.14; VAT 163.8066. Before: 835.00; VAT 158.65.
    expect(await amounts()).toEqual([
      [83_500, 15_865, 99_365],
      [86_214, 16_381, 102_595],
    ]);
  });
});

describe('5. A minimum charge', () => {
  it('is due with the first delivery of the call-off; the next cost what goes beyond it', async () => {
    await lotWith({ prices: [pagePrice({ minimum: { amount: '75.00', scope: 'order' } })] });
    await accept(1, '2021-02-01', 0, 400);
    await accept(2, '2021-03-01', 1, 300);
    await accept(3, '2021-04-01', 2, 500);
    // 40.00 → 75.00; 70.00 in all is within; 120.00 in all: 45.00 more. VAT 14.25, 0, 8.55.
    expect(await amounts()).toEqual([
      [7500, 1425, 8925],
      [0, 0, 0],
      [4500, 855, 5355],
    ]);
    const { acceptances } = await explain('B-1');
    expect(acceptances.map(({ lines }) => lines.map(({ net, kind }) => [net, kind]))).toEqual([
      [
        [4000, undefined],
        [3500, 'minimum'],
      ],
      [
        [3000, undefined],
        [-3000, 'minimum'],
      ],
      [
        [5000, undefined],
        [-500, 'minimum'],
      ],
    ]);
  });
});

describe('6. A maximum reached', () => {
  const order = (pages: number, more: Partial<CallOffRequest> = {}) =>
    createCallOff(ledger.workspace, {
      lot: 'L1',
      pages,
      files: 0,
      documents: 0,
      millimetres: 0,
      orderedOn: on('2021-02-01'),
      quantities: new Map(),
      account: 'K1',
      costCentre: 'S1',
      overBudget: 'the example is not about the budget',
      ...more,
    });

  beforeEach(() =>
    addContract(ledger, {
      maximum: { value: '1000.00' },
      control: { warnAt: [75, 90], overrides: [{ role: 'Vergabestelle', persons: ['test'] }] },
    }),
  );

  it('warns at the shares that the contract states, and refuses what goes above', async () => {
    // 7,000 × 0.10 = 700.00 of 1,000.00; then 800.00, 950.00, 1,000.00.
    const warned = async (pages: number) => (await order(pages)).warnings.map(({ warnAt, state }) => [warnAt, state]);
    expect(await warned(7000)).toEqual([]);
    expect(await warned(1000)).toEqual([[750_000, 'near']]);
    expect(await warned(1500)).toEqual([[900_000, 'near']]);
    await expect(order(501)).rejects.toMatchObject({ code: 'call-off.maximum-exceeded', exitCode: 1 });
    expect(await warned(500)).toEqual([[1_000_000, 'reached']]);
    await expect(order(1)).rejects.toMatchObject({ remedy: { en: expect.stringContaining('--over-maximum') } });
  });

  it('lets it be passed only in a role that the contract names, with a reason, which the audit log keeps', async () => {
    await order(10_000);
    const as = (role: string, reason: string) => order(100, { overMaximum: { role, reason } });
    await expect(as('Sachbearbeitung', 'Eilfall')).rejects.toMatchObject({ code: 'call-off.override-not-permitted' });
    await expect(as('Vergabestelle', ' ')).rejects.toMatchObject({ code: 'call-off.reason-missing', exitCode: 2 });
    await as('Vergabestelle', 'Restmenge einer begonnenen Akte');
    const [entry] = await listAudit(ledger.workspace, { subject: 'call-off/', limit: 1 });
    expect(entry?.after).toMatchObject({
      overMaximum: {
        role: 'Vergabestelle',
        reason: 'Restmenge einer begonnenen Akte',
        exceeded: [expect.stringContaining('€1,000.00')],
      },
    });
  });

  it('and to nobody else', async () => {
    await ledger.remove();
    ledger = await createLedger();
    await addContract(ledger, { maximum: { value: '1000.00' } });
    await order(10_000);
    const attempt = order(100, { overMaximum: { role: 'Vergabestelle', reason: 'Eilfall' } });
    await expect(attempt).rejects.toMatchObject({ code: 'call-off.override-not-permitted' });
  });
});

it('a metre limit of the whole contract counts the metres of all lots', async () => {
  await addContract(ledger, { maximum: { runningMetres: 10 }, lots: [lotDocument(), lotDocument({ key: 'L2' })] });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1, millimetres: 6000 });
  await addCallOff(ledger, { number: 'A-2', lot: 'L2', on: '2021-01-10', pages: 1, millimetres: 4000 });
  const more = addCallOff(ledger, { number: 'A-3', lot: 'L2', on: '2021-01-10', pages: 1, millimetres: 1 });
  await expect(more).rejects.toMatchObject({ code: 'call-off.maximum-exceeded' });
});

it('opening balances count towards the tiers of a lot, and an amendment keeps its terms', async () => {
  const tiers = { kind: 'graduated', scope: 'lot', steps: [{ from: 1000, price: '0.05' }] } as const;
  const openingBalances = [
    { performedOn: on('2020-03-01'), account: 'K1', costCentre: 'S1', pages: 900, net: '90.00', source: 'Altakte' },
  ];
  const lot = lotDocument({ prices: [pagePrice({ tiers })], openingBalances });
  await addContract(ledger, { lots: [lot] });
  await addContract(ledger, {
    lots: [{ ...lot, title: 'Ordnungsamt und Bürgerbüro' }],
    amendment: { reason: 'Umbenennung', effectiveOn: on('2021-01-01') },
  });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
  await acceptPages(ledger, 'B-1', '2021-02-01', 300);
  // 100 × 0.10 + 200 × 0.05
  expect((await amounts()).at(-1)?.[0]).toBe(2000);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareContracts } from '../../src/contract/compare.ts';
import type { ContractDocument, LotDocument } from '../../src/contract/contract-document.ts';
import { contractMistakes } from '../../src/contract/contract-document.ts';
import {
  acceptPages,
  addBatch,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  edit,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';
import { runCli } from '../support/run-cli.ts';
import { on, pagePrice } from './price-sheets.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

/** Runs a command on the ledger; the clock stands at 1 May 2021. */
async function run(...argv: string[]) {
  await ledger.workspace.close();
  const { stdout, stderr, exitCode } = await runCli([...argv, '--lang', 'de'], ledger.root);
  return {
    stdout,
    stderr,
    exitCode,
    document: argv.includes('--json') && stdout !== '' ? JSON.parse(stdout) : undefined,
  };
}

describe('the contract as it stood on a day', () => {
  beforeEach(async () => {
    await addContract(ledger, { maximum: { value: '1000.00' } });
    await addContract(ledger, {
      maximum: { value: '1500.00' },
      endsOn: on('2024-12-31'),
      lots: [
        lotDocument({ prices: [pagePrice({ price: '0.12' }), pagePrice({ key: 'ocr', price: '0.01', option: true })] }),
      ],
      amendment: { reason: 'Aufstockung', effectiveOn: on('2021-03-01') },
    });
  });

  it('is that of the last amendment effective by then', async () => {
    const { document } = await run('contract', 'show', 'RV-1', '--as-of', '2021-02-28', '--json');
    expect(document.contracts).toMatchObject([
      {
        version: 1,
        maximumValue: '1000.00',
        endsOn: '2023-12-31',
        lots: ['L1'],
        lotTerms: [{ prices: [{ price: '0.10' }] }],
      },
    ]);
    expect((await run('contract', 'show', '--as-of', '01.03.2021', '--json')).document.contracts).toMatchObject([
      {
        version: 2,
        maximumValue: '1500.00',
        lotTerms: [{ prices: [{ price: '0.12' }, { position: 'ocr', terms: 'Option' }] }],
      },
    ]);
    expect(await run('contract', 'show', '--as-of', '2019-12-31')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('noch nicht'),
    });
  });

  it('and what an amendment changed is told place by place', async () => {
    const { document, exitCode } = await run('contract', 'diff', 'RV-1', '--json');
    expect(exitCode).toBe(1);
    expect(document).toMatchObject({ from: { version: 1 }, to: { version: 2, effectiveOn: '2021-03-01' } });
    expect(document.changes).toContainEqual({ place: 'maximum.value', before: '1000.00', after: '1500.00' });
    expect(document.changes).toContainEqual({ place: 'lots.L1.prices.page.price', before: '0.10', after: '0.12' });
    expect(document.changes).toContainEqual({ place: 'lots.L1.prices.ocr.option', before: null, after: true });
    expect(document.changes.map(({ place }: { place: string }) => place)).not.toContain('amendment.reason');
    expect((await run('contract', 'diff', 'RV-1', '--from', '2', '--to', '2021-04-01')).exitCode).toBe(0);
    expect(await run('contract', 'diff', 'RV-1', '--to', '3')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Fassung 3'),
    });
  });
});

it('versions that say the same do not differ, and the periods of a price are told apart', () => {
  const prices = [pagePrice({ validTo: on('2021-06-30') }), pagePrice({ price: '0.11', validFrom: on('2021-07-01') })];
  const before = { lots: [lotDocument({ prices })] };
  expect(compareContracts(before, JSON.parse(JSON.stringify(before)))).toEqual([]);
  const after = { lots: [lotDocument({ prices: [prices[0], { ...prices[1], price: '0.12' }] as never })] };
  expect(compareContracts(before, after)).toEqual([
    { place: 'lots.L1.prices.page@2021-07-01.price', before: '0.11', after: '0.12' },
  ]);
});

describe('dates', () => {
  const near: Partial<ContractDocument> = {
    endsOn: on('2021-07-15'),
    extensions: [
      { months: 12, declareBy: on('2021-05-31') },
      { months: 6, declareBy: on('2021-04-30') },
    ],
    minimumPurchase: { pages: 1000, by: on('2021-06-30') },
  };

  it('remind in status and contract show, the nearest first; those that are over or far away do not', async () => {
    await addContract(ledger, near);
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
    await acceptPages(ledger, 'B-1', '2021-02-01', 400);
    const { document } = await run('status', '--json');
    const told = document.waiting.filter(({ task }: { task: string }) => /extension|ends|minimum/.test(task));
    expect(told.map(({ task, what }: { task: string; what: string }) => [task, what])).toEqual([
      ['declare-extension', 'Vertrag RV-1: Verlängerung um 12 Monate zu erklären bis 31.05.2021'],
      ['minimum-purchase', 'Vertrag RV-1: bis 30.06.2021 fehlen 600 Seiten an der Mindestabnahme'],
      ['contract-ends', 'Vertrag RV-1 endet am 15.07.2021'],
    ]);
    expect((await run('contract', 'show')).stdout).toContain('Verlängerung um 12 Monate zu erklären bis 31.05.2021');
  });

  it('as many days before as the contract states', async () => {
    await addContract(ledger, { ...near, control: { remindDays: 10 } });
    expect((await run('status', '--json')).document.waiting).toEqual([]);
  });
});

it('penalties are proposed by contract and lot rules, and nothing is deducted', async () => {
  await addContract(ledger, {
    penalties: [{ key: 'late', title: 'Verzug', trigger: 'lateDelivery', days: 10, percent: '1', maximumPercent: '5' }],
    lots: [lotDocument({ penalties: [{ key: 'malus', title: 'Malus', trigger: 'defectiveFile', amount: '2.00' }] })],
  });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await edit(ledger, (db) =>
    db
      .updateTable('batch')
      .set({ handed_over_on: on('2021-01-11') })
      .execute(),
  );
  const files = [
    { file: 0, pages: 333 },
    { file: 1, pages: 100, rejected: true },
  ];
  await addDecision(ledger, { batch: 'B-1', on: '2021-01-24', files });
  // Due on 21 January, received on the 24th: 3 % of 33.30 = 0.999.
  const { document, exitCode } = await run('contract', 'penalties', '--json');
  expect(exitCode).toBe(0);
  expect(document.proposals).toMatchObject([
    { rule: 'late', batch: 'B-1', round: 1, daysLate: 3, base: '33.30', amount: '1.00' },
    { rule: 'malus', count: 1, base: '10.00', amount: '2.00' },
  ]);
  expect(document.total).toBe('3.00');
  expect((await run('contract', 'penalties', 'RV-1', '--as-of', '2021-01-23')).stdout).toContain(
    'fällig 21.01.2021, 2 Tage',
  );
  expect((await run('contract', 'penalties', 'RV-2')).exitCode).toBe(2);
  expect(JSON.parse((await run('price', 'explain', 'B-1', '--json')).stdout).net).toBe('33.30');
});

describe('what a price sheet may not say', () => {
  const mistakes = (lot: Partial<LotDocument>) =>
    contractMistakes({
      startsOn: '2020-01-01',
      endsOn: '2021-01-01',
      lots: [lotDocument(lot)],
    } as unknown as ContractDocument).map(({ en }) => en);

  it.each<[string, Partial<LotDocument>]>([
    [
      'tiers that do not ascend',
      {
        prices: [
          pagePrice({
            tiers: {
              kind: 'graduated',
              scope: 'lot',
              steps: [
                { from: 10, price: '1' },
                { from: 10, price: '2' },
              ],
            },
          }),
        ],
      },
    ],
    [
      'is not by page',
      { prices: [pagePrice(), { key: 'file', title: 'Akte', unit: 'file', price: '1', removedBlanks: 'charged' }] },
    ],
    ['is not by character', { prices: [pagePrice({ fields: ['Name'] })] }],
    ['unknown price position "scam"', { surcharges: [{ key: 'x', title: 'X', percent: '1', positions: ['scam'] }] }],
    ['"page" stands twice', { surcharges: [{ key: 'page', title: 'X', percent: '1' }] }],
    ['no price for pages A2 bw and', { prices: [pagePrice({ pages: { sizes: ['A6', 'A5', 'A4', 'A3'] } })] }],
    ['needs maximum.value', { award: 'budget' }],
  ])('%s', (words, lot) => {
    expect(mistakes(lot)).toEqual([expect.stringContaining(words)]);
  });

  it('and everything else is taken', async () => {
    expect(mistakes({ award: 'budget', maximum: { value: '46000.00' }, estimate: { pages: 410_000 } })).toEqual([]);
    const nothing = addContract(ledger, { lots: [lotDocument({ surcharges: [{ key: 'x', title: 'X' }] })] });
    await expect(nothing).rejects.toMatchObject({ code: 'document.invalid' });
  });
});

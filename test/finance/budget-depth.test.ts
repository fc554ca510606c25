import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { budgetUse } from '../../src/finance/budget.ts';
import { importBudget } from '../../src/finance/budget-import.ts';
import { carryOver, yearEndOf } from '../../src/finance/carry-over.ts';
import { shares } from '../../src/finance/invoice-matching/postings.ts';
import { buildReport } from '../../src/finance/reports.ts';
import { shareByWeights } from '../../src/finance/share-by-weights.ts';
import type { Cell } from '../../src/reporting/model.ts';
import { UsageError } from '../../src/shared/errors.ts';
import type { Ledger } from '../support/ledger.ts';
import { createReportCounty } from '../support/report-county.ts';
import { runCli } from '../support/run-cli.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createReportCounty();
});
afterEach(() => ledger.remove());

const k1 = (fiscalYear: number) => ({ fiscalYear, account: 'K1', costCentre: 'S1' });
const k2 = { fiscalYear: 2021, account: 'K2', costCentre: 'S2' };

function read(document: object) {
  const path = join(ledger.root, 'haushalt.json');
  writeFileSync(path, JSON.stringify(document));
  return importBudget(ledger.workspace, path);
}

async function refusal(document: object): Promise<string> {
  const error = await read(document).catch((cause: unknown) => cause);
  if (error instanceof UsageError) return [error.text.en, ...error.details.map(({ en }) => en)].join('\n');
  throw new Error('the budget was taken');
}

const fundsOf = async () =>
  (await budgetUse(ledger.workspace.db)).map(({ fiscalYear, account, changes, funds }) => [
    fiscalYear,
    account,
    changes,
    funds,
  ]);

/** Rows of a table as German objects. */
async function rows(name: string, key: string, request = {}): Promise<Record<string, Cell>[]> {
  const { report } = await buildReport(ledger.workspace, name, request);
  return [...(report.tables.find((table) => table.key === key)?.rows ?? [])];
}

describe('supplements and transfers', () => {
  const document = {
    supplements: [{ reference: 'N-1', on: '2021-02-15', ...k1(2021), amount: '1500.00', reason: '1. Nachtrag' }],
    transfers: [{ reference: 'U-7', on: '2021-03-10', from: k2, to: k1(2021), amount: '250.50' }],
  };

  it('change the funds of lines; what one gains, the other loses', async () => {
    const { entries } = await read(document);
    expect(entries.map(({ kind, state }) => [kind, state])).toEqual([
      ['supplement', 'added'],
      ['transfer', 'added'],
      ['transfer', 'added'],
    ]);
    // 6,800.00 + 1,500.00 + 250.50; 3,000.00 − 250.50
    expect(await fundsOf()).toEqual([
      [2020, 'K1', 0, 500_000],
      [2021, 'K1', 175_050, 855_050],
      [2021, 'K2', -25_050, 274_950],
    ]);
    expect((await verifyAudit(ledger.workspace)).breaks).toEqual([]);
  });

  it('are the same when read again, and updated under their number', async () => {
    await read(document);
    expect((await read(document)).entries.every(({ state }) => state === 'unchanged')).toBe(true);
    const [transfer] = document.transfers;
    await read({ transfers: [{ ...transfer, amount: '100.00' }] });
    expect((await fundsOf())[2]).toEqual([2021, 'K2', -10_000, 290_000]);
  });

  it('do not count before the day of their decision', async () => {
    await read(document);
    const earlier = await budgetUse(ledger.workspace.db, '2021-02-28' as never);
    expect(earlier.map(({ changes }) => changes)).toEqual([0, 150_000, 0]);
  });

  it.each([
    [
      { supplements: [{ reference: 'N', on: '2021-01-01', ...k1(2022), amount: '1.00' }] },
      'name lines that do not exist',
    ],
    [{ transfers: [{ reference: 'U', on: '2021-01-01', from: k2, to: k2, amount: '1.00' }] }, 'are the same line'],
    [
      { transfers: [{ reference: 'U', on: '2021-01-01', from: k2, to: k1(2021), amount: '3000.01' }] },
      'take more than the line has',
    ],
    [
      { transfers: [{ reference: 'U', on: '2021-01-01', from: k2, to: k1(2021), amount: '-1.00' }] },
      'does not fit its schema',
    ],
    [{}, 'does not fit its schema'],
  ])('are refused as a whole: %j', async (wrong, message) => {
    expect(await refusal(wrong)).toContain(message);
    expect((await fundsOf()).every(([, , changes]) => changes === 0)).toBe(true);
  });
});

describe('commitment authority', () => {
  it('is used by call-offs of the year at the cost of a later one', async () => {
    const line = { ...k1(2020), department: 'Ordnungsamt', appropriation: '5000.00' };
    await read({ lines: [{ ...line, commitmentAuthority: [{ year: 2021, amount: '4000.00' }] }] });
    await ledger.workspace.db.updateTable('call_off').set({ fiscal_year: 2021 }).where('number', '=', 'A-1').execute();
    expect(await rows('cost-against-budget', 'authorities')).toMatchObject([
      { year: 2020, account: 'K1', forYear: 2021, authority: 400_000, ordered: 348_000 },
    ]);
    expect(await refusal({ lines: [{ ...line, commitmentAuthority: [{ year: 2020, amount: '1.00' }] }] })).toContain(
      'a commitment authority is for a later year',
    );
  });
});

describe('funding', () => {
  const grant = { key: 'Z-1', share: '0.9', startsOn: '2020-01-01', endsOn: '2021-12-31', accounts: ['K1'] };

  it('is the share of what was accepted in its period, by year, up to its ceiling', async () => {
    // 2020: 1,160.00 × 90 % = 1,044.00. 2021: 2,707.00 × 90 % = 2,436.30, but 1,500.00 at most: 456.00.
    await read({ funding: [{ ...grant, ceiling: '1500.00' }] });
    expect(await rows('cost-against-budget', 'funding')).toMatchObject([
      { year: 2020, eligible: 116_000, grant: 104_400 },
      { year: 2021, eligible: 154_700, grant: 45_600 },
    ]);
  });

  it('leaves out what was performed before or after, or on other accounts', async () => {
    await read({ funding: [{ ...grant, startsOn: '2021-01-13' }] });
    expect(await rows('cost-against-budget', 'funding')).toMatchObject([
      { year: 2021, eligible: 95_200, grant: 85_680 },
    ]);
  });
});

describe('a key of sharing', () => {
  it('shares the cost of an account; the parts sum to it, to the cent', async () => {
    // 2021: 1,547.00 by 1 : 1 : 1 = 515.666…: two cents are left, for the first two departments.
    const weights = ['Ordnungsamt', 'Sozialamt', 'Personalamt'].map((department) => ({ department, weight: 1 }));
    await read({ sharing: [{ key: 'drittel', account: 'K1', shares: weights }] });
    const parts = await rows('cost-against-budget', 'sharing', { year: 2021 });
    expect(parts.map(({ department, part }) => [department, part])).toEqual([
      ['Ordnungsamt', 51_567],
      ['Sozialamt', 51_567],
      ['Personalamt', 51_566],
    ]);
  });

  it('always gives the whole, none more than a cent from its share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (whole, given) => {
        const total = given.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const parts = shareByWeights(whole, given);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(part - (whole * (given[index] ?? 0)) / total)).toBeLessThan(1.000001);
        }
      }),
    );
    expect(() => shareByWeights(100, [0, 0])).toThrow(RangeError);
  });

  it('sums to the whole for postings, too, whatever the weights', () => {
    const weights = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), weights, (whole, given) => {
        expect(shares(whole, given).reduce((sum, part) => sum + part, 0)).toBe(whole);
      }),
    );
    // A correction from one line to another comes to nothing, but not on the lines.
    expect(shares(0, [-5000, 5000])).toEqual([-5000, 5000]);
  });
});

describe('the end of a year', () => {
  it('carries over what call-offs have committed; the rest lapses', async () => {
    // 5,000.00 = 1,160.00 expense + 1,725.00 carried for A-1 + 2,115.00 that lapses.
    expect(await yearEndOf(ledger.workspace, 2020)).toMatchObject([
      { funds: 500_000, accrued: 116_000, provision: 0, carried: 172_500, lapses: 211_500, overdrawn: 0 },
    ]);
    // Accepted and not invoiced: 59.50 of the credit note; all of K2.
    expect(await yearEndOf(ledger.workspace, 2021)).toMatchObject([{ provision: 5950 }, { provision: 47_600 }]);
  });

  it('is booked once: funds and call-off go into the next year together', async () => {
    const [carried] = await carryOver(ledger.workspace, 2020);
    expect(carried).toMatchObject({ into: { fiscalYear: 2021, carryOver: 252_500 }, callOffs: ['A-1'] });
    // 2021: 6,000.00 + 800.00 + 1,725.00; committed 1,428.00 + 1,725.00.
    expect(await budgetUse(ledger.workspace.db)).toMatchObject([
      { fiscalYear: 2020, changes: -172_500, funds: 327_500, committed: 0, available: 211_500 },
      { fiscalYear: 2021, funds: 852_500, committed: 315_300, accrued: 154_700, available: 382_500 },
      { account: 'K2' },
    ]);
    expect(await carryOver(ledger.workspace, 2020)).toEqual([]);
    expect((await verifyAudit(ledger.workspace)).breaks).toEqual([]);
    const actions = (await listAudit(ledger.workspace, { limit: 50 })).map(({ action }) => action);
    expect(actions.filter((action) => action === 'budget-line.carried-over')).toHaveLength(1);
  });

  it.each([
    ['none', 0, 384_000],
    ['committed', 172_500, 211_500],
    ['all', 384_000, 0],
  ] as const)('follows the rule "%s" of the line', async (transferable, carried, lapses) => {
    const line = { ...k1(2020), department: 'Ordnungsamt', appropriation: '5000.00', transferable };
    await read({ lines: [line] });
    expect(await yearEndOf(ledger.workspace, 2020)).toMatchObject([{ carried, lapses }]);
  });

  it('balances for any funds, and tells an overdraft', async () => {
    for (const appropriation of ['0.00', '1159.99', '1160.00', '2000.00', '9999.99']) {
      await read({ lines: [{ ...k1(2020), department: 'Ordnungsamt', appropriation }] });
      for (const { funds, accrued, carried, lapses, overdrawn } of await yearEndOf(ledger.workspace, 2020)) {
        expect(accrued + carried + lapses - overdrawn).toBe(funds);
      }
    }
  });

  it('is told by the command; --apply books it', async () => {
    const run = (...argv: string[]) => runCli(['budget', 'year-end', '2020', '--lang', 'de', ...argv], ledger.root);
    await ledger.workspace.close();
    const told = JSON.parse((await run('--json')).stdout);
    expect(told).toMatchObject({ applied: false, totals: { carried: '1725.00', lapses: '2115.00' }, carried: [] });
    const booked = JSON.parse((await run('--apply', '--yes', '--json')).stdout);
    expect(booked.carried).toEqual([
      { line: '2020 · K1 · S1', into: '2021 · K1 · S1', amount: '1725.00', callOffs: ['A-1'] },
    ]);
    expect((await run('--apply', '--yes')).stdout).toContain('nichts zu übertragen');
  });
});

describe('exchange with the finance system', () => {
  const run = (...argv: string[]) => runCli([...argv, '--lang', 'de'], ledger.root);

  it('reads a list under its own headings, and a year that the list leaves out', async () => {
    writeFileSync(join(ledger.root, 'plan.csv'), 'Objekt;KoSt;Org;Plan 2022\nK1;S1;Ordnungsamt;7.500,00\n');
    await ledger.workspace.close();
    const columns = ['account=Objekt', 'costCentre=KoSt', 'department=Org', 'appropriation=Plan 2022'];
    const argv = columns.flatMap((column) => ['--column', column]);
    const { stdout, stderr } = await run('budget', 'import', 'plan.csv', ...argv, '--year', '2022', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).added).toMatchObject([{ fiscalYear: 2022, account: 'K1', appropriation: '7500.00' }]);
  });

  it('writes budget lines under its headings, which can be read again', async () => {
    const columns = ['--column', 'year=HHJ', '--column', 'account=PSK', '--column', 'accrued=Ist'];
    const { stdout } = await run('budget', 'export', '--year', '2021', ...columns, '--out', '-');
    expect(stdout).toBe('\uFEFFHHJ;PSK;Ist\r\n2021;K1;1547,00\r\n2021;K2;476,00\r\n');
    expect((await run('budget', 'export', '--column', 'acount=X', '--out', '-')).stderr).toContain(
      'gemeint „account“?',
    );
  });

  it('writes the postings of one invoice; the rows sum to it', async () => {
    const columns = ['--column', 'invoice=Beleg', '--column', 'account=PSK', '--column', 'gross=Betrag'];
    const { stdout } = await run('invoice', 'postings', 'G-1', ...columns, '--out', '-');
    expect(stdout).toBe('\uFEFFBeleg;PSK;Betrag\r\nG-1;K1;-59,50\r\n');
    expect((await run('invoice', 'postings', 'R-9')).exitCode).toBe(2);
  });
});

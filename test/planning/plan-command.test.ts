import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change } from '../../src/audit/change.ts';
import { main } from '../../src/cli/main.ts';
import { createCallOff } from '../../src/contract/create-call-off.ts';
import { importContract } from '../../src/contract/import-contract.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { cents } from '../../src/shared/money.ts';
import { createWorkspace } from '../../src/storage/workspace.ts';

let root: string;

const contract = {
  number: 'RV-2020-017',
  title: 'Digitalisierung',
  vendor: { name: 'Dienstleister GmbH' },
  startsOn: '2020-01-01',
  endsOn: '2022-06-30',
  valueBasis: 'net',
  maximum: {},
  lots: [
    {
      key: 'SOZ',
      title: 'Sozialakten',
      department: 'Sozialamt',
      estimate: {},
      maximum: { pages: 1_000_000 },
      prices: [
        { key: 'page', title: 'Seite', unit: 'page', price: '0.08' },
        { key: 'metre', title: 'Aufbereitung', unit: 'runningMetre', price: '10.00' },
        { key: 'trip', title: 'Abholfahrt', unit: 'trip', price: '75.00' },
      ],
    },
    {
      key: 'GES',
      title: 'Gesundheitsakten',
      department: 'Gesundheitsamt',
      estimate: {},
      maximum: {},
      prices: [{ key: 'page', title: 'Seite', unit: 'page', price: '0.10', validTo: '2020-12-31' }],
      // Spent before it was tracked here: EUR 1,190 gross of this year's budget.
      openingBalances: [
        { performedOn: '2021-01-15', account: '3', costCentre: '2', pages: 10_000, net: '1000.00', source: 'Altliste' },
      ],
    },
  ],
};

const holdings = [
  'Kürzel;Bezeichnung;Amt;Los;lfm;Seiten;DMS-Start;Risiko;Aufbewahrung bis',
  'SOZ-1;Sozialhilfe;Sozialamt;SOZ;80,5;400000;01.07.2020;2;31.12.2040',
  'SOZ-2;Wohngeld;Sozialamt;SOZ;120;700000;01.07.2020;1;',
  'GES-1;Gutachten;Gesundheitsamt;GES;44;200000;01.01.2020;3;',
].join('\n');

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-plan-'));
  const workspace = await createWorkspace(join(root, 'county'), { county: 'Test' }, { mode: 'write' });
  writeFileSync(join(root, 'contract.json'), JSON.stringify(contract));
  writeFileSync(join(root, 'holdings.csv'), holdings);
  await importContract(workspace, join(root, 'contract.json'));
  await change(workspace, async ({ db, record }) => {
    const line = { account: '1', cost_centre: '2', title: 'Digitalisierung', fiscal_year: 2021 };
    const sozial = { ...line, department: 'Sozialamt', appropriation: cents(5_000_000), carry_over: cents(500_000) };
    const health = {
      ...line,
      account: '3',
      department: 'Gesundheitsamt',
      appropriation: cents(1_000_000),
      carry_over: cents(0),
    };
    await db.insertInto('budget_line').values([sozial, health]).execute();
    record({ action: 'budget-line.added', subject: 'budget/2021' });
  });
  await createCallOff(workspace, {
    lot: 'SOZ',
    pages: 100_000,
    files: 0,
    documents: 0,
    millimetres: 0,
    orderedOn: '2021-02-01' as CalendarDate,
    quantities: new Map(),
  });
  await workspace.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const output = (write: (text: string) => void) => ({ write, isTerminal: false, columns: 0 });
  const io = {
    stdout: output((words) => (out += words)),
    stderr: output((words) => (err += words)),
    ask: async () => undefined,
    env: { SCANLOT_LANG: 'de' },
    cwd: join(root, 'county'),
    now: () => new Date('2021-03-01T12:00:00Z'),
  };
  const code = await main(argv, io, new AbortController().signal);
  return { code, out, err };
}

async function json(...argv: string[]) {
  const { code, out, err } = await run(...argv, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

describe('the commands about holdings', () => {
  it('import a list, and tell what it changed', async () => {
    expect(await json('holding', 'import', '../holdings.csv')).toMatchObject({
      schema: 'urn:scanlot:schemas/holding-import-1',
      added: ['SOZ-1', 'SOZ-2', 'GES-1'],
      table: { format: 'csv', delimiter: ';', encoding: { encoding: 'utf-8' } },
    });
    writeFileSync(
      join(root, 'changed.csv'),
      holdings.replace('80,5', '80,75').replace(/\nGES.*/, '\nNEU-1;x;y;;1;1;;;'),
    );
    const { out } = await run('holding', 'import', '../changed.csv');
    expect(out).toBe(
      'Bestände: 1 neu, 1 geändert, 1 unverändert.\n  SOZ-1: Länge\nNicht in der Liste, bleiben erhalten: GES-1\n',
    );
    expect(await json('holding', 'import', '../holdings.csv')).toMatchObject({
      changed: [{ key: 'SOZ-1', fields: ['runningMetres'] }],
      absent: ['NEU-1'],
    });
  });

  it('list and show them', async () => {
    const { holdings: listed, totals } = await json('holding', 'list', '--department', 'SOZIALAMT');
    expect(
      listed.map(({ key, runningMetres }: { key: string; runningMetres: string }) => [key, runningMetres]),
    ).toEqual([
      ['SOZ-1', '80.5'],
      ['SOZ-2', '120'],
    ]);
    expect(totals).toEqual({ runningMetres: '200.5', pages: 1_100_000 });
    expect((await json('holding', 'list', '--lot', 'GES')).holdings).toHaveLength(1);
    expect((await run('holding', 'show', 'SOZ-1')).out).toMatch(/^Aufbewahrung bis +31\.12\.2040$/m);
  });

  it('refuse what does not exist, with the nearest name', async () => {
    expect(await run('holding', 'show', 'SOZ-9')).toMatchObject({ code: 2, err: expect.stringContaining('SOZ-1') });
    expect(await run('holding', 'list', '--lot', 'SOZI')).toMatchObject({
      code: 2,
      err: expect.stringContaining('„SOZ“'),
    });
    expect(await run('holding', 'list', '--department', 'Sozialamd')).toMatchObject({
      code: 2,
      err: expect.stringContaining('„Sozialamt“'),
    });
    expect(await run('holding', 'import', 'nowhere.csv')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT'),
    });
    expect(await run('holding', 'import', '../contract.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Spalte'),
    });
  });
});

describe('the command plan', () => {
  it('plans with what the budget of the year has left', async () => {
    // 100,000 pages at 0.08 were ordered: EUR 8,000 net, 9,520 gross; 1,190 had been spent before.
    const plan = await json('plan');
    expect(plan).toMatchObject({
      schema: 'urn:scanlot:schemas/plan-1',
      year: 2021,
      freeBudget: { appropriated: '65000.00', used: '10710.00', free: '54290.00' },
      budget: { amount: '54290.00', basis: 'gross' },
    });
    // 400,000 × 0.08 + 80.5 × 10 = 32,805.00 net; the other holding would pass the lot's maximum and the budget.
    expect(plan.ranked).toMatchObject([
      { holding: { key: 'SOZ-1' }, state: 'planned', cost: { net: '32805.00', vat: '6232.95', gross: '39037.95' } },
      { holding: { key: 'SOZ-2' }, state: 'does-not-fit', planned: null },
    ]);
    expect(plan.excluded.map(({ gates }: { gates: { gate: string }[] }) => gates.map(({ gate }) => gate))).toEqual([
      ['no-price'],
      ['dms-not-live', 'no-lot'],
    ]);
    expect(plan.unpriced).toEqual([{ lot: 'SOZ', positions: ['Abholfahrt'] }]);
    expect(plan.rest).toBe('15252.05');
  });

  it('tells the same to people, with the reason for every holding', async () => {
    const { code, out } = await run('plan', '--criteria');
    expect(code).toBe(0);
    expect(out).toContain('SOZ-1: Rang 1: ');
    expect(out).toMatch(/^davon gebunden +10\.710,00\u00a0€$/m);
    expect(out).toContain('kein Vertragspreis: Für den Leistungstag 31.12.2021 hat das Los keinen Preis.');
    expect(out).toMatch(/^Gefährdung +Gefährdung 2 von 3 +66,6\u00a0% +15 +10,0\u00a0%$/m);
  });

  it('counts maxima of the lot: what is ordered is taken already', async () => {
    const plan = await json('plan', '--budget', '500000');
    expect(plan.freeBudget).toBeNull();
    expect(plan.ranked.map(({ state }: { state: string }) => state)).toEqual(['planned', 'does-not-fit']);
    expect(plan.ranked[1].explanation).toContain('Los SOZ: Höchstmenge an Seiten lässt nur noch 500.000 Seiten zu');
    const split = await json('plan', '--budget', '500000', '--split');
    expect(split.ranked[1]).toMatchObject({ state: 'partly', planned: { runningMetres: '85', pages: 495_834 } });
  });

  it('keeps to a department with its budget, and to a budget given net', async () => {
    const department = await json('plan', '--department', 'Gesundheitsamt');
    expect(department).toMatchObject({ freeBudget: { free: '8810.00' }, ranked: [] });
    expect(department.excluded).toHaveLength(1);
    const net = await json('plan', '--budget', '32805', '--net');
    expect(net).toMatchObject({ budget: { amount: '32805.00', basis: 'net' }, rest: '0.00' });
  });

  it('takes prices and VAT of the day of performance', async () => {
    const plan = await json('plan', '--year', '2020', '--performed-on', '2020-12-01', '--budget', '500000');
    expect(plan.ranked.find(({ holding }: { holding: { key: string } }) => holding.key === 'GES-1').cost).toEqual({
      net: '20000.00',
      vat: '3200.00',
      gross: '23200.00',
    });
  });

  it('ends with the contract', async () => {
    expect((await json('plan', '--year', '2022', '--budget', '500000')).ranked).toHaveLength(2);
    const after = await json('plan', '--year', '2023', '--budget', '500000');
    expect(after.ranked.map(({ holding }: { holding: { key: string } }) => holding.key)).toEqual([]);
    expect(after.excluded[0].gates[0].reason).toBe(
      'Der Vertrag RV-2020-017 gilt am 31.12.2023 nicht (01.01.2020 bis 30.06.2022).',
    );
  });

  it.each([
    [['--year', '21'], '--year: „21“ passt nicht.'],
    [['--net'], '--net gilt für den mit --budget genannten Betrag'],
    [['--year', '2022'], 'Für 2022 ist kein Haushaltsansatz erfasst.'],
    [['--performed-on', '2020-12-01'], 'liegt nicht im Haushaltsjahr 2021'],
    [['--budget', 'viel'], '--budget: „viel“ passt nicht.'],
    [['--department', 'Bauamt'], 'Kein Bestand gehört zu „Bauamt“.'],
  ])('refuses %j with a clear error', async (options, message) => {
    const { code, out, err } = await run('plan', ...options);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { importContract } from '../../src/contract/import-contract.ts';
import { importHoldings } from '../../src/holdings/import.ts';
import { countPerMetre } from '../../src/holdings/pages-per-metre.ts';
import { listHoldings, requireHolding } from '../../src/holdings/store.ts';
import { UsageError } from '../../src/shared/errors.ts';
import { createWorkspace, openWorkspace, type Workspace } from '../../src/storage/workspace.ts';

let root: string;
let workspace: Workspace;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-holdings-'));
  workspace = await createWorkspace(root, { county: 'Test', planning: { pagesPerMetre: 6000 } }, { mode: 'write' });
});
afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

async function withLots(...keys: string[]): Promise<void> {
  const lot = (key: string) => ({
    key,
    title: `Los ${key}`,
    department: 'Amt',
    estimate: {},
    maximum: {},
    prices: [{ key: 'page', title: 'Seite', unit: 'page', price: '0.08' }],
  });
  const contract = {
    number: 'RV-1',
    title: 'Rahmenvertrag',
    vendor: { name: 'Dienstleister GmbH' },
    startsOn: '2020-01-01',
    endsOn: '2023-12-31',
    valueBasis: 'net',
    maximum: {},
    lots: keys.map(lot),
  };
  const path = join(root, 'contract.json');
  writeFileSync(path, JSON.stringify(contract));
  await importContract(workspace, path);
}

function read(csv: string) {
  const path = join(root, 'holdings.csv');
  writeFileSync(path, csv);
  return importHoldings(workspace, path);
}

async function refusal(csv: string): Promise<UsageError> {
  const error = await read(csv).catch((cause: unknown) => cause);
  if (error instanceof UsageError) return error;
  throw new Error('the list was not refused');
}

const head = 'Kürzel;Bezeichnung;Amt;lfm;Seiten';

describe('a list of holdings', () => {
  it('becomes holdings with every column that a survey gives', async () => {
    await withLots('L1');
    const told = await read(
      [
        'Kürzel;Bezeichnung;Amt;Los;lfd. Meter;Akten;Blatt;Seiten;Aufbewahrung bis;Original verbleibt;Anbietung;DMS-Start;Frist;Zugriffe/Jahr;Risiko;Bemerkung',
        'ABH;Ausländerakten;Ausländerbehörde;L1;330;60.000;1.500.000;2.400.000;31.12.2050;nein;erledigt;01.04.2021;31.12.2021;12.000;2;Umzug',
      ].join('\n'),
    );
    expect(told).toMatchObject({ added: ['ABH'], changed: [], unchanged: [], absent: [], estimated: [], ignored: [] });
    expect(await requireHolding(workspace.db, 'ABH')).toEqual({
      key: 'ABH',
      title: 'Ausländerakten',
      department: 'Ausländerbehörde',
      lot: 'L1',
      millimetres: 330_000,
      files: 60_000,
      sheets: 1_500_000,
      pages: 2_400_000,
      pagesEstimated: false,
      retentionUntil: '2050-12-31',
      originalMustStay: false,
      archiveOffer: 'done',
      dmsGoLive: '2021-04-01',
      hardDeadline: '2021-12-31',
      usage: 12_000,
      risk: 2,
      note: 'Umzug',
    });
  });

  it('has its missing pages estimated from running metres, and says so', async () => {
    const told = await read(`${head}\nA;Akten A;Amt;12,5;\nB;Akten B;Amt;1;900\n`);
    expect(told.estimated).toEqual([{ key: 'A', pages: 6000, source: 'configured' }]);
    const [a, b] = await listHoldings(workspace.db);
    expect([a?.pages, a?.pagesEstimated]).toEqual([75_000, true]);
    expect([b?.pages, b?.pagesEstimated]).toEqual([900, false]);
  });

  it('must state its pages where nothing tells how many a metre holds', async () => {
    await workspace.close();
    rmSync(root, { recursive: true });
    workspace = await createWorkspace(root, { county: 'Test' }, { mode: 'write' });
    const error = await refusal(`${head}\nA;Akten A;Amt;12,5;\n`);
    expect(error.details[0]?.de).toMatch(/Zeile 2, Spalte „Seiten“: leer; erwartet: die Seitenzahl; .*pagesPerMetre/);
  });

  it('updates by key and tells what changed; nothing is deleted', async () => {
    await read(`${head}\nA;Akten A;Amt;1;100\nB;Akten B;Amt;2;200\nC;Akten C;Amt;3;300\n`);
    const told = await read(`${head}\nB;Akten B;Amt;2,5;250\nC;Akten C;Amt;3;300\nD;Akten D;Amt;4;400\n`);
    expect(told).toMatchObject({
      added: ['D'],
      changed: [{ key: 'B', fields: ['millimetres', 'pages'] }],
      unchanged: ['C'],
      absent: ['A'],
    });
    expect((await listHoldings(workspace.db)).map(({ key, pages }) => [key, pages])).toEqual([
      ['A', 100],
      ['B', 250],
      ['C', 300],
      ['D', 400],
    ]);
  });

  it('leaves an audit entry for each holding that is new or differs, before and after, and none else', async () => {
    await read(`${head}\nA;Akten A;Amt;1;100\n`);
    await read(`${head}\nA;Akten A;Amt;1;150\n`);
    await read(`${head}\nA;Akten A;Amt;1;150\n`);
    const entries = await listAudit(workspace, { limit: 10 });
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['holding.changed', 'holding/A'],
      ['holding.added', 'holding/A'],
    ]);
    expect(entries[0]).toMatchObject({ before: { pages: 100 }, after: { pages: 150 } });
    expect((await verifyAudit(workspace)).breaks).toEqual([]);
  });

  it('with mistakes changes nothing, and all of them are told at once', async () => {
    await withLots('L1', 'L2');
    const error = await refusal(
      [
        'Kürzel;Bezeichnung;Amt;Los;lfm;Blatt;Seiten;Risiko',
        'A B;Akten;Amt;L1;1;;100;0',
        'B;Akten;Amt;L3;1;;100;4',
        'C;Akten;Amt;L2;1;100;201;1',
        'D;;Amt;L2;x;;100;1',
        'E;Akten;Amt;L1;0;;;1',
        'C;Akten;Amt;L1;1;;100;1',
      ].join('\n'),
    );
    expect(error.details.map(({ de }) => de)).toEqual([
      'Zeile 2, Spalte „Kürzel“: „A B“; erwartet: ein Kürzel aus höchstens 40 Buchstaben, Ziffern, Punkt, Binde- oder Unterstrich',
      'Zeile 3, Spalte „Risiko“: „4“; erwartet: eine ganze Zahl von 0 bis 3',
      'Zeile 3, Spalte „Los“: „L3“; erwartet: ein bekanntes Los, etwa „L1“',
      'Zeile 4, Spalte „Seiten“: „201“; erwartet: höchstens 200 Seiten: ein Blatt hat zwei',
      'Zeile 5, Spalte „Bezeichnung“: leer; erwartet: ein Wert',
      'Zeile 5, Spalte „lfm“: „x“; erwartet: eine Länge in Metern wie 12,5',
      'Zeile 6, Spalte „Seiten“: leer; erwartet: die Seitenzahl, oder laufende Meter über 0',
      'Zeile 7, Spalte „Kürzel“: „C“; erwartet: ein eigenes Kürzel (dieses steht schon in Zeile 4)',
    ]);
    expect(await listHoldings(workspace.db)).toEqual([]);
  });

  it('may only name lots that a contract has', async () => {
    const before = await refusal(`${head};Los\nA;Akten;Amt;1;100;L1\n`);
    expect(before.details[0]?.de).toContain('scanlot contract import');
    await withLots('Gesundheit', 'Soziales');
    const near = await refusal(`${head};Los\nA;Akten;Amt;1;100;Gesundheid\n`);
    expect(near.details[0]?.de).toContain('ein bekanntes Los, etwa „Gesundheit“');
    const far = await refusal(`${head};Los\nA;Akten;Amt;1;100;Personal\n`);
    expect(far.details[0]?.en).toContain('one of the lots Gesundheit, Soziales');
    await read(`${head};Los\nA;Akten;Amt;1;100;RV-1/Soziales\n`);
    expect((await requireHolding(workspace.db, 'A')).lot).toBe('Soziales');
  });

  it('is still there when the workspace is opened again', async () => {
    await read(`${head}\nÄ-1;Akten;Amt;1;100\n`);
    await workspace.close();
    workspace = await openWorkspace(root, { mode: 'read' });
    expect((await requireHolding(workspace.db, 'A\u0308-1')).key).toBe('Ä-1');
  });

  it('refuses an unknown key with the nearest one', async () => {
    await read(`${head}\nSOZ-1;Akten;Amt;1;100\n`);
    await expect(requireHolding(workspace.db, 'SOZ-2')).rejects.toMatchObject({
      code: 'holding.unknown',
      remedy: { en: expect.stringContaining('SOZ-1') },
    });
  });
});

describe('pages a metre', () => {
  const lot = (id: number) => ({ id }) as Parameters<typeof countPerMetre>[0][number]['lot'];

  it('are counted from what was accepted and measured, by lot', () => {
    const counted = countPerMetre([
      { lot: lot(1), pages: 40_000, millimetres: 8_000 },
      { lot: lot(1), pages: 11_000, millimetres: 2_000 },
      { lot: lot(1), pages: 99_999, millimetres: null },
      { lot: lot(2), pages: 30_000, millimetres: 4_999 },
    ]);
    expect([...counted]).toEqual([[1, 5_100]]);
  });
});

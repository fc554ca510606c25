import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleDocument, writePackage } from '../../scripts/samples/package.ts';
import { samplePdf } from '../../scripts/samples/pdf.ts';
import { classesOf } from '../../src/acceptance/page-classes.ts';
import { statedQuantities } from '../../src/acceptance/stated-quantities.ts';
import { requireBatch } from '../../src/custody/store.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { packagePath } from '../../src/shared/package.ts';
import { pagePrice } from '../contract/price-sheets.ts';
import { acceptPages, addBatch, addCallOff, addContract, createLedger, edit, lotDocument } from '../support/ledger.ts';
import { pagePdf } from '../support/page-pdf.ts';
import { runCli } from '../support/run-cli.ts';

const county = (name: string) => packagePath('samples', 'county', name);
const prices = [
  pagePrice({ key: 'small', price: '0.115', pages: { sizes: ['A6', 'A5', 'A4', 'A3'] } }),
  pagePrice({ key: 'large', price: '2.00', pages: { sizes: ['A2', 'A1', 'A0', 'larger'] } }),
  pagePrice({ key: 'unstaple', title: 'Entheften', price: '0.02', quantity: 'entered' }),
  { key: 'trip', title: 'Abholung', unit: 'trip', price: '180.00' },
  pagePrice({ key: 'ocr', title: 'OCR', price: '0.01', option: true }),
] as const;

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-stated-'));
  const contract = JSON.parse(readFileSync(county('contract.json'), 'utf8'));
  const lot = contract.lots.find(({ key }: { key: string }) => key === 'L5');
  const lots = [{ ...lot, deliveryProfile: 'profile-files.json', prices, openingBalances: [] }];
  writeFileSync(join(root, 'contract.json'), JSON.stringify({ ...contract, $schema: undefined, lots }));
  copyFileSync(county('profile-files.json'), join(root, 'profile-files.json'));
  writeFileSync(join(root, 'list.csv'), 'Aktenzeichen;Blatt\r\n33.1-0001/2020;1\r\n33.1-0002/2020;2\r\n');
  await run('init', 'county');
  await run('contract', 'import', 'contract.json');
  await run('budget', 'import', county('budget.csv'));
  await run(
    'order',
    'create',
    '--lot',
    'L5',
    '--pages',
    '100',
    '--quantity',
    'trip=2',
    '--date',
    '2021-03-01',
    '--number',
    'O-1',
  );
  await run('batch', 'create', '--order', 'O-1', '--pick-list', 'list.csv', '--key', 'B-1');
  const plan = pagePdf({ page: '/MediaBox [0 0 2384 3370]', content: 'BT ET' });
  writePackage(join(root, 'package'), [
    scan('33.1-0001/2020', 2, samplePdf('A', 2)),
    scan('33.1-0002/2020', 1, plan, 3),
  ]);
  await run('delivery', 'receive', 'package', '--batch', 'B-1', '--date', '2021-03-02');
  await run('reconcile', 'B-1');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const scan = (reference: string, pages: number, bytes: Buffer, removedBlanks = 0): SampleDocument => ({
  path: `scans/${reference.replace('/', '-')}.pdf`,
  reference,
  volume: '',
  box: 'K-0001',
  title: 'Akte',
  sheets: (pages + removedBlanks) / 2,
  pages,
  removedBlanks,
  bytes,
});

async function run(...argv: string[]) {
  const workspace = argv[0] === 'init' ? [] : ['--workspace', 'county'];
  const { stdout, exitCode, stderr } = await runCli([...argv, ...workspace, '--json', '--lang', 'en'], root);
  return { exitCode, document: JSON.parse(stdout === '' ? '{}' : stdout), stderr };
}

const accept = (...more: string[]) => run('accept', 'B-1', '--date', '2021-03-05', ...more);

describe('scanlot accept --quantity', () => {
  it('refuses what is counted, what is unknown, and options that were not ordered', async () => {
    const refused = async (quantity: string) => {
      const { exitCode, document } = await accept('--quantity', quantity);
      return [exitCode, document.error.code];
    };
    expect(await refused('small=3')).toEqual([2, 'accept.quantity-counted']);
    expect(await refused('trips=3')).toEqual([2, 'accept.unknown-position']);
    expect(await refused('ocr=3')).toEqual([2, 'accept.unknown-position']);
    expect(await refused('trip')).toEqual([2, 'usage.bad-value']);
    expect((await run('price', 'explain', 'B-1')).document.acceptances).toEqual([]);
  });

  it('prices what is stated with the acceptance, and pages by the classes that were counted', async () => {
    expect((await accept('--quantity', 'trip=1', '--quantity', 'unstaple=2')).exitCode).toBe(0);
    const { document } = await run('price', 'explain', 'B-1');
    // Two A4 pages 0.23, one A0 page 2.00, two pages unstapled 0.04, one trip 180.00.
    const lines = document.acceptances[0].lines.map((line: Record<string, unknown>) => [
      line.position,
      line.quantity,
      line.net,
    ]);
    expect(lines).toEqual([
      ['small', 2, '0.23'],
      ['large', 1, '2.00'],
      ['unstaple', 2, '0.04'],
      ['trip', 1, '180.00'],
    ]);
    const nets = document.acceptances[0].files.map((file: { net: string }) => file.net);
    // The trip and the unstapling are shared out by pages: two thirds 120.00 and 0.03, one third 60.00 and 0.01.
    expect(nets).toEqual(['120.26', '62.01']);
    expect(document.net).toBe('182.27');
  });

  it('done again the same way leaves it at that; with other quantities it is refused', async () => {
    expect((await accept('--quantity', 'trip=1', '--quantity', 'unstaple=2')).exitCode).toBe(0);
    expect((await accept('--quantity', 'trip=2', '--quantity', 'unstaple=2')).exitCode).toBe(1);
    expect((await accept()).exitCode).toBe(1);
  });

  it('is no longer told as ordered but not counted by the cost report', async () => {
    const { document } = await run('report', 'cost-against-budget', '--format', 'json', '--out', '-');
    const { notes } = JSON.parse(document.files[0].content);
    expect(notes.length).toBeGreaterThan(0);
    expect(JSON.stringify(notes)).not.toContain('Abholung');
  });

  it('stands in the audit log, which stays whole', async () => {
    const { document } = await run('audit', 'list', '--subject', 'delivery/B-1/1');
    const entry = document.entries.find(({ action }: { action: string }) => action === 'delivery.accepted');
    expect(entry.after.quantities).toEqual([
      { position: 'trip', quantity: 1000, source: 'entered' },
      { position: 'unstaple', quantity: 2000, source: 'entered' },
    ]);
    expect((await run('audit', 'verify')).exitCode).toBe(0);
  });
});

it('index characters are counted in the values of the fields named, without spaces at their ends', async () => {
  const ledger = await createLedger();
  try {
    const index = { key: 'index', title: 'Indexzeichen', unit: 'indexCharacter', price: '0.008' } as const;
    const named = { ...index, key: 'name', fields: ['Name'] };
    await addContract(ledger, { lots: [lotDocument({ prices: [pagePrice(), index, named] })] });
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 10 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
    await acceptPages(ledger, 'B-1', '2021-02-01', 10);
    const { db } = ledger.workspace;
    const { id } = await db.selectFrom('delivery_file').select('id').executeTakeFirstOrThrow();
    const fields = JSON.stringify({ Name: ' Mu\u0308ller ', Ort: 'Süd' });
    const empty = {
      row: null,
      format: null,
      size: null,
      sha256: null,
      declared_pages: null,
      pages: null,
      state: 'passed',
    };
    await edit(ledger, (change) =>
      change
        .insertInto('delivery_document')
        .values({ ...empty, delivery_file_id: id, path: 'a.pdf', fields })
        .execute(),
    );
    const day = '2021-02-01' as CalendarDate;
    const stated = await statedQuantities(db, await requireBatch(db, 'B-1'), day, new Map(), [id]);
    // "Müller" has six characters however its umlaut is written; "Süd" three more.
    expect(stated).toEqual([
      { position: 'index', quantity: 9000, source: 'counted' },
      { position: 'name', quantity: 6000, source: 'counted' },
    ]);
  } finally {
    await ledger.remove();
  }
});

it('pages of one class in several runs are one count, and what is not told stays unknown', () => {
  const pages = [
    { first: 1, last: 3, sizeClass: 'A4', colour: 'bw' },
    { first: 4, last: 4, sizeClass: 'A3', colour: 'colour' },
    { first: 5, last: 6, sizeClass: 'A4', colour: 'bw' },
    { first: 7, last: 7, sizeClass: null, colour: null },
  ];
  expect(classesOf({ details: { pages } })).toEqual([
    { size: 'A4', colour: 'bw', pages: 5 },
    { size: 'A3', colour: 'colour', pages: 1 },
    { size: null, colour: null, pages: 1 },
  ]);
  expect(classesOf({ details: {} })).toEqual([]);
});

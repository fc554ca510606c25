import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type Files, header, soundFiles, sumsOf, testRules } from '../support/delivery.ts';
import { runCli } from '../support/run-cli.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

/** A county small enough to be set up anew for every fault: one lot, one order, one batch of two files. */
export interface SmallCounty {
  readonly folder: string;
  /** Absolute path of a document or package beside the workspaces. */
  path(name: string): string;
  /** A new copy of the workspace as it was at that stage. */
  copyOf(stage: Stage): string;
  remove(): void;
}

/**
 * empty: nothing but the workspace; accepted: ready for import; complained: the imported file is; redelivered: its correction
 * is reconciled, with the file that was rejected; corrected: both are accepted.
 */
export type Stage =
  | 'empty'
  | 'contract'
  | 'ordered'
  | 'batch'
  | 'received'
  | 'reconciled'
  | 'accepted'
  | 'complained'
  | 'redelivered'
  | 'corrected';

const contract = {
  number: 'RV-1',
  title: 'Digitalisierung',
  vendor: { name: 'Scan GmbH' },
  startsOn: '2020-01-01',
  endsOn: '2023-12-31',
  valueBasis: 'net',
  maximum: { pages: 1_000_000 },
  lots: [
    {
      key: 'L1',
      title: 'Ordnungsamt',
      department: 'Ordnungsamt',
      estimate: {},
      maximum: {},
      prices: [{ key: 'page', title: 'Seite', unit: 'page', price: '0.10' }],
      deliveryProfile: 'profile.json',
    },
  ],
};

/** The second file declares a page more than it has. */
function faultyFiles(): Files {
  const documents = { 'scans/a.pdf': tablePdf(3), 'scans/b.pdf': tablePdf(2) };
  return {
    'index.csv': `${header}\r\nscans/a.pdf;32.1-1;3;2;1;Süd\r\nscans/b.pdf;32.1-2;3;2;1;\r\n`,
    SHA256SUMS: sumsOf(documents),
    ...documents,
  };
}

/** Both files, the first with a page that was missing. */
function mendedFiles(): Files {
  const documents = { 'scans/a.pdf': tablePdf(4), 'scans/b.pdf': tablePdf(2) };
  return {
    'index.csv': `${header}\r\nscans/a.pdf;32.1-1;4;2;0;Süd\r\nscans/b.pdf;32.1-2;2;1;0;\r\n`,
    SHA256SUMS: sumsOf(documents),
    ...documents,
  };
}

const documents: Files = {
  'contract.json': JSON.stringify(contract),
  'amended.json': JSON.stringify({
    ...contract,
    title: 'Digitalisierung, erweitert',
    amendment: { reason: 'Nachtrag 1', effectiveOn: '2021-04-01' },
  }),
  'profile.json': JSON.stringify(testRules),
  'holdings.csv':
    'Kürzel;Bezeichnung;Amt;Los;laufende Meter;Seiten\r\nA-1;Akten A;Ordnungsamt;L1;10,0;80000\r\nA-2;Akten B;Ordnungsamt;L1;5,0;40000\r\n',
  'budget.csv':
    'Haushaltsjahr;Konto;Kostenstelle;Amt;Bezeichnung;Ansatz;Übertrag\r\n2021;K1;S1;Ordnungsamt;Scannen;1000,00;0,00\r\n',
  'list.csv': 'Aktenzeichen;Karton;Blatt\r\n32.1-1;K1;2\r\n32.1-2;K1;1\r\n',
};

const stages: readonly (readonly [Stage, ...(readonly string[])[]])[] = [
  ['contract', ['contract', 'import', '@contract.json'], ['budget', 'import', '@budget.csv']],
  ['ordered', ['order', 'create', '--lot', 'L1', '--pages', '1000', '--date', '2021-02-01']],
  [
    'batch',
    ['batch', 'create', '--order', 'A-2021-001', '--pick-list', '@list.csv', '--handed-over', '2021-02-03'],
    ['holding', 'import', '@holdings.csv'],
  ],
  ['received', ['delivery', 'receive', '@faulty', '--batch', 'B-2021-001']],
  ['reconciled', ['reconcile', 'B-2021-001']],
  ['accepted', ['accept', 'B-2021-001', '--partial']],
  [
    'complained',
    ['import', 'run'],
    ['complaint', 'raise', 'B-2021-001', '32.1-1', '--reason', 'Seite fehlt', '--deadline', '2021-06-01'],
  ],
  ['redelivered', ['delivery', 'receive', '@mended', '--batch', 'B-2021-001'], ['reconcile', 'B-2021-001']],
  ['corrected', ['accept', 'B-2021-001']],
];

export async function smallCounty(): Promise<SmallCounty> {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-small-'));
  const path = (name: string) => join(folder, name);
  writeFiles(folder, documents);
  writeFiles(path('sound'), soundFiles());
  writeFiles(path('faulty'), faultyFiles());
  writeFiles(path('mended'), mendedFiles());
  await expectDone(await runCli(['init', path('empty'), '--county', 'Test'], folder), 'init');
  let before: Stage = 'empty';
  for (const [stage, ...commands] of stages) {
    cpSync(path(before), path(stage), { recursive: true });
    for (const argv of commands) await expectDone(await runIn(path(stage), path, argv), argv.join(' '));
    before = stage;
  }
  let copies = 0;
  return {
    folder,
    path,
    copyOf: (stage) => {
      rmSync(path(`copy-${copies}`), { recursive: true, force: true });
      copies += 1;
      const root = path(`copy-${copies}`);
      cpSync(path(stage), root, { recursive: true });
      return root;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a command in a workspace; "@name" stands for a document beside it. */
export function runIn(root: string, path: (name: string) => string, argv: readonly string[]) {
  const words = argv.map((word) => (word.startsWith('@') ? path(word.slice(1)) : word));
  return runCli([...words, '--workspace', root, '--wait', '0', '--lang', 'en'], root);
}

async function expectDone({ exitCode, stderr }: { exitCode: number; stderr: string }, what: string): Promise<void> {
  if (exitCode > 1) throw new Error(`${what}: ${exitCode}: ${stderr}`);
}

function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Every row of the ledger, read over a fresh connection. @param without tables to leave out */
export function rowsOf(root: string, without: readonly string[] = []): Record<string, unknown[]> {
  const db = new BetterSqlite3(join(root, 'scanlot.db'), { readonly: true });
  try {
    const names = db
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name")
      .pluck()
      .all() as string[];
    const wanted = names.filter((name) => ![...without, 'migration'].includes(name));
    return Object.fromEntries(wanted.map((name) => [name, db.prepare(`select * from "${name}" order by 1`).all()]));
  } finally {
    db.close();
  }
}

/** The files that people see, with their content. */
export function filesOf(root: string): string[] {
  return ['outputs', 'profiles', 'deliveries', 'store'].flatMap((folder) => listing(join(root, folder), folder)).sort();
}

function listing(path: string, name: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => `${name}${file.slice(path.length)} ${readFileSync(file, 'latin1').length}`);
  } catch {
    return [];
  }
}

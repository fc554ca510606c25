import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { put, type SampleDocument, writePackage } from '../../scripts/samples/package.ts';
import { samplePdf } from '../../scripts/samples/pdf.ts';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

const county = (...parts: string[]) => packagePath('samples', 'county', ...parts);

const acceptance = [
  ['reconcile', 'BATCH'],
  ['accept', 'BATCH', '--date', '2021-03-11'],
];

/** A file on a pick list: its reference and its sheets, where they are known. */
type Picked = readonly [reference: string, sheets?: number];

interface Scenario {
  /** Two files of two sheets, by default. */
  readonly picked?: readonly Picked[];
  /** One package a round. */
  readonly delivered: readonly (readonly SampleDocument[])[];
  /** Pages of the call-off. */
  readonly ordered?: number;
  /** Lot L4: sheets on the pick list are taken for estimates, declared pages are not held against the bytes. */
  readonly estimated?: true;
  /** Commands after the first round. */
  readonly commands?: readonly (readonly string[])[];
}

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-ledger-'));
  await run('init', 'county');
  const contract = JSON.parse(readFileSync(county('contract.json'), 'utf8')) as { lots: { key: string }[] };
  const lots = contract.lots.map((lot) => (lot.key === 'L4' ? { ...lot, deliveryProfile: 'estimated.json' } : lot));
  put(join(root, 'contract.json'), JSON.stringify({ ...contract, lots }));
  put(join(root, 'profile-files.json'), readFileSync(county('profile-files.json')));
  put(join(root, 'estimated.json'), JSON.stringify(estimated));
  await run('contract', 'import', 'contract.json');
  await run('budget', 'import', county('budget.csv'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const estimated = {
  profile: 'estimated',
  version: '1',
  title: 'Blattzahlen geschätzt',
  layout: { manifests: ['index.csv'], checksums: ['SHA256SUMS'], files: ['scans/**/*.pdf'] },
  manifest: {
    columns: {
      path: 'Datei',
      reference: 'Aktenzeichen',
      volume: 'Band',
      pages: 'Seiten',
      removedBlanks: 'Leerseiten',
    },
  },
};

async function run(...argv: string[]): Promise<Record<string, unknown>> {
  const workspace = argv[0] === 'init' ? [] : ['--workspace', 'county'];
  const { stdout, stderr } = await runCli([...argv, ...workspace, '--json'], root);
  if (stdout === '') throw new Error(`${argv.join(' ')}: ${stderr}`);
  const document = JSON.parse(stdout) as Record<string, unknown>;
  if (document.error) throw new Error(`${argv.join(' ')}: ${JSON.stringify(document.error)}`);
  return document;
}

const [A, B, C] = ['33.1-0901/2019', '33.1-0902/2019', '33.1-0903/2019'] as const;
let unique = 0;

/** A sound document of two sheets. */
function scan(reference: string, change: Partial<SampleDocument> = {}): SampleDocument {
  unique += 1;
  const pages = change.pages ?? 4;
  return {
    path: `scans/${reference.replace('/', '-')}-${unique}.pdf`,
    reference,
    volume: '',
    box: 'K-0001',
    title: 'Aufenthaltsakte',
    sheets: 2,
    pages,
    removedBlanks: 0,
    bytes: samplePdf(`${reference} ${unique}`, pages),
    ...change,
  };
}

let scenarios = 0;

/** Plays a scenario on the sample county. @returns the codes that creating the batch and reconciling it tell */
async function play({
  picked = [
    [A, 2],
    [B, 2],
  ],
  delivered,
  ordered = 1000,
  ...more
}: Scenario): Promise<string[]> {
  scenarios += 1;
  const batch = `B-${scenarios}`;
  const own = (reference: string) => reference.replace('33.1', `${scenarios + 10}.1`);
  const rows = picked.map(([reference, sheets]) => `${own(reference)};${sheets ?? ''}`);
  put(join(root, `${batch}.csv`), `Aktenzeichen;Blatt\r\n${rows.join('\r\n')}\r\n`);
  const lot = more.estimated ? 'L4' : 'L5';
  const order = await run('order', 'create', '--lot', lot, '--pages', String(ordered), '--date', '2021-03-01');
  const pickList = ['--order', String(order.number), '--pick-list', `${batch}.csv`, '--key', batch];
  const created = await run('batch', 'create', ...pickList, '--handed-over', '2021-03-02');
  for (const [index, documents] of delivered.entries()) {
    const folder = `${batch}-${index + 1}`;
    writePackage(
      join(root, folder),
      documents.map((document) => ({ ...document, reference: own(document.reference) })),
    );
    await run('delivery', 'receive', folder, '--batch', batch, '--date', `2021-03-1${index}`);
    if (index > 0) continue;
    for (const words of more.commands ?? []) await run(...words.map((word) => (word === 'BATCH' ? batch : own(word))));
  }
  const { breaks } = await run('reconcile', batch);
  return [...codesOf(created.findings), ...codesOf(breaks)].sort();
}

function codesOf(list: unknown): string[] {
  return ((list ?? []) as readonly { readonly code: string }[]).map(({ code }) => code);
}

describe('the ledger of the sample county', () => {
  it('tells nothing of a batch that is as it should be', async () => {
    expect(await play({ delivered: [[scan(A), scan(B)]] })).toEqual([]);
  });

  const bytes = samplePdf('the same', 4);
  it.each<[code: string, scenario: Scenario]>([
    ['ledger.file-missing', { delivered: [[scan(A)]] }],
    ['ledger.file-unordered', { delivered: [[scan(A), scan(B), scan(C)]] }],
    ['ledger.reference-differs', { delivered: [[scan(A), scan(B, { volume: '1' })]] }],
    [
      'ledger.page-shortage',
      {
        picked: [
          [A, 3],
          [B, 2],
        ],
        delivered: [[scan(A), scan(B)]],
      },
    ],
    [
      'ledger.page-surplus',
      {
        picked: [
          [A, 1],
          [B, 2],
        ],
        delivered: [[scan(A), scan(B)]],
      },
    ],
    [
      'ledger.pages-below-estimate',
      {
        picked: [
          [A, 9],
          [B, 2],
        ],
        delivered: [[scan(A), scan(B)]],
        estimated: true,
      },
    ],
    [
      'ledger.pages-above-estimate',
      {
        picked: [
          [A, 1],
          [B, 2],
        ],
        delivered: [[scan(A), scan(B)]],
        estimated: true,
      },
    ],
    ['ledger.sheets-unknown', { picked: [[A], [B, 2]], delivered: [[scan(A), scan(B)]] }],
    [
      'ledger.declared-differs-from-counted',
      {
        picked: [[A, 2]],
        delivered: [[scan(A, { bytes: samplePdf('short', 3) })]],
        estimated: true,
      },
    ],
    ['ledger.duplicate-file', { delivered: [[scan(A, { bytes }), scan(B, { bytes })]] }],
    [
      'ledger.document-known',
      {
        picked: [
          [A, 2],
          [B, 4],
        ],
        delivered: [[scan(A, { bytes: samplePdf('twice', 4) }), scan(B, { bytes: samplePdf('twice', 4) }), scan(B)]],
      },
    ],
    [
      'ledger.redelivery-missing',
      { delivered: [[scan(A), scan(B)], [scan(A)]], commands: [['reject', 'BATCH', '--reason', 'blass']] },
    ],
    ['ledger.delivered-after-acceptance', { delivered: [[scan(A), scan(B)], [scan(A)]], commands: acceptance }],
    ['ledger.over-delivered', { ordered: 5, delivered: [[scan(A), scan(B)]], commands: acceptance }],
    ['ledger.order-nearly-exceeded', { ordered: 5, delivered: [[scan(A), scan(B)]] }],
    ['ledger.picked-above-order', { ordered: 7, delivered: [[scan(A), scan(B)]] }],
  ])('shows %s', async (code, scenario) => {
    expect(await play(scenario)).toContain(code);
  });

  it('shows ledger.file-misfiled: a file that stands on the pick list of another batch', async () => {
    const other = '33.9-0001/2019';
    put(join(root, 'other.csv'), `Aktenzeichen;Blatt\r\n${other};2\r\n`);
    const order = await run('order', 'create', '--lot', 'L5', '--pages', '100', '--date', '2021-03-01');
    const pickList = ['--order', String(order.number), '--pick-list', 'other.csv', '--key', 'B-other'];
    await run('batch', 'create', ...pickList, '--handed-over', '2021-03-02');
    expect(await play({ delivered: [[scan(A), scan(B), scan(other)]] })).toContain('ledger.file-misfiled');
  });
});

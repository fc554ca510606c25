import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildReport, listReports } from '../../../src/finance/reports.ts';
import { cellsOf } from '../../../src/reporting/figures.ts';
import { UsageError } from '../../../src/shared/errors.ts';
import { packagePath } from '../../../src/shared/package.ts';
import type { Ledger } from '../../support/ledger.ts';
import { createReportCounty } from '../../support/report-county.ts';
import { runCli } from '../../support/run-cli.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await createReportCounty();
  mkdirSync(join(ledger.root, 'reports'));
});
afterEach(() => {
  rmSync(join(ledger.root, 'reports'), { recursive: true });
  mkdirSync(join(ledger.root, 'reports'));
});
afterAll(() => ledger.remove());

const both = (words: string) => ({ de: words, en: words });
const pagesByMonth = {
  name: 'pages-by-month',
  title: both('Seiten je Monat'),
  summary: both('Seiten je Monat und Amt'),
  tables: [
    {
      key: 'months',
      title: both('Monate'),
      dataset: 'acceptances',
      where: { kind: 'acceptance', lot: { not: 'L2' } },
      groupBy: ['department', 'month'],
      columns: [
        { key: 'month', field: 'month' },
        { key: 'deliveries', title: both('Abnahmen'), count: true },
        { key: 'pages', sum: 'pages' },
        { key: 'first', title: both('Erste'), min: 'day' },
      ],
      sort: ['-month'],
    },
  ],
};

function define(definition: object, name = 'pages-by-month.json'): void {
  writeFileSync(join(ledger.root, 'reports', name), JSON.stringify(definition));
}

async function mistakesOf(definition: object): Promise<string[]> {
  define(definition);
  const error = await buildReport(ledger.workspace, 'pages-by-month', {}).catch((cause: unknown) => cause);
  if (error instanceof UsageError) return error.details.map(({ en }) => en);
  throw new Error('the definition was taken');
}

const changed = (column: object) => ({
  ...pagesByMonth,
  tables: [{ ...pagesByMonth.tables[0], columns: [...(pagesByMonth.tables[0]?.columns ?? []), column] }],
});

describe("a county's own report", () => {
  it('needs a definition and nothing else', async () => {
    define(pagesByMonth);
    expect(listReports(ledger.workspace).find(({ name }) => name === 'pages-by-month')).toMatchObject({
      from: 'workspace',
      tables: ['months'],
      letter: false,
    });
    const { report } = await buildReport(ledger.workspace, 'pages-by-month', {});
    const [table] = report.tables;
    expect(table?.rows.map((row) => cellsOf(table, row))).toEqual([
      ['2021-03', 1, 8000, '2021-03-01'],
      ['2021-01', 1, 5000, '2021-01-12'],
      ['2020-12', 1, 10_000, '2020-12-15'],
    ]);
  });

  it('may be YAML, and take the place of one of the program', async () => {
    const source = JSON.stringify({ ...pagesByMonth, name: 'open-items' });
    writeFileSync(join(ledger.root, 'reports', 'open-items.yaml'), source);
    expect((await buildReport(ledger.workspace, 'open-items', {})).report.title.de).toBe('Seiten je Monat');
  });

  it('is listed and written by the command', async () => {
    define(pagesByMonth);
    const run = (...argv: string[]) => runCli(['report', ...argv, '--lang', 'de'], ledger.root);
    expect((await run('--list')).stdout).toContain('Seiten je Monat und Amt');
    const { stdout, exitCode } = await run('pages-by-month', '--format', 'csv', '--out', '-', '--year', '2021');
    expect([exitCode, stdout.split('\r\n')[1]]).toEqual([0, '2021-03;1;8000;2021-03-01']);
  });
});

describe('a definition is refused', () => {
  it.each([
    [{ key: 'x', sum: 'page' }, 'tables.0.columns.x: there is no "page"; did you mean "pages"?'],
    [{ key: 'x', sum: 'lot' }, 'tables.0.columns.x: "lot" has no sum'],
    [{ key: 'x', field: 'lot' }, 'tables.0.columns.x: "lot" is not in groupBy; add it up (sum) or group by it'],
    [{ key: 'x', type: 'price', formula: { ratio: ['gross', 'pages'] } }, 'there is no "gross"'],
    [{ key: 'pages', sum: 'net' }, 'tables.0.columns: "pages" stands twice'],
    [{ key: 'x', sum: 'net', where: { stagge: 'a' } }, 'there is no "stagge"'],
    [{ key: 'x', light: { of: 'pages', against: 'gross', yellow: '0.8', red: '1' } }, 'there is no "gross"'],
  ])('with a place, for %j', async (column, mistake) => {
    expect((await mistakesOf(changed(column))).join('\n')).toContain(mistake);
  });

  it.each([
    [{ ...pagesByMonth, name: 'other' }, '"other" differs from the name of the file'],
    [{ ...pagesByMonth, base: 'cost' }, 'base: there is no "cost"'],
    [
      { ...pagesByMonth, tables: [{ ...pagesByMonth.tables[0], dataset: 'acceptance' }] },
      'did you mean "acceptances"?',
    ],
    [{ ...pagesByMonth, query: 'select' }, '"query" is not known'],
    [changed({ key: 'x' }), 'tables.0.columns.4'],
    [changed({ key: 'x', sum: 'net', formula: { sum: ['pages'] } }), 'tables.0.columns.4'],
  ])('for mistakes of form and name', async (definition, mistake) => {
    expect((await mistakesOf(definition)).join('\n')).toContain(mistake);
  });

  it('when it is no document at all', async () => {
    writeFileSync(join(ledger.root, 'reports', 'pages-by-month.json'), '{"name": ');
    await expect(buildReport(ledger.workspace, 'pages-by-month', {})).rejects.toThrow(UsageError);
  });
});

describe('the status report as a letter', () => {
  const letter = (...argv: string[]) =>
    runCli(['report', 'status-report', '--as-of', '2021-03-31', '--lang', 'de', ...argv], ledger.root);

  it('takes the template of the county and what is set for its blanks', async () => {
    const template =
      '# {subject|Sachstand}\n= Gremium: {body|Ausschuss}\n{pages} Seiten.\n[table costs]\n[chart progress]\n';
    writeFileSync(join(ledger.root, 'reports', 'status-report.txt'), template);
    expect((await letter('--format', 'docx', '--out', 's.docx', '--set', 'body=Kreistag & Rat')).exitCode).toBe(0);
    const { readOwnZip } = await import('../../../src/reporting/document/zip-file.ts');
    const parts = readOwnZip(readFileSync(join(ledger.root, 's.docx')));
    const part = parts.find(({ name }) => name === 'word/document.xml');
    const xml = Buffer.from((part?.content ?? '') as Uint8Array).toString('utf8');
    const words = xml.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    for (const expected of [
      'Sachstand',
      'Kreistag &amp; Rat',
      '28.000 Seiten.',
      '14.800,00 €',
      'digitalisiert',
      '120.000',
    ]) {
      expect(words).toContain(expected);
    }
    // A chart is a table of shaded cells; both series differ without colour.
    expect(xml).toContain('<w:gridSpan w:val="60"/>');
    expect(xml).not.toContain('@@TABLE');
  });

  it('of the program is written in both languages as PDF and DOCX', async () => {
    for (const language of ['de', 'en']) {
      const argv = ['--format', 'pdf', '--format', 'docx', '--set', 'date=14.04.2021'];
      const { exitCode, stderr } = await runCli(['report', 'status-report', ...argv, '--lang', language], ledger.root);
      expect([exitCode, stderr]).toEqual([0, '']);
    }
  });

  it.each([
    ['[table csts]', '[table csts] gibt es nicht; gemeint „costs“?'],
    ['[table costs columns=year,fund]', 'costs: fund gibt es nicht; gemeint „funds“?'],
    ['[chart x', 'Zeile 1'],
    ['{pagse} Seiten', '{pagse} gibt es nicht; gemeint „pages“?'],
    ['[picture logo]', 'Zeile 1'],
  ])('is refused for %j in its template', async (line, mistake) => {
    writeFileSync(join(ledger.root, 'reports', 'status-report.txt'), `${line}\n`);
    const { exitCode, stderr } = await letter('--format', 'docx');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(mistake);
  });

  it('template of the program has a part for each language', () => {
    const template = readFileSync(packagePath('reports', 'status-report.txt'), 'utf8');
    expect(template).toMatch(/^de:$/m);
    expect(template).toMatch(/^en:$/m);
  });
});

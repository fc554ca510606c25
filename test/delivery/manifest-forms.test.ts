import { describe, expect, test } from 'vitest';
import { workbook } from '../../scripts/samples/workbook.ts';
import { checkFiles, header, soundFiles, testProfile } from '../support/delivery.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const table = `${header}\r\nscans/a.pdf;32.1-1;3;2;1;Süd\r\nscans/b.pdf;32.1-2;2;1;0;\r\n`;
const [names = [], ...cells] = table
  .trimEnd()
  .split('\r\n')
  .map((row) => row.split(';'));
const objects = cells.map((row) => Object.fromEntries(row.map((value, index) => [names[index] ?? '', value])));
const utf16le = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table, 'utf16le')]);

test.each([
  ['UTF-8 with byte order mark', `\uFEFF${table}`],
  ['UTF-16 as Excel saves Unicode text', utf16le],
  ['Windows-1252', Buffer.from(table, 'latin1')],
  ['commas', table.replaceAll(';', ',')],
  ['tabs', table.replaceAll(';', '\t')],
  ['line feeds alone', table.replaceAll('\r', '')],
  ['no line end at the end', table.trimEnd()],
  ['headers in capitals', table.replace(header, header.toUpperCase())],
  ['JSON', JSON.stringify(objects)],
  ['JSON Lines', objects.map((object) => JSON.stringify(object)).join('\n')],
  ['quoted cells', table.replaceAll('32.1-1', '"32.1-1"')],
])('a manifest in %s reads the same', async (_form, content) => {
  const check = await checkFiles({ ...soundFiles(), 'index.csv': content });
  expect(check.verdict).toBe('pass');
  expect(check.items.map(({ reference, fields, state }) => [reference, fields.place, state])).toEqual([
    ['32.1-1', 'Süd', 'passed'],
    ['32.1-2', undefined, 'passed'],
  ]);
});

describe('numbers that are stored as numbers', () => {
  const heads = ['Dateiname', 'Seiten', 'Betrag'];
  const { layout } = testProfile().source;
  const profile = testProfile({
    layout,
    row: { type: 'object' },
    checksums: { required: false },
    pages: { declaredEqualsCounted: true },
    manifest: {
      columns: { path: 'Dateiname', pages: 'Seiten', fields: { amount: { column: 'Betrag', type: 'decimal' } } },
    },
    rules: [
      {
        id: 'small',
        check: 'row.amount < 10.0',
        message: { de: 'groß: {row.amount}', en: 'large: {row.amount}' },
      },
    ],
  });
  const told = async (pages: number | string, amount: number | string, form: 'xlsx' | 'json') => {
    const rows = ['scans/a.pdf', 'scans/b.pdf'].map((path) => [path, pages, amount]);
    const objects = rows.map((row) => Object.fromEntries(row.map((value, index) => [heads[index] ?? '', value])));
    const content = form === 'json' ? JSON.stringify(objects) : workbook('Index', [heads, ...rows]);
    const files = { 'scans/a.pdf': tablePdf(3), 'scans/b.pdf': tablePdf(3), 'index.csv': content };
    return [...new Set((await checkFiles(files, profile)).findings.map(({ code }) => code))];
  };

  test.each(['xlsx', 'json'] as const)('have a fraction behind their point, in %s', async (form) => {
    expect(await told(3, 1.5, form)).toEqual([]);
    expect(await told(3, 1.234, form)).toEqual([]);
    expect(await told(3, '1.234', form)).toEqual(['rule.violated']);
    expect(await told(3, 1234, form)).toEqual(['rule.violated']);
  });

  test.each(['xlsx', 'json'] as const)('are no page count where they have a fraction, in %s', async (form) => {
    expect(await told(3.002, 1, form)).toContain('manifest.value-unreadable');
    expect(await told('3.002', 1, form)).toContain('pages.count-differs');
  });
});

test.each([
  ['binary rubbish', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256))],
  ['nothing', ''],
  ['blank lines', '\r\n\r\n\r\n'],
  ['a workbook that is cut short', Buffer.from('PK\u0003\u0004 cut')],
])('a manifest that holds %s is one finding, and nothing passes', async (_form, content) => {
  const check = await checkFiles({ ...soundFiles(), 'index.csv': content });
  expect(check.findings.map(({ path }) => path)).toContain('index.csv');
  expect(check.verdict).not.toBe('pass');
  expect(check.counts.passed).toBe(0);
});

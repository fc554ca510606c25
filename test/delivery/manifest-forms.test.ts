import { expect, test } from 'vitest';
import { checkFiles, header, soundFiles } from '../support/delivery.ts';

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

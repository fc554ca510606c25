import Excel from 'exceljs';
import { openTable } from '../../src/shared/tables/open-table.ts';
import { TableError } from '../../src/shared/tables/table-error.ts';
import type { TableSource } from '../../src/shared/tables/table-source.ts';
import type { FuzzedFormat, Seed } from './sound-files.ts';

const names = ['Datei', 'Aktenzeichen', 'Seiten', 'Ort', 'Datum'];
const rows = Array.from({ length: 12 }, (_, index) => [
  `scans/${index}.pdf`,
  `32.1-${index}; "neu"`,
  String(index),
  index % 3 === 0 ? 'Süd\nstraße 5 €' : 'Köln',
  `0${(index % 9) + 1}.12.2020`,
]);

function csv(delimiter: string): string {
  const cell = (words: string) => (/[";,\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);
  return [names, ...rows].map((cells) => `${cells.map(cell).join(delimiter)}\r\n`).join('');
}

const objects = rows.map((cells) => Object.fromEntries(cells.map((words, index) => [names[index] ?? '', words])));
const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const element = (cells: readonly string[]) =>
  `<d nr="${escaped(cells[2] ?? '')}">${cells.map((words, index) => `<${names[index]}>${escaped(words)}</${names[index]}>`).join('')}</d>`;
const xml = `<?xml version="1.0" encoding="utf-8"?>\n<l><a az="A">${rows.map(element).join('\n')}</a></l>`;

const book = new Excel.Workbook();
book.addWorksheet('Liste').addRows([names, ...rows.map((cells) => [...cells.slice(0, 4), new Date('2020-12-31')])]);
const workbook = Buffer.from(await book.xlsx.writeBuffer());

const seed = (name: string, bytes: Buffer): Seed => ({ name, bytes, pages: rows.length });

/** Far above what any damage to so few rows may make of them. */
const mostRows = 1000;
const longestMs = 5000;

function sourceOf(bytes: Buffer): TableSource {
  return {
    size: bytes.length,
    read: async (buffer, offset, length, position) => ({
      bytesRead:
        position < bytes.length ? bytes.copy(buffer, offset, position, Math.min(bytes.length, position + length)) : 0,
    }),
    close: async () => undefined,
  };
}

/** Tables hold whatever they hold: a damaged one is other rows, or a mistake that is told. */
function reading(path: string): NonNullable<FuzzedFormat['complaint']> {
  return async (damaged) => {
    const started = performance.now();
    let count = 0;
    try {
      const table = await openTable(sourceOf(damaged), { records: { path, isWanted: () => true } });
      for await (const _ of table.rows) count += 1;
    } catch (error) {
      if (!(error instanceof TableError)) return String(error instanceof Error ? error.stack : error);
    }
    if (count > mostRows) return `${count} rows`;
    return performance.now() - started > longestMs ? 'took too long' : undefined;
  };
}

export const tableFormats: Readonly<Record<'csv' | 'xlsx' | 'json' | 'xml', FuzzedFormat>> = {
  csv: {
    seeds: () => [
      seed('semicolons', Buffer.from(csv(';'))),
      seed('Windows-1252', Buffer.from(csv(','), 'latin1')),
      seed('UTF-16', Buffer.from(`\uFEFF${csv('\t')}`, 'utf16le')),
    ],
    words: ['"', ';', '\r\n', ',', '\xc3'],
    complaint: reading(''),
  },
  xlsx: {
    seeds: () => [seed('exceljs', workbook)],
    words: ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'xl/', '[Content_Types]'],
    complaint: reading(''),
  },
  json: {
    seeds: () => [
      seed('list', Buffer.from(JSON.stringify(objects, null, 1))),
      seed('lines', Buffer.from(objects.map((object) => JSON.stringify(object)).join('\n'))),
    ],
    words: ['{', '}', '[', ']', '"', ':', ',', '\\'],
    complaint: reading(''),
  },
  xml: {
    seeds: () => [seed('elements', Buffer.from(xml))],
    words: ['<', '>', '&', '"', '</', '?>', '<d'],
    complaint: reading('l/a/d'),
  },
};

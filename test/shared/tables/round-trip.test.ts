import Excel from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { delimiters, quotes } from '../../../src/shared/tables/csv-rows.ts';
import { encodings } from '../../../src/shared/tables/decode.ts';
import { readTable } from './table-files.ts';

/** Characters that every encoding has, and all that means something in one of the forms. */
const character = fc.constantFrom(...'aZ09äÖß;,|\t\n"\'<>&=+-@{}[] .');
const cell = fc.string({ unit: character, maxLength: 10 }).filter((words) => words === '' || words.trim() !== '');
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 });
/** A row without any value is none, and the header must not be blank. */
const tables = rows.map((list) => [['Süd', 'b', 'c'], ...list.map(([a, b, c]) => [`x${a}`, b, c])]);

describe('whatever stands in its cells', () => {
  it('a CSV comes back as it was written, in every form', async () => {
    const form = fc.record({
      delimiter: fc.constantFrom(...delimiters),
      quote: fc.constantFrom(...quotes.filter((quote) => quote !== '')),
      encoding: fc.constantFrom(...encodings),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    });
    await fc.assert(
      fc.asyncProperty(tables, form, async (table, { delimiter, quote, encoding, lineEnd }) => {
        const written = (words: string) => quote + words.replaceAll(quote, quote + quote) + quote;
        const text = table.map((cells) => cells.map(written).join(delimiter)).join(lineEnd);
        const { header, all } = await readTable(iconv.encode(text, encoding), { delimiter, quote, encoding });
        expect([header, ...all.map(({ cells }) => cells)]).toEqual(table);
      }),
      { numRuns: 100 },
    );
  });

  it('a CSV without quotes is split at its delimiters alone', async () => {
    const { all } = await readTable('a;b\n"x;y"\n', { quote: '', delimiter: ';' });
    expect(all.map(({ cells }) => cells)).toEqual([['"x', 'y"']]);
  });

  it('an XLSX comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const book = new Excel.Workbook();
        book.addWorksheet('Liste').addRows(table);
        const { header, all } = await readTable(new Uint8Array(await book.xlsx.writeBuffer()));
        expect([header, ...all.map(({ cells }) => cells)]).toEqual(table);
      }),
      { numRuns: 20 },
    );
  });
});

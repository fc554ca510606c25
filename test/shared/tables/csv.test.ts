import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { createCsvReader, delimiters } from '../../../src/shared/tables/csv-rows.ts';
import { openTable } from '../../../src/shared/tables/open-table.ts';
import { TableError } from '../../../src/shared/tables/table-error.ts';
import { readProblem, readTable, withFile } from './table-files.ts';

function quote(cell: string, delimiter: string, always: boolean): string {
  const needed = always || /["\r\n]/.test(cell) || cell.includes(delimiter) || cell === '';
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function write(rows: readonly (readonly string[])[], delimiter: string, lineEnd: string, always: boolean): string {
  return rows.map((row) => row.map((cell) => quote(cell, delimiter, always)).join(delimiter)).join(lineEnd);
}

describe('a CSV table', () => {
  it.each(delimiters)('is divided by %j without being told', async (delimiter) => {
    const table = await readTable(`Nr${delimiter}Name${delimiter}Preis\n1${delimiter}x${delimiter}2.5\n`);
    expect(table.delimiter).toBe(delimiter);
    expect(table.all[0]?.cells).toEqual(['1', 'x', '2.5']);
  });

  it('is not divided at decimal commas, nor at commas in names', async () => {
    const table = await readTable('Name, Vorname;lfm\nMeier, Anna;1,5\nSchulz, Jan;22,75\n');
    expect(table.delimiter).toBe(';');
    expect(table.header).toEqual(['Name, Vorname', 'lfm']);
  });

  it('may have a single column', async () => {
    const table = await readTable('Aktenzeichen\nA-1\nA-2\n');
    expect(table.all.map(({ cells }) => cells)).toEqual([['A-1'], ['A-2']]);
  });

  it('counts rows as a spreadsheet does and lines as an editor does', async () => {
    const table = await readTable('Nr;Text\r\n1;"zwei\r\nZeilen"\r\n\r\n;\r\n2;x');
    expect(table.headerRow).toBe(1);
    expect(table.all.map(({ row, line, cells }) => ({ row, line, cells }))).toEqual([
      { row: 2, line: 2, cells: ['1', 'zwei\r\nZeilen'] },
      { row: 5, line: 6, cells: ['2', 'x'] },
    ]);
  });

  it('may begin with blank rows: the header keeps its number', async () => {
    const table = await readTable('\n;;\nNr;Text\n1;x\n');
    expect([table.headerRow, table.all[0]?.row]).toEqual([3, 4]);
  });

  it("obeys Excel's line that names the delimiter, and does not take it for a row", async () => {
    const table = await readTable('sep=|\r\na;b|c\r\n1;2|3\r\n');
    expect(table.header).toEqual(['a;b', 'c']);
    expect(table.all).toEqual([{ row: 2, line: 3, cells: ['1;2', '3'], width: 2 }]);
  });

  it('tells how many cells a ragged row has; empty cells beyond the header do not count', async () => {
    const table = await readTable('a;b;c\n1;2\n1;2;3;4\n1;2;3;;\n', { delimiter: ';' });
    expect(table.all.map(({ width, cells }) => [width, cells])).toEqual([
      [2, ['1', '2', '']],
      [4, ['1', '2', '3', '4']],
      [3, ['1', '2', '3']],
    ]);
  });

  it('brings headings into Unicode NFC and refuses two of the same name', async () => {
    const table = await readTable('Gro\u0308ße ;b;\n1;2;\n');
    expect(table.header).toEqual(['Größe', 'b']);
    const { problem } = await readProblem('Nr;Name;Nr\n1;2;3\n');
    expect(problem).toEqual({ code: 'header-duplicate', args: { name: 'Nr', columns: [1, 3], row: 1 } });
  });

  it.each(['', '\ufeff', '\n\r\n', ';;;\n;;\n'])('is empty when no row holds anything: %j', async (words) => {
    expect((await readProblem(words)).problem.code).toBe('empty');
  });

  it('names row and line of a quote that is never closed', async () => {
    const { problem, rows } = await readProblem('a;b\n"1\n1";2\n"3;4\n5;6\n');
    expect(problem).toEqual({ code: 'quote-unclosed', args: { row: 3, line: 4 } });
    expect(rows).toHaveLength(1);
  });

  it('names row and line of text behind a closing quote', async () => {
    const { problem } = await readProblem('a;b\n1;2\n3;"Haus" am See\n');
    expect(problem).toEqual({ code: 'quote-misplaced', args: { row: 3, line: 3 } });
  });

  it('takes a quote inside of a cell that does not begin with one as it stands', async () => {
    const table = await readTable('a;b\n1;Haus "am See"\n');
    expect(table.all[0]?.cells).toEqual(['1', 'Haus "am See"']);
  });

  it('bounds the length of a row and the number of its columns', async () => {
    const long = await readProblem(`a;b\n1;2\n"${'x\n'.repeat(2_000)}`, { limits: { rowLength: 1_000 } });
    expect(long.problem).toEqual({ code: 'row-too-long', args: { row: 3, line: 3, limit: 1_000 } });
    const wide = await readProblem(`a;b\n${';'.repeat(30)}\n`, { limits: { columns: 20 } });
    expect(wide.problem).toEqual({ code: 'too-many-columns', args: { row: 2, limit: 20 } });
  });

  it('that cannot be opened, or is a folder, is told by the cause', async () => {
    await expect(openTable('/nowhere/table.csv')).rejects.toMatchObject({
      problem: { code: 'unreadable', args: { cause: 'ENOENT' } },
    });
    await expect(openTable('/')).rejects.toMatchObject({ problem: { code: 'unreadable', args: { cause: 'EISDIR' } } });
  });

  it('can be closed before its rows are read, and twice', async () => {
    await withFile('a;b\n1;2\n', async (path) => {
      const table = await openTable(path);
      await table.close();
      await table.close();
    });
  });
});

const cell = fc.string({
  unit: fc.constantFrom('a', 'ä', 'ß', '"', '""', ';', ',', '\t', '|', '\n', '\r\n', ' ', '1', '.'),
  maxLength: 8,
});

describe('any table', () => {
  const encodingOf = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'cp850');

  it('comes back the same from every encoding, delimiter, quoting and line end', async () => {
    const body = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 });
    const form = fc.record({
      encoding: encodingOf,
      delimiter: fc.constantFrom(...delimiters),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      always: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(body, form, async (rows, { encoding, delimiter, lineEnd, always }) => {
        const filled = rows.map(([first, ...rest]) => [`x${first}`, ...rest]);
        const words = write([['Nr', 'Größe', 'Ort'], ...filled], delimiter, lineEnd, always);
        const table = await readTable(iconv.encode(words, encoding), { encoding, delimiter });
        expect(table.all.map(({ cells }) => cells)).toEqual(filled);
      }),
      { numRuns: 60 },
    );
  });

  it('reads the same as csv-parse reads it, however the text is cut', () => {
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const form = fc.tuple(fc.constantFrom(...delimiters), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.nat(9));
    fc.assert(
      fc.property(rows, form, (table, [delimiter, lineEnd, always, step]) => {
        const words = write(table, delimiter, lineEnd, always);
        const reader = createCsvReader({ delimiter, quote: '"' });
        const read: string[][] = [];
        for (let at = 0; at < words.length; at += step + 1) {
          read.push(...reader.write(words.slice(at, at + step + 1)).map(({ cells }) => cells));
        }
        read.push(...reader.end().map(({ cells }) => cells));
        expect(read).toEqual(parse(words, { delimiter, relax_column_count: true, record_delimiter: lineEnd }));
      }),
      { numRuns: 300 },
    );
  });

  it('of hostile text either reads or names its mistake, the same however the text is cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ';', '\n', '\r', 'a', '""', '\u2028', '\ufeff'),
      maxLength: 60,
    });
    const outcome = (pieces: readonly string[]) => {
      const reader = createCsvReader({ delimiter: ';', quote: '"' }, { rowLength: 30, columns: 6 });
      const rows: unknown[] = [];
      try {
        for (const piece of pieces) rows.push(...reader.write(piece));
        rows.push(...reader.end());
        return { rows };
      } catch (error) {
        expect(error).toBeInstanceOf(TableError);
        return { rows, code: (error as TableError).problem };
      }
    };
    fc.assert(
      fc.property(text, (words) => {
        expect(outcome([...words])).toEqual(outcome([words]));
      }),
      { numRuns: 400 },
    );
  });

  it('of hostile bytes never crashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const known = await readTable(bytes).then(
          () => true,
          (error: unknown) => error instanceof TableError,
        );
        expect(known).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

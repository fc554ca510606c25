import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../src/shared/tables/cell.ts';
import { TableError } from '../../../src/shared/tables/table-error.ts';
import { inlineRow, readProblem, readTable, workbook, workbookParts, zip } from './table-files.ts';

async function written(fill: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A sheet whose first row is the header A, B and whose second holds these cells. */
function cells(content: string): string {
  return `${inlineRow(1, 'A', 'B')}<row r="2">${content}</row>`;
}

describe('a workbook', () => {
  it('gives texts, numbers, dates, truth values, results of formulas and the text of rich text', async () => {
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('Bestände');
      sheet.addRow(['Text', 'Zahl', 'Datum', 'Ja', 'Formel', 'Fett', 'Link', 'Fehler']);
      sheet.addRow([
        'Müller & Söhne <1>',
        12.5,
        new Date(Date.UTC(2020, 11, 31)),
        true,
        { formula: '1+1', result: 2 },
        { richText: [{ text: 'halb ' }, { font: { bold: true }, text: 'fett' }] },
        { text: 'Seite', hyperlink: 'https://example.org' },
        { error: '#REF!' },
      ]);
    });
    const table = await readTable(bytes);
    expect(table.format).toBe('xlsx');
    expect(table.all).toEqual([
      {
        row: 2,
        line: 2,
        width: 8,
        cells: ['Müller & Söhne <1>', 12.5, { date: '2020-12-31' }, true, 2, 'halb fett', 'Seite', { error: '#REF!' }],
      },
    ]);
  });

  it('keeps every umlaut of a long table', async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => [`Straße der Müller ${index} äöüÄÖÜß€`, index]);
    const bytes = await written((book) => {
      book.addWorksheet('Lang').addRows([['Text', 'Nr'], ...rows]);
    });
    const table = await readTable(bytes);
    expect(table.all.map((row) => row.cells)).toEqual(rows);
  });

  it('is read at its first sheet, or the one that is named', async () => {
    const bytes = await written((book) => {
      book.addWorksheet('Deckblatt').addRow(['Titel']);
      book.addWorksheet('Übersicht').addRows([['Nr'], ['A-1']]);
    });
    expect((await readTable(bytes)).header).toEqual(['Titel']);
    const table = await readTable(bytes, { sheet: 'ÜBERSICHT' });
    expect([table.sheet, table.sheets, table.all[0]?.cells]).toEqual([
      'Übersicht',
      ['Deckblatt', 'Übersicht'],
      ['A-1'],
    ]);
    expect((await readProblem(bytes, { sheet: 'Summe' })).problem).toEqual({
      code: 'sheet-unknown',
      args: { sheet: 'Summe', sheets: ['Deckblatt', 'Übersicht'] },
    });
  });

  it('keeps the numbers of its rows where some are blank or not stored', async () => {
    const bytes = workbook({ sheetData: inlineRow(3, 'A', 'B') + inlineRow(7, '', ' ') + inlineRow(9, '1', '2') });
    const table = await readTable(bytes);
    expect([table.headerRow, table.all.map(({ row }) => row)]).toEqual([3, [9]]);
  });

  it('has no ragged rows where empty cells are not stored, but where there is more than the header has', async () => {
    const bytes = workbook({ sheetData: inlineRow(1, 'A', 'B') + inlineRow(2, '1') + inlineRow(3, '1', '2', '3') });
    expect((await readTable(bytes)).all.map(({ width, cells }) => [width, cells])).toEqual([
      [2, ['1', '']],
      [3, ['1', '2', '3']],
    ]);
  });

  it('may leave out cell references, use other prefixes, and keep its shared strings behind the sheet', async () => {
    const sheetData = '<x:row xmlns:x="x"><x:c t="s"><x:v>0</x:v></x:c></x:row><row><c t="s"><v>1</v></c></row>';
    const strings =
      '<si><t>Kopf</t></si><si><r><t xml:space="preserve">ein </t></r><rPh><t>aus</t></rPh><r><t>zwei</t></r></si>';
    const table = await readTable(workbook({ sheetData, strings }));
    expect([table.header, table.all[0]?.cells]).toEqual([['Kopf'], ['ein zwei']]);
  });

  it('gives characters that XML cannot hold as they are meant', async () => {
    const table = await readTable(workbook({ sheetData: inlineRow(1, 'A') + inlineRow(2, 'a_x000D_b_x005F_x0041_') }));
    expect(table.all[0]?.cells).toEqual(['a\rb_x0041_']);
  });

  it('tells a formula that was never computed from an empty cell', async () => {
    const table = await readTable(workbook({ sheetData: cells('<c r="A2"><f>1+1</f></c><c r="B2"/>') }));
    expect(table.all[0]?.cells).toEqual([{ error: 'formula-without-value' }, '']);
  });
});

describe('a date in a workbook', () => {
  const styles = (...codes: string[]) =>
    `<numFmts>${codes.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`).join('')}</numFmts>` +
    `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>${codes.map((_, index) => `<xf numFmtId="${164 + index}"/>`).join('')}</cellXfs>`;
  const read = async (value: string, style: number, options: { codes?: string[]; from1904?: boolean } = {}) => {
    const { codes = [], from1904 = false } = options;
    const sheetData = cells(`<c r="A2" s="${style}"><v>${value}</v></c><c r="B2" t="inlineStr"><is><t>x</t></is></c>`);
    return (await readTable(workbook({ sheetData, styles: styles(...codes), from1904 }))).all[0]?.cells[0];
  };

  it.each([
    ['44196', { date: '2020-12-31' }],
    ['44196.5', { date: '2020-12-31', time: '12:00:00' }],
    ['44195.9999999', { date: '2020-12-31' }],
    ['61', { date: '1900-03-01' }],
    ['59', { date: '1900-02-28' }],
    ['1', { date: '1900-01-01' }],
    ['2958465', { date: '9999-12-31' }],
  ])('of day number %s is read by its format', async (value, expected) => {
    expect(await read(value, 1)).toEqual(expected);
  });

  it('counts from 1904 where the workbook says so', async () => {
    expect(await read('42734', 1, { from1904: true })).toEqual({ date: '2020-12-31' });
    expect(await read('0', 1, { from1904: true })).toEqual({ date: '1904-01-01' });
  });

  it.each(['60', '-1', '2958466', '1e300'])('that does not exist stays the number that it is: %s', async (value) => {
    expect(await read(value, 1)).toBe(Number(value));
  });

  it.each([
    ['dd.mm.yyyy', { date: '2020-12-31' }],
    ['TT.MM.JJJJ', { date: '2020-12-31' }],
    ['[$-407]d. mmmm yyyy;@', { date: '2020-12-31' }],
    ['yyyy&quot;-W&quot;', { date: '2020-12-31' }],
    ['General', 44196],
    ['Standard', 44196],
    ['#,##0.00\\ [$€-407]', 44196],
    ['0&quot; Stück (days)&quot;', 44196],
    ['[Red]0.00', 44196],
    ['[h]:mm', 44196],
  ])('is told from a number by the format %s', async (code, expected) => {
    expect(await read('44196', 2, { codes: [code] })).toEqual(expected);
  });

  it('of less than a day is a time', async () => {
    expect(await read('0.5729166667', 2, { codes: ['hh:mm'] })).toBe('13:45:00');
  });

  it('is read from strict workbooks, which store it in words', async () => {
    const sheetData = cells('<c r="A2" t="d"><v>2020-12-31T00:00:00</v></c><c r="B2" t="d"><v>2020-13-31</v></c>');
    expect((await readTable(workbook({ sheetData }))).all[0]?.cells).toEqual([{ date: '2020-12-31' }, '2020-13-31']);
  });
});

describe('a number in a workbook', () => {
  it.each([
    ['0.1', '0.1'],
    ['0.30000000000000004', '0.3'],
    ['3.3000000000000003', '3.3'],
    ['1.5E3', '1500'],
    ['1E-7', '0.0000001'],
    ['4006381333931', '4006381333931'],
    ['-12.50', '-12.5'],
    ['1.2e21', '1200000000000000000000'],
  ])('%s reads %s: the shortest decimal', async (stored, shown) => {
    const table = await readTable(workbook({ sheetData: cells(`<c r="A2"><v>${stored}</v></c>`) }));
    const cell = table.all[0]?.cells[0];
    expect(cell).toBeTypeOf('number');
    expect(cellText(cell ?? '')).toBe(shown);
  });
});

describe('a damaged or hostile workbook', () => {
  const good = workbookParts({ sheetData: inlineRow(1, 'A') + inlineRow(2, '1') });
  const replace = (name: string, change: object) =>
    zip(good.map((part) => (part.name === name ? { ...part, ...change } : part)));
  const sheet = 'xl/worksheets/sheet1.xml';

  it('is whole before it is damaged here', async () => {
    expect((await readTable(zip(good))).all[0]?.cells).toEqual(['1']);
    expect((await readTable(zip(good.map((part) => ({ ...part, stored: true }))))).all[0]?.cells).toEqual(['1']);
  });

  it.each([
    ['checksum-differs', () => replace(sheet, { claim: { crc: 1 } })],
    ['checksum-differs', () => replace(sheet, { claim: { size: 7 } })],
    ['xml-invalid', () => replace(sheet, { bytes: '<worksheet><sheetData><row></sheetData>' })],
    ['xml-invalid', () => replace(sheet, { bytes: Buffer.from('<worksheet>\xff\xff</worksheet>', 'latin1') })],
    ['xml-doctype', () => workbook({ prologue: '<!DOCTYPE a [<!ENTITY x "y">]>', sheetData: inlineRow(1, 'A') })],
    ['xml-invalid', () => workbook({ sheetData: inlineRow(1, '&x;') })],
    ['missing', () => zip(good.filter(({ name }) => name !== sheet))],
    ['stored-twice', () => zip([...good, ...good])],
    ['cut-off', () => zip(good).subarray(0, -30)],
    ['no-sheet', () => replace('xl/workbook.xml', { bytes: '<workbook><sheets/></workbook>' })],
    ['rows-out-of-order', () => workbook({ sheetData: inlineRow(2, 'A') + inlineRow(1, 'B') })],
    ['reference-invalid', () => workbook({ sheetData: '<row r="x"/>' })],
    ['reference-invalid', () => workbook({ sheetData: '<row r="1"><c r="11"><v>1</v></c></row>' })],
    ['shared-string-missing', () => workbook({ sheetData: '<row r="1"><c r="A1" t="s"><v>7</v></c></row>' })],
  ] as const)('is refused: %s', async (reason, make) => {
    expect((await readProblem(make())).problem).toMatchObject({ code: 'workbook-damaged', args: { reason } });
  });

  it('that is another zip archive is no table', async () => {
    const { problem } = await readProblem(zip([{ name: 'a.txt', bytes: 'x' }]));
    expect(problem).toEqual({ code: 'not-a-table', args: { found: 'zip' } });
  });

  it('of the old binary kind, or with a password, is told so', async () => {
    const { problem } = await readProblem(Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    expect(problem.code).toBe('old-or-encrypted-workbook');
  });

  it('is refused as soon as it unfolds beyond the limits', async () => {
    const bomb = workbook({ sheetData: `${inlineRow(1, 'A')}<!--${' '.repeat(20_000_000)}-->` });
    expect((await readProblem(bomb)).problem.code).toBe('workbook-too-large');
    const small = await readProblem(workbook({ sheetData: inlineRow(1, 'A'.repeat(5_000)) }), {
      limits: { partBytes: 1_000 },
    });
    expect(small.problem).toEqual({ code: 'workbook-too-large', args: { part: sheet, limit: 1_000 } });
  });

  it('is refused when a row has more columns than any table needs', async () => {
    const { problem } = await readProblem(workbook({ sheetData: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }));
    expect(problem).toMatchObject({ code: 'too-many-columns' });
  });

  it('never crashes, whichever byte is changed', async () => {
    const bytes = workbook({
      sheetData: inlineRow(1, 'A', 'B') + inlineRow(2, '1', 'ä'),
      strings: '<si><t>x</t></si>',
    });
    const damage = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, value, cut }) => {
        const mutated = Buffer.from(bytes);
        mutated[at] = value;
        const known = await readTable(cut ? mutated.subarray(0, at) : mutated).then(
          () => true,
          (error: unknown) => error instanceof TableError,
        );
        expect(known).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});

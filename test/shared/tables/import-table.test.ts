import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/shared/errors.ts';
import { text } from '../../../src/shared/language.ts';
import { dateCell, metresCell, textCell, wholeNumberCell } from '../../../src/shared/tables/cell-parsers.ts';
import { optional, required } from '../../../src/shared/tables/columns.ts';
import { type ImportOptions, importTable } from '../../../src/shared/tables/import-table.ts';
import { inlineRow, withFile, workbook } from './table-files.ts';

const columns = {
  key: required(['Kürzel', 'key'], textCell),
  metres: required(['laufende Meter', 'lfm', 'running metres'], metresCell),
  pages: optional(['Seiten', 'pages'], wholeNumberCell()),
  until: optional(['Aufbewahrung bis', 'retention until'], dateCell),
};

function read(bytes: string | Uint8Array, options: ImportOptions<typeof columns> = {}) {
  return withFile(bytes, (path) => importTable(path, columns, options));
}

async function refusal(bytes: string | Uint8Array, options: ImportOptions<typeof columns> = {}): Promise<UsageError> {
  const error = await read(bytes, options).catch((cause: unknown) => cause);
  if (error instanceof UsageError) return error;
  throw new Error(`not refused: ${JSON.stringify(error)}`);
}

describe('an imported table', () => {
  it('gives typed values by column, in whatever order and spelling the headings stand', async () => {
    const { rows } = await read('SEITEN;Lfm (m);KUERZEL\n1.500;12,5;JA\n;3;SO\n');
    expect(rows).toEqual([
      { row: 2, values: { key: 'JA', metres: 12_500, pages: 1_500 } },
      { row: 3, values: { key: 'SO', metres: 3_000 } },
    ]);
  });

  it('reads English headings and workbooks the same', async () => {
    const sheetData =
      inlineRow(1, 'Key', 'Running-Metres', 'Retention_until') + inlineRow(2, 'JA', '2.5', '2030-12-31');
    const { rows, table } = await read(workbook({ sheetData }));
    expect(table).toMatchObject({ format: 'xlsx', sheet: 'Blatt' });
    expect(rows).toEqual([{ row: 2, values: { key: 'JA', metres: 2_500, until: '2030-12-31' } }]);
  });

  it('tells the columns that it does not use', async () => {
    expect((await read('key;lfm;Bemerkung;;Raum\nA;1;x;;y\n')).ignored).toEqual(['Bemerkung', '#4', 'Raum']);
  });

  it('lists every mistake with row, column, value and what was expected, and takes nothing', async () => {
    const error = await refusal('key;lfm;Seiten;Aufbewahrung bis\nA;viel;1,5;31.02.2020\n;2;;\nC;1.500;;\n');
    expect(error.exitCode).toBe(2);
    expect(error.text.de).toMatch(/table\.dat: 5 Fehler in 3 Zeilen\.$/);
    expect(error.details.map(({ de }) => de)).toEqual([
      'Zeile 2, Spalte „lfm“: „viel“; erwartet: eine Länge in Metern wie 12,5',
      'Zeile 2, Spalte „Seiten“: „1,5“; erwartet: eine ganze Zahl ab 0',
      'Zeile 2, Spalte „Aufbewahrung bis“: „31.02.2020“; erwartet: ein Datum wie 31.12.2020',
      'Zeile 3, Spalte „key“: leer; erwartet: ein Wert',
      'Zeile 4, Spalte „lfm“: „1.500“; erwartet: eine eindeutige Zahl: 1.500 kann 1500 oder 1,5 heißen; schreiben Sie 1500 oder 1,5',
    ]);
    expect(error.details[0]?.en).toBe('Row 2, column "lfm": "viel"; expected: a length in metres such as 12.5');
  });

  it('tells the first fifty mistakes and counts the rest', async () => {
    const error = await refusal(`key;lfm\n${'A;x\n'.repeat(67)}`);
    expect(error.details).toHaveLength(51);
    expect(error.details.at(-1)?.de).toBe('… und 17 weitere');
    expect(error.text.en).toContain('67 mistakes in 67 rows');
  });

  it('reports ragged rows and failed formulas', async () => {
    const ragged = await refusal('key;lfm\nA;1;2\nB\n');
    expect(ragged.details.map(({ en }) => en)).toEqual([
      'Row 2: 3 cells, but 2 headings; is a heading missing, or a delimiter too many?',
      'Row 3: 1 cell, but 2 headings; is a delimiter missing?',
    ]);
    const sheetData = `${inlineRow(1, 'key', 'lfm')}<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2" t="e"><v>#REF!</v></c></row>`;
    expect((await refusal(workbook({ sheetData }))).details[0]?.de).toContain(
      '„#REF!“; erwartet: ein Wert, kein Fehler',
    );
  });

  it('checks rules between rows, whose mistakes are listed with the others', async () => {
    const seen = new Set<string>();
    const options: ImportOptions<typeof columns> = {
      check({ key }, report) {
        if (key === undefined) return;
        if (seen.has(key)) report('key', text({ de: 'ein eigenes Kürzel', en: 'a key of its own' }));
        seen.add(key);
      },
    };
    const error = await refusal('key;lfm\nA;1\nA;x\nB;x\n', options);
    expect(error.details.map(({ en }) => en)).toEqual([
      'Row 3, column "lfm": "x"; expected: a length in metres such as 12.5',
      'Row 3, column "key": "A"; expected: a key of its own',
      'Row 4, column "lfm": "x"; expected: a length in metres such as 12.5',
    ]);
  });

  it('names missing columns with the accepted headings, and one that may be meant', async () => {
    const error = await refusal('Kürzl;laufende Metr\nA;1\n');
    expect(error.code).toBe('table.columns');
    expect(error.details.map(({ de }) => de)).toEqual([
      'Die Spalte „Kürzel“ fehlt (erkannt werden: „Kürzel“, „key“). Ist „Kürzl“ gemeint?',
      'Die Spalte „laufende Meter“ fehlt (erkannt werden: „laufende Meter“, „lfm“, „running metres“). Ist „laufende Metr“ gemeint?',
    ]);
  });

  it('refuses two columns that mean the same', async () => {
    const error = await refusal('key;lfm;running metres\nA;1;2\n');
    expect(error.details[0]?.en).toBe('The columns "lfm" and "running metres" mean the same; leave one out.');
  });

  it('refuses a header without rows, and what is no table, with the path', async () => {
    expect((await refusal('key;lfm\n')).code).toBe('table.no-rows');
    const empty = await refusal('');
    expect([empty.code, empty.text.de]).toEqual([
      'table.empty',
      expect.stringContaining('table.dat: Die Datei enthält'),
    ]);
  });

  it('quotes long and multi-line cells shortened, on one line', async () => {
    const error = await refusal(`key;lfm\nA;"x\n${'y'.repeat(100)}"\n`);
    expect(error.details[0]?.en).toContain(`"x ${'y'.repeat(57)}…"`);
  });
});

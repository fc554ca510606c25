import type { Writable } from 'node:stream';
import type exceljs from 'exceljs';
import type { ValueType } from '../../reporting/model.ts';
import { looksLikeFormula } from '../../reporting/safe-text.ts';
import { columnStyles } from '../../reporting/xlsx-style.ts';
import type { Text } from '../../shared/language.ts';
import type { CheckReport } from './report.ts';
import { cellValue, type Value } from './xlsx-cell.ts';

export type Workbook = exceljs.stream.xlsx.WorkbookWriter;

/** What a column of a sheet is called, and what it shows of a row. */
export interface SheetColumn<Row> {
  readonly title: Text;
  readonly type: ValueType;
  /** In characters. */
  readonly width: number;
  readonly wrapText?: boolean;
  value(row: Row, report: CheckReport): Value;
}

/** Rows of a sheet (Excel's limit) less the header; what is more goes to a further sheet. */
const mostRows = 1_048_575;

/** In points (Excel's limit is 409). */
const highestRow = 300;

/** Writes rows one by one into a sheet, and into further ones where it is full. */
export async function addSheets<Row>(
  workbook: Workbook,
  report: CheckReport,
  name: Text,
  columns: readonly SheetColumn<Row>[],
  rows: List<Row>,
): Promise<void> {
  for (let from = 0, number = 1; from < Math.max(1, rows.length); from += mostRows, number += 1) {
    const title = number === 1 ? name[report.language] : `${name[report.language]} ${number}`;
    await addSheet(workbook, report, title, columns, part(rows, from, from + mostRows));
  }
}

interface List<Row> {
  readonly length: number;
  at(place: number): Row | undefined;
}

function* part<Row>(rows: List<Row>, from: number, to: number): Iterable<Row> {
  for (let place = from; place < Math.min(to, rows.length); place += 1) {
    const row = rows.at(place);
    if (row) yield row;
  }
}

async function addSheet<Row>(
  workbook: Workbook,
  report: CheckReport,
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const { language } = report;
  const styles = columns.map(({ type, wrapText = false }) =>
    columnStyles(type, 0, language, { right: type === 'count', wrapText }),
  );
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
    },
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  const head = sheet.addRow(columns.map(({ title }) => title[language]));
  for (const [index, style] of styles.entries()) head.getCell(index + 1).style = style.head;
  head.commit();
  let written = 0;
  for (const row of rows) {
    const line = sheet.addRow(columns.map((column) => cellValue(column.value(row, report))));
    for (const [index, style] of styles.entries()) {
      const cell = line.getCell(index + 1);
      const value = cell.value;
      cell.style = typeof value === 'string' && looksLikeFormula(value) ? style.bodyText : style.body;
    }
    const height = heightOf(line.values, columns);
    if (height !== undefined) line.height = height;
    line.commit();
    if (++written % 500 === 0) await taken(sheet);
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: Math.max(2, written + 1), column: columns.length } };
  sheet.commit();
}

/**
 * Waits until what was written of a sheet is compressed and on its way to the disk. The library itself gathers without
 * end what these have not taken yet; the streams behind it tell when they have taken all that came before.
 */
async function taken(sheet: exceljs.Worksheet): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  const { stream } = sheet as { readonly stream?: { readonly pipes: readonly Writable[] } };
  for (const target of stream?.pipes ?? []) await new Promise((resolve) => target.write('', resolve));
}

/** Rows whose texts are broken into lines are given their height: not every reader makes them grow. */
function heightOf(values: exceljs.CellValue[] | object, columns: readonly { width: number; wrapText?: boolean }[]) {
  const cells = Array.isArray(values) ? values : [];
  const lines = columns.map(({ width, wrapText }, index) => {
    const value = cells[index + 1];
    return wrapText && typeof value === 'string' ? Math.ceil(value.length / (width - 2)) : 1;
  });
  const most = Math.max(...lines);
  return most > 1 ? Math.min(highestRow, most * 15) : undefined;
}

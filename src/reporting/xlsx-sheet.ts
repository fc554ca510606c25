import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CellFormulaValue, CellValue, PageSetup, Row as SheetRow, stream } from 'exceljs';
import type { Language } from '../shared/language.ts';
import { alignment, displayCell } from './display.ts';
import { cellsOf, isNumeric, scaleOf, shownDecimals, totalRule, totalsOf } from './figures.ts';
import type { Cell, Column, Report, ReportTable, ValueType } from './model.ts';
import { looksLikeFormula, printable, singleLine } from './safe-text.ts';
import { type Measure, wrap } from './text-layout.ts';
import { originOf, words } from './words.ts';
import { columnLetter, type Placement, rowFormula, totalFormula } from './xlsx-formula.ts';
import { type CellStyles, columnStyles } from './xlsx-style.ts';

type Workbook = stream.xlsx.WorkbookWriter;
type Sheet = Workbook extends { addWorksheet(...args: never[]): infer S } ? S : never;

const widestColumn = 60;
const longestText = 32_767;
const rowsPerTurn = 500;
/** Excel's limit in points. */
const highestRow = 409;
/** Widths are counted in digits; letters are narrower on average. */
const lettersPerDigit = 1.08;
/** Room in characters. */
const filterButton = 3;

/**
 * Adds the sheet of one table: header in row 1 (so that filters and pivot tables find it), the rows, the totals below.
 * Rows go to the stream as they are made; the sheet is never in memory as a whole.
 */
export async function addTableSheet(
  workbook: Workbook,
  name: string,
  report: Report,
  table: ReportTable,
  language: Language,
): Promise<void> {
  const { columns, rows } = table;
  const totals = totalsOf(table);
  const sheet = workbook.addWorksheet(name, sheetOptions(report, table, language));
  const decimals = shownDecimals(table);
  const styles = columns.map(({ type }, index) =>
    columnStyles(type, decimals[index] ?? 0, language, {
      right: alignment(type) === 'right',
      wrapText: type === 'text' && !table.listing,
      // Else a text would touch the number on its left.
      indent: index > 0 && alignment(type) === 'left' ? 1 : 0,
    }),
  );
  const widths = columnWidths(table, totals, language);
  sheet.columns = widths.map((width) => ({ width: width + 0.71 }));
  addHead(sheet, columns, styles, widths, language);
  for (const [index, row] of rows.entries()) {
    addBodyRow(sheet, columns, cellsOf(table, row), styles, table.listing ? [] : widths, language);
    if (index % rowsPerTurn === rowsPerTurn - 1) await nextTurn();
  }
  const lastRow = Math.max(1, rows.length + 1);
  const lastColumn = columnLetter(columns.length - 1);
  if (totals) {
    const placement = { columns, firstRow: 2, lastRow, totalsRow: lastRow + 1 };
    addTotals(sheet, totals, placement, styles, language);
  }
  sheet.autoFilter = `A1:${lastColumn}${lastRow}`;
  sheet.pageSetup.printArea = `A$1:${lastColumn}$${lastRow + (totals ? 1 : 0)}`;
  sheet.commit();
}

function sheetOptions(report: Report, table: ReportTable, language: Language) {
  return {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 } as const],
    pageSetup: { ...pageSetup, orientation: 'landscape', printTitlesRow: '1:1' } as const,
    headerFooter: headerFooter(report, table.title[language], language),
    properties: { dyDescent: 0.25 },
    // The references of a long listing are all different: a table of shared strings would only fill the memory.
    useSharedStrings: !table.listing,
  };
}

export const pageSetup: Partial<PageSetup> = {
  paperSize: 9,
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  margins: { left: 0.6, right: 0.4, top: 0.8, bottom: 0.8, header: 0.4, footer: 0.4 },
};

/** The report's title above, with the table's, if it is one; origin and page number below. Excel allows 255 characters for each of the two lines. */
export function headerFooter(
  report: Report,
  title: string | undefined,
  language: Language,
): { oddHeader: string; oddFooter: string } {
  const clip = (line: string, most: number): string =>
    [...singleLine(line)].slice(0, most).join('').replaceAll('&', '&&');
  return {
    oddHeader: title
      ? `&L&B${clip(title, 70)}&R${clip(report.title[language], 40)}`
      : `&L&B${clip(report.title[language], 70)}`,
    oddFooter: `&L${clip(originOf(report)[language], 90)}&R${words.page[language]} &P ${words.of[language]} &N`,
  };
}

/** The value as a workbook keeps it: numbers and days as such, so that people can go on computing with them. */
export function sheetValue(cell: Cell, type: ValueType, language: Language): string | number | Date | null {
  if (cell === null) return null;
  if (typeof cell === 'number') return cell / 10 ** scaleOf(type);
  if (typeof cell === 'object') return sheetText(cell[language]);
  // Days before 1 March 1900 are off by one in Excel, or not days at all.
  if (type === 'date') return cell < '1900-03-01' ? displayCell(cell, type, language) : new Date(`${cell}T00:00:00Z`);
  return sheetText(cell);
}

/**
 * "_x000D_" is an escape in workbooks (ECMA-376, 22.9.2.19): its underscore is escaped, so that it is read as written.
 * A line in a cell ends with LF alone.
 */
function sheetText(words: string): string {
  const escaped = printable(words)
    .replace(/\r\n?/g, '\n')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return escaped.length <= longestText ? escaped : `${escaped.slice(0, longestText - 1)}…`;
}

function addHead(
  sheet: Sheet,
  columns: readonly Column[],
  styles: readonly CellStyles[],
  widths: readonly number[],
  language: Language,
): void {
  const titles = columns.map((column) => sheetText(column.title[language]));
  const row = sheet.addRow(titles);
  // Bold, and beside the button of the filter.
  const room = widths.map((width) => (width - 2) / lettersPerDigit);
  setHeight(row, titles, room);
  for (const [index, style] of styles.entries()) row.getCell(index + 1).style = style.head;
  row.commit();
}

function addBodyRow(
  sheet: Sheet,
  columns: readonly Column[],
  cells: readonly Cell[],
  styles: readonly CellStyles[],
  widths: readonly number[],
  language: Language,
): void {
  const row: SheetRow = sheet.addRow([]);
  const values = columns.map((column, index) => sheetValue(cells[index] ?? null, column.type, language));
  setHeight(row, values, widths);
  for (const [index, column] of columns.entries()) {
    const cell = row.getCell(index + 1);
    const value = values[index] ?? null;
    const style = styles[index];
    cell.value = withFormula(value, column, columns, row.number);
    if (style) cell.style = typeof value === 'string' && looksLikeFormula(value) ? style.bodyText : style.body;
  }
  row.commit();
}

/** Rows with broken lines are given their height: not every reader makes them grow. */
function setHeight(row: SheetRow, values: readonly (string | number | Date | null)[], widths: readonly number[]): void {
  let lines = 1;
  for (const [index, width] of widths.entries()) {
    const value = values[index];
    if (typeof value === 'string')
      lines = Math.max(lines, wrap(value, width * lettersPerDigit, 1, false, countCharacters).length);
  }
  if (lines > 1) row.height = Math.min(highestRow, lines * 15);
}

const countCharacters: Measure = (words) => words.length;

/** A computed cell that has a value carries its formula; one without stays empty, as in every other format. */
function withFormula(
  value: string | number | Date | null,
  column: Column,
  columns: readonly Column[],
  row: number,
): CellValue {
  if (value === null || !column.formula || typeof value !== 'number') return value;
  return formula(rowFormula(column, column.formula, columns, row), value);
}

function addTotals(
  sheet: Sheet,
  totals: readonly Cell[],
  placement: Placement,
  styles: readonly CellStyles[],
  language: Language,
): void {
  const row: SheetRow = sheet.addRow([]);
  for (const [index, column] of placement.columns.entries()) {
    const cell = row.getCell(index + 1);
    const value = sheetValue(totals[index] ?? null, column.type, language);
    const isUnknown = value === null && totalRule(column) === 'sum';
    const live = isUnknown ? undefined : totalFormula(column, placement);
    if (live !== undefined) cell.value = formula(live, typeof value === 'number' ? value : '');
    else if (index === 0) cell.value = words.total[language];
    cell.style = styles[index]?.total ?? {};
  }
  row.commit();
}

/** A formula with the value that it has now, for readers that do not compute. */
export function formula(words: string, result: number | string): CellFormulaValue {
  return { formula: words, result, date1904: false };
}

/** Widths in characters, from the longest content; numbers are wide where they are great. */
function columnWidths(table: ReportTable, totals: readonly Cell[] | undefined, language: Language): number[] {
  const longest = table.columns.map(() => 0);
  const widest: Cell[] = table.columns.map(() => null);
  const note = (cells: readonly Cell[]): void => {
    for (const [index, cell] of cells.entries()) {
      if (typeof cell === 'number') widest[index] = Math.max(Math.abs(cell), Number(widest[index] ?? 0));
      else if (cell !== null) longest[index] = Math.max(longest[index] ?? 0, textLength(cell, language));
    }
  };
  for (const row of table.rows) note(cellsOf(table, row));
  note(totals ?? []);
  return table.columns.map((column, index) => {
    const numbers = isNumeric(column.type) ? displayCell(widest[index] ?? null, column.type, language).length + 1 : 0;
    const titleWord = Math.max(...column.title[language].split(/\s+/).map((word) => word.length)) + filterButton;
    return Math.min(widestColumn, Math.max(8, titleWord, (longest[index] ?? 0) + 2, numbers + 2));
  });
}

function textLength(cell: Exclude<Cell, number | null>, language: Language): number {
  return typeof cell === 'string' ? cell.length : cell[language].length;
}

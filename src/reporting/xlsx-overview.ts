import type { CellValue, Style, stream } from 'exceljs';
import { formats } from '../shared/format.ts';
import type { Language, Text } from '../shared/language.ts';
import type { KeyFigure, Report } from './model.ts';
import { printable } from './safe-text.ts';
import { words } from './words.ts';
import { formula, headerFooter, pageSetup, sheetValue } from './xlsx-sheet.ts';
import { columnStyles, overviewStyles } from './xlsx-style.ts';

type Workbook = stream.xlsx.WorkbookWriter;
type Sheet = ReturnType<Workbook['addWorksheet']>;
type Styled = readonly [value: CellValue, style: Partial<Style>];

const widths = [44, 24, 64] as const;
const charactersPerLine = 120;

/** Adds the first sheet: title, day, source, key figures, links to the other sheets, notes. */
export function addOverviewSheet(
  workbook: Workbook,
  name: string,
  report: Report,
  tableSheets: readonly string[],
  language: Language,
): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ showGridLines: false }],
    pageSetup: { ...pageSetup, orientation: 'portrait' },
    headerFooter: headerFooter(report, undefined, language),
  });
  sheet.columns = widths.map((width) => ({ width }));
  addTitle(sheet, report, language);
  if (report.facts.length > 0) addFacts(sheet, report.facts, language);
  addSheetList(sheet, report, tableSheets, language);
  addNotes(sheet, report, language);
  sheet.commit();
}

function addTitle(sheet: Sheet, report: Report, language: Language): void {
  const { title, subtitle, plain } = overviewStyles;
  addCells(sheet, [[printable(report.title[language]), title]], 26);
  if (report.subtitle) addCells(sheet, [[printable(report.subtitle[language]), subtitle]], 18);
  addBlank(sheet);
  const { numFmt, alignment } = columnStyles('date', 0, language, { right: false }).body;
  const day = { ...(numFmt ? { numFmt } : {}), ...(alignment ? { alignment } : {}) };
  addPair(sheet, words.asOf, sheetValue(report.asOf, 'date', language), day, language);
  addPair(sheet, words.source, printable(report.source[language]), plain, language);
  addPair(sheet, words.generated, formats[language].instant(report.generatedAt), plain, language);
}

function addPair(sheet: Sheet, label: Text, value: CellValue, style: Partial<Style>, language: Language): void {
  addCells(sheet, [
    [label[language], overviewStyles.plain],
    [value, style],
  ]);
}

function addFacts(sheet: Sheet, facts: readonly KeyFigure[], language: Language): void {
  addHeading(sheet, words.keyFigures[language]);
  const head = columnStyles('text', 0, language, { right: false }).head;
  const headRight = columnStyles('text', 0, language, { right: true }).head;
  addCells(sheet, [
    [words.figure[language], head],
    [words.value[language], headRight],
    [words.remark[language], columnStyles('text', 0, language, { right: false, indent: 1 }).head],
  ]);
  for (const fact of facts) {
    const style = columnStyles(fact.type, factDecimals(fact), language, { right: true }).body;
    addCells(sheet, [
      [printable(fact.title[language]), overviewStyles.label],
      [sheetValue(fact.value, fact.type, language), style],
      [fact.note ? printable(fact.note[language]) : null, overviewStyles.remark],
    ]);
  }
}

function factDecimals({ type, value }: KeyFigure): number {
  if (type === 'count') return 0;
  if (type !== 'price' || typeof value !== 'number') return 2;
  return Math.max(2, (/\.(\d+)$/.exec(String(value / 1_000_000))?.[1] ?? '').length);
}

function addSheetList(sheet: Sheet, report: Report, names: readonly string[], language: Language): void {
  addHeading(sheet, words.sheets[language]);
  const head = columnStyles('text', 0, language, { right: false }).head;
  const headRight = columnStyles('text', 0, language, { right: true }).head;
  addCells(sheet, [
    [words.sheet[language], head],
    [words.rows[language], headRight],
  ]);
  const count = columnStyles('count', 0, language, { right: true }).body;
  for (const [index, table] of report.tables.entries()) {
    const name = names[index] ?? '';
    const title = printable(table.title[language]).slice(0, 200);
    const link = `HYPERLINK("#'${quoted(name)}'!A1","${quoted(title)}")`;
    addCells(sheet, [
      [formula(link, title), overviewStyles.link],
      [table.rows.length, count],
    ]);
  }
}

function addNotes(sheet: Sheet, report: Report, language: Language): void {
  if (report.notes.length === 0) return;
  addHeading(sheet, words.notes[language]);
  for (const [index, note] of report.notes.entries()) {
    const sentence = `${index + 1}. ${printable(note[language])}`;
    const row = sheet.addRow([sentence]);
    row.getCell(1).style = overviewStyles.paragraph;
    // A merged cell does not grow by itself.
    row.height = 15 * Math.ceil(sentence.length / charactersPerLine);
    sheet.mergeCells(row.number, 1, row.number, widths.length);
    row.commit();
  }
}

function addHeading(sheet: Sheet, heading: string): void {
  addBlank(sheet);
  addCells(sheet, [[heading, overviewStyles.heading]], 20);
}

function addBlank(sheet: Sheet): void {
  sheet.addRow([]).commit();
}

function addCells(sheet: Sheet, cells: readonly Styled[], height?: number): void {
  const row = sheet.addRow([]);
  for (const [index, [value, style]] of cells.entries()) {
    const cell = row.getCell(index + 1);
    cell.value = value;
    cell.style = style;
  }
  if (height !== undefined) row.height = height;
  row.commit();
}

/** Inside a formula's string, and inside the quotes of a sheet name, which never holds an apostrophe. */
function quoted(words: string): string {
  return words.replaceAll('"', '""');
}

import type { Language } from '../shared/language.ts';
import { plainCell } from './display.ts';
import { cellsOf, isNumeric } from './figures.ts';
import type { Cell, ReportTable, ValueType } from './model.ts';
import { looksLikeFormula, printable } from './safe-text.ts';

/**
 * One table of a report as CSV (RFC 4180: CRLF, quotes doubled; UTF-8 with byte order mark, which Excel needs). The form
 * follows the language, because Excel does: German with semicolon and decimal comma, English with comma and point.
 * Dates are ISO in both, numbers neither grouped nor with a unit, shares as decimals (0,892857 is 89,3 %). A text that a
 * spreadsheet would take for a formula begins with an apostrophe; negative numbers do not. No totals row: whoever adds
 * the column up would count it twice; XLSX and JSON have it.
 */
export function renderCsv(table: ReportTable, language: Language): string {
  const lines = [
    joined(
      table.columns.map((column) => safeField(column.title[language])),
      language,
    ),
  ];
  for (const row of table.rows) {
    const cells = cellsOf(table, row);
    lines.push(
      joined(
        table.columns.map(({ type }, index) => fieldOf(cells[index] ?? null, type, language)),
        language,
      ),
    );
  }
  return `${csvMark}${lines.join('')}`;
}

/** The byte order mark that a CSV file for spreadsheets begins with. */
export const csvMark = '\uFEFF';

/** One line of a CSV file in the form of `renderCsv`, for those who write it line by line: whole numbers, texts, nothing. */
export function csvLine(cells: readonly (string | number | null)[], language: Language): string {
  return joined(
    cells.map((cell) => (typeof cell === 'string' ? safeField(cell) : String(cell ?? ''))),
    language,
  );
}

function joined(fields: readonly string[], language: Language): string {
  const separator = language === 'de' ? ';' : ',';
  return `${fields.map((field) => quoted(field, separator)).join(separator)}\r\n`;
}

function fieldOf(cell: Cell, type: ValueType, language: Language): string {
  const plain = plainCell(cell, type, language);
  if (plain === null) return '';
  if (!isNumeric(type)) return safeField(String(plain));
  return language === 'de' ? String(plain).replace('.', ',') : String(plain);
}

function safeField(words: string): string {
  const clean = printable(words);
  return looksLikeFormula(clean) ? `'${clean}` : clean;
}

function quoted(field: string, separator: string): string {
  const plain = !/["\r\n]/.test(field) && !field.includes(separator) && field === field.trim();
  return plain ? field : `"${field.replaceAll('"', '""')}"`;
}

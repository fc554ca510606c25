import { columnIndex, isSummable, ratioDecimals, scaleOf, totalRule } from './figures.ts';
import type { Column, Rule } from './model.ts';

/** Where a table lies on its sheet; rows count from 1. */
export interface Placement {
  readonly columns: readonly Column[];
  readonly firstRow: number;
  readonly lastRow: number;
  readonly totalsRow: number;
}

/** "A", "B", … "Z", "AA" for a column position from 0. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** The formula of a computed column in a row of data. */
export function rowFormula(column: Column, rule: Rule, columns: readonly Column[], row: number): string {
  return ruleFormula(column, rule, (key) => `${columnLetter(columnIndex(columns, key))}${row}`);
}

/** The formula of a column's cell in the totals row. SUBTOTAL leaves out the rows that a filter hides. */
export function totalFormula(column: Column, placement: Placement): string | undefined {
  const rule = totalRule(column);
  if (rule === 'none') return undefined;
  if (rule === 'sum') return subtotal(column.key, placement);
  return ruleFormula(column, rule, (key) => totalOperand(key, placement));
}

function totalOperand(key: string, placement: Placement): string {
  const index = columnIndex(placement.columns, key);
  const column = placement.columns[index];
  const shown = column !== undefined && isSummable(column) && totalRule(column) === 'sum';
  return shown ? `${columnLetter(index)}${placement.totalsRow}` : subtotal(key, placement);
}

function subtotal(key: string, { columns, firstRow, lastRow }: Placement): string {
  const letter = columnLetter(columnIndex(columns, key));
  return `SUBTOTAL(109,${letter}${firstRow}:${letter}${lastRow})`;
}

/** Rounded to the decimals of the column: a spreadsheet computes in floats, and 0.30000000000000004 is not our figure. */
function ruleFormula(column: Column, rule: Rule, operand: (key: string) => string): string {
  if ('ratio' in rule) {
    return `IFERROR(ROUND(${operand(rule.ratio[0])}/${operand(rule.ratio[1])},${ratioDecimals(column)}),"")`;
  }
  const terms = 'sum' in rule ? rule.sum.map(operand).join('+') : rule.difference.map(operand).join('-');
  return `ROUND(${terms},${scaleOf(column.type)})`;
}

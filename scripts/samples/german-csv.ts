import type { Cell } from './workbook.ts';

/** The same cells as a German spreadsheet writes them: semicolons, decimal commas, 31.12.2021, CRLF. */
export function germanCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(written).join(';')}\r\n`).join('');
}

function written(cell: Cell): string {
  if (typeof cell !== 'object') return String(cell);
  if ('day' in cell) return cell.day.split('-').reverse().join('.');
  return cell.amount.toFixed(cell.decimals).replace('.', ',');
}

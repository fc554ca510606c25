import { UsageError } from '../errors.ts';
import { text } from '../language.ts';
import { isBlank } from './cell.ts';
import { openCsv } from './csv.ts';
import { csvLimits } from './csv-rows.ts';
import type { RawRow, RawTable } from './raw-table.ts';
import { TableError, tableUsageError } from './table-error.ts';
import { asTableError, openFileSource, type TableSource } from './table-source.ts';
import { openWorkbook } from './xlsx.ts';
import { unpackLimits } from './zip-parts.ts';

/**
 * All rows of a small table (CSV, or the first sheet of a workbook) as they stand, whether they are headings or not; blank
 * ones are left out.
 * @throws UsageError when it is no table, or has more rows than that
 */
export async function readRows(path: string, most: number): Promise<RawRow[]> {
  try {
    const source = await openFileSource(path);
    try {
      const rows: RawRow[] = [];
      for await (const row of (await openRaw(source)).rows) {
        if (row.cells.every(isBlank)) continue;
        if (rows.length === most) throw tooManyRows(path, most);
        rows.push(row);
      }
      return rows;
    } finally {
      await source.close();
    }
  } catch (cause) {
    const error = asTableError(cause);
    throw error instanceof TableError ? tableUsageError(error, path) : error;
  }
}

async function openRaw(source: TableSource): Promise<RawTable> {
  const head = Buffer.alloc(Math.min(source.size, 4));
  await source.read(head, 0, head.length, 0);
  const limits = { ...csvLimits, ...unpackLimits };
  if (head.toString('latin1') === 'PK\u0003\u0004') return openWorkbook(source, { sheet: undefined, limits });
  return openCsv(source, { encoding: undefined, delimiter: undefined, quote: undefined, limits });
}

function tooManyRows(path: string, most: number): UsageError {
  return new UsageError(
    'table.too-many-rows',
    text({
      de: (f) => `${path} hat mehr als ${f.number(most)} Zeilen.`,
      en: (f) => `${path} has more than ${f.number(most)} rows.`,
    }),
  );
}

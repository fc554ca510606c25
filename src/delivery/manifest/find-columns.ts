import { createFinding, type Finding } from '../../findings/finding.ts';
import type { Table } from '../../shared/tables/open-table.ts';
import { headerKey, type MappedColumn } from '../columns.ts';

export interface FoundColumn extends MappedColumn {
  /** Position of its cells in each row. */
  readonly index: number;
}

/** The profile's columns in one table, whose header may grow while its rows are read. */
export interface ColumnFinder {
  /** Those found so far. */
  columns(): readonly FoundColumn[];
  /** Whether the column was found by which rows name what they stand for. */
  hasNames(): boolean;
  /** Tells which columns are missing, and which the profile does not know; to be called once the header is complete. */
  report(report: (finding: Finding) => void): void;
}

/**
 * @param path of the manifest
 * @param naming the field by which rows name what they stand for
 */
export function createColumnFinder(
  path: string,
  table: Pick<Table, 'header' | 'headerRow'>,
  mapped: readonly MappedColumn[],
  naming: 'path' | 'reference',
): ColumnFinder {
  let found: readonly FoundColumn[] = [];
  let width = -1;
  const columns = () => {
    if (table.header.length !== width) {
      width = table.header.length;
      found = locate(table.header, mapped);
    }
    return found;
  };
  return {
    columns,
    hasNames: () => columns().some(({ field }) => field === naming),
    report: (report) => {
      const place = { path, row: table.headerRow };
      const fields = new Set(columns().map(({ field }) => field));
      for (const { field, column, optional } of mapped) {
        if (optional || fields.has(field)) continue;
        const present = table.header.filter((name) => name !== '').slice(0, 50);
        report(createFinding('manifest.column-missing', place, { field, column, present }));
      }
      const used = new Set(found.map(({ index }) => index));
      // What surrounds records in JSON and XML is no column that somebody filled for nothing.
      const isColumn = (name: string) => name !== '' && !name.startsWith('../');
      const unused = table.header.filter((name, index) => isColumn(name) && !used.has(index));
      if (unused.length > 0) report(createFinding('manifest.columns-unused', place, { columns: unused.slice(0, 50) }));
    },
  };
}

function locate(header: readonly string[], mapped: readonly MappedColumn[]): FoundColumn[] {
  const byKey = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    const key = headerKey(name);
    if (!byKey.has(key)) byKey.set(key, index);
  }
  return mapped.flatMap((column) => {
    const index = byKey.get(headerKey(column.column));
    return index === undefined ? [] : [{ ...column, index }];
  });
}

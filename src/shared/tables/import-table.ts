import { UsageError } from '../errors.ts';
import { type Text, text } from '../language.ts';
import { type Cell, isBlank } from './cell.ts';
import { type Columns, recogniseColumns, type ValuesOf } from './columns.ts';
import { createMistakes } from './mistakes.ts';
import { openTable, type Table, type TableOptions, type TableRow } from './open-table.ts';
import { TableError, tableUsageError } from './table-error.ts';

export interface ImportedRow<Values> {
  /** As a spreadsheet counts, for what is said about the row later. */
  readonly row: number;
  readonly values: Values;
}

export interface ImportedTable<Values> {
  readonly rows: readonly ImportedRow<Values>[];
  /** Headings of columns that were not recognised and not used: to be told, not swallowed. */
  readonly ignored: readonly string[];
  /** How the file was read. */
  readonly table: Pick<Table, 'format' | 'encoding' | 'delimiter' | 'sheet' | 'sheets'>;
}

/** Reports a mistake of the row being checked: what should stand in this column. Only a column's first mistake counts. */
export type ReportMistake<Key> = (column: Key, expected: Text) => void;

export interface ImportOptions<Definition extends Columns> extends TableOptions {
  /**
   * Looks at each row in its order: rules between columns, and between rows. Values that could not be read, and whose
   * mistake is reported, are missing; so may be values of columns that are not required.
   */
  readonly check?: (
    values: Partial<ValuesOf<Definition>>,
    report: ReportMistake<keyof Definition & string>,
    row: number,
  ) => void;
}

/**
 * Reads a table of our own, all rows or none.
 * @throws UsageError that lists every mistake (row, column, value, what was expected), or says why it is no table
 */
export async function importTable<Definition extends Columns>(
  path: string,
  columns: Definition,
  options: ImportOptions<Definition> = {},
): Promise<ImportedTable<ValuesOf<Definition>>> {
  try {
    const table = await openTable(path, options);
    return await readAll(table, path, columns, options.check);
  } catch (error) {
    throw error instanceof TableError ? tableUsageError(error, path) : error;
  }
}

async function readAll<Definition extends Columns>(
  table: Table,
  path: string,
  columns: Definition,
  check: ImportOptions<Definition>['check'],
): Promise<ImportedTable<ValuesOf<Definition>>> {
  const { positions, ignored, mistakes: wrongColumns } = recogniseColumns(table.header, columns);
  if (wrongColumns.length > 0) {
    await table.close();
    throw columnsError(path, table.header, wrongColumns);
  }
  const mistakes = createMistakes();
  const rows: ImportedRow<ValuesOf<Definition>>[] = [];
  for await (const row of table.rows) {
    if (row.width !== table.header.length) {
      mistakes.addRow(row.row, raggedText(row.width, table.header.length));
      continue;
    }
    const wrong = new Set<string>();
    const report: ReportMistake<keyof Definition & string> = (column, expected) => {
      if (wrong.has(column)) return;
      wrong.add(column);
      const position = positions.get(column) ?? -1;
      const heading = table.header[position] ?? columns[column]?.aliases[0] ?? column;
      mistakes.add({ row: row.row, column: heading, cell: row.cells[position] ?? '', expected });
    };
    const values = readRow(row, columns, positions, report);
    check?.(values, report, row.row);
    // Every column has been read by its own parser, the required ones all: the type follows from the definition.
    if (wrong.size === 0) rows.push({ row: row.row, values: values as ValuesOf<Definition> });
  }
  mistakes.refuse(path);
  if (rows.length === 0) throw noRows(path);
  const { format, encoding, delimiter, sheet, sheets } = table;
  return { rows, ignored, table: { format, encoding, delimiter, sheet, sheets } };
}

/** The values of the cells that can be read; what is wrong with the others is reported. */
function readRow<Definition extends Columns>(
  row: TableRow,
  columns: Definition,
  positions: ReadonlyMap<string, number>,
  report: ReportMistake<keyof Definition & string>,
): Partial<ValuesOf<Definition>> {
  const values: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(columns)) {
    const cell: Cell = row.cells[positions.get(key) ?? -1] ?? '';
    if (isBlank(cell) && !column.required) continue;
    const parsed = isBlank(cell) ? { expected: aValue } : readCell(cell, column);
    if ('value' in parsed) values[key] = parsed.value;
    else report(key, parsed.expected);
  }
  return values as Partial<ValuesOf<Definition>>;
}

function readCell(cell: Cell, column: Columns[string]): ReturnType<Columns[string]['parse']> {
  const failedFormula = typeof cell === 'object' && 'error' in cell;
  return failedFormula ? { expected: aResult } : column.parse(cell);
}

const aValue = text({ de: 'ein Wert', en: 'a value' });
const aResult = text({
  de: 'ein Wert, kein Fehler einer Formel (in der Tabellenkalkulation neu berechnen und speichern)',
  en: "a value, not a formula's error (recalculate and save in the spreadsheet program)",
});

function raggedText(width: number, columns: number): Text {
  const isLonger = width > columns;
  return text({
    de: `${width} ${width === 1 ? 'Zelle' : 'Zellen'}, aber ${columns} Überschriften; ${isLonger ? 'fehlt eine Überschrift, oder ist ein Trennzeichen zu viel?' : 'fehlt ein Trennzeichen?'}`,
    en: `${width} ${width === 1 ? 'cell' : 'cells'}, but ${columns} headings; ${isLonger ? 'is a heading missing, or a delimiter too many?' : 'is a delimiter missing?'}`,
  });
}

function columnsError(path: string, header: readonly string[], details: readonly Text[]): UsageError {
  const found = header.filter((heading) => heading !== '').join(', ');
  return new UsageError(
    'table.columns',
    text({
      de: `${path}: Die Spalten passen nicht. Gefunden: ${found}`,
      en: `${path}: The columns do not fit. Found: ${found}`,
    }),
    text({
      de: 'Ändern Sie die Überschriften in der ersten Zeile.',
      en: 'Change the headings in the first row.',
    }),
    details,
  );
}

function noRows(path: string): UsageError {
  return new UsageError(
    'table.no-rows',
    text({
      de: `${path}: Unter der Überschrift steht keine Zeile.`,
      en: `${path}: There is no row below the header.`,
    }),
    text({ de: 'Prüfen Sie, ob der Export vollständig ist.', en: 'Check whether the export is complete.' }),
  );
}

import { UsageError } from '../errors.ts';
import { type Text, text } from '../language.ts';
import { type Cell, isBlank } from './cell.ts';
import { type Columns, recogniseColumns, type ValuesOf } from './columns.ts';
import { createMistakes, type Mistakes } from './mistakes.ts';
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

/** Reports a mistake of the row being checked: what should stand in this column. */
export type ReportMistake<Key> = (column: Key, expected: Text) => void;

export interface ImportOptions<Definition extends Columns> extends TableOptions {
  /** Looks at each row whose cells can all be read, in their order: rules between columns, and between rows. */
  readonly check?: (
    values: ValuesOf<Definition>,
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
    const values = readRow(row, table.header, columns, positions, mistakes);
    if (!values) continue;
    const report = (column: keyof Definition & string, expected: Text): void => {
      const position = positions.get(column);
      const heading = position === undefined ? columns[column]?.aliases[0] : table.header[position];
      mistakes.add({ row: row.row, column: heading ?? column, cell: row.cells[position ?? -1] ?? '', expected });
    };
    check?.(values, report, row.row);
    rows.push({ row: row.row, values });
  }
  mistakes.refuse(path);
  if (rows.length === 0) throw noRows(path);
  const { format, encoding, delimiter, sheet, sheets } = table;
  return { rows, ignored, table: { format, encoding, delimiter, sheet, sheets } };
}

/** The row's values, or undefined after reporting what is wrong with it. */
function readRow<Definition extends Columns>(
  row: TableRow,
  header: readonly string[],
  columns: Definition,
  positions: ReadonlyMap<string, number>,
  mistakes: Mistakes,
): ValuesOf<Definition> | undefined {
  if (row.width !== header.length) {
    mistakes.addRow(row.row, raggedText(row.width, header.length));
    return undefined;
  }
  let readable = true;
  const values: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(columns)) {
    const position = positions.get(key);
    const cell: Cell = position === undefined ? '' : (row.cells[position] ?? '');
    if (isBlank(cell) && !column.required) continue;
    const parsed = isBlank(cell) ? { expected: aValue } : readCell(cell, column);
    if ('value' in parsed) {
      values[key] = parsed.value;
      continue;
    }
    readable = false;
    const heading = header[position ?? -1] ?? column.aliases[0];
    mistakes.add({ row: row.row, column: heading, cell, expected: parsed.expected });
  }
  // Every column has been read by its own parser; the record's type follows from the definition.
  return readable ? (values as ValuesOf<Definition>) : undefined;
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
  return text({
    de: `${width} ${width === 1 ? 'Zelle' : 'Zellen'}, aber ${columns} Überschriften; prüfen Sie Trennzeichen und Anführungszeichen`,
    en: `${width} ${width === 1 ? 'cell' : 'cells'}, but ${columns} headings; check delimiters and quotes`,
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

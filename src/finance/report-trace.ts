import type { Kysely } from 'kysely';
import type { Origin } from '../reporting/definition/dataset.ts';
import { type TracePart, traceCell } from '../reporting/definition/trace.ts';
import { cellsOf, columnIndex, totalsOf } from '../reporting/figures.ts';
import type { Cell, Column, ReportTable } from '../reporting/model.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text, verbatim } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import { traceCostCell } from './cost-report/trace.ts';
import type { WorkspaceReport } from './reports.ts';

/** Which figure shall be traced. */
export interface TraceRequest {
  readonly table: string | undefined;
  /** From 1, as the rows stand in the report; "total" for its totals. */
  readonly row: number | 'total';
  readonly column: string;
}

export interface Trace {
  readonly table: ReportTable;
  readonly column: Column;
  readonly value: Cell;
  readonly parts: readonly TracePart[];
}

/** What a figure of a report is made of. @throws UsageError for a table, row or column that the report does not have */
export function traceReport({ report, built, books }: WorkspaceReport, request: TraceRequest): Trace {
  const keys = report.tables.map(({ key }) => key);
  const table = request.table === undefined ? report.tables[0] : report.tables.find(({ key }) => key === request.table);
  if (!table) throw unknown('table', request.table ?? '', keys);
  const column = table.columns.find(({ key }) => key === request.column);
  if (!column) {
    throw unknown(
      'column',
      request.column,
      table.columns.map(({ key }) => key),
    );
  }
  const at = request.row === 'total' ? undefined : request.row - 1;
  const row = at === undefined ? undefined : table.rows[at];
  if (at !== undefined && row === undefined) throw noRow(table, at + 1);
  const cells = row === undefined ? totalsOf(table) : cellsOf(table, row);
  const value = cells?.[columnIndex(table.columns, column.key)] ?? null;
  const defined = built.find((one) => one.table === table);
  const parts = defined ? traceCell(defined, at, column.key) : traceCostCell(books, table, row, column.key);
  return { table, column, value, parts };
}

/** A file of a delivery that a figure is made of. */
export interface TracedFile {
  readonly delivery: string;
  readonly reference: string;
  readonly volume: string;
  readonly documents: number;
  readonly pages: number;
  /** accepted, rejected, corrected (after a complaint, not paid), or null where nothing is decided. */
  readonly outcome: string | null;
}

/** The single files of the deliveries among the origins, by delivery and reference. */
export async function tracedFiles(db: Kysely<Database>, parts: readonly TracePart[]): Promise<TracedFile[]> {
  const deliveries = new Map<string, NonNullable<Origin['delivery']>>();
  for (const { origins } of parts)
    for (const { delivery } of origins) if (delivery) deliveries.set(`${delivery.batch}/${delivery.round}`, delivery);
  const files: TracedFile[] = [];
  for (const [name, { batch, round }] of deliveries) {
    const rows = await db
      .selectFrom('delivery_file')
      .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
      .innerJoin('batch', 'batch.id', 'delivery.batch_id')
      .leftJoin('decision_file', 'decision_file.delivery_file_id', 'delivery_file.id')
      .where('batch.key', '=', batch)
      .where('delivery.round', '=', round)
      .where('delivery_file.file_id', 'is not', null)
      .select(['delivery_file.reference', 'delivery_file.volume', 'delivery_file.documents', 'decision_file.outcome'])
      .select(({ fn }) =>
        fn.coalesce('decision_file.pages', 'delivery_file.received_pages', 'delivery_file.declared_pages').as('pages'),
      )
      .orderBy('delivery_file.reference_key')
      .orderBy('delivery_file.volume')
      .execute();
    for (const row of rows) files.push({ delivery: name, ...row });
  }
  return files;
}

function unknown(what: 'table' | 'column', name: string, known: readonly string[]): UsageError {
  const words = what === 'table' ? { de: 'Die Tabelle', en: 'table' } : { de: 'Die Spalte', en: 'column' };
  return new UsageError(
    `report.unknown-${what}`,
    text({ de: `${words.de} „${name}“ gibt es hier nicht.`, en: `There is no ${words.en} "${name}" here.` }),
    didYouMean(name, known),
    known.map((one) => verbatim(one)),
  );
}

function noRow({ rows }: ReportTable, row: number): UsageError {
  return new UsageError(
    'report.no-such-row',
    text({ de: `Die Tabelle hat keine Zeile ${row}.`, en: `The table has no row ${row}.` }),
    rows.length === 0
      ? text({ de: 'Sie ist leer.', en: 'It is empty.' })
      : text({ de: `Vorhanden: 1 bis ${rows.length}, oder total.`, en: `There are 1 to ${rows.length}, or total.` }),
  );
}

/** The kinds of origins, as people call them. */
export const originNames: Readonly<Record<Origin['kind'], Text>> = {
  acceptance: text({ de: 'Abnahme', en: 'acceptance' }),
  'opening-balance': text({ de: 'Anfangsbestand', en: 'opening balance' }),
  delivery: text({ de: 'Lieferung', en: 'delivery' }),
  'call-off': text({ de: 'Abruf', en: 'call-off' }),
  invoice: text({ de: 'Rechnung', en: 'invoice' }),
  'invoice-line': text({ de: 'Rechnungszeile', en: 'invoice line' }),
  'budget-line': text({ de: 'Haushaltsansatz', en: 'budget line' }),
  'budget-change': text({ de: 'Nachtrag oder Umbuchung', en: 'supplement or transfer' }),
  holding: text({ de: 'Bestand', en: 'holding' }),
  contract: text({ de: 'Vertrag', en: 'contract' }),
};

import type { DatasetRow } from '../../reporting/definition/dataset.ts';
import type { TracePart } from '../../reporting/definition/trace.ts';
import type { ReportTable, Row } from '../../reporting/model.ts';
import { entries, entryFields } from '../datasets/entries.ts';
import { ofCallOff } from '../datasets/origins.ts';
import type { ReportBooks } from '../report-books.ts';

const funds = ['appropriation', 'carry-over', 'change'] as const;
const used = ['accrued', 'committed'] as const;

/** The stages whose entries make a column of the report's own tables; the field that is added up, if it is not gross. */
const madeOf: Readonly<Record<string, { readonly stages: readonly string[]; readonly field?: string }>> = {
  appropriation: { stages: ['appropriation'] },
  carryOver: { stages: ['carry-over'] },
  changes: { stages: ['change'] },
  funds: { stages: funds },
  accrued: { stages: ['accrued'] },
  committed: { stages: ['committed'] },
  open: { stages: ['committed'] },
  accepted: { stages: ['accrued'] },
  used: { stages: used },
  available: { stages: [...funds, ...used] },
  share: { stages: [...funds, ...used] },
  gross: { stages: ['accrued'] },
  acceptedGross: { stages: ['accrued'] },
  grossPerPage: { stages: ['accrued'] },
  grossPerFile: { stages: ['accrued'] },
  grossPerMetre: { stages: ['accrued'] },
  vat: { stages: ['accrued'], field: 'vat' },
  net: { stages: ['accrued'], field: 'net' },
  acceptedNet: { stages: ['accrued'], field: 'net' },
  netPerPage: { stages: ['accrued'], field: 'net' },
  pages: { stages: ['accrued'], field: 'pages' },
  acceptedPages: { stages: ['accrued'], field: 'pages' },
  files: { stages: ['accrued'], field: 'files' },
  metres: { stages: ['accrued'], field: 'millimetres' },
  pagesPerFile: { stages: ['accrued'], field: 'pages' },
  pagesPerMetre: { stages: ['accrued'], field: 'pages' },
  consumed: { stages: used },
  consumedPages: { stages: ['accrued'], field: 'pages' },
};

/** Columns that name what an entry is about; the tables call the day of a movement by its own name. */
const fieldOfColumn = new Map<string, string>([
  ...['year', 'account', 'costCentre', 'department', 'contract', 'lot', 'callOff', 'batch', 'round'].map(
    (key) => [key, key] as const,
  ),
  ['performedOn', 'day'],
]);

/**
 * What a cell of the report's own tables is made of: the entries with the same year, account, lot … as its row, in the
 * stages that its column is about.
 * @param row undefined for the totals
 */
export function traceCostCell(
  books: ReportBooks,
  table: ReportTable,
  row: Row | undefined,
  column: string,
): TracePart[] {
  if (column === 'ordered' || column === 'orderedGross' || column === 'orderedPages') return orders(books, row, column);
  const made = madeOf[column];
  if (!made) return [];
  const field = made.field ?? 'gross';
  const rows = entries(books).rows.filter(
    ({ values }) =>
      made.stages.includes(String(values.stage)) &&
      (row === undefined || isOf(values, identity(table, row))) &&
      fits(table, values),
  );
  return rows.flatMap(({ values, origins }): TracePart[] => {
    const value = values[field] ?? null;
    const type = entryFields[field as keyof typeof entryFields]?.type ?? 'money';
    return value === null ? [] : [{ column: String(values.stage), type, value, origins }];
  });
}

/** Tables of unit costs leave out what has no count of files, or no length. */
function fits({ key }: ReportTable, values: DatasetRow['values']): boolean {
  if (key === 'cost-per-file') return (values.files ?? null) !== null;
  return key !== 'cost-per-metre' || Number(values.millimetres ?? 0) > 0;
}

/** The cells by which a row is known. What was accepted of a call-off counts in whatever year it was performed. */
function identity({ key }: ReportTable, row: Row): Row {
  return key === 'commitments' ? { callOff: row.callOff ?? null, lot: row.lot ?? null } : row;
}

function isOf(values: DatasetRow['values'], row: Row): boolean {
  return Object.entries(row).every(([key, cell]) => {
    const field = fieldOfColumn.get(key);
    // "all lots" is a translated text, and means any.
    if (field === undefined || cell === null || typeof cell === 'object') return true;
    return (values[field] ?? null) === cell || isUnassigned(field, values);
  });
}

/** What a budget line provides belongs to no lot or call-off. */
function isUnassigned(field: string, values: DatasetRow['values']): boolean {
  const provides = funds.some((stage) => stage === values.stage);
  return provides && !['year', 'account', 'costCentre', 'department'].includes(field);
}

function orders({ commitments, ledger }: ReportBooks, row: Row | undefined, column: string): TracePart[] {
  const lots = new Map(ledger.lots.map((lot) => [lot.id, lot]));
  return commitments
    .filter(({ callOff }) => {
      const lot = lots.get(callOff.lotId);
      const isLot = row?.lot === undefined || row.lot === lot?.key;
      const isContract = row?.contract === undefined || row.contract === lot?.contract.number;
      const isOrder = row?.callOff === undefined || row.callOff === callOff.number;
      return isLot && isContract && isOrder;
    })
    .map(({ callOff }) => ({
      column,
      type: column === 'orderedPages' ? 'count' : 'money',
      value: column === 'orderedPages' ? callOff.pages : callOff.gross,
      origins: [ofCallOff(callOff)],
    }));
}

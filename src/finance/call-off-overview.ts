import type { Kysely, Selectable } from 'kysely';
import { type CallOffRow, listCallOffs, requireCallOff } from '../contract/call-off.ts';
import { listLots, requireLot } from '../contract/store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { add, type Cents, zero } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import { acceptedServices } from './accepted.ts';

/** A call-off and how much of it has been accepted. */
export interface CallOffState {
  readonly number: string;
  readonly lot: string;
  readonly department: string;
  readonly orderedOn: CalendarDate;
  readonly closedOn: CalendarDate | null;
  readonly fiscalYear: number;
  readonly account: string;
  readonly costCentre: string;
  readonly note: string;
  readonly pages: number;
  readonly acceptedPages: number;
  readonly gross: Cents;
  readonly acceptedGross: Cents;
  /** Still committed: nothing once the call-off is closed or more than ordered was accepted. */
  readonly openGross: Cents;
}

/** All call-offs, or those of one lot, oldest first. @throws UsageError when the lot is unknown */
export async function callOffOverview(db: Kysely<Database>, lotName?: string): Promise<CallOffState[]> {
  const only = lotName === undefined ? undefined : await requireLot(db, lotName);
  const lots = new Map((await listLots(db)).map((lot) => [lot.id, lot.key]));
  const services = await acceptedServices(db);
  const rows = (await listCallOffs(db)).filter((row) => only === undefined || row.lot_id === only.id);
  return rows.map((row) => {
    const own = services.filter((service) => service.kind === 'acceptance' && service.callOff.number === row.number);
    const acceptedPages = own.reduce((sum, { pages }) => sum + pages, 0);
    return state(row, lots.get(row.lot_id) ?? '', acceptedPages, add(...own.map(({ gross }) => gross)));
  });
}

export interface ShownCallOff {
  readonly order: CallOffState;
  readonly positions: readonly Selectable<Database['call_off_position']>[];
  readonly batches: readonly string[];
}

/** One call-off with its price positions and batches. @throws UsageError when it is unknown */
export async function showCallOff(db: Kysely<Database>, number: string): Promise<ShownCallOff> {
  const { id } = await requireCallOff(db, number);
  const order = (await callOffOverview(db)).find((row) => row.number === number);
  if (!order) throw new Error(`call-off ${number} vanished`);
  const positions = await db.selectFrom('call_off_position').selectAll().where('call_off_id', '=', id).execute();
  const batches = await db.selectFrom('batch').select('key').where('call_off_id', '=', id).orderBy('id').execute();
  return { order, positions, batches: batches.map(({ key }) => key) };
}

function state(row: CallOffRow, lot: string, acceptedPages: number, acceptedGross: Cents): CallOffState {
  const isOpen = row.closed_on === null && row.gross > acceptedGross;
  return {
    number: row.number,
    lot,
    department: row.department,
    orderedOn: row.ordered_on,
    closedOn: row.closed_on,
    fiscalYear: row.fiscal_year,
    account: row.account,
    costCentre: row.cost_centre,
    note: row.note,
    pages: row.pages,
    acceptedPages,
    gross: row.gross,
    acceptedGross,
    openGross: isOpen ? ((row.gross - acceptedGross) as Cents) : zero,
  };
}

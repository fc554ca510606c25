import type { Insertable, Kysely, Selectable } from 'kysely';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import { archiveOffers, type Holding } from './holding.ts';
import { type LotNames, lotNames } from './lot-names.ts';

type HoldingRow = Selectable<Database['holding']>;

/** All holdings, by key. */
export async function listHoldings(db: Kysely<Database>): Promise<Holding[]> {
  const lots = await lotNames(db);
  const rows = await db.selectFrom('holding').selectAll().orderBy('key').execute();
  return rows.map((row) => fromRow(row, lots));
}

/** @throws UsageError with the nearest key when there is no such holding */
export async function requireHolding(db: Kysely<Database>, key: string): Promise<Holding> {
  const wanted = key.normalize('NFC');
  const holdings = await listHoldings(db);
  const found = holdings.find((holding) => holding.key === wanted);
  if (found) return found;
  throw new UsageError(
    'holding.unknown',
    text({ de: `Den Bestand „${key}“ gibt es nicht.`, en: `There is no holding "${key}".` }),
    didYouMean(
      key,
      holdings.map((holding) => holding.key),
      'scanlot holding list',
    ),
  );
}

/** Writes a holding that is new, or puts it in the place of the one with the same key. */
export async function putHolding(db: Kysely<Database>, holding: Holding, lots: LotNames): Promise<void> {
  const { key, ...columns } = toRow(holding, lots);
  await db
    .insertInto('holding')
    .values({ key, ...columns })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
    .execute();
}

function fromRow(row: HoldingRow, lots: LotNames): Holding {
  return {
    key: row.key,
    title: row.title,
    department: row.department,
    lot: row.lot_id === null ? null : (lots.nameOf(row.lot_id) ?? null),
    millimetres: row.millimetres,
    files: row.files,
    sheets: row.sheets,
    pages: row.pages,
    pagesEstimated: row.pages_estimated === 1,
    retentionUntil: row.retention_until,
    originalMustStay: row.original_must_stay === 1,
    archiveOffer: archiveOffers.find((offer) => offer === row.archive_offer) ?? 'open',
    dmsGoLive: row.dms_go_live,
    hardDeadline: row.hard_deadline,
    usage: row.usage,
    risk: row.risk,
    note: row.note,
  };
}

function toRow(holding: Holding, lots: LotNames): Insertable<Database['holding']> {
  return {
    key: holding.key,
    title: holding.title,
    department: holding.department,
    lot_id: holding.lot === null ? null : (lots.idOf(holding.lot) ?? null),
    millimetres: holding.millimetres,
    files: holding.files,
    sheets: holding.sheets,
    pages: holding.pages,
    pages_estimated: holding.pagesEstimated ? 1 : 0,
    retention_until: holding.retentionUntil,
    original_must_stay: holding.originalMustStay ? 1 : 0,
    archive_offer: holding.archiveOffer,
    dms_go_live: holding.dmsGoLive,
    hard_deadline: holding.hardDeadline,
    usage: holding.usage,
    risk: holding.risk,
    note: holding.note,
  };
}

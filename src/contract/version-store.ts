import type { Transaction } from 'kysely';
import { canonicalJson } from '../shared/canonical-json.ts';
import { type CalendarDate, localDate } from '../shared/dates.ts';
import { GateError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { type Cents, cents, parseCents } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import type { ContractDocument, LotDocument } from './contract-document.ts';
import { readSheet } from './pricing/read-terms.ts';
import type { ContractRow, LotRow } from './store.ts';

/** Writes a contract for the first time. */
export async function insertContract(
  db: Transaction<Database>,
  document: ContractDocument,
  json: string,
  now: Date,
): Promise<void> {
  const { id } = await db
    .insertInto('contract')
    .values({ ...contractColumns(document), version: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertVersion(db, id, 1, document, json, now);
  for (const lot of document.lots) await insertLot(db, id, lot, document);
}

/** Puts an amended contract in the place of the present one; lots in use keep their identity. */
export async function amendContract(
  db: Transaction<Database>,
  current: ContractRow,
  document: ContractDocument,
  json: string,
  now: Date,
): Promise<void> {
  const version = current.version + 1;
  await db
    .updateTable('contract')
    .set({ ...contractColumns(document), version })
    .where('id', '=', current.id)
    .execute();
  await insertVersion(db, current.id, version, document, json, now);
  const present = await db.selectFrom('lot').selectAll().where('contract_id', '=', current.id).execute();
  for (const lot of present.filter(({ key }) => !document.lots.some((kept) => kept.key === key))) {
    await removeLot(db, lot);
  }
  for (const lot of document.lots) {
    const known = present.find(({ key }) => key === lot.key);
    if (known) await updateLot(db, known.id, lot, document);
    else await insertLot(db, current.id, lot, document);
  }
}

function contractColumns(document: ContractDocument) {
  return {
    number: document.number,
    title: document.title,
    vendor: document.vendor.name,
    starts_on: document.startsOn,
    ends_on: document.endsOn,
    value_basis: document.valueBasis,
    maximum_value: amount(document.maximum.value),
    maximum_pages: document.maximum.pages ?? null,
  };
}

async function insertVersion(
  db: Transaction<Database>,
  contract_id: number,
  version: number,
  document: ContractDocument,
  json: string,
  now: Date,
): Promise<void> {
  const effective: CalendarDate =
    document.amendment?.effectiveOn ?? (version === 1 ? document.startsOn : localDate(now));
  await db
    .insertInto('contract_version')
    .values({
      contract_id,
      version,
      effective_on: effective,
      reason: document.amendment?.reason ?? '',
      document: json,
      recorded_at: now.toISOString(),
    })
    .execute();
}

async function insertLot(
  db: Transaction<Database>,
  contract_id: number,
  lot: LotDocument,
  contract: ContractDocument,
): Promise<void> {
  const { id } = await db
    .insertInto('lot')
    .values({ contract_id, ...lotColumns(lot) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertPrices(db, id, lot, contract);
}

async function updateLot(
  db: Transaction<Database>,
  id: number,
  lot: LotDocument,
  contract: ContractDocument,
): Promise<void> {
  await db.updateTable('lot').set(lotColumns(lot)).where('id', '=', id).execute();
  await deletePrices(db, id);
  await insertPrices(db, id, lot, contract);
}

async function deletePrices(db: Transaction<Database>, lotId: number): Promise<void> {
  const positions = db.selectFrom('price_position').select('id').where('lot_id', '=', lotId);
  await db.deleteFrom('price_terms').where('price_position_id', 'in', positions).execute();
  await db.deleteFrom('price_position').where('lot_id', '=', lotId).execute();
  await db.deleteFrom('opening_balance').where('lot_id', '=', lotId).execute();
}

async function removeLot(db: Transaction<Database>, lot: LotRow): Promise<void> {
  const used = await db.selectFrom('call_off').select('number').where('lot_id', '=', lot.id).executeTakeFirst();
  if (used) {
    throw new GateError(
      'lot.in-use',
      text({
        de: `Das Los ${lot.key} fehlt im neuen Stand, ist aber durch den Abruf ${used.number} belegt.`,
        en: `Lot ${lot.key} is missing from the amended contract but is used by call-off ${used.number}.`,
      }),
      text({ de: 'Das Los im Vertragsdokument belassen.', en: 'Keep the lot in the contract document.' }),
    );
  }
  await db.updateTable('holding').set({ lot_id: null }).where('lot_id', '=', lot.id).execute();
  await deletePrices(db, lot.id);
  await db.deleteFrom('lot').where('id', '=', lot.id).execute();
}

function lotColumns(lot: LotDocument) {
  return {
    key: lot.key,
    title: lot.title,
    department: lot.department,
    estimate_pages: lot.estimate.pages ?? null,
    maximum_pages: lot.maximum.pages ?? null,
    estimate_millimetres: millimetres(lot.estimate.runningMetres),
    maximum_millimetres: millimetres(lot.maximum.runningMetres),
    estimate_value: amount(lot.estimate.value),
    maximum_value: amount(lot.maximum.value),
    delivery_profile: lot.deliveryProfile ?? null,
    cure_days: lot.acceptance?.cureDays ?? null,
  };
}

async function insertPrices(
  db: Transaction<Database>,
  lot_id: number,
  lot: LotDocument,
  contract: ContractDocument,
): Promise<void> {
  for (const { key, title, unit, price, validFrom, validTo, terms } of readSheet(lot, contract)) {
    const { id } = await db
      .insertInto('price_position')
      .values({ lot_id, key, title, unit, price, valid_from: validFrom, valid_to: validTo })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (!terms) continue;
    await db
      .insertInto('price_terms')
      .values({ price_position_id: id, terms: canonicalJson(terms) })
      .execute();
  }
  for (const balance of lot.openingBalances ?? []) {
    await db
      .insertInto('opening_balance')
      .values({
        lot_id,
        performed_on: balance.performedOn,
        account: balance.account,
        cost_centre: balance.costCentre,
        pages: balance.pages,
        files: balance.files ?? 0,
        millimetres: millimetres(balance.runningMetres) ?? 0,
        net: amount(balance.net) ?? cents(0),
        source: balance.source,
      })
      .execute();
  }
}

function amount(decimal: string | undefined): Cents | null {
  return decimal === undefined ? null : (parseCents(decimal) ?? unreachable(decimal));
}

function millimetres(metres: number | undefined): number | null {
  return metres === undefined ? null : Math.round(metres * 1000);
}

function unreachable(decimal: string): never {
  throw new Error(`the schema let through ${decimal}`);
}

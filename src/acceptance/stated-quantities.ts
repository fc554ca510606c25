import type { Kysely, Transaction } from 'kysely';
import { countedUnits } from '../contract/price-unit.ts';
import { pricesOn } from '../contract/prices.ts';
import type { PricePosition } from '../contract/pricing/price-position.ts';
import { lotPrices } from '../contract/store.ts';
import type { Batch } from '../custody/store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';

/** What an acceptance holds of positions that are not counted in files; thousandths of the unit, by position. */
export interface StatedQuantity {
  readonly position: string;
  readonly quantity: number;
  readonly source: 'counted' | 'entered';
}

/** The positions that hold on the day, without options that the call-off does not order. */
async function sheetOf(db: Kysely<Database>, batch: Batch, day: CalendarDate): Promise<PricePosition[]> {
  const ordered = await db
    .selectFrom('call_off_option')
    .select('option')
    .where('call_off_id', '=', batch.order.id)
    .execute();
  const options = new Set(ordered.map(({ option }) => option));
  const sheet = pricesOn(await lotPrices(db, batch.lot.id), day);
  return sheet.filter(({ key, terms }) => !terms?.isOption || options.has(key));
}

/**
 * What an acceptance states, and what of its index data is counted: characters.
 * @param entered by position, in thousandths of the unit
 * @param fileIds the accepted files of the delivery
 * @throws UsageError for a position that does not hold on that day, or that is counted in the delivery itself
 */
export async function statedQuantities(
  db: Kysely<Database>,
  batch: Batch,
  day: CalendarDate,
  entered: ReadonlyMap<string, number>,
  fileIds: readonly number[],
): Promise<StatedQuantity[]> {
  const sheet = await sheetOf(db, batch, day);
  for (const key of entered.keys()) requireStatable(sheet, key);
  const counted: StatedQuantity[] = [];
  for (const { key: position, unit, terms } of sheet) {
    if (unit !== 'indexCharacter' || entered.has(position)) continue;
    const quantity = 1000 * (await countCharacters(db, fileIds, terms?.fields));
    if (quantity > 0) counted.push({ position, quantity, source: 'counted' });
  }
  const stated = [...entered].map(([position, quantity]) => ({ position, quantity, source: 'entered' as const }));
  return [...stated, ...counted];
}

function requireStatable(sheet: readonly PricePosition[], key: string): void {
  const isStated = ({ unit, terms }: PricePosition) => terms?.isEntered === true || !countedUnits.includes(unit);
  const position = sheet.find((one) => one.key === key);
  if (position && isStated(position)) return;
  const known = sheet.filter(isStated).map((one) => one.key);
  throw position
    ? new UsageError(
        'accept.quantity-counted',
        text({
          de: `Die Menge der Preisposition „${key}“ wird in der Lieferung gezählt; sie lässt sich nicht angeben.`,
          en: `The quantity of price position "${key}" is counted in the delivery; it cannot be stated.`,
        }),
        didYouMean(key, known, 'scanlot lot show'),
      )
    : new UsageError(
        'accept.unknown-position',
        text({
          de: `Die Preisposition „${key}“ gilt an diesem Leistungstag nicht, oder der Abruf bestellt sie nicht.`,
          en: `Price position "${key}" does not hold on this day of performance, or the call-off does not order it.`,
        }),
        didYouMean(key, known, 'scanlot lot show'),
      );
}

/** Characters of index values, without spaces at their ends. @param fields all of them where none is named */
async function countCharacters(
  db: Kysely<Database>,
  fileIds: readonly number[],
  fields: readonly string[] | undefined,
): Promise<number> {
  let characters = 0;
  for (let start = 0; start < fileIds.length; start += 500) {
    const rows = await db
      .selectFrom('delivery_document')
      .select('fields')
      .where('delivery_file_id', 'in', fileIds.slice(start, start + 500))
      .execute();
    for (const row of rows) characters += charactersOf(JSON.parse(row.fields), fields);
  }
  return characters;
}

function charactersOf(values: Readonly<Record<string, unknown>>, fields: readonly string[] | undefined): number {
  return (fields ?? Object.keys(values)).reduce((sum, field) => {
    const value = values[field];
    return sum + (typeof value === 'string' ? [...value.trim().normalize('NFC')].length : 0);
  }, 0);
}

export async function insertQuantities(
  db: Transaction<Database>,
  decision_id: number,
  stated: readonly StatedQuantity[],
): Promise<void> {
  if (stated.length === 0) return;
  await db
    .insertInto('decision_quantity')
    .values(stated.map((one) => ({ ...one, decision_id })))
    .execute();
}

/** What was entered with a decision that stands. */
export async function enteredQuantities(db: Kysely<Database>, decisionId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('decision_quantity')
    .select(['position', 'quantity'])
    .where('decision_id', '=', decisionId)
    .where('source', '=', 'entered')
    .execute();
  return new Map(rows.map(({ position, quantity }) => [position, quantity]));
}

import type { Kysely, Selectable } from 'kysely';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import type { LotWithContract } from './store.ts';

export type CallOffRow = Selectable<Database['call_off']>;

export interface CallOff extends CallOffRow {
  readonly lot: LotWithContract;
}

export async function listCallOffs(db: Kysely<Database>): Promise<CallOffRow[]> {
  return db.selectFrom('call_off').selectAll().orderBy('ordered_on').orderBy('id').execute();
}

/** @throws UsageError with the nearest number when it is unknown */
export async function requireCallOff(db: Kysely<Database>, number: string): Promise<CallOff> {
  const row = await findCallOff(db, number);
  if (!row) throw unknownCallOff(number, await listCallOffs(db));
  const lot = await db.selectFrom('lot').selectAll().where('id', '=', row.lot_id).executeTakeFirstOrThrow();
  const contract = await db
    .selectFrom('contract')
    .selectAll()
    .where('id', '=', lot.contract_id)
    .executeTakeFirstOrThrow();
  return { ...row, lot: { ...lot, contract } };
}

export async function findCallOff(db: Kysely<Database>, number: string): Promise<CallOffRow | undefined> {
  return db.selectFrom('call_off').selectAll().where('number', '=', number).executeTakeFirst();
}

/** The number after the highest of a year: "A-2026-001". */
export async function nextNumber(db: Kysely<Database>, year: number): Promise<string> {
  const numbers = (await listCallOffs(db)).map(({ number }) => number);
  const pattern = new RegExp(`^A-${year}-(\\d+)$`);
  const highest = Math.max(0, ...numbers.map((number) => Number(pattern.exec(number)?.[1] ?? 0)));
  return `A-${year}-${String(highest + 1).padStart(3, '0')}`;
}

function unknownCallOff(number: string, all: readonly CallOffRow[]): UsageError {
  const message: Text = text({ de: `Den Abruf „${number}“ gibt es nicht.`, en: `There is no call-off "${number}".` });
  const numbers = all.map((row) => row.number);
  return new UsageError('call-off.unknown', message, didYouMean(number, numbers, 'scanlot order list'));
}

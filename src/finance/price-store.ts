import type { Kysely } from 'kysely';
import type { PageClassCount } from '../contract/pricing/page-class.ts';
import type { PricePosition } from '../contract/pricing/price-position.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { Database } from '../storage/schema.ts';

/** What an acceptance holds beside pages, files and documents, as far as the price sheets ask for it. */
export interface Measures {
  /** Removed blank sides of the accepted files. */
  readonly removedBlanks: number;
  /** Accepted pages by class. */
  readonly classes: readonly PageClassCount[];
  /** Thousandths of the unit by position, for what is not counted in files. */
  readonly quantities: ReadonlyMap<string, number>;
}

const nothing: Measures = { removedBlanks: 0, classes: [], quantities: new Map() };

/** The measures of all acceptances, by decision; summed in the database. Nothing is read that no price sheet asks for. */
export async function selectMeasures(
  db: Kysely<Database>,
  sheets: Iterable<readonly PricePosition[]>,
): Promise<Map<number, Measures>> {
  const positions = [...sheets].flat();
  const measures = new Map<number, Measures>();
  const put = (id: number, more: (former: Measures) => Partial<Measures>) => {
    const former = measures.get(id) ?? nothing;
    measures.set(id, { ...former, ...more(former) });
  };
  if (positions.some(({ unit, terms }) => unit === 'sheet' || terms?.chargesBlanks)) {
    for (const { id, removedBlanks } of await selectBlanks(db)) put(id, () => ({ removedBlanks }));
  }
  if (positions.some(({ terms }) => terms?.pages)) {
    for (const { id, ...one } of await selectClasses(db)) put(id, ({ classes }) => ({ classes: [...classes, one] }));
  }
  for (const { decision_id, position, quantity } of await selectQuantities(db)) {
    put(decision_id, ({ quantities }) => ({ quantities: new Map([...quantities, [position, quantity]]) }));
  }
  return measures;
}

async function selectBlanks(db: Kysely<Database>): Promise<{ id: number; removedBlanks: number }[]> {
  return db
    .selectFrom('decision_file')
    .innerJoin('delivery_file', 'delivery_file.id', 'decision_file.delivery_file_id')
    .where('decision_file.outcome', '=', 'accepted')
    .groupBy('decision_file.decision_id')
    .select(({ fn }) => [
      'decision_file.decision_id as id',
      fn.sum<number>('delivery_file.removed_blanks').as('removedBlanks'),
    ])
    .execute();
}

async function selectClasses(db: Kysely<Database>): Promise<({ id: number } & PageClassCount)[]> {
  const rows = await db
    .selectFrom('decision_file')
    .innerJoin('delivery_page_class as class', 'class.delivery_file_id', 'decision_file.delivery_file_id')
    .where('decision_file.outcome', '=', 'accepted')
    .groupBy(['decision_file.decision_id', 'class.size', 'class.colour'])
    .select(({ fn }) => [
      'decision_file.decision_id as id',
      'class.size as size',
      'class.colour as colour',
      fn.sum<number>('class.pages').as('pages'),
    ])
    .orderBy('id')
    .orderBy('size')
    .orderBy('colour')
    .execute();
  return rows as ({ id: number } & PageClassCount)[];
}

async function selectQuantities(db: Kysely<Database>) {
  return db.selectFrom('decision_quantity').selectAll().orderBy('id').execute();
}

/** Options that call-offs order, by call-off. */
export async function selectOptions(db: Kysely<Database>): Promise<Map<number, Set<string>>> {
  const options = new Map<number, Set<string>>();
  for (const { call_off_id, option } of await db.selectFrom('call_off_option').selectAll().orderBy('id').execute()) {
    options.set(call_off_id, (options.get(call_off_id) ?? new Set()).add(option));
  }
  return options;
}

/** Files of a call-off that were rejected and have not been accepted since. */
export interface ReworkQuantities {
  readonly callOffId: number;
  /** Of the last rejection. */
  readonly rejectedOn: CalendarDate;
  readonly pages: number;
  readonly files: number;
  readonly documents: number;
}

/** What is in rework, by call-off and day of rejection. @param asOf as it was at the end of that day */
export async function selectRework(db: Kysely<Database>, asOf?: CalendarDate): Promise<ReworkQuantities[]> {
  const isKnown = (day: CalendarDate | null) => day !== null && (asOf === undefined || day <= asOf);
  const rows = await db
    .selectFrom('decision_file as rejected')
    .innerJoin('decision', 'decision.id', 'rejected.decision_id')
    .innerJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .innerJoin('batch', 'batch.id', 'delivery.batch_id')
    .leftJoin('decision_file as accepted', (join) =>
      join.onRef('accepted.file_id', '=', 'rejected.file_id').on('accepted.outcome', '=', 'accepted'),
    )
    .leftJoin('decision as acceptance', 'acceptance.id', 'accepted.decision_id')
    .where('rejected.outcome', '=', 'rejected')
    .select(['rejected.file_id', 'rejected.pages', 'rejected.documents', 'batch.call_off_id', 'decision.decided_on'])
    .select('acceptance.decided_on as accepted_on')
    .orderBy('decision.id')
    .execute();
  const waiting = rows.filter(({ decided_on, accepted_on }) => isKnown(decided_on) && !isKnown(accepted_on));
  const latest = new Map(waiting.map((row) => [row.file_id, row]));
  const sums = new Map<string, ReworkQuantities>();
  for (const { call_off_id: callOffId, decided_on: rejectedOn, pages, documents } of latest.values()) {
    const key = `${callOffId} ${rejectedOn}`;
    const sum = sums.get(key) ?? { callOffId, rejectedOn, pages: 0, files: 0, documents: 0 };
    const more = { pages: sum.pages + pages, files: sum.files + 1, documents: sum.documents + documents };
    sums.set(key, { ...sum, ...more });
  }
  return [...sums.values()];
}

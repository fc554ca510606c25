import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Database } from '../../storage/schema.ts';
import { acceptedOutcomes, hasLaterScan, isNewestScan, isStanding } from '../../storage/standing.ts';

export type ImportObjectRow = Selectable<Database['import_object']>;

/** An accepted file with all that its object in the DMS needs. */
export interface AcceptedFile {
  readonly fileId: number;
  readonly deliveryFileId: number;
  readonly reference: string;
  readonly referenceKey: string;
  readonly volume: string;
  readonly title: string;
  readonly department: string;
  readonly contract: string;
  readonly lot: string;
  readonly batch: string;
  readonly round: number;
  readonly box: string | null;
  readonly acceptedOn: CalendarDate;
  readonly pages: number;
  readonly packagePath: string;
  readonly inPlace: boolean;
  readonly profile: string;
  readonly profileHash: string;
  /** Of a file that was ordered and scanned anew: all its scans are one object. */
  readonly scans?: Scans;
}

export interface Scans {
  /** Id of the file on the first pick list, whose contract and lot are in the key of the object. */
  readonly first: number;
  readonly contract: string;
  readonly lot: string;
  /** Whether a later scan was accepted, which takes the place of this one. */
  readonly isSuperseded: boolean;
}

/** Every accepted file with the acceptance that stands, its last correction if there is one, oldest first; those of one batch, or all. */
export async function acceptedFiles(db: Kysely<Database>, batchKey?: string): Promise<AcceptedFile[]> {
  const query = db
    .selectFrom('decision_file')
    .innerJoin('decision', 'decision.id', 'decision_file.decision_id')
    .innerJoin('delivery_file', 'delivery_file.id', 'decision_file.delivery_file_id')
    .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .leftJoin('box', 'box.id', 'file.box_id')
    .innerJoin('batch', 'batch.id', 'file.batch_id')
    .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
    .innerJoin('lot', 'lot.id', 'call_off.lot_id')
    .innerJoin('contract', 'contract.id', 'lot.contract_id')
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where(isStanding('decision_file'))
    .select([
      'file.id as fileId',
      'delivery_file.id as deliveryFileId',
      'file.reference as reference',
      'file.reference_key as referenceKey',
      'file.volume as volume',
      'file.title as title',
      'call_off.department as department',
      'contract.number as contract',
      'lot.key as lot',
      'batch.key as batch',
      'delivery.round as round',
      'box.barcode as box',
      'decision.decided_on as acceptedOn',
      'decision_file.pages as pages',
      'delivery.package_path as packagePath',
      'delivery.in_place as inPlace',
      'delivery.profile as profile',
      'delivery.profile_hash as profileHash',
    ])
    .orderBy('file.id');
  const rows = await (batchKey === undefined ? query : query.where('batch.key', '=', batchKey)).execute();
  // In their place, and with one text for all that have the same: there may be a hundred thousand of them.
  const same = sharedTexts();
  const scans = await scansByFile(db);
  return rows.map((row) =>
    Object.assign(row, scans.has(row.fileId) ? { scans: scans.get(row.fileId) } : {}, {
      inPlace: row.inPlace === 1,
      department: same(row.department),
      contract: same(row.contract),
      lot: same(row.lot),
      batch: same(row.batch),
      acceptedOn: same(row.acceptedOn),
      packagePath: same(row.packagePath),
      profile: same(row.profile),
      profileHash: same(row.profileHash),
    }),
  );
}

/** Accepted files that were scanned more than once; there are few. */
async function scansByFile(db: Kysely<Database>): Promise<Map<number, Scans>> {
  const rows = await db
    .selectFrom('decision_file')
    .leftJoin('rescan', 'rescan.file_id', 'decision_file.file_id')
    .innerJoin('file as first', (join) =>
      join.on(sql<SqlBool>`first.id = coalesce(rescan.first_file_id, decision_file.file_id)`),
    )
    .innerJoin('batch', 'batch.id', 'first.batch_id')
    .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
    .innerJoin('lot', 'lot.id', 'call_off.lot_id')
    .innerJoin('contract', 'contract.id', 'lot.contract_id')
    .where('decision_file.outcome', '=', 'accepted')
    .where(sql<SqlBool>`first.id in (select first_file_id from rescan)`)
    .select(['decision_file.file_id', 'first.id as first', 'contract.number as contract', 'lot.key as lot'])
    .select(hasLaterScan.as('isSuperseded'))
    .execute();
  return new Map(
    rows.map(({ file_id, isSuperseded, ...scans }) => [file_id, { ...scans, isSuperseded: Boolean(isSuperseded) }]),
  );
}

/** First scans of the files that were scanned anew, by the id of each scan. */
export async function firstScans(db: Kysely<Database>): Promise<Map<number, number>> {
  const rows = await db.selectFrom('rescan').select(['file_id', 'first_file_id']).execute();
  return new Map(rows.map(({ file_id, first_file_id }) => [file_id, first_file_id]));
}

/** The database gives out every text anew; those that are equal need be kept once only. */
function sharedTexts(): <Value extends string>(text: Value) => Value {
  const known = new Map<string, string>();
  return <Value extends string>(text: Value) => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return (first ?? text) as Value;
  };
}

/** Accepted files by what is recorded of their import. */
export interface ImportStateCount {
  /** null where nothing is recorded. */
  readonly state: string | null;
  /** Whether something was accepted in the place of what is recorded. */
  readonly isCorrected: boolean;
  readonly files: number;
}

/** Counted in the database. */
export async function countImportStates(db: Kysely<Database>): Promise<ImportStateCount[]> {
  const rows = await db
    .selectFrom('decision_file')
    .leftJoin('import_object', 'import_object.file_id', 'decision_file.file_id')
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where(isStanding('decision_file'))
    .where(isNewestScan)
    .groupBy(({ eb, ref }) => [
      ref('import_object.state'),
      eb('import_object.delivery_file_id', '!=', ref('decision_file.delivery_file_id')),
    ])
    .select(({ fn, eb }) => [
      'import_object.state',
      eb('import_object.delivery_file_id', '!=', eb.ref('decision_file.delivery_file_id')).as('isCorrected'),
      fn.countAll<number>().as('files'),
    ])
    .execute();
  return rows.map(({ state, isCorrected, files }) => ({ state, isCorrected: Boolean(isCorrected), files }));
}

/** What a plan regards of a recorded object. */
export type RecordedObject = Pick<
  ImportObjectRow,
  'id' | 'file_id' | 'delivery_file_id' | 'adapter' | 'object_key' | 'state' | 'attempts'
>;

/** What a plan regards of all recorded objects. */
export async function recordedObjects(db: Kysely<Database>): Promise<RecordedObject[]> {
  return db
    .selectFrom('import_object')
    .select(['id', 'file_id', 'delivery_file_id', 'adapter', 'object_key', 'state', 'attempts'])
    .execute();
}

/** What is recorded of imports, by the id of the file. */
export async function importObjects(db: Kysely<Database>): Promise<Map<number, ImportObjectRow>> {
  const rows = await db.selectFrom('import_object').selectAll().execute();
  return new Map(rows.map((row) => [row.file_id, row]));
}

/** Ids of delivered files that have documents, but none with bytes. */
export async function filesWithoutBytes(db: Kysely<Database>): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('decision_file')
    .leftJoin('delivery_document', (join) =>
      join
        .onRef('delivery_document.delivery_file_id', '=', 'decision_file.delivery_file_id')
        .on('delivery_document.sha256', 'is not', null)
        .on('delivery_document.size', 'is not', null),
    )
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where(isStanding('decision_file'))
    .where('delivery_document.id', 'is', null)
    .select('decision_file.delivery_file_id')
    .execute();
  return new Set(rows.map((row) => row.delivery_file_id));
}

export interface AcceptedDocument {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly format: string | null;
  readonly pages: number | null;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * What we made ourselves and stored of an object: the transfer note beside the accepted documents, and copies of these with
 * their note attached, under the accepted names.
 */
export interface OwnDocument {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** @param objectId id of the recorded object */
export async function ownDocuments(db: Kysely<Database>, objectId: number): Promise<OwnDocument[]> {
  return db
    .selectFrom('import_own_document')
    .select(['name', 'size', 'sha256'])
    .where('import_object_id', '=', objectId)
    .orderBy('name')
    .execute();
}

/** The documents of a delivered file; those accepted by waiver without readable bytes cannot be imported and are left out. */
export async function acceptedDocuments(db: Kysely<Database>, deliveryFileId: number): Promise<AcceptedDocument[]> {
  const rows = await db
    .selectFrom('delivery_document')
    .selectAll()
    .where('delivery_file_id', '=', deliveryFileId)
    .orderBy('path')
    .execute();
  return rows.flatMap(({ path, size, sha256, format, pages, fields }) =>
    size === null || sha256 === null ? [] : [{ path, size, sha256, format, pages, fields: JSON.parse(fields) }],
  );
}

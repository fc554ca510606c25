import type { Kysely, Transaction } from 'kysely';
import { GateError, UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import type { Database } from '../storage/schema.ts';
import type { PickList } from './pick-list-import.ts';
import { fileKey } from './reference.ts';

/** The newest pick list that a file is on. */
interface LatestScan {
  readonly id: number;
  readonly reference: string;
  readonly volume: string;
  readonly batch: string;
  /** Id of the file on the first pick list. */
  readonly first: number;
  readonly isAccepted: boolean;
  readonly isComplainedAbout: boolean;
}

/** Files of a pick list that were scanned before, with their latest scan. */
export type OrderedAnew = ReadonlyMap<string, LatestScan>;

/** Rows in one statement: well below the number of values that a database binds at once. */
const chunkSize = 1000;

/**
 * Which files of a pick list are scanned anew.
 * @returns by `fileKey`
 * @throws UsageError when none is; GateError when an earlier scan is not settled: then its redelivery is due, unpaid
 */
export async function orderedAnew(
  db: Kysely<Database>,
  department: string,
  { files }: PickList,
  reason: string,
): Promise<OrderedAnew> {
  if (reason.trim().length < 3) throw reasonMissing();
  const latest = await latestScans(
    db,
    department,
    files.map((file) => file.referenceKey),
  );
  const anew = new Map<string, LatestScan>();
  const unsettled: Text[] = [];
  for (const file of files) {
    const scan = latest.get(fileKey(file));
    if (!scan) continue;
    anew.set(fileKey(file), scan);
    if (!scan.isAccepted || scan.isComplainedAbout) unsettled.push(whyUnsettled(file.row, scan));
  }
  if (anew.size === 0) throw nothingAnew();
  if (unsettled.length > 0) throw notSettled(unsettled);
  return anew;
}

/** Records which files of a batch just made are scanned anew. */
export async function insertRescans(
  db: Transaction<Database>,
  batch: string,
  anew: OrderedAnew,
  reason: string,
): Promise<void> {
  const files = await db
    .selectFrom('file')
    .innerJoin('batch', 'batch.id', 'file.batch_id')
    .select(['file.id', 'file.reference', 'file.volume'])
    .where('batch.key', '=', batch)
    .execute();
  for (const file of files) {
    const scan = anew.get(fileKey(file));
    if (!scan) continue;
    const row = { file_id: file.id, earlier_file_id: scan.id, first_file_id: scan.first, reason };
    await db.insertInto('rescan').values(row).execute();
  }
}

async function latestScans(
  db: Kysely<Database>,
  department: string,
  referenceKeys: readonly string[],
): Promise<Map<string, LatestScan>> {
  const found = new Map<string, LatestScan>();
  const keys = [...new Set(referenceKeys)];
  for (let start = 0; start < keys.length; start += chunkSize) {
    const rows = await db
      .selectFrom('file')
      .innerJoin('batch', 'batch.id', 'file.batch_id')
      .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
      .innerJoin('lot', 'lot.id', 'call_off.lot_id')
      .leftJoin('rescan', 'rescan.file_id', 'file.id')
      .leftJoin('decision_file', (join) =>
        join.onRef('decision_file.file_id', '=', 'file.id').on('decision_file.outcome', '=', 'accepted'),
      )
      .leftJoin('complaint_file', (join) =>
        join.onRef('complaint_file.file_id', '=', 'file.id').on('complaint_file.state', 'in', ['open', 'disputed']),
      )
      .select(['file.id', 'file.reference', 'file.volume', 'batch.key as batch', 'rescan.first_file_id'])
      .select(['decision_file.id as acceptance', 'complaint_file.id as complaint'])
      .where('file.reference_key', 'in', keys.slice(start, start + chunkSize))
      .where('lot.department', '=', department)
      .orderBy('file.id')
      .execute();
    for (const { id, reference, volume, batch, first_file_id, acceptance, complaint } of rows) {
      found.set(fileKey({ reference, volume }), {
        ...{ id, reference, volume, batch, first: first_file_id ?? id },
        isAccepted: acceptance !== null,
        isComplainedAbout: complaint !== null,
      });
    }
  }
  return found;
}

function whyUnsettled(row: number, { reference, volume, batch, isAccepted }: LatestScan): Text {
  const de = `Zeile ${row}: ${reference}${volume === '' ? '' : `, Band ${volume}`}: Charge ${batch}`;
  const en = `Row ${row}: ${reference}${volume === '' ? '' : `, volume ${volume}`}: batch ${batch}`;
  return isAccepted
    ? text({ de: `${de}, gerügt`, en: `${en}, complained about` })
    : text({ de: `${de}, nicht abgenommen`, en: `${en}, not accepted` });
}

const mostNamed = 50;

function notSettled(details: readonly Text[]): GateError {
  return new GateError(
    'batch.rescan-not-settled',
    text({
      de: (f) =>
        details.length === 1
          ? 'Bei einer Akte ist der frühere Scan nicht erledigt; ihn schuldet der Auftragnehmer noch.'
          : `Bei ${f.number(details.length)} Akten ist der frühere Scan nicht erledigt; ihn schuldet der Auftragnehmer noch.`,
      en: (f) =>
        details.length === 1
          ? 'The earlier scan of one file is not settled; the vendor still owes it.'
          : `The earlier scans of ${f.number(details.length)} files are not settled; the vendor still owes them.`,
    }),
    text({
      de: 'Eine Nachlieferung gehört ohne Vergütung als weitere Lieferung zur früheren Charge (scanlot delivery receive). Sonst dort erst abnehmen oder die Rüge zurücknehmen (scanlot complaint withdraw), dann neu beauftragen.',
      en: 'A redelivery belongs to the earlier batch as a further round, unpaid (scanlot delivery receive). Otherwise accept there first, or withdraw the complaint (scanlot complaint withdraw), then order anew.',
    }),
    details.slice(0, mostNamed),
  );
}

function nothingAnew(): UsageError {
  return new UsageError(
    'batch.nothing-rescanned',
    text({
      de: 'Keine Akte der Liste stand schon auf einer Abholliste der Dienststelle; neu gescannt wird hier nichts.',
      en: 'No file of the list was on a pick list of the department before; nothing is scanned anew here.',
    }),
    text({
      de: 'Aktenzeichen und Bände prüfen, oder --rescan weglassen.',
      en: 'Check references and volumes, or leave out --rescan.',
    }),
  );
}

function reasonMissing(): UsageError {
  return new UsageError(
    'batch.rescan-reason-missing',
    text({ de: 'Ein neuer, vergüteter Scan braucht einen Grund.', en: 'A new scan that is paid needs a reason.' }),
    text({ de: 'Mit --rescan "GRUND" angeben.', en: 'State it with --rescan "REASON".' }),
  );
}

import type { Kysely } from 'kysely';
import { change } from '../audit/change.ts';
import { type CallOff, requireCallOff } from '../contract/call-off.ts';
import { createFinding, type Finding } from '../findings/finding.ts';
import { type CalendarDate, localDate, yearOf } from '../shared/dates.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import { requireOrdered } from './hand-over.ts';
import type { PickList } from './pick-list-import.ts';
import { fileKey } from './reference.ts';
import { insertRescans, type OrderedAnew, orderedAnew } from './rescan.ts';
import { batchKeys, findFilesElsewhere, insertBatch, pickedSheets } from './store.ts';

/** A sheet of paper has two sides to scan. */
export const sidesPerSheet = 2;

export interface BatchRequest {
  /** Number of the call-off. */
  readonly order: string;
  readonly pickList: PickList;
  /** Without it, the next free "B-<year>-<number>". */
  readonly key?: string | undefined;
  /** Without it, the batch is prepared and still in the house. */
  readonly handedOverOn?: CalendarDate | undefined;
  readonly millimetres?: number | undefined;
  readonly note?: string | undefined;
  /** Why files that were scanned before are scanned, and paid, anew; without it such files are refused. */
  readonly rescan?: string | undefined;
}

export interface CreatedBatch {
  readonly key: string;
  readonly callOff: CallOff;
  readonly handedOverOn: CalendarDate | null;
  readonly files: number;
  readonly boxes: number;
  /** Sum over the files whose sheets are known. */
  readonly expectedSheets: number;
  readonly filesWithoutSheets: number;
  /** Files that were scanned before. */
  readonly rescannedFiles: number;
  /** To be told, not a reason to refuse. */
  readonly findings: readonly Finding[];
}

/**
 * Records what is handed to the vendor: batch, boxes and files, with one audit entry, all or nothing.
 * @throws UsageError for an unknown order or a key that is taken or unfit; GateError for a closed order, a hand-over
 * before the order, or files of the department that are on another pick list already
 */
export async function createBatch(workspace: Workspace, request: BatchRequest): Promise<CreatedBatch> {
  const { pickList } = request;
  return change(workspace, async ({ db, record }) => {
    const callOff = await requireCallOff(db, request.order);
    requireOpen(callOff, request.handedOverOn);
    const key = await batchKey(db, request, workspace.now());
    const { department } = callOff.lot;
    const { rescan } = request;
    const anew: OrderedAnew = rescan === undefined ? new Map() : await orderedAnew(db, department, pickList, rescan);
    await requireInTheHouse(db, department, pickList, anew);
    const batch = {
      key,
      call_off_id: callOff.id,
      handed_over_on: request.handedOverOn ?? null,
      millimetres: request.millimetres ?? null,
      note: request.note ?? '',
    };
    const created = {
      key,
      callOff,
      handedOverOn: batch.handed_over_on,
      files: pickList.files.length,
      boxes: await insertBatch(db, { ...batch, files: pickList.files }),
      expectedSheets: pickList.files.reduce((sum, { expectedSheets }) => sum + (expectedSheets ?? 0), 0),
      filesWithoutSheets: pickList.files.filter(({ expectedSheets }) => expectedSheets === null).length,
      rescannedFiles: anew.size,
    };
    if (rescan !== undefined) await insertRescans(db, key, anew, rescan);
    const { callOff: _order, ...figures } = created;
    record({
      action: 'batch.created',
      subject: `batch/${key}`,
      after: { ...figures, rescan, order: callOff.number, millimetres: batch.millimetres, note: batch.note },
    });
    return { ...created, findings: pickedAboveOrder(callOff, await pickedSheets(db, callOff.id)) };
  });
}

/** The pick lists of an order hold more paper than was ordered: a reason to look, not to stop the lorry. */
function pickedAboveOrder(callOff: CallOff, sheets: number): Finding[] {
  const pages = sheets * sidesPerSheet;
  if (pages <= callOff.pages) return [];
  const args = { order: callOff.number, ordered: callOff.pages, sheets, pages };
  return [createFinding('ledger.picked-above-order', { path: '' }, args)];
}

function requireOpen(callOff: CallOff, handedOverOn: CalendarDate | undefined): void {
  if (callOff.closed_on !== null) {
    throw new GateError(
      'batch.order-closed',
      text({ de: `Der Abruf ${callOff.number} ist beendet.`, en: `Call-off ${callOff.number} is closed.` }),
      text({
        de: 'Die Akten unter einem offenen Abruf übergeben; offene zeigt: scanlot order list',
        en: 'Hand the files over under an open call-off; to see them: scanlot order list',
      }),
    );
  }
  if (handedOverOn !== undefined) requireOrdered(callOff, handedOverOn);
}

async function batchKey(db: Kysely<Database>, request: BatchRequest, now: Date): Promise<string> {
  const taken = await batchKeys(db);
  const { key } = request;
  if (key === undefined) return nextKey(taken, yearOf(request.handedOverOn ?? localDate(now)));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(key) || unfitFolder.test(key)) throw unfitKey(key);
  // Folders of deliveries are named after batches, and not every file system tells "b-1" from "B-1".
  const same = taken.find((other) => other.toLowerCase() === key.toLowerCase());
  if (same !== undefined) throw keyTaken(same);
  return key;
}

/** Names that Windows gives to devices, or cuts the end of. */
const unfitFolder = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i;

function nextKey(taken: readonly string[], year: number): string {
  const prefix = `B-${year}-`;
  const numbers = taken
    .filter((key) => key.startsWith(prefix) && /^\d{1,9}$/.test(key.slice(prefix.length)))
    .map((key) => Number(key.slice(prefix.length)));
  return `${prefix}${String(numbers.reduce((most, number) => Math.max(most, number), 0) + 1).padStart(3, '0')}`;
}

/** No file is handed out twice, unless it is ordered anew. References of different departments may coincide: those are different files. */
async function requireInTheHouse(
  db: Kysely<Database>,
  department: string,
  { files }: PickList,
  anew: OrderedAnew,
): Promise<void> {
  const keys = files.map((file) => file.referenceKey);
  const elsewhere = await findFilesElsewhere(db, keys, { department });
  const out = files.flatMap((file) => {
    const found = anew.has(fileKey(file)) ? undefined : elsewhere.get(fileKey(file));
    return found ? [alreadyOut(file.row, file, found.batch)] : [];
  });
  if (out.length === 0) return;
  throw new GateError(
    'batch.files-out-already',
    text({
      de: (f) =>
        out.length === 1
          ? 'Eine Akte der Liste steht schon auf einer anderen Abholliste.'
          : `${f.number(out.length)} Akten der Liste stehen schon auf anderen Abhollisten.`,
      en: (f) =>
        out.length === 1
          ? 'One file of the list is on another pick list already.'
          : `${f.number(out.length)} files of the list are on other pick lists already.`,
    }),
    text({
      de: 'Die Akten von der Liste nehmen; eine Nachlieferung gehört als weitere Lieferung zur früheren Charge. Was neu gescannt und neu vergütet werden soll: --rescan "GRUND".',
      en: 'Take the files off the list; a redelivery belongs to the earlier batch, as a further round. What is to be scanned and paid anew: --rescan "REASON".',
    }),
    out.length > mostNamed ? [...out.slice(0, mostNamed), andMore(out.length - mostNamed)] : out,
  );
}

const mostNamed = 50;

function alreadyOut(row: number, { reference, volume }: { reference: string; volume: string }, batch: string): Text {
  return text({
    de: `Zeile ${row}: ${reference}${volume === '' ? '' : `, Band ${volume}`}: Charge ${batch}`,
    en: `Row ${row}: ${reference}${volume === '' ? '' : `, volume ${volume}`}: batch ${batch}`,
  });
}

function andMore(count: number): Text {
  return text({ de: (f) => `… und ${f.number(count)} weitere`, en: (f) => `… and ${f.number(count)} more` });
}

function unfitKey(key: string): UsageError {
  return new UsageError(
    'batch.key-unfit',
    text({ de: `„${key}“ taugt nicht als Schlüssel einer Charge.`, en: `"${key}" cannot be the key of a batch.` }),
    text({
      de: 'Höchstens 40 Buchstaben ohne Umlaute, Ziffern, Punkt, Binde- und Unterstrich, etwa B-2021-001.',
      en: 'At most 40 plain letters, digits, dots, hyphens and underscores, such as B-2021-001.',
    }),
  );
}

function keyTaken(key: string): UsageError {
  return new UsageError(
    'batch.key-taken',
    text({ de: `Die Charge ${key} gibt es schon.`, en: `There is a batch ${key} already.` }),
    text({ de: 'Einen anderen Schlüssel wählen oder --key weglassen.', en: 'Choose another key, or leave out --key.' }),
  );
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { refusalOf } from './judge-message.ts';
import { type Answer, allObjects, type RecordNode, type XdomeaMessage } from './message.ts';
import { type ReadMessage, readMessage } from './read-message.ts';

/** The acknowledgement of import that answers a message (xdomea 3.1.0, Importbestaetigung). */
const answersTo: Readonly<Record<string, string>> = { '0402': '0401', '0506': '0503', '0703': '0701', '0723': '0722' };

/** What became of one object that was handed over. */
export interface ReceivedObject {
  readonly id: string;
  readonly reference: string | null;
  readonly title: string | null;
  /** `conflicting`: it is answered several times, and differently. */
  readonly state: 'taken-over' | 'refused' | 'unanswered' | 'conflicting';
  readonly recordId: string | null;
  readonly errors: readonly string[];
}

export interface Receipt {
  readonly processId: string | null;
  /** Every object that stands by itself in the message, in its order. */
  readonly objects: readonly ReceivedObject[];
  /** Ids that were answered, but never sent. */
  readonly unknown: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Holds an acknowledgement against the message that it answers.
 * @param sentPath the message as zip or XML, or the folder where it lies under its name
 * @throws UsageError when one of them is no such message
 */
export async function readReceipt(path: string, sentPath: string, signal: AbortSignal): Promise<Receipt> {
  const receipt = await readMessage(path, signal);
  const sentCode = answersTo[receipt.message.code];
  if (sentCode === undefined) throw noReceipt(path, receipt.message);
  const sent = await readMessage(placeOf(sentPath, receipt.message, sentCode), signal);
  if (sent.message.code !== sentCode) throw notAnswered(sent.message, sentCode);
  return matchReceipt(receipt, sent, path);
}

/** What makes it impossible to tell the objects of the sent message apart. */
const ambiguous: ReadonlySet<string> = new Set(['xdomea.id-duplicate', 'xdomea.value-missing']);

/** Pure. What the receipt says of each of its answers is told here, once, and not with the receipt itself. */
export function matchReceipt(receipt: ReadMessage, original: ReadMessage, path: string): Receipt {
  const sent = original.message;
  const answers = answersById(receipt.message.answers);
  const known = new Set(allObjects(sent).flatMap(({ id }) => (id === null ? [] : [id.toLowerCase()])));
  const handedOver = sent.objects.filter(({ kind }) => kind !== 'letter');
  const objects = handedOver.map((node) => receivedObject(node, answersOf(node, answers)));
  const unknown = [...answers.keys()].filter((id) => !known.has(id));
  const own = receipt.findings.filter(({ code }) => code !== 'xdomea.object-refused');
  const findings = [
    ...original.findings.filter(({ code }) => ambiguous.has(code)),
    ...own,
    ...processFindings(receipt.message, sent, path),
    ...objectFindings(objects, path),
    ...innerRefusals(receipt.message, handedOver, known, path),
    ...unknown.map((id) => createFinding('xdomea.object-unknown', { path }, { id })),
  ];
  return { processId: receipt.message.head.processId, objects, unknown, findings };
}

/** Answers without an id are told as those of the id "". */
function answersById(answers: readonly Answer[]): Map<string, Answer[]> {
  const byId = new Map<string, Answer[]>();
  for (const answer of answers) {
    const id = answer.id?.toLowerCase() ?? '';
    byId.set(id, [...(byId.get(id) ?? []), answer]);
  }
  return byId;
}

/** An object without an id has no answer, even where an answer has none either. */
function answersOf({ id }: RecordNode, answers: ReadonlyMap<string, readonly Answer[]>): readonly Answer[] {
  return (id === null ? undefined : answers.get(id.toLowerCase())) ?? [];
}

function receivedObject({ id, reference, title }: RecordNode, answers: readonly Answer[]): ReceivedObject {
  const taken = answers.filter(({ takenOver }) => takenOver === true).length;
  const recordId = answers.find((answer) => answer.recordId !== null)?.recordId ?? null;
  const errors = answers.flatMap((answer) => [...answer.errors, ...answer.errorCodes]);
  return { id: id ?? '', reference, title, state: stateOf(taken, answers.length), recordId, errors };
}

function stateOf(taken: number, answers: number): ReceivedObject['state'] {
  if (answers === 0) return 'unanswered';
  if (taken === answers) return 'taken-over';
  return taken === 0 ? 'refused' : 'conflicting';
}

function* processFindings({ head }: XdomeaMessage, sent: XdomeaMessage, path: string): Iterable<Finding> {
  const [own, asked] = [head.processId, sent.head.processId];
  if (own === null || asked === null || own.toLowerCase() === asked.toLowerCase()) return;
  yield createFinding('xdomea.process-differs', { path }, { stated: own, sent: asked });
}

function* objectFindings(objects: readonly ReceivedObject[], path: string): Iterable<Finding> {
  for (const { id, reference, state, errors } of objects) {
    const place = reference === null ? { path } : { path, reference };
    if (state === 'refused') yield createFinding('xdomea.object-refused', place, { id, reasons: errors.join('; ') });
    if (state === 'unanswered') yield createFinding('xdomea.object-unanswered', place, { id });
    if (state === 'conflicting') yield createFinding('xdomea.answers-conflict', place, { id });
  }
}

/** A file may be taken over as a whole while a document inside of it was not. */
function* innerRefusals(
  { answers }: XdomeaMessage,
  handedOver: readonly RecordNode[],
  known: ReadonlySet<string>,
  path: string,
): Iterable<Finding> {
  const outer = new Set(handedOver.map(({ id }) => id?.toLowerCase()));
  for (const answer of answers) {
    const id = answer.id?.toLowerCase() ?? '';
    if (answer.takenOver === true || outer.has(id) || !known.has(id)) continue;
    yield createFinding('xdomea.object-refused', { path }, refusalOf(answer));
  }
}

function placeOf(sentPath: string, { head }: XdomeaMessage, code: string): string {
  if (!statSync(sentPath, { throwIfNoEntry: false })?.isDirectory()) return sentPath;
  const types: Readonly<Record<string, string>> = { '0401': 'Abgabe.Abgabe', '0503': 'Aussonderung.Aussonderung' };
  // A process id is no path, whatever the receipt says.
  const id = /^[0-9a-f-]{36}$/i.exec(head.processId ?? '')?.[0].toLowerCase();
  const path = join(sentPath, `${id}_${types[code]}.${code}.zip`);
  if (id !== undefined && statSync(path, { throwIfNoEntry: false })) return path;
  throw new UsageError(
    'xdomea.message-missing',
    text({
      de: `In „${sentPath}“ liegt keine Nachricht des Prozesses ${head.processId ?? '?'}.`,
      en: `"${sentPath}" holds no message of the process ${head.processId ?? '?'}.`,
    }),
    text({
      de: 'Die abgegebene Nachricht selbst mit --sent nennen.',
      en: 'Name the message that was sent itself with --sent.',
    }),
  );
}

function noReceipt(path: string, { type, code }: XdomeaMessage): UsageError {
  return new UsageError(
    'xdomea.no-receipt',
    text({
      de: `„${path}“ ist keine Importbestätigung, sondern ${type}.${code}.`,
      en: `"${path}" is no acknowledgement of import, but ${type}.${code}.`,
    }),
    text({ de: 'Eine Nachricht 0402 oder 0506 nennen.', en: 'Name a message 0402 or 0506.' }),
  );
}

function notAnswered({ type, code }: XdomeaMessage, wanted: string): UsageError {
  return new UsageError(
    'xdomea.other-message',
    text({
      de: `Die Bestätigung antwortet auf eine Nachricht ${wanted}, genannt ist ${type}.${code}.`,
      en: `The acknowledgement answers a message ${wanted}, but ${type}.${code} is named.`,
    }),
    text({ de: 'Die abgegebene Nachricht mit --sent nennen.', en: 'Name the message that was sent with --sent.' }),
  );
}

import type { Transaction } from 'kysely';
import { change } from '../audit/change.ts';
import { fileKey } from '../custody/reference.ts';
import { type Batch, requireBatch } from '../custody/store.ts';
import { type FindingCode, isFindingCode, titleOf } from '../findings/finding.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import {
  type DeliveryFileRow,
  type DeliveryRow,
  deliveryFiles,
  type FindingRow,
  findingsOf,
  requireRound,
} from './delivery-store.ts';
import { type Obstacles, obstacles, packageObstacles } from './open-findings.ts';

/** Which files of a delivery are to be accepted; the others are rejected by the same decision. */
export type Selection =
  | { readonly kind: 'all' }
  /** Those without an open error. */
  | { readonly kind: 'faultless' }
  | { readonly kind: 'named'; readonly references: readonly string[] };

export interface AcceptRequest {
  readonly batch: string;
  readonly round?: number | undefined;
  readonly selection: Selection;
  readonly decidedOn: CalendarDate;
  /** Date of performance: decides price and VAT. */
  readonly performedOn: CalendarDate;
}

export interface RejectRequest {
  readonly batch: string;
  readonly round?: number | undefined;
  readonly reason: string;
  readonly decidedOn: CalendarDate;
}

export interface Decision {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
  readonly accepted: readonly DeliveryFileRow[];
  readonly rejected: readonly DeliveryFileRow[];
  /** Files that an earlier round had brought and that are accepted already: nothing is decided twice. */
  readonly settled: readonly DeliveryFileRow[];
  readonly findings: readonly FindingRow[];
}

/**
 * Accepts a delivery, in whole or in part. Gates: checked, reconciled, no open error among what is accepted.
 * @throws GateError that names every obstacle
 */
export async function acceptDelivery(workspace: Workspace, request: AcceptRequest): Promise<Decision> {
  return change(workspace, async ({ db, record }) => {
    const situation = await readSituation(db, request.batch, request.round);
    const { batch, delivery, open } = situation;
    requireReconciled(batch, delivery);
    const chosen = choose(situation, request.selection);
    if (chosen.length === 0) throw nothingToAccept(batch, delivery, open, situation.files);
    const rejected = situation.undecided.filter((file) => !chosen.includes(file));
    await insertDecision(db, workspace, situation, chosen, rejected, {
      decided_on: request.decidedOn,
      performed_on: request.performedOn,
      reason: '',
    });
    const decision = { ...situation, accepted: chosen, rejected };
    record({ action: 'delivery.accepted', subject: subjectOf(decision), after: protocol(decision, request) });
    return decision;
  });
}

/** Rejects a delivery as a whole. @throws GateError when it is decided already */
export async function rejectDelivery(workspace: Workspace, request: RejectRequest): Promise<Decision> {
  if (request.reason.trim() === '') throw reasonMissing();
  return change(workspace, async ({ db, record }) => {
    const situation = await readSituation(db, request.batch, request.round);
    await insertDecision(db, workspace, situation, [], situation.undecided, {
      decided_on: request.decidedOn,
      performed_on: request.decidedOn,
      reason: request.reason,
    });
    const decision = { ...situation, accepted: [], rejected: situation.undecided };
    record({ action: 'delivery.rejected', subject: subjectOf(decision), after: protocol(decision, request) });
    return decision;
  });
}

interface Situation {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
  readonly files: readonly DeliveryFileRow[];
  readonly undecided: readonly DeliveryFileRow[];
  readonly settled: readonly DeliveryFileRow[];
  readonly findings: readonly FindingRow[];
  readonly open: Obstacles;
}

async function readSituation(db: Transaction<Database>, key: string, round?: number): Promise<Situation> {
  const batch = await requireBatch(db, key);
  const delivery = await requireRound(db, batch, round);
  const decided = await db
    .selectFrom('decision')
    .select('id')
    .where('delivery_id', '=', delivery.id)
    .executeTakeFirst();
  if (decided) throw alreadyDecided(batch, delivery);
  const files = await deliveryFiles(db, delivery.id);
  const accepted = await acceptedFileIds(db, batch.id);
  const isSettled = ({ file_id }: DeliveryFileRow) => file_id !== null && accepted.has(file_id);
  const findings = await findingsOf(db, delivery.id);
  return {
    batch,
    delivery,
    files,
    undecided: files.filter((file) => file.file_id !== null && !isSettled(file)),
    settled: files.filter(isSettled),
    findings,
    open: obstacles(findings),
  };
}

async function acceptedFileIds(db: Transaction<Database>, batchId: number): Promise<Set<number>> {
  const rows = await db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .select('decision_file.file_id')
    .where('file.batch_id', '=', batchId)
    .where('decision_file.outcome', '=', 'accepted')
    .execute();
  return new Set(rows.map(({ file_id }) => file_id));
}

function choose(situation: Situation, selection: Selection): DeliveryFileRow[] {
  const { undecided, open } = situation;
  if (selection.kind === 'all') {
    const standing = [...open.general, ...[...open.byFile.values()].flat()];
    if (standing.length > 0) throw openErrors(situation, standing);
    return [...undecided];
  }
  const general = packageObstacles(open);
  if (general.length > 0) throw openErrors(situation, general);
  if (selection.kind === 'faultless') return undecided.filter(({ id }) => !open.byFile.has(id));
  const named = selection.references.flatMap((reference) => requireFiles(situation, reference));
  const faulty = named.flatMap(({ id }) => open.byFile.get(id) ?? []);
  if (faulty.length > 0) throw openErrors(situation, faulty);
  return named;
}

/** All volumes of a reference, or one of them by "REFERENCE#VOLUME". */
function requireFiles({ undecided }: Situation, name: string): DeliveryFileRow[] {
  const [reference = '', volume] = name.split('#');
  const found = undecided.filter((file) =>
    volume === undefined
      ? fileKey({ ...file, volume: '' }) === fileKey({ reference, volume: '' })
      : fileKey(file) === fileKey({ reference, volume }),
  );
  if (found.length > 0) return found;
  throw new UsageError(
    'delivery.unknown-file',
    text({
      de: `Die Akte „${name}“ ist in dieser Lieferung nicht offen.`,
      en: `The file "${name}" is not open in this delivery.`,
    }),
    didYouMean(
      name,
      undecided.map((file) => file.reference),
    ),
  );
}

async function insertDecision(
  db: Transaction<Database>,
  workspace: Workspace,
  { delivery }: Situation,
  accepted: readonly DeliveryFileRow[],
  rejected: readonly DeliveryFileRow[],
  decision: { decided_on: CalendarDate; performed_on: CalendarDate; reason: string },
): Promise<void> {
  const { id } = await db
    .insertInto('decision')
    .values({ ...decision, delivery_id: delivery.id, decided_by: workspace.actor })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = [
    ...accepted.map((file) => ({ file, outcome: 'accepted' as const })),
    ...rejected.map((file) => ({ file, outcome: 'rejected' as const })),
  ];
  for (const { file, outcome } of rows) {
    if (file.file_id === null) continue;
    await db
      .insertInto('decision_file')
      .values({
        decision_id: id,
        delivery_file_id: file.id,
        file_id: file.file_id,
        outcome,
        pages: file.received_pages ?? 0,
        documents: file.documents,
      })
      .execute();
  }
}

function protocol({ accepted, rejected }: Decision, request: AcceptRequest | RejectRequest) {
  const pages = (files: readonly DeliveryFileRow[]) => files.reduce((sum, file) => sum + (file.received_pages ?? 0), 0);
  return {
    ...request,
    acceptedFiles: accepted.length,
    acceptedPages: pages(accepted),
    rejectedFiles: rejected.length,
    rejectedPages: pages(rejected),
  };
}

function subjectOf({ batch, delivery }: Pick<Decision, 'batch' | 'delivery'>): string {
  return `delivery/${batch.key}/${delivery.round}`;
}

function requireReconciled(batch: Batch, delivery: DeliveryRow): void {
  if (delivery.reconciled_at) return;
  throw new GateError(
    'acceptance.not-reconciled',
    text({
      de: `Lieferung ${delivery.round} der Charge ${batch.key} ist noch nicht abgeglichen.`,
      en: `Round ${delivery.round} of batch ${batch.key} is not reconciled yet.`,
    }),
    text({ de: `Abgleichen: scanlot reconcile ${batch.key}`, en: `Reconcile it: scanlot reconcile ${batch.key}` }),
  );
}

const MOST_TOLD = 20;

function openErrors({ batch, delivery }: Situation, findings: readonly FindingRow[]): GateError {
  const byCode = new Map<string, FindingRow[]>();
  for (const finding of findings) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  const details = [...byCode].slice(0, MOST_TOLD).map(([code, rows]): Text => {
    const places = [...new Set(rows.map(({ reference, path }) => reference ?? path))].slice(0, 3).join(', ');
    const title = (language: 'de' | 'en') => (isFindingCode(code) ? titleOf(code as FindingCode, language) : code);
    return text({
      de: (format) => `${title('de')} (${code}): ${format.number(rows.length)} – ${places}`,
      en: (format) => `${title('en')} (${code}): ${format.number(rows.length)} – ${places}`,
    });
  });
  return new GateError(
    'acceptance.open-errors',
    text({
      de: (format) =>
        `Lieferung ${delivery.round} der Charge ${batch.key} hat ${format.number(findings.length)} offene Fehler.`,
      en: (format) =>
        `Round ${delivery.round} of batch ${batch.key} has ${format.number(findings.length)} open errors.`,
    }),
    text({
      de: `Nur die fehlerfreien Akten annehmen (--partial), zurückweisen (scanlot reject ${batch.key}) oder einzelne Befunde freigeben (scanlot waive ${batch.key} CODE --reason "…").`,
      en: `Accept the faultless files only (--partial), reject (scanlot reject ${batch.key}), or waive single findings (scanlot waive ${batch.key} CODE --reason "…").`,
    }),
    details,
  );
}

function nothingToAccept(
  batch: Batch,
  delivery: DeliveryRow,
  open: Obstacles,
  files: readonly DeliveryFileRow[],
): GateError {
  return new GateError(
    'acceptance.nothing',
    text({
      de: `In Lieferung ${delivery.round} der Charge ${batch.key} kann keine Akte angenommen werden (${files.length} geliefert, ${open.byFile.size} mit offenen Fehlern).`,
      en: `No file of round ${delivery.round} of batch ${batch.key} can be accepted (${files.length} delivered, ${open.byFile.size} with open errors).`,
    }),
    text({
      de: `Zurückweisen: scanlot reject ${batch.key} --reason "…"`,
      en: `Reject it: scanlot reject ${batch.key} --reason "…"`,
    }),
  );
}

function alreadyDecided(batch: Batch, delivery: DeliveryRow): GateError {
  return new GateError(
    'acceptance.decided',
    text({
      de: `Über Lieferung ${delivery.round} der Charge ${batch.key} ist schon entschieden.`,
      en: `Round ${delivery.round} of batch ${batch.key} is decided already.`,
    }),
    text({
      de: 'Eine Nachlieferung ist eine weitere Runde: scanlot delivery receive',
      en: 'A redelivery is a further round: scanlot delivery receive',
    }),
  );
}

function reasonMissing(): UsageError {
  return new UsageError(
    'acceptance.reason-missing',
    text({ de: 'Ein Grund fehlt.', en: 'A reason is missing.' }),
    text({ de: 'Mit --reason angeben.', en: 'State it with --reason.' }),
  );
}

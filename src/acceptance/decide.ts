import type { Transaction } from 'kysely';
import { change } from '../audit/change.ts';
import { type Batch, requireBatch } from '../custody/store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { type Language, text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import { fileName } from './complaint/refusals.ts';
import { setStatement } from './complaint/store.ts';
import { type CorrectedFile, type FilesStanding, filesAcceptedBy, filesStanding } from './corrections.ts';
import { defectListPath, writeDefectList } from './defects.ts';
import {
  type DecisionRow,
  type DeliveryFileRow,
  type DeliveryRow,
  deliveryFiles,
  type FindingRow,
  findDecision,
  findingsOf,
  requireRound,
} from './delivery-store.ts';
import { filesNamed } from './named-files.ts';
import { type Obstacles, obstacles, packageObstacles } from './open-findings.ts';
import {
  alreadyDecided,
  nothingToAccept,
  nothingToPay,
  openErrors,
  reasonMissing,
  requireReconciled,
} from './refusals.ts';
import { enteredQuantities, insertQuantities, type StatedQuantity, statedQuantities } from './stated-quantities.ts';

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
  /** Quantities of price positions that nobody counts, in thousandths of the unit. */
  readonly quantities?: ReadonlyMap<string, number> | undefined;
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
  /** For the first time, and to be paid. */
  readonly accepted: readonly DeliveryFileRow[];
  /** In the place of what was accepted before, after a complaint; not paid again. */
  readonly corrected: readonly CorrectedFile[];
  readonly rejected: readonly DeliveryFileRow[];
  /** Files that an earlier round had brought and that are accepted already: nothing is decided twice. */
  readonly settled: readonly DeliveryFileRow[];
  readonly findings: readonly FindingRow[];
  /** Path of the defect list; null when nothing was rejected. */
  readonly defects: string | null;
}

/**
 * Accepts a delivery, in whole or in part. Gates: checked, reconciled, no open error among what is accepted. Done again
 * after an interruption it finds its decision made, and leaves it at that.
 * @throws GateError that names every obstacle
 */
export async function acceptDelivery(
  workspace: Workspace,
  request: AcceptRequest,
  language: Language,
): Promise<Decision> {
  const { decidedOn, performedOn } = request;
  return decide(workspace, request, language, 'delivery.accepted', (situation) => {
    requireReconciled(situation);
    const chosen = choose(situation, request.selection);
    if (chosen.length === 0) throw nothingToAccept(situation, situation.open, situation.files);
    const quantities = request.quantities ?? new Map();
    return { chosen, quantities, decided_on: decidedOn, performed_on: performedOn, reason: '' };
  });
}

/** Rejects a delivery as a whole. Done again, as for acceptance. @throws GateError when it is decided otherwise */
export async function rejectDelivery(
  workspace: Workspace,
  request: RejectRequest,
  language: Language,
): Promise<Decision> {
  const { reason, decidedOn } = request;
  if (reason.trim() === '') throw reasonMissing();
  return decide(workspace, request, language, 'delivery.rejected', () => ({
    chosen: [],
    quantities: new Map(),
    decided_on: decidedOn,
    performed_on: decidedOn,
    reason,
  }));
}

/** What is decided: the files to accept, and the columns of the decision's row. */
interface Ruling extends Pick<DecisionRow, 'decided_on' | 'performed_on' | 'reason'> {
  readonly chosen: readonly DeliveryFileRow[];
  readonly quantities: ReadonlyMap<string, number>;
}

/**
 * Records a decision. The defect list is written before the decision commits: there is none without its list, and when
 * the list cannot be written nothing is decided.
 */
async function decide(
  workspace: Workspace,
  request: AcceptRequest | RejectRequest,
  language: Language,
  action: 'delivery.accepted' | 'delivery.rejected',
  rule: (situation: Situation) => Ruling,
): Promise<Decision> {
  return change(workspace, async ({ db, record, beforeCommit }) => {
    const situation = await readSituation(db, request.batch, request.round);
    const { former, undecided, batch, delivery } = situation;
    const ruling = former ? requireSame(situation, former, rule) : rule(situation);
    const rejected = undecided.filter((file) => !ruling.chosen.includes(file));
    const isListed = rejected.length > 0 || action === 'delivery.rejected';
    const defects = isListed ? defectListPath(workspace, batch, delivery, language) : null;
    const decision = { ...situation, ...situation.standing.part(ruling.chosen), rejected, defects };
    if (!former) {
      const stated = await insertDecision(db, workspace, decision, ruling);
      record({ action, subject: subjectOf(situation), after: protocol(decision, request, stated) });
    }
    if (defects !== null) beforeCommit(() => writeDefectList(defects, decision, language));
    return decision;
  });
}

/** The ruling, when it is the one that stands already. @throws GateError when another one does */
function requireSame(situation: Situation, former: FormerDecision, rule: (situation: Situation) => Ruling): Ruling {
  const { row, accepted, entered } = former;
  try {
    const ruling = rule(situation);
    const isSame =
      ruling.decided_on === row.decided_on &&
      ruling.performed_on === row.performed_on &&
      ruling.reason === row.reason &&
      ruling.quantities.size === entered.size &&
      [...ruling.quantities].every(([position, quantity]) => entered.get(position) === quantity) &&
      ruling.chosen.length === accepted.size &&
      ruling.chosen.every(({ file_id }) => file_id !== null && accepted.has(file_id));
    if (isSame) return ruling;
  } catch (error) {
    if (!(error instanceof GateError) && !(error instanceof UsageError)) throw error;
  }
  throw alreadyDecided(situation, row);
}

interface Situation {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
  readonly files: readonly DeliveryFileRow[];
  /** Those that this decision is about: not accepted before, or complained about since. */
  readonly undecided: readonly DeliveryFileRow[];
  readonly settled: readonly DeliveryFileRow[];
  readonly standing: FilesStanding;
  readonly findings: readonly FindingRow[];
  readonly open: Obstacles;
  /** The decision on this delivery, where there is one. */
  readonly former: FormerDecision | undefined;
}

interface FormerDecision {
  readonly row: DecisionRow;
  /** Ids of the files that it accepted, corrections among them. */
  readonly accepted: ReadonlySet<number>;
  /** Quantities that were stated with it. */
  readonly entered: ReadonlyMap<string, number>;
}

async function readSituation(db: Transaction<Database>, key: string, round?: number): Promise<Situation> {
  const batch = await requireBatch(db, key);
  const delivery = await requireRound(db, batch, round);
  const row = await findDecision(db, delivery.id);
  const files = await deliveryFiles(db, delivery.id);
  const listed = files.filter(({ file_id }) => file_id !== null);
  const standing = await filesStanding(db, batch.id, row);
  const findings = await findingsOf(db, delivery.id);
  return {
    batch,
    delivery,
    files,
    undecided: listed.filter((file) => standing.isUndecided(file)),
    settled: listed.filter((file) => !standing.isUndecided(file)),
    standing,
    findings,
    open: obstacles(findings),
    former: row && {
      row,
      accepted: await filesAcceptedBy(db, row),
      entered: await enteredQuantities(db, row.id),
    },
  };
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

/** @throws UsageError when nothing of that name is to be decided */
function requireFiles({ undecided }: Situation, name: string): DeliveryFileRow[] {
  const found = filesNamed(undecided, name);
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
  { batch, delivery, accepted, corrected, rejected }: Decision,
  { chosen: _chosen, quantities, ...columns }: Ruling,
): Promise<StatedQuantity[]> {
  const day = columns.performed_on;
  const fileIds = accepted.map(({ id }) => id);
  if (fileIds.length === 0 && quantities.size > 0) throw nothingToPay({ batch, delivery });
  const stated = fileIds.length === 0 ? [] : await statedQuantities(db, batch, day, quantities, fileIds);
  const { id } = await db
    .insertInto('decision')
    .values({ ...columns, delivery_id: delivery.id, decided_by: workspace.actor })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const file of accepted) await insertOutcome(db, id, file, 'accepted');
  for (const file of rejected) await insertOutcome(db, id, file, 'rejected');
  for (const { file, complaint } of corrected) {
    const correction_id = await insertOutcome(db, id, file, 'corrected');
    const statement = { stated_on: columns.decided_on, stated_by: workspace.actor, correction_id };
    await setStatement(db, complaint.id, { ...statement, state: 'corrected' });
  }
  await insertQuantities(db, id, stated);
  return stated;
}

/** @returns the id of the row */
async function insertOutcome(
  db: Transaction<Database>,
  decision_id: number,
  { id: delivery_file_id, file_id, received_pages, documents }: DeliveryFileRow,
  outcome: 'accepted' | 'rejected' | 'corrected',
): Promise<number> {
  if (file_id === null) throw new Error(`delivered file ${delivery_file_id} is on no pick list`);
  const { id } = await db
    .insertInto('decision_file')
    .values({ decision_id, delivery_file_id, file_id, outcome, pages: received_pages ?? 0, documents })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function protocol(
  { accepted, corrected, rejected }: Decision,
  request: AcceptRequest | RejectRequest,
  stated: readonly StatedQuantity[],
) {
  const pages = (files: readonly DeliveryFileRow[]) => files.reduce((sum, file) => sum + (file.received_pages ?? 0), 0);
  return {
    ...request,
    quantities: stated.length === 0 ? undefined : stated,
    acceptedFiles: accepted.length,
    acceptedPages: pages(accepted),
    ...(corrected.length === 0
      ? {}
      : {
          correctedFiles: corrected.length,
          correctedPages: pages(corrected.map(({ file }) => file)),
          complaints: corrected.map(({ file, complaint }) => ({ complaint: complaint.number, file: fileName(file) })),
        }),
    rejectedFiles: rejected.length,
    rejectedPages: pages(rejected),
  };
}

function subjectOf({ batch, delivery }: Situation): string {
  return `delivery/${batch.key}/${delivery.round}`;
}

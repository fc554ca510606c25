import { change } from '../audit/change.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import type { Language } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { fileName } from './complaint/refusals.ts';
import type { AcceptRequest, Decision, RejectRequest, Ruling } from './decision.ts';
import { insertDecision } from './decision-store.ts';
import { defectListPath, writeDefectList } from './defects.ts';
import type { DeliveryFileRow } from './delivery-store.ts';
import { alreadyDecided, nothingToAccept, reasonMissing, requireReconciled } from './refusals.ts';
import { choose } from './selection.ts';
import { type FormerDecision, readSituation, type Situation } from './situation.ts';
import type { StatedQuantity } from './stated-quantities.ts';

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

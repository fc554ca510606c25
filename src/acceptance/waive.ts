import { change } from '../audit/change.ts';
import { referenceKey } from '../custody/reference.ts';
import { requireBatch } from '../custody/store.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';
import { deliveryFiles, findDecision, findingsOf, requireRound } from './delivery-store.ts';
import { decidedBeforeWaiver } from './refusals.ts';

export interface WaiveRequest {
  readonly batch: string;
  readonly round?: number | undefined;
  readonly code: string;
  /** Only for this file; without it for every finding of that code. */
  readonly reference?: string | undefined;
  readonly reason: string;
}

/**
 * Signs an exception: findings of one code no longer stand in the way; they stay in the record with name and reason. Only
 * before the decision: afterwards the record would show a decision upon findings that were waived by then.
 * @returns how many findings it covers
 * @throws GateError when the delivery is decided; UsageError when there is nothing open of that code
 */
export async function waiveFindings(workspace: Workspace, request: WaiveRequest): Promise<number> {
  if (request.reason.trim().length < 3) {
    throw new UsageError(
      'waiver.reason-missing',
      text({ de: 'Eine Freigabe braucht einen Grund.', en: 'A waiver needs a reason.' }),
      text({ de: 'Mit --reason angeben.', en: 'State it with --reason.' }),
    );
  }
  return change(workspace, async ({ db, record }) => {
    const batch = await requireBatch(db, request.batch);
    const delivery = await requireRound(db, batch, request.round);
    const decision = await findDecision(db, delivery.id);
    if (decision) throw decidedBeforeWaiver({ batch, delivery }, decision);
    const owners = new Map((await deliveryFiles(db, delivery.id)).map((file) => [file.id, file.reference_key]));
    const open = (await findingsOf(db, delivery.id)).filter(({ waiver_id }) => waiver_id === null);
    const wanted = request.reference === undefined ? undefined : referenceKey(request.reference);
    const covered = open.filter((finding) => {
      const owner = finding.delivery_file_id === null ? finding.reference : owners.get(finding.delivery_file_id);
      return finding.code === request.code && (wanted === undefined || referenceKey(owner ?? '') === wanted);
    });
    if (covered.length === 0) {
      throw new UsageError(
        'waiver.nothing-open',
        text({
          de: `In Lieferung ${delivery.round} der Charge ${batch.key} ist „${request.code}“ nicht offen.`,
          en: `"${request.code}" is not open in round ${delivery.round} of batch ${batch.key}.`,
        }),
        didYouMean(request.code, [...new Set(open.map(({ code }) => code))], `scanlot delivery show ${batch.key}`),
      );
    }
    const { id } = await db
      .insertInto('waiver')
      .values({
        delivery_id: delivery.id,
        code: request.code,
        reference: request.reference ?? null,
        reason: request.reason,
        waived_by: workspace.actor,
        waived_at: workspace.now().toISOString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const finding of covered) {
      await db.updateTable('delivery_finding').set({ waiver_id: id }).where('id', '=', finding.id).execute();
    }
    record({
      action: 'finding.waived',
      subject: `delivery/${batch.key}/${delivery.round}`,
      after: { ...request, findings: covered.length },
    });
    return covered.length;
  });
}

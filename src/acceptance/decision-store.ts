import type { Transaction } from 'kysely';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import { setStatement } from './complaint/store.ts';
import type { Decision, Ruling } from './decision.ts';
import type { DeliveryFileRow } from './delivery-store.ts';
import { nothingToPay } from './refusals.ts';
import { insertQuantities, type StatedQuantity, statedQuantities } from './stated-quantities.ts';

/** Writes down a decision: what becomes of each file, of the complaints that corrections answer, and the quantities stated with it. */
export async function insertDecision(
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

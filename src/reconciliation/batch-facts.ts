import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { sidesPerSheet } from '../custody/create-batch.ts';
import { referenceKey } from '../custody/reference.ts';
import { type Batch, findFilesElsewhere, listFiles } from '../custody/store.ts';
import { type LoadedProfile, loadProfile } from '../delivery/profile.ts';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import { selectPendingComplaints } from './complaint-store.ts';
import { selectDigests, selectDocuments, selectEarliestElsewhere } from './content-store.ts';
import { type Effective, effectiveDeliveries } from './effective.ts';
import type { LedgerFacts, ListedFile, OtherBatch, Round } from './facts.ts';
import { findKnownContent, type Standing } from './known-content.ts';
import { sheetRuleOf } from './sheet-rule.ts';
import {
  type DeliveryRow,
  selectAcceptedFiles,
  selectImportedFiles,
  selectOtherBatches,
  selectRoundFacts,
} from './store.ts';
import { findUnchangedContent } from './unchanged-content.ts';

/** The delivery profile of the batch's lot; undefined when the contract names none. @throws UsageError when it is unfit */
export function profileOf(workspace: Workspace, batch: Batch): LoadedProfile | undefined {
  const { deliveryProfile, key } = batch.lot;
  if (deliveryProfile === null) return undefined;
  return loadProfile(join(workspace.paths.profiles, deliveryProfile), { lot: key });
}

/**
 * Gathers what the ledger knows of one batch.
 * @param deliveries the rounds to be considered, oldest first
 */
export async function batchFacts(
  db: Kysely<Database>,
  batch: Batch,
  deliveries: readonly DeliveryRow[],
  profile: LoadedProfile | undefined,
): Promise<LedgerFacts> {
  const lastRound = deliveries.at(-1)?.round ?? 0;
  const files = (await listFiles(db, batch.id)).map(
    ({ id, reference, volume, box, expected_sheets }): ListedFile => ({
      id,
      reference,
      volume,
      box,
      expectedSheets: expected_sheets,
    }),
  );
  const rounds = await selectRoundFacts(db, deliveries);
  const listed = new Set(files.map(({ id }) => id));
  const complaints = await selectPendingComplaints(db, batch.id, lastRound);
  const effective = effectiveDeliveries({ files, rounds, complaints });
  return {
    batch: { key: batch.key },
    order: {
      number: batch.order.number,
      orderedPages: batch.order.pages,
      otherBatches: await selectOtherBatches(db, batch.call_off_id, batch.id),
    },
    files,
    rounds,
    accepted: await selectAcceptedFiles(db, batch.id, lastRound),
    imported: await selectImportedFiles(db, batch.id, lastRound),
    elsewhere: await findElsewhere(db, batch, rounds, listed),
    known: await findKnownContent({
      documents: await selectDocuments(db, batch.id, lastRound),
      standing: standingOf(effective),
      elsewhere: await selectEarliestElsewhere(db, batch.id, lastRound),
      digestsOf: (ids) => selectDigests(db, ids),
    }),
    complaints,
    unchanged: await findUnchangedContent(db, effective.corrections),
    sheetRule: sheetRuleOf(profile),
    sides: sidesPerSheet,
  };
}

function standingOf({ listed, unlisted, corrections }: Effective): Map<number, Standing> {
  const delivered = [...listed.values(), ...corrections.map((correction) => correction.delivered)];
  return new Map<number, Standing>([
    ...delivered.map(({ file }): [number, Standing] => [
      file.id,
      file.decision?.outcome === 'rejected' ? 'rejected' : 'counts',
    ]),
    ...unlisted.map(({ file }): [number, Standing] => [file.id, 'unlisted']),
  ]);
}

/** Where files that are not on this pick list belong; first within the department, where references are unambiguous. */
async function findElsewhere(
  db: Kysely<Database>,
  batch: Batch,
  rounds: readonly Round[],
  listed: ReadonlySet<number>,
): Promise<Map<string, OtherBatch>> {
  const unlisted = rounds.flatMap(({ files }) => files.filter(({ fileId }) => fileId === null || !listed.has(fileId)));
  const keys = unlisted.map(({ reference }) => referenceKey(reference));
  const anywhere = await findFilesElsewhere(db, keys, { exceptBatch: batch.id });
  const { department } = batch.lot;
  const inDepartment = await findFilesElsewhere(db, keys, { exceptBatch: batch.id, department });
  return new Map([...anywhere, ...inDepartment].map(([key, file]) => [key, { batch: file.batch, lot: file.lot }]));
}

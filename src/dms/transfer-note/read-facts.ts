import { acceptedOutcomes } from '../../storage/standing.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { PlannedImport } from '../import/plan.ts';
import { acceptedDocuments } from '../import/store.ts';
import type { NoteFacts } from './note.ts';

/** What the ledger knows of an accepted file for its transfer note. */
export async function readNoteFacts(workspace: Workspace, { file, objectKey }: PlannedImport): Promise<NoteFacts> {
  const { db, config } = workspace;
  const row = await readRow(workspace, file.deliveryFileId);
  const { sender = {} } = config;
  return {
    statedOn: row.decided_on,
    customer: {
      name: config.county,
      unit: sender.office ?? null,
      street: sender.street ?? null,
      postalCode: sender.postalCode ?? null,
      town: sender.town ?? null,
    },
    contractor: { name: row.vendor, contract: file.contract, lot: file.lot },
    file: {
      ...{ key: objectKey, reference: file.reference, volume: file.volume },
      ...{ title: file.title, department: file.department },
    },
    stack: {
      ...{ batch: file.batch, box: file.box, handedOverOn: row.handed_over_on, round: file.round },
      ...{ deliveredOn: row.received_on, packageHash: row.package_hash, position: null },
    },
    procedure: { profile: file.profile, profileHash: file.profileHash, documentation: null, keeper: null },
    capture: { operator: null, at: null, device: null },
    documents: (await acceptedDocuments(db, file.deliveryFileId)).map(
      ({ path, sha256, size, format, pages, fields }) => ({
        name: path,
        sha256,
        size,
        format,
        pages,
        attributes: fields,
      }),
    ),
    technical: { pageClasses: await readPageClasses(workspace, file.deliveryFileId), resolution: null },
    completeness: {
      ...{ expectedSheets: row.expected_sheets, declaredPages: row.declared_pages },
      ...{ removedBlankPages: row.removed_blanks, countedPages: row.received_pages },
      ...{ acceptedPages: file.pages, reconciledAt: row.reconciled_at },
    },
    qualityAssurance: {
      ...{ checkedAt: row.checked_at, checkedWith: `scanlot ${row.tool_version}`, verdict: row.verdict },
      ...{ acceptedOn: row.decided_on, acceptedBy: row.decided_by, performedOn: row.performed_on },
      ...{ remark: row.reason, visualMatch: null },
    },
    anomalies: await readAnomalies(workspace, file.deliveryFileId),
  };
}

async function readRow({ db }: Workspace, deliveryFileId: number) {
  return db
    .selectFrom('decision_file')
    .innerJoin('decision', 'decision.id', 'decision_file.decision_id')
    .innerJoin('delivery_file', 'delivery_file.id', 'decision_file.delivery_file_id')
    .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .innerJoin('batch', 'batch.id', 'file.batch_id')
    .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
    .innerJoin('lot', 'lot.id', 'call_off.lot_id')
    .innerJoin('contract', 'contract.id', 'lot.contract_id')
    .where('decision_file.delivery_file_id', '=', deliveryFileId)
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .select([
      ...(['decision.decided_on', 'decision.decided_by', 'decision.performed_on', 'decision.reason'] as const),
      ...(['delivery.received_on', 'delivery.package_hash', 'delivery.tool_version', 'delivery.verdict'] as const),
      ...(['delivery.checked_at', 'delivery.reconciled_at', 'delivery_file.declared_pages'] as const),
      ...(['delivery_file.removed_blanks', 'delivery_file.received_pages', 'file.expected_sheets'] as const),
      ...(['batch.handed_over_on', 'contract.vendor'] as const),
    ])
    .executeTakeFirstOrThrow();
}

async function readPageClasses({ db }: Workspace, deliveryFileId: number) {
  return db
    .selectFrom('delivery_page_class')
    .select(['size', 'colour', 'pages'])
    .where('delivery_file_id', '=', deliveryFileId)
    .orderBy('id')
    .execute();
}

async function readAnomalies({ db }: Workspace, deliveryFileId: number): Promise<NoteFacts['anomalies']> {
  const rows = await db
    .selectFrom('delivery_finding')
    .leftJoin('waiver', 'waiver.id', 'delivery_finding.waiver_id')
    .select(['delivery_finding.code', 'delivery_finding.severity', 'delivery_finding.path', 'delivery_finding.page'])
    .select(['waiver.waived_by', 'waiver.reason'])
    .where('delivery_finding.delivery_file_id', '=', deliveryFileId)
    .orderBy('delivery_finding.id')
    .execute();
  return rows.map(({ code, severity, path, page, waived_by, reason }) => ({
    ...{ code, severity, place: page === null ? path : `${path}#${page}` },
    ...{ waivedBy: waived_by, reason },
  }));
}

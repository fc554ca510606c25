import type { Vendor } from '../contract/contract-document.ts';
import { type Batch, requireBatch } from '../custody/store.ts';
import type { Finding } from '../findings/finding.ts';
import type { Block, WrittenDocument } from '../reporting/document/model.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { GateError } from '../shared/errors.ts';
import { formats } from '../shared/format.ts';
import { text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { defectList, defectSummary } from '../validation/outputs/defect-blocks.ts';
import { type Deadline, deadlineOf, mendingParty } from './cure-period.ts';
import { type DeliveryRow, type FindingRow, toFinding } from './delivery-store.ts';
import { letterBody, noticeHead } from './notice-letter.ts';
import { type DeliveryState, showDelivery } from './overview.ts';

export interface NoticeRequest {
  readonly batch: string;
  readonly round?: number | undefined;
  /** Date of the letter; the cure period begins with it. */
  readonly date: CalendarDate;
  /** In place of the one that follows from the lot's acceptance terms. */
  readonly deadline?: CalendarDate | undefined;
}

/** What a notice tells about one delivery. */
export interface NoticeFacts {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
  readonly state: DeliveryState;
  readonly lotTitle: string;
  readonly vendor: Vendor;
  readonly date: CalendarDate;
  readonly deadline: Deadline;
  readonly files: number;
  readonly pages: number;
  /** Files (Akten) that the defects are about. */
  readonly affectedFiles: number;
  /** Errors that nobody waived. */
  readonly defects: readonly Finding[];
  /** Warnings that nobody waived. */
  readonly remarks: readonly Finding[];
  readonly waived: number;
}

/**
 * Gathers what the defect notice (Mängelanzeige) to the vendor has to say.
 * @throws GateError when there is no open error; UsageError when neither the lot nor the request sets a deadline, or it is
 * not after the date of the letter
 */
export async function noticeFacts(workspace: Workspace, request: NoticeRequest): Promise<NoticeFacts> {
  const batch = await requireBatch(workspace.db, request.batch);
  const { overview, delivery, findings } = await showDelivery(workspace, request.batch, request.round);
  const open = findings.filter(({ waiver_id }) => waiver_id === null);
  const errors = open.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) throw nothingWrong(batch.key, delivery.round);
  const { vendor, lotTitle, cureDays } = await mendingParty(workspace.db, batch);
  return {
    batch,
    delivery,
    state: overview.state,
    lotTitle,
    vendor,
    date: request.date,
    deadline: deadlineOf(request, cureDays, batch.lot.key),
    files: overview.files,
    pages: overview.pages,
    affectedFiles: affected(errors),
    defects: errors.map(toFinding),
    remarks: open.filter(({ severity }) => severity === 'warning').map(toFinding),
    waived: findings.length - open.length,
  };
}

/** The letter with its annex, in German: the language of proceedings of German authorities (section 23 (1) VwVfG). */
export function noticeDocument(facts: NoticeFacts, workspace: Workspace): WrittenDocument {
  const { batch, delivery, date, defects, remarks } = facts;
  const title = `Mängelanzeige zur Charge ${batch.key}, Lieferung ${delivery.round}`;
  return {
    language: 'de',
    title,
    createdAt: workspace.now().toISOString(),
    footer: `${title} · ${formats.de.date(date)} · Vertrag ${batch.lot.contract}, Los ${batch.lot.key}`,
    blocks: [
      ...noticeHead(facts, workspace.config),
      ...letterBody(facts, defectSummary(defects, 'de')),
      { kind: 'annex' },
      ...annex(facts),
      ...defectList(defects, 'de'),
      ...(remarks.length === 0
        ? []
        : [{ kind: 'title', words: 'Weitere Auffälligkeiten' } as const, ...defectList(remarks, 'de')]),
    ],
  };
}

function annex({ batch, delivery, lotTitle, defects }: NoticeFacts): Block[] {
  const { date, instant, number } = formats.de;
  return [
    { kind: 'title', words: 'Anlage: Verzeichnis der Mängel' },
    {
      kind: 'facts',
      rows: [
        ['Vertrag, Los', `${batch.lot.contract}, ${batch.lot.key} (${lotTitle})`],
        ['Abruf, Charge', `${batch.order.number}, ${batch.key}`],
        ['Lieferung', `${delivery.round}, eingegangen am ${date(delivery.received_on)}`],
        ['Mängel', number(defects.length)],
        ['Geprüft', `${instant(delivery.checked_at)} mit scanlot ${delivery.tool_version}`],
        ['Lieferprofil', `${delivery.profile} (SHA-256 ${delivery.profile_hash})`],
        ['Paket', `SHA-256 ${delivery.package_hash}`],
      ],
    },
  ];
}

/** Files by their identity in the ledger, or by the reference that the finding names. */
function affected(errors: readonly FindingRow[]): number {
  const keys = errors.map(({ delivery_file_id, reference }) => delivery_file_id ?? reference);
  return new Set(keys.filter((key) => key !== null)).size;
}

function nothingWrong(batch: string, round: number): GateError {
  return new GateError(
    'notice.nothing-wrong',
    text({
      de: `Lieferung ${round} der Charge ${batch} hat keinen offenen Fehler: es gibt nichts anzuzeigen.`,
      en: `Round ${round} of batch ${batch} has no open error: there is nothing to give notice of.`,
    }),
    text({
      de: `Befunde ansehen: scanlot delivery show ${batch}`,
      en: `To see the findings: scanlot delivery show ${batch}`,
    }),
  );
}

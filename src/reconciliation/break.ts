import type { ledgerFindings } from '../findings/catalogue/ledger.ts';
import { createFinding, type Finding, type FindingArgs, type Place } from '../findings/finding.ts';
import type { Delivered } from './effective.ts';

export type LedgerCode = keyof typeof ledgerFindings;

/** Who has to act. */
export type Owner = 'vendor' | 'county';

/** Something that does not agree in the ledger. */
export interface Break {
  readonly finding: Finding;
  readonly owner: Owner;
  /** The file as delivered; null when it concerns none: a missing file, a sum. */
  readonly deliveryFileId: number | null;
  /** The delivery that it belongs to. */
  readonly deliveryId: number;
}

const owners: Readonly<Record<LedgerCode, Owner>> = {
  'ledger.file-missing': 'vendor',
  'ledger.redelivery-missing': 'vendor',
  'ledger.reference-differs': 'vendor',
  'ledger.file-unordered': 'vendor',
  'ledger.file-misfiled': 'vendor',
  'ledger.page-shortage': 'vendor',
  'ledger.page-surplus': 'vendor',
  'ledger.pages-below-estimate': 'county',
  'ledger.pages-above-estimate': 'county',
  'ledger.sheets-unknown': 'county',
  'ledger.declared-differs-from-counted': 'vendor',
  'ledger.duplicate-file': 'vendor',
  'ledger.document-known': 'vendor',
  'ledger.delivered-after-acceptance': 'vendor',
  'ledger.correction-missing': 'vendor',
  'ledger.correction-unchanged': 'vendor',
  'ledger.correction-index-only': 'county',
  'ledger.correction-pages-differ': 'county',
  'ledger.accepted-differs': 'county',
  'ledger.imported-differs': 'county',
  'ledger.over-delivered': 'county',
  'ledger.order-nearly-exceeded': 'county',
  'ledger.picked-above-order': 'county',
  'ledger.identity-broken': 'county',
};

/** A break of one delivered file. */
export function fileBreak<Code extends LedgerCode>(
  code: Code,
  { file, round }: Delivered,
  args: FindingArgs<Code>,
  place: Partial<Place> = {},
): Break {
  const finding = createFinding(code, { path: '', reference: file.reference, ...place }, args);
  return { finding, owner: owners[code], deliveryFileId: file.id, deliveryId: round.deliveryId };
}

/** A break of a batch, told with one of its deliveries. */
export function batchBreak<Code extends LedgerCode>(
  code: Code,
  deliveryId: number,
  args: FindingArgs<Code>,
  reference?: string,
): Break {
  const place = reference === undefined ? { path: '' } : { path: '', reference };
  return { finding: createFinding(code, place, args), owner: owners[code], deliveryFileId: null, deliveryId };
}

import type { Generated } from 'kysely';
import type { CalendarDate } from '../shared/dates.ts';
import type { Cents, Micros } from '../shared/money.ts';

/**
 * The tables, as kysely sees them. Lengths of shelf are millimetres, amounts are net or gross as the name says, booleans
 * are 0 or 1, JSON is text, instants are ISO 8601 in UTC. Keys named `key` or `number` are what people type.
 */
export interface Database {
  contract: ContractTable;
  contract_version: ContractVersionTable;
  lot: LotTable;
  price_position: PricePositionTable;
  price_terms: PriceTermsTable;
  opening_balance: OpeningBalanceTable;
  holding: HoldingTable;
  budget_line: BudgetLineTable;
  budget_rule: BudgetRuleTable;
  budget_change: BudgetChangeTable;
  commitment_authority: CommitmentAuthorityTable;
  funding: FundingTable;
  cost_share: CostShareTable;
  call_off: CallOffTable;
  call_off_position: CallOffPositionTable;
  call_off_option: CallOffOptionTable;
  batch: BatchTable;
  box: BoxTable;
  file: FileTable;
  delivery: DeliveryTable;
  delivery_file: DeliveryFileTable;
  delivery_document: DeliveryDocumentTable;
  delivery_page_class: DeliveryPageClassTable;
  delivery_finding: DeliveryFindingTable;
  waiver: WaiverTable;
  decision: DecisionTable;
  decision_file: DecisionFileTable;
  decision_quantity: DecisionQuantityTable;
  import_object: ImportObjectTable;
  import_own_document: ImportOwnDocumentTable;
  import_withdrawal: ImportWithdrawalTable;
  invoice: InvoiceTable;
  invoice_line: InvoiceLineTable;
  invoice_use: InvoiceUseTable;
  invoice_discount: InvoiceDiscountTable;
  invoice_payment: InvoicePaymentTable;
  invoice_reference: InvoiceReferenceTable;
  audit: AuditTable;
  seal: SealTable;
  migration: MigrationTable;
}

/** 0 or 1. */
export type Bit = 0 | 1;

/** The framework contract as it stands now; `contract_version` keeps every state it had. */
interface ContractTable {
  id: Generated<number>;
  number: string;
  title: string;
  vendor: string;
  starts_on: CalendarDate;
  ends_on: CalendarDate;
  /** Whether the contract states its values (maximum, estimates) with or without VAT. */
  value_basis: 'net' | 'gross';
  maximum_value: Cents | null;
  maximum_pages: number | null;
  version: number;
}

interface ContractVersionTable {
  id: Generated<number>;
  contract_id: number;
  version: number;
  effective_on: CalendarDate;
  reason: string;
  /** The contract document as imported, canonical JSON. */
  document: string;
  recorded_at: string;
}

interface LotTable {
  id: Generated<number>;
  contract_id: number;
  key: string;
  title: string;
  department: string;
  estimate_pages: number | null;
  maximum_pages: number | null;
  estimate_millimetres: number | null;
  maximum_millimetres: number | null;
  /** In the contract's value basis. */
  estimate_value: Cents | null;
  maximum_value: Cents | null;
  /** File name in the workspace's profiles folder. */
  delivery_profile: string | null;
  cure_days: number | null;
}

interface PricePositionTable {
  id: Generated<number>;
  lot_id: number;
  key: string;
  title: string;
  unit: string;
  price: Micros;
  valid_from: CalendarDate | null;
  valid_to: CalendarDate | null;
}

/** Tiers, allowances, page classes and the like of a position; none for a plain unit price. */
interface PriceTermsTable {
  id: Generated<number>;
  price_position_id: number;
  /** PriceTerms of src/contract/pricing, JSON. */
  terms: string;
}

/** What a contract had consumed before it was tracked here; taken over from the former records, with their source. */
interface OpeningBalanceTable {
  id: Generated<number>;
  lot_id: number;
  performed_on: CalendarDate;
  account: string;
  cost_centre: string;
  pages: number;
  files: number;
  millimetres: number;
  net: Cents;
  source: string;
}

interface HoldingTable {
  id: Generated<number>;
  key: string;
  title: string;
  department: string;
  lot_id: number | null;
  millimetres: number;
  files: number | null;
  sheets: number | null;
  pages: number;
  /** 1 when the pages were estimated from running metres. */
  pages_estimated: Bit;
  retention_until: CalendarDate | null;
  original_must_stay: Bit;
  /** Offer to the archive: none, open, done. */
  archive_offer: string;
  dms_go_live: CalendarDate | null;
  hard_deadline: CalendarDate | null;
  /** Accesses a year. */
  usage: number;
  /** 0 (sound) to 3 (perishing). */
  risk: number;
  note: string;
}

interface BudgetLineTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  department: string;
  title: string;
  appropriation: Cents;
  carry_over: Cents;
}

/** What holds for a budget line, where it differs from the usual. */
interface BudgetRuleTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  /** Ergebnishaushalt, Finanzhaushalt. */
  section: 'result' | 'finance';
  /** What of it may be carried over at the end of the year. */
  transferable: 'none' | 'committed' | 'all';
}

/** A change of a budget line in the course of the year; a transfer has two, of opposite sign and the same reference. */
interface BudgetChangeTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  kind: 'supplement' | 'transfer';
  amount: Cents;
  decided_on: CalendarDate;
  reference: string;
  reason: string;
}

/** Verpflichtungsermächtigung: what may be ordered in a year at the cost of a later one. */
interface CommitmentAuthorityTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  for_year: number;
  amount: Cents;
}

/** Money of others towards the cost charged to some accounts. */
interface FundingTable {
  id: Generated<number>;
  key: string;
  title: string;
  /** Millionths of the eligible cost. */
  share: number;
  ceiling: Cents | null;
  starts_on: CalendarDate;
  ends_on: CalendarDate;
  /** JSON list of accounts. */
  accounts: string;
}

/** One department's part of a key by which the cost of an account is shared. */
interface CostShareTable {
  id: Generated<number>;
  key: string;
  title: string;
  account: string;
  /** Null: all cost centres of the account. */
  cost_centre: string | null;
  department: string;
  weight: number;
}

interface CallOffTable {
  id: Generated<number>;
  number: string;
  lot_id: number;
  ordered_on: CalendarDate;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  department: string;
  pages: number;
  files: number;
  millimetres: number;
  net: Cents;
  gross: Cents;
  /** Set when nothing more will come: what was not accepted is no longer committed. */
  closed_on: CalendarDate | null;
  note: string;
}

interface CallOffPositionTable {
  id: Generated<number>;
  call_off_id: number;
  position: string;
  unit: string;
  /** Thousandths of the unit. */
  quantity: number;
  price: Micros;
  net: Cents;
}

/** An optional price position or surcharge that a call-off orders. */
interface CallOffOptionTable {
  id: Generated<number>;
  call_off_id: number;
  option: string;
}

/** Boxes handed to the vendor together; its pick list is what we say left the house. */
interface BatchTable {
  id: Generated<number>;
  key: string;
  call_off_id: number;
  handed_over_on: CalendarDate | null;
  millimetres: number | null;
  note: string;
}

interface BoxTable {
  id: Generated<number>;
  batch_id: number;
  barcode: string;
}

/** A file (Akte), or one of its volumes: the unit that is handed over, delivered, accepted and imported. */
interface FileTable {
  id: Generated<number>;
  batch_id: number;
  box_id: number | null;
  /** As written on the pick list. */
  reference: string;
  /** In Unicode NFC, for comparison. */
  reference_key: string;
  volume: string;
  title: string;
  expected_sheets: number | null;
}

interface DeliveryTable {
  id: Generated<number>;
  batch_id: number;
  round: number;
  received_on: CalendarDate;
  /** Folder of the package: relative to the workspace, or absolute when it stays where it is. */
  package_path: string;
  in_place: Bit;
  profile: string;
  profile_hash: string;
  package_hash: string;
  tool_version: string;
  verdict: string;
  checked_at: string;
  reconciled_at: string | null;
}

/** One file (Akte) of a delivery: what its rows declare and what its documents hold. */
interface DeliveryFileTable {
  id: Generated<number>;
  delivery_id: number;
  /** The file of the pick list; null when it was not ordered. */
  file_id: number | null;
  reference: string;
  reference_key: string;
  volume: string;
  documents: number;
  declared_pages: number;
  removed_blanks: number;
  /** Pages counted in the bytes; null when a document's pages could not be counted. */
  received_pages: number | null;
  bytes: number;
  /** sha256 over the sorted list of document path and digest: equal content, equal digest. */
  content_hash: string;
  /** passed, failed, errored */
  state: string;
}

interface DeliveryDocumentTable {
  id: Generated<number>;
  delivery_file_id: number;
  path: string;
  row: number | null;
  format: string | null;
  size: number | null;
  sha256: string | null;
  declared_pages: number | null;
  pages: number | null;
  /** Index fields of the manifest row, JSON. */
  fields: string;
  state: string;
}

/** Pages of a delivered file by class; only in lots whose prices tell classes apart. */
interface DeliveryPageClassTable {
  id: Generated<number>;
  delivery_file_id: number;
  /** ISO size of the sheet; null where the file does not tell. */
  size: string | null;
  /** bw, grey, colour; null where the file does not tell. */
  colour: string | null;
  pages: number;
}

interface DeliveryFindingTable {
  id: Generated<number>;
  delivery_id: number;
  delivery_file_id: number | null;
  /** check: about the package; reconciliation: against the ledger. */
  source: string;
  code: string;
  severity: string;
  path: string;
  page: number | null;
  row: number | null;
  reference: string | null;
  args: string;
  waiver_id: number | null;
}

interface WaiverTable {
  id: Generated<number>;
  delivery_id: number;
  code: string;
  /** The file concerned; null for the whole delivery. */
  reference: string | null;
  reason: string;
  waived_by: string;
  waived_at: string;
}

/** The decision on a delivery: acceptance (whole or in part) or rejection. */
interface DecisionTable {
  id: Generated<number>;
  delivery_id: number;
  decided_on: CalendarDate;
  /** Date of performance: VAT and price are those of this day. */
  performed_on: CalendarDate;
  decided_by: string;
  reason: string;
}

interface DecisionFileTable {
  id: Generated<number>;
  decision_id: number;
  delivery_file_id: number;
  /** The file of the pick list; one acceptance each at the most (unique where accepted). */
  file_id: number;
  outcome: 'accepted' | 'rejected';
  pages: number;
  documents: number;
}

/** What an acceptance holds of a price position whose unit is not counted in files: boxes, trips, index characters. */
interface DecisionQuantityTable {
  id: Generated<number>;
  decision_id: number;
  position: string;
  /** Thousandths of the unit. */
  quantity: number;
  /** counted: from the index; entered: stated by whoever accepted. */
  source: 'counted' | 'entered';
}

/** One file on its way into the document management system: intent before the request, confirmation after read-back. */
interface ImportObjectTable {
  id: Generated<number>;
  file_id: number;
  delivery_file_id: number;
  adapter: string;
  /** Our own key, by which the object is looked up before any retry. */
  object_key: string;
  /**
   * intended, sent, confirmed, failed; when other content was accepted anew: updating, then sent, or update-failed; when
   * it is taken back: withdrawing, withdrawn.
   */
  state: string;
  dms_id: string | null;
  pages: number;
  attempts: number;
  error: string | null;
  intended_at: string;
  confirmed_at: string | null;
}

/** A document that scanlot made and stored with an object, beside those that were accepted. */
interface ImportOwnDocumentTable {
  id: Generated<number>;
  import_object_id: number;
  name: string;
  size: number;
  sha256: string;
}

/** An imported object that was taken out of the DMS again. */
interface ImportWithdrawalTable {
  id: Generated<number>;
  import_object_id: number;
  dms_id: string | null;
  reason: string;
  requested_at: string;
  requested_by: string;
  /** Null until the DMS has removed it. */
  removed_at: string | null;
}

/** An invoice of the vendor. Amounts of credit notes are negative; those of a rejected invoice are 0 but for what it states. */
interface InvoiceTable {
  id: Generated<number>;
  /** BT-1, as stated. */
  number: string;
  seller: string;
  /** The seller's name in the form in which names are compared. */
  seller_key: string;
  contract_id: number | null;
  kind: 'invoice' | 'creditNote' | 'correction';
  /** Name of the file that it came in. */
  file: string;
  /** sha256 of what it says, but for its number and syntax. */
  content_hash: string;
  issued_on: CalendarDate | null;
  due_on: CalendarDate | null;
  recorded_on: CalendarDate;
  stated_gross: Cents;
  /** What is approved of it. */
  net: Cents;
  vat: Cents;
  gross: Cents;
  /** What is to be paid: gross, less what the invoice says was paid before. */
  payable: Cents;
  partial: Bit;
  /** checked: waits for a second pair of eyes. */
  state: 'checked' | 'approved' | 'paid' | 'rejected';
  /** Why it was rejected. */
  reason: string;
  checked_by: string | null;
  approved_on: CalendarDate | null;
  approved_by: string | null;
  paid_on: CalendarDate | null;
}

interface InvoiceLineTable {
  id: Generated<number>;
  invoice_id: number;
  /** BT-126. */
  line: string;
  name: string;
  /** Thousandths of the unit; negative for credits. */
  quantity: number;
  net: Cents;
  /** 0 for lines that a partial approval left out. */
  approved: Bit;
}

/** What an approved line takes of an acceptance; negative for what a credit gives back. */
interface InvoiceUseTable {
  id: Generated<number>;
  invoice_line_id: number;
  call_off_id: number;
  /** Null for positions that are agreed in the call-off and not counted at acceptance. */
  decision_id: number | null;
  position: string;
  price: Micros;
  /** Thousandths of the unit. */
  quantity: number;
  net: Cents;
  performed_on: CalendarDate;
  /** Hundredths of a percent. */
  vat_rate: number;
}

/** A cash discount that an approved invoice grants. */
interface InvoiceDiscountTable {
  id: Generated<number>;
  invoice_id: number;
  last_day: CalendarDate;
  /** Hundredths of a percent; null where only the amount is stated. */
  percent: number | null;
  /** Of the amount that is approved; negative for credits. */
  amount: Cents;
}

/** How an invoice was paid, where scanlot was told the amount or a discount was taken. */
interface InvoicePaymentTable {
  id: Generated<number>;
  invoice_id: number;
  paid_on: CalendarDate;
  amount: Cents;
  /** The cash discount that it took. */
  discount: Cents;
  /** Why it is not what was due on that day; '' where it is. */
  reason: string;
}

/** An earlier invoice that an invoice names (BT-25). */
interface InvoiceReferenceTable {
  id: Generated<number>;
  invoice_id: number;
  number: string;
  /** The earlier invoice, where this one takes its place (final and corrected invoices); null where it is only named. */
  replaced_id: number | null;
  /** The line by which this one takes back what that one billed. */
  line_id: number | null;
}

interface AuditTable {
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
  /** Row count and digest of each table that the transaction changed, JSON; on its last entry only. */
  seals: string | null;
  previous_hash: string;
  hash: string;
}

interface SealTable {
  table_name: string;
  row_count: number;
  digest: string;
}

interface MigrationTable {
  name: string;
  applied_at: string;
}

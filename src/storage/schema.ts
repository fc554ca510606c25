import type { AuditTable, MigrationTable, SealTable } from './tables/audit.ts';
import type {
  BudgetChangeTable,
  BudgetLineTable,
  BudgetRuleTable,
  CommitmentAuthorityTable,
  CostShareTable,
  FundingTable,
} from './tables/budget.ts';
import type { ComplaintFileTable, ComplaintTable } from './tables/complaint.ts';
import type {
  CallOffOptionTable,
  CallOffPositionTable,
  CallOffTable,
  ContractTable,
  ContractVersionTable,
  LotTable,
  OpeningBalanceTable,
  PricePositionTable,
  PriceTermsTable,
} from './tables/contract.ts';
import type { BatchTable, BoxTable, FileTable, HoldingTable, RescanTable } from './tables/custody.ts';
import type {
  DecisionFileTable,
  DecisionQuantityTable,
  DecisionTable,
  DeliveryDocumentTable,
  DeliveryFileTable,
  DeliveryFindingTable,
  DeliveryPageClassTable,
  DeliveryTable,
  WaiverTable,
} from './tables/delivery.ts';
import type { ImportObjectTable, ImportOwnDocumentTable, ImportWithdrawalTable } from './tables/import.ts';
import type {
  InvoiceDiscountTable,
  InvoiceLineTable,
  InvoicePaymentTable,
  InvoiceReferenceTable,
  InvoiceTable,
  InvoiceUseTable,
} from './tables/invoice.ts';

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
  rescan: RescanTable;
  delivery: DeliveryTable;
  delivery_file: DeliveryFileTable;
  delivery_document: DeliveryDocumentTable;
  delivery_page_class: DeliveryPageClassTable;
  delivery_finding: DeliveryFindingTable;
  waiver: WaiverTable;
  decision: DecisionTable;
  decision_file: DecisionFileTable;
  decision_quantity: DecisionQuantityTable;
  complaint: ComplaintTable;
  complaint_file: ComplaintFileTable;
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

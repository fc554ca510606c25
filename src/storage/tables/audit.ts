export interface AuditTable {
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

export interface SealTable {
  table_name: string;
  row_count: number;
  digest: string;
}

export interface MigrationTable {
  name: string;
  applied_at: string;
}

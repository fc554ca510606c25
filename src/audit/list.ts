import type { Workspace } from '../storage/workspace.ts';

export interface AuditListEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly hash: string;
}

/** Entries of the log, newest first. */
export async function listAudit(
  workspace: Workspace,
  filter: { readonly subject?: string | undefined; readonly limit: number },
): Promise<AuditListEntry[]> {
  let query = workspace.db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(filter.limit);
  if (filter.subject !== undefined)
    query = query.where(
      (row) => row.fn('substr', ['subject', row.val(1), row.val(filter.subject?.length ?? 0)]),
      '=',
      filter.subject,
    );
  const rows = await query.execute();
  return rows.map(({ seq, at, actor, action, subject, before, after, hash }) => ({
    seq,
    at,
    actor,
    action,
    subject,
    before: before === null ? null : JSON.parse(before),
    after: after === null ? null : JSON.parse(after),
    hash,
  }));
}

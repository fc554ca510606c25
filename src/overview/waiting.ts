import { listDeliveries } from '../acceptance/overview.ts';
import { listBatches } from '../custody/store.ts';
import { countImportActions } from '../dms/import/read-plan.ts';
import { type Text, text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { complaintTasks } from './complaint-tasks.ts';
import { contractTasks } from './contract-tasks.ts';

/** Something that waits for somebody. */
export interface Waiting {
  /** Stable name for scripts. */
  readonly task: string;
  readonly who: 'project-lead' | 'validation' | 'it' | 'vendor';
  readonly what: Text;
  readonly count: number;
  /** What to type next. */
  readonly command: string;
}

/** Everything that waits, in the order of the work; empty when nothing does. */
export async function waitingTasks(workspace: Workspace): Promise<Waiting[]> {
  const [batches, deliveries, imports] = [
    await listBatches(workspace.db),
    await listDeliveries(workspace),
    await countImportActions(workspace),
  ];
  const newest = new Map(deliveries.map((delivery) => [delivery.batch, delivery]));
  const undelivered = batches.filter(({ key }) => !newest.has(key));
  const received = [...newest.values()].filter(({ state }) => state === 'received');
  const reconciled = [...newest.values()].filter(({ state }) => state === 'reconciled');
  const returned = [...newest.values()].filter(({ state }) => state === 'rejected' || state === 'partly-accepted');
  const tasks: Waiting[] = [
    {
      task: 'deliver',
      who: 'vendor',
      what: text({ de: 'Chargen ohne Lieferung', en: 'batches without a delivery' }),
      count: undelivered.length,
      command: `scanlot delivery receive PATH --batch ${undelivered[0]?.key}`,
    },
    {
      task: 'reconcile',
      who: 'validation',
      what: text({ de: 'Lieferungen abzugleichen', en: 'deliveries to reconcile' }),
      count: received.length,
      command: `scanlot reconcile ${received[0]?.batch}`,
    },
    {
      task: 'decide',
      who: 'validation',
      what: text({ de: 'Lieferungen abzunehmen oder zurückzuweisen', en: 'deliveries to accept or reject' }),
      count: reconciled.length,
      command: `scanlot accept ${reconciled[0]?.batch}`,
    },
    {
      task: 'redeliver',
      who: 'vendor',
      what: text({ de: 'Chargen mit ausstehender Nachlieferung', en: 'batches awaiting a redelivery' }),
      count: returned.length,
      command: `scanlot delivery show ${returned[0]?.batch}`,
    },
    ...(await complaintTasks(workspace)),
    {
      task: 'import',
      who: 'it',
      what: text({ de: 'abgenommene Akten zu importieren', en: 'accepted files to import' }),
      count: imports.create + imports.resume + imports.update,
      command: 'scanlot import run',
    },
    {
      task: 'retry-import',
      who: 'it',
      what: text({ de: 'fehlgeschlagene Importe', en: 'failed imports' }),
      count: imports.retry,
      command: 'scanlot import status',
    },
  ];
  return [...(await contractTasks(workspace)), ...tasks.filter(({ count }) => count > 0)];
}

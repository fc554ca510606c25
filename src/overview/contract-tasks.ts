import { contractReminders } from '../contract/reminders.ts';
import { localDate } from '../shared/dates.ts';
import type { Workspace } from '../storage/workspace.ts';
import type { Waiting } from './waiting.ts';

const tasks = { extension: 'declare-extension', term: 'contract-ends', minimumPurchase: 'minimum-purchase' } as const;

/** Dates of contracts that come near, the nearest first. */
export async function contractTasks({ db, now }: Pick<Workspace, 'db' | 'now'>): Promise<Waiting[]> {
  const reminders = await contractReminders(db, localDate(now()));
  return reminders.map(({ kind, contract, what }) => ({
    task: tasks[kind],
    who: 'project-lead',
    what,
    count: 1,
    command: `scanlot contract show ${contract}`,
  }));
}

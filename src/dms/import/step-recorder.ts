import type { Transaction } from 'kysely';
import { type AuditEntry, change } from '../../audit/change.ts';
import type { Database } from '../../storage/schema.ts';
import type { Workspace } from '../../storage/workspace.ts';

/** One step of one object: what it writes, and its entry in the audit log. */
export interface Step {
  write(db: Transaction<Database>): Promise<void>;
  readonly entry: AuditEntry;
}

/** Writes steps of objects that are under way at the same time. */
export interface StepRecorder {
  /** Resolves when the step is on the disk; the next step of its object may begin only then. */
  record(step: Step): Promise<void>;
}

/** Keeps a transaction from growing without bound. */
const mostSteps = 200;

/**
 * Steps that come while a transaction is being written wait for it, and go into the next one together: many objects share
 * one commit, each with its own audit entry. No object's step is confirmed before its commit.
 */
export function createStepRecorder(workspace: Workspace): StepRecorder {
  let waiting: Waiting[] = [];
  let isWriting = false;

  const write = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      await gathered();
      const group = waiting.slice(0, mostSteps);
      waiting = waiting.slice(mostSteps);
      try {
        await commit(workspace, group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isWriting = false;
  };
  /** As long as others become ready, turn by turn, they go along. */
  const gathered = async (): Promise<void> => {
    for (let before = 0; before < waiting.length && waiting.length < mostSteps; ) {
      before = waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    record: (step) =>
      new Promise((resolve, reject) => {
        waiting.push({ step, resolve, reject });
        if (!isWriting) void write();
      }),
  };
}

interface Waiting {
  readonly step: Step;
  resolve(): void;
  reject(error: unknown): void;
}

async function commit(workspace: Workspace, group: readonly Waiting[]): Promise<void> {
  await change(workspace, async ({ db, record }) => {
    for (const { step } of group) {
      await step.write(db);
      record(step.entry);
    }
  });
}

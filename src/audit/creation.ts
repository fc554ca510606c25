import { configMissing, type Workspace } from '../storage/workspace.ts';
import type { WorkspaceConfig } from '../storage/workspace-config.ts';
import { change } from './change.ts';
import { auditRows } from './verify.ts';

/** How a workspace was made. */
export interface Creation extends WorkspaceConfig {
  /** Filled with the sample county. */
  readonly sample: boolean;
}

const ACTION = 'workspace.created';
/** What the filling with the sample county records. */
const sampleActions = new Set(['contract.added', 'holding.added', 'budget-line.added']);

/**
 * Records that the workspace was made, unless an interrupted run did so.
 * @throws ScanlotError (exit 12) when the log tells of anything else: then a workspace in use lost its configuration
 */
export async function recordCreation(workspace: Workspace, creation: Creation): Promise<void> {
  let isRecorded = false;
  for await (const { action, after } of auditRows(workspace)) {
    const isOurs = action === ACTION ? isSame(after, creation) : creation.sample && sampleActions.has(action);
    if (!isOurs) throw configMissing(workspace.paths.config);
    isRecorded = true;
  }
  if (isRecorded) return;
  await change(workspace, async ({ record }) => record({ action: ACTION, subject: 'workspace', after: creation }));
}

function isSame(recorded: string | null, { county, sample }: Creation): boolean {
  const { county: formerCounty, sample: formerSample }: Partial<Creation> = JSON.parse(recorded ?? '{}');
  return formerCounty === county && formerSample === sample;
}

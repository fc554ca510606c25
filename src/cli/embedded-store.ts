import { join } from 'node:path';
import type { DmsAdapter } from '../dms/adapter.ts';
import { createOcflAdapter } from '../dms/ocfl/adapter.ts';
import type { Workspace } from '../storage/workspace.ts';

/** The workspace's embedded document store; objects are built beside it, on the same file system. */
export function openEmbeddedStore(workspace: Workspace): DmsAdapter {
  return createOcflAdapter({ root: workspace.paths.store, staging: join(workspace.paths.root, '.store-staging') });
}

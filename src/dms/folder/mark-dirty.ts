import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { type FolderRecord, fingerprint } from './record.ts';
import type { Tree } from './tree.ts';

/**
 * Remembers that the indices which tell a file are behind it. To be called after its record says that it comes or goes, and
 * before it does so: who brings an index up to date takes the mark away first, and then waits for such files.
 */
export async function markDirty({ index, state }: Tree, record: FolderRecord): Promise<void> {
  if (index.format === 'none' || index.per === 'object') return;
  for (const name of namesOf(record, index.per)) {
    await writeFileAtomically(join(state('dirty'), fingerprint(name)), name);
  }
}

/** The batches of its latest two hand-overs, or the runs in whose indices it is told when it goes. */
function namesOf({ state, batch, run, earlier }: FolderRecord, per: 'batch' | 'run'): ReadonlySet<string> {
  if (per === 'batch') return new Set([batch, ...earlier.slice(-1).map((one) => one.batch)]);
  const runs = state === 'removing' ? [run, ...earlier.map((one) => one.run)] : [];
  return new Set(runs.filter((name) => name !== null));
}

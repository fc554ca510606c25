import { join } from 'node:path';
import type { Batch } from '../custody/store.ts';
import type { Language } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { writeDefectList as writeFindings } from '../validation/defect-list.ts';
import type { Decision } from './decision.ts';
import { type DeliveryRow, toFinding } from './delivery-store.ts';

/** Where the defect list of a delivery lies: in the workspace's outputs. */
export function defectListPath(workspace: Workspace, batch: Batch, delivery: DeliveryRow, language: Language): string {
  const name = `${language === 'de' ? 'maengelliste' : 'defects'}-${batch.key}-${delivery.round}.csv`;
  return join(workspace.paths.outputs, name.replace(/[^\w.-]/g, '_'));
}

/** Writes what is wrong with a delivery as a table for the vendor; what was waived is no longer asked of him. */
export async function writeDefectList(path: string, { findings }: Decision, language: Language): Promise<void> {
  const open = findings.filter(({ waiver_id }) => waiver_id === null).map(toFinding);
  await writeFindings(path, open, language);
}

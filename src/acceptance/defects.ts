import { join } from 'node:path';
import { writeFileAtomically } from '../shared/atomic-file.ts';
import type { Language } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { renderDefectList } from '../validation/defect-list.ts';
import type { Decision } from './decide.ts';
import { toFinding } from './delivery-store.ts';

/**
 * Writes what is wrong with a delivery as a table for the vendor, into the workspace's outputs; what was waived is no
 * longer asked of him.
 * @returns path of the file
 */
export async function writeDefectList(
  workspace: Workspace,
  decision: Omit<Decision, 'defects'>,
  language: Language,
): Promise<string> {
  const { batch, delivery, findings } = decision;
  const name = `${language === 'de' ? 'maengelliste' : 'defects'}-${batch.key}-${delivery.round}.csv`;
  const path = join(workspace.paths.outputs, name.replace(/[^\w.-]/g, '_'));
  const open = findings.filter(({ waiver_id }) => waiver_id === null).map(toFinding);
  await writeFileAtomically(path, renderDefectList(open, language));
  return path;
}

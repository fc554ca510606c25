import type { Workspace } from '../../storage/workspace.ts';
import type { NoteForm } from '../../storage/workspace-config.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import { mappingOf } from '../mapping/mapper.ts';

interface Delivered {
  readonly contract: string;
  readonly lot: string;
  readonly profile: string;
}

/**
 * Tells the form for each file: as its mapping says, else as the workspace does. The embedded store takes no mapping.
 * @throws UsageError when a mapping cannot be read, or has mistakes
 */
export async function noteForms(workspace: Workspace): Promise<(file: Delivered) => NoteForm> {
  const { config } = workspace;
  const usual = config.import?.transferNote ?? 'none';
  if (config.dms === undefined || config.dms.type === 'ocfl') return () => usual;
  const mappings = await loadMappings(workspace);
  return (file) => mappingOf(mappings, file)?.source.transferNote ?? usual;
}

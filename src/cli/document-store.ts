import { join, resolve } from 'node:path';
import type { DmsAdapter } from '../dms/adapter.ts';
import { createCmisAdapter } from '../dms/cmis/adapter.ts';
import type { CmisSettings } from '../dms/cmis/settings.ts';
import { createOcflAdapter } from '../dms/ocfl/adapter.ts';
import type { WorkspaceContext } from './command.ts';

/**
 * The document management system that the workspace's configuration names; else its embedded store, where objects are
 * built beside it, on the same file system.
 */
export function openDocumentStore({ workspace, io }: Pick<WorkspaceContext, 'workspace' | 'io'>): DmsAdapter {
  const { paths, config } = workspace;
  if (config.dms?.type === 'cmis') {
    // The schema of the configuration has seen to its form.
    const settings = config.dms as unknown as CmisSettings;
    return createCmisAdapter({ settings: { ...settings, ...ownFiles(settings, paths.root) }, environment: io.env });
  }
  return createOcflAdapter({ root: paths.store, staging: join(paths.root, '.store-staging') });
}

/** Paths in the configuration count from the workspace. */
function ownFiles({ passwordFile, certificateAuthority }: CmisSettings, root: string) {
  return {
    ...(passwordFile === undefined ? {} : { passwordFile: resolve(root, passwordFile) }),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority: resolve(root, certificateAuthority) }),
  };
}

import { join, resolve } from 'node:path';
import type { DmsAdapter } from '../dms/adapter.ts';
import { createCmisAdapter } from '../dms/cmis/adapter.ts';
import type { CmisSettings } from '../dms/cmis/settings.ts';
import { shortForm as cmisShortForm } from '../dms/cmis/shorthand.ts';
import { createEnaioAdapter } from '../dms/enaio/adapter.ts';
import { createFileDropAdapter } from '../dms/enaio/file-drop/adapter.ts';
import type { FileDropSettings } from '../dms/enaio/file-drop/settings.ts';
import type { EnaioSettings } from '../dms/enaio/settings.ts';
import { shortForm as enaioShortForm, fileDropShortForm } from '../dms/enaio/shorthand.ts';
import { createFolderAdapter } from '../dms/folder/adapter.ts';
import type { FolderSettings } from '../dms/folder/settings.ts';
import type { ConnectionSettings } from '../dms/http/connection.ts';
import { withMapping } from '../dms/mapping/mapper.ts';
import type { ShortForm } from '../dms/mapping/short-form.ts';
import { createOcflAdapter } from '../dms/ocfl/adapter.ts';
import type { WorkspaceContext } from './command.ts';

/** The section of the configuration, as far as its schema does not see to it. */
export type DmsSettings = NonNullable<WorkspaceContext['workspace']['config']['dms']>;

type Context = Pick<WorkspaceContext, 'workspace' | 'io'>;

/**
 * The document management system that the workspace's configuration names, given files as the mapping describes them;
 * else the workspace's embedded store, which takes them as they are.
 */
export function openDocumentStore(context: Context): DmsAdapter {
  const adapter = openAdapter(context);
  if (adapter.name === 'ocfl') return adapter;
  return withMapping(adapter, async () => {
    const { loadMappings } = await import('../dms/mapping/load-mappings.ts');
    return loadMappings(context.workspace);
  });
}

/** The adapter alone, or one for other settings than those of the workspace. */
export function openAdapter({ workspace, io }: Context, settings = workspace.config.dms): DmsAdapter {
  const { paths } = workspace;
  // The schema of the configuration has seen to the form of what follows.
  if (settings?.type === 'cmis') {
    const cmis = settings as unknown as CmisSettings;
    return createCmisAdapter({ settings: { ...cmis, ...ownFiles(cmis, paths.root) }, environment: io.env });
  }
  if (settings?.type === 'enaio' && settings.service === 'file-drop') {
    const drop = settings as unknown as FileDropSettings;
    const own = { ...ownFiles(drop, paths.root), dropFolder: resolve(paths.root, drop.dropFolder) };
    return createFileDropAdapter({ settings: { ...drop, ...own }, environment: io.env });
  }
  if (settings?.type === 'enaio') {
    const enaio = settings as unknown as EnaioSettings;
    return createEnaioAdapter({ settings: { ...enaio, ...ownFiles(enaio, paths.root) }, environment: io.env });
  }
  if (settings?.type === 'folder') {
    const folder = settings as unknown as FolderSettings;
    return createFolderAdapter({ settings: { ...folder, path: resolve(paths.root, folder.path) } });
  }
  // Objects of the embedded store are built beside it, on the same file system.
  const digest = settings?.digest === 'sha256' ? 'sha256' : 'sha512';
  return createOcflAdapter({ root: paths.store, staging: join(paths.root, '.store-staging'), digest });
}

/** What the settings of a system say in place of a mapping; undefined for systems that know no types. */
export function shortFormOf(settings: DmsSettings | undefined): ShortForm | undefined {
  if (settings?.type === 'cmis') return cmisShortForm(settings as unknown as CmisSettings);
  if (settings?.type !== 'enaio') return undefined;
  if (settings.service === 'file-drop') return fileDropShortForm(settings as unknown as FileDropSettings);
  return enaioShortForm(settings as unknown as EnaioSettings);
}

/** Fields of the system that the adapter sets itself: no mapping may. */
export function reservedFields(settings: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const { keyProperty, keyField, stateField, documentKeyField } = settings;
  return [keyProperty, keyField, stateField, documentKeyField].filter((field) => typeof field === 'string');
}

/** Paths in the configuration count from the workspace. */
function ownFiles({ passwordFile, certificateAuthority }: Partial<ConnectionSettings>, root: string) {
  return {
    ...(passwordFile === undefined ? {} : { passwordFile: resolve(root, passwordFile) }),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority: resolve(root, certificateAuthority) }),
  };
}

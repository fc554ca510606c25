import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewObject } from '../dms/adapter.ts';
import type { EnaioSettings } from '../dms/enaio/settings.ts';
import { passwordVariable } from '../dms/http/password.ts';
import type { CompiledMapping } from '../dms/mapping/compile-mapping.ts';
import { loadMappings } from '../dms/mapping/load-mappings.ts';
import { mapObject, requireMapped } from '../dms/mapping/map-object.ts';
import type { MappedObject } from '../dms/mapping/mapped-object.ts';
import { createOcflAdapter } from '../dms/ocfl/adapter.ts';
import type { TestSystem } from '../dms/test/interface-test.ts';
import type { WorkspaceContext } from './command.ts';
import { type DmsSettings, openAdapter, reservedFields, shortFormOf } from './document-store.ts';

const usualFolder = '/scanlot-test';

/** The configured system, with a place of its own for the objects of a test. */
export async function openTestSystem(context: WorkspaceContext): Promise<TestSystem> {
  const { dms } = context.workspace.config;
  if (!dms || dms.type === 'ocfl') return embeddedStore(context);
  const mapping = await chooseMapping(context);
  const { file = {}, row = {} } = mapping?.source.test ?? {};
  const folder = typeof dms.testFolder === 'string' ? dms.testFolder : usualFolder;
  const settings = { ...dms, folder };
  const open = () => openAdapter(context, settings);
  const stranger = { ...context, io: { ...context.io, env: { [passwordVariable]: randomBytes(12).toString('hex') } } };
  return {
    adapter: open(),
    another: open,
    location: locationOf(dms, folder),
    wrongPassword: dms.type === 'folder' ? undefined : () => openAdapter(stranger, settings),
    describe: (object) => describe(object, mapping, dms),
    reserved: reservedFields(dms),
    metadata: file,
    row,
  };
}

/** In enaio the files of a test lie in folders of their own where the department is part of the folder's key. */
function locationOf(dms: Readonly<Record<string, unknown>> & { readonly type: string }, folder: string): string {
  if (dms.type !== 'enaio') return folder;
  const { levels = [], types, dropFolder } = dms as unknown as Partial<EnaioSettings> & { dropFolder?: string };
  const path = levels.map(({ key }) => key.replaceAll('{department}', 'scanlot-test')).join('/');
  return dropFolder ?? (path === '' ? `enaio, ${types?.file}` : path);
}

/** The workspace's own mapping; where it has none, that of the first lot that has one. */
async function chooseMapping({ workspace }: WorkspaceContext): Promise<CompiledMapping | undefined> {
  const { own, ofLots } = await loadMappings(workspace);
  const [first] = ofLots.values();
  return own ?? first?.mapping;
}

function describe(object: NewObject, mapping: CompiledMapping | undefined, dms: DmsSettings): MappedObject | undefined {
  return mapping ? requireMapped(mapObject(mapping, object), object.key) : shortFormOf(dms)?.map(object);
}

/** A second store beside the one of the workspace, on the same disk; it goes when the test ends. */
function embeddedStore({ workspace: { paths } }: WorkspaceContext): TestSystem {
  const root = join(paths.root, `.store-test-${randomBytes(4).toString('hex')}`);
  const store = { root: join(root, 'store'), staging: join(root, 'staging') };
  return {
    adapter: createOcflAdapter(store),
    another: () => createOcflAdapter(store),
    location: store.root,
    wrongPassword: undefined,
    describe: () => undefined,
    reserved: [],
    metadata: {},
    row: {},
    removeLocation: () => rm(root, { recursive: true, force: true }),
  };
}

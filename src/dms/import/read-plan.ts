import { statSync } from 'node:fs';
import { join } from 'node:path';
import { requireBatch } from '../../custody/store.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter } from '../adapter.ts';
import { actionFor, actionForCorrected, type ImportAction, objectKey, type PlannedImport, planImport } from './plan.ts';
import {
  type AcceptedFile,
  acceptedFiles,
  countImportStates,
  filesWithoutBytes,
  firstScans,
  type RecordedObject,
  recordedObjects,
} from './store.ts';

export interface PlanRequest {
  /** One batch; all by default. */
  readonly batch?: string | undefined;
  /** Where the import goes. */
  readonly adapter: Pick<DmsAdapter, 'name' | 'capabilities' | 'lookUp'>;
  /** Whether the system is asked for every file of which no run is recorded; otherwise nothing is asked. */
  readonly lookUp?: boolean;
  readonly withdrawn?: boolean;
  readonly signal?: AbortSignal;
}

/** The plan as it stands; changes nothing. @throws UsageError when there is no such batch */
export async function readImportPlan(workspace: Workspace, request: PlanRequest): Promise<PlannedImport[]> {
  const { batch, adapter, withdrawn = false } = request;
  if (batch !== undefined) await requireBatch(workspace.db, batch);
  const files = await acceptedFiles(workspace.db, batch);
  const objects = await recordedObjects(workspace.db);
  return planImport({
    files,
    objects,
    firstScans: await firstScans(workspace.db),
    empty: await filesWithoutBytes(workspace.db),
    missingPackages: missingPackages(workspace, files),
    system: { name: adapter.name, canUpdate: adapter.capabilities.update },
    held: request.lookUp ? await heldKeys(files, objects, request) : new Set(),
    withdrawn,
  });
}

/** How many accepted files an import would treat in which way, by what is recorded of earlier runs alone. */
export async function countImportActions(workspace: Workspace): Promise<Readonly<Record<ImportAction, number>>> {
  const counts: Record<ImportAction, number> = {
    create: 0,
    update: 0,
    found: 0,
    resume: 0,
    retry: 0,
    skip: 0,
    refuse: 0,
  };
  for (const { state, isCorrected, files } of await countImportStates(workspace.db)) {
    counts[isCorrected ? actionForCorrected(state) : actionFor(state)] += files;
  }
  return counts;
}

/** Where a delivery lies. */
export function packageFolder(workspace: Workspace, file: AcceptedFile): string {
  return file.inPlace ? file.packagePath : join(workspace.paths.root, file.packagePath);
}

function missingPackages(workspace: Workspace, files: readonly AcceptedFile[]): ReadonlySet<string> {
  const folders = new Map(files.map((file) => [file.packagePath, packageFolder(workspace, file)]));
  const missing = [...folders].filter(([, folder]) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory());
  return new Set(missing.map(([path]) => path));
}

async function heldKeys(
  files: readonly AcceptedFile[],
  objects: readonly RecordedObject[],
  { adapter, signal }: PlanRequest,
): Promise<ReadonlySet<string>> {
  const known = new Set(objects.map((object) => object.file_id));
  const held = new Set<string>();
  for (const file of files) {
    if (known.has(file.fileId)) continue;
    signal?.throwIfAborted();
    const key = objectKey(file);
    if (await adapter.lookUp(key, signal)) held.add(key);
  }
  return held;
}

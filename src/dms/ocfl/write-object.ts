import { dirname, join } from 'node:path';
import { type CopiedDocument, copyDocument, isSmall, readAccepted } from './copy-document.ts';
import { digestBytes } from './digests.ts';
import { createDraft } from './draft.ts';
import {
  algorithmsFor,
  type ContentDigests,
  firstInventory,
  inventoryFiles,
  type StoredContent,
  type VersionNote,
} from './inventory.ts';
import { objectDeclaration } from './layout.ts';
import { metadataPath, type ObjectPlan, type PlannedContent } from './object-plan.ts';
import type { BuiltObject } from './publish.ts';
import type { Readings } from './readings.ts';
import type { Store } from './store.ts';
import { eachTogether } from './together.ts';

const contentFolder = 'v1/content';
const documentsAtOnce = 3;
const declarationFile = { path: objectDeclaration.name, bytes: Buffer.from(objectDeclaration.content) };

/**
 * Writes a whole new object to a place that nobody else sees, and returns when every file and folder of it is on the
 * disk; publishing it is the caller's.
 * @returns the readings that were made of its stored documents
 */
export async function writeObject(
  plan: ObjectPlan,
  { place, depth }: BuiltObject,
  note: VersionNote,
  store: Store,
  signal: AbortSignal | undefined,
): Promise<Readings> {
  const { disk, algorithm } = store;
  const objectRoot = join(place, ...plan.folders.slice(depth));
  const metadataContent = `${contentFolder}/${metadataPath}`;
  // Before any file: should the place be taken away later, nothing makes it again.
  const folders = foldersFor(dirname(place), [
    join(objectRoot, metadataContent),
    ...plan.contents.map(({ path }) => join(objectRoot, contentFolder, path)),
  ]);
  const draft = createDraft(folders, disk);
  if (!plan.contents.every(({ document }) => isSmall(document))) await draft.write();

  const bringIn = async ({ document, path }: PlannedContent): Promise<CopiedDocument> => {
    const contentPath = `${contentFolder}/${path}`;
    if (!isSmall(document)) return copyDocument(document, join(objectRoot, contentPath), disk, signal, algorithm);
    signal?.throwIfAborted();
    const { bytes, digests } = await readAccepted(document, algorithm);
    await draft.add(join(objectRoot, contentPath), bytes);
    return { digests };
  };
  // While one document reaches the disk, the next ones are read.
  const copies = await eachTogether(plan.contents, documentsAtOnce, bringIn);

  const contents: StoredContent[] = [];
  const readings = new Map<string, { sha256: string; size: number; state: string }>();
  for (const [at, { document, path, logicalPaths }] of plan.contents.entries()) {
    const { digests, state } = copies[at] as CopiedDocument;
    const contentPath = `${contentFolder}/${path}`;
    contents.push({ contentPath, logicalPaths, digests });
    if (state !== undefined) readings.set(contentPath, { sha256: digests.sha256, size: document.size, state });
  }
  const digests: ContentDigests = digestBytes(plan.metadata, algorithmsFor(algorithm));
  contents.push({ contentPath: metadataContent, logicalPaths: [metadataPath], digests });

  const inventory = inventoryFiles(firstInventory(plan.id, algorithm, contents, note));
  for (const { path, bytes } of [
    { path: metadataContent, bytes: plan.metadata },
    declarationFile,
    ...inventory.flatMap(({ name, bytes }) => ['', 'v1/'].map((folder) => ({ path: folder + name, bytes }))),
  ]) {
    await draft.add(join(objectRoot, path), bytes);
  }
  await draft.write();
  await store.groupSync.sync({ files: draft.files, folders });
  return readings;
}

/** The folders below `base` in which these files lie, each after the one that holds it. */
function foldersFor(base: string, files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const file of files) {
    const above: string[] = [];
    for (let folder = dirname(file); folder.length > base.length; folder = dirname(folder)) above.unshift(folder);
    for (const folder of above) folders.add(folder);
  }
  return [...folders];
}

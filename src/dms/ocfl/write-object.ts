import { dirname, join } from 'node:path';
import { copyDocument } from './copy-document.ts';
import { digestBytes } from './digests.ts';
import type { FileOperations } from './file-operations.ts';
import {
  algorithmsFor,
  type ContentAlgorithm,
  type ContentDigests,
  firstInventory,
  inventoryFiles,
  type StoredContent,
  type VersionNote,
} from './inventory.ts';
import { objectDeclaration } from './layout.ts';
import { metadataPath, type ObjectPlan } from './object-plan.ts';
import { eachTogether, together } from './together.ts';
import { writeFile } from './write-file.ts';

const contentFolder = 'v1/content';
const documentsAtOnce = 3;
const declarationFile = { path: objectDeclaration.name, bytes: Buffer.from(objectDeclaration.content) };

/**
 * Writes a whole new object under `objectRoot` and returns when every file and folder of it is on the disk. Nobody may
 * see the folder before: publishing it is the caller's.
 */
export async function writeObject(
  plan: ObjectPlan,
  objectRoot: string,
  algorithm: ContentAlgorithm,
  note: VersionNote,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<void> {
  const folders = new Set<string>();
  const place = async (path: string): Promise<string> => {
    const target = join(objectRoot, path);
    if (!folders.has(dirname(target))) await disk.makeFolder(dirname(target));
    for (let folder = dirname(target); folder.length >= objectRoot.length; folder = dirname(folder)) {
      folders.add(folder);
    }
    return target;
  };

  // While one document reaches the disk, the next ones are read and hashed.
  const documents = await eachTogether(plan.contents, documentsAtOnce, async ({ document, path, logicalPaths }) => {
    const contentPath = `${contentFolder}/${path}`;
    const digests = await copyDocument(document, await place(contentPath), disk, signal, algorithm);
    return { contentPath, logicalPaths, digests };
  });
  const contents: StoredContent[] = [...documents];
  const metadataContent = `${contentFolder}/${metadataPath}`;
  const digests: ContentDigests = digestBytes(plan.metadata, algorithmsFor(algorithm));
  contents.push({ contentPath: metadataContent, logicalPaths: [metadataPath], digests });

  const small = [{ path: metadataContent, bytes: plan.metadata }, declarationFile];
  for (const { name, bytes } of inventoryFiles(firstInventory(plan.id, algorithm, contents, note))) {
    small.push({ path: `v1/${name}`, bytes }, { path: name, bytes });
  }
  for (const { path } of small) await place(path);
  await together(small.map(({ path, bytes }) => writeFile(join(objectRoot, path), bytes, disk)));
  await together([...folders].map((folder) => disk.syncFolder(folder)));
}

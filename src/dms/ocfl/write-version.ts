import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyDocument } from './copy-document.ts';
import { digestBytes } from './digests.ts';
import type { FileOperations } from './file-operations.ts';
import {
  algorithmsFor,
  type ContentDigests,
  type Inventory,
  inventoryFiles,
  type NextContent,
  nextInventory,
  type VersionNote,
} from './inventory.ts';
import { versionAfter } from './layout.ts';
import { metadataPath, type ObjectPlan } from './object-plan.ts';
import type { InventoriedObject } from './read-object.ts';
import { together } from './together.ts';
import { writeFile } from './write-file.ts';

/** Content that the object has already, by its SHA-256. */
type Present = ReadonlyMap<string, Pick<NextContent, 'contentPath' | 'digests'>>;

/**
 * Writes the next version of an object into a folder of its own and returns when all of it is on the disk; only content
 * that no earlier version has is written.
 * @returns the version's name, under which it lies in `folder`
 */
export async function writeVersion(
  plan: ObjectPlan,
  object: InventoriedObject,
  folder: string,
  note: VersionNote,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<string> {
  // The object was read before, and found sound.
  const previous: Inventory = JSON.parse(await readFile(join(object.root, 'inventory.json'), 'utf8'));
  const version = versionAfter(previous.head);
  const present = presentContent(previous);
  const folders = new Set<string>();
  const place = async (path: string): Promise<string> => {
    const target = join(folder, path);
    if (!folders.has(dirname(target))) await disk.makeFolder(dirname(target));
    for (let one = dirname(target); one.length > folder.length; one = dirname(one)) folders.add(one);
    return target;
  };

  const contents: NextContent[] = [];
  for (const { document, path, logicalPaths } of plan.contents) {
    const known = present.get(document.sha256);
    const contentPath = `${version}/${previous.contentDirectory ?? 'content'}/${path}`;
    if (known) contents.push({ ...known, logicalPaths, isNew: false });
    else {
      const { digests } = await copyDocument(
        document,
        await place(contentPath),
        disk,
        signal,
        previous.digestAlgorithm,
      );
      contents.push({ contentPath, digests, logicalPaths, isNew: true });
    }
  }
  const metadata = planMetadata(plan, version, previous, present);
  contents.push(metadata);

  const small = metadata.isNew ? [{ path: metadata.contentPath, bytes: plan.metadata }] : [];
  for (const { name, bytes } of inventoryFiles(nextInventory(previous, version, contents, note))) {
    small.push({ path: `${version}/${name}`, bytes });
  }
  for (const { path } of small) await place(path);
  await together(small.map(({ path, bytes }) => writeFile(join(folder, path), bytes, disk)));
  await together([...folders].map((one) => disk.syncFolder(one)));
  return version;
}

function planMetadata(plan: ObjectPlan, version: string, previous: Inventory, present: Present): NextContent {
  const digests: ContentDigests = digestBytes(plan.metadata, algorithmsFor(previous.digestAlgorithm));
  const known = present.get(digests.sha256);
  const contentPath = `${version}/${previous.contentDirectory ?? 'content'}/${metadataPath}`;
  const logicalPaths = [metadataPath];
  return known ? { ...known, logicalPaths, isNew: false } : { contentPath, digests, logicalPaths, isNew: true };
}

function presentContent({ digestAlgorithm, manifest, fixity }: Inventory): Present {
  const digestByPath = new Map(
    Object.entries(manifest).flatMap(([digest, paths]) => paths.map((path) => [path, digest] as const)),
  );
  const bySha256 = digestAlgorithm === 'sha256' ? manifest : (fixity?.sha256 ?? {});
  return new Map(
    Object.entries(bySha256).flatMap(([sha256, [contentPath]]) => {
      const digest = digestByPath.get(contentPath ?? '');
      if (contentPath === undefined || digest === undefined) return [];
      const digests = digestAlgorithm === 'sha512' ? { sha256, sha512: digest } : { sha256 };
      return [[sha256.toLowerCase(), { contentPath, digests }] as const];
    }),
  );
}

import { lstat, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from '../../shared/language.ts';
import type { DmsObject, DocumentEntry, StoredDocument } from '../adapter.ts';
import { DmsError, hasErrorCode, isSystemError, reasonOf } from '../errors.ts';
import { digestBytes, digestFile } from './digests.ts';
import type { Inventory, PathsByDigest } from './inventory.ts';
import { objectFolders } from './layout.ts';
import { documentsFolder, metadataPath } from './object-plan.ts';

/** An object of the store, as its inventory describes its newest version. */
export interface InventoriedObject {
  readonly id: string;
  readonly root: string;
  /** By logical path, sorted. */
  readonly files: ReadonlyMap<string, InventoriedFile>;
}

interface InventoriedFile {
  readonly contentPath: string;
  /** Lower-case hex, or null where the inventory has no SHA-256 of this file. */
  readonly sha256: string | null;
}

/**
 * Reads an object's inventory, checked by its digest.
 * @returns undefined when the store has no such object
 * @throws DmsError dms.object-damaged when it has one that cannot be understood
 */
export async function findObject(storageRoot: string, id: string): Promise<InventoriedObject | undefined> {
  const root = join(storageRoot, ...objectFolders(id));
  if (!(await exists(root))) return undefined;
  const inventory = await readInventory(root, id);
  if (inventory.id !== id) throw damaged(id, `inventory.json: "${inventory.id}"`);
  return { id, root, files: filesOf(inventory) };
}

/** What the system says of an object; sizes are those of the files. */
export async function describeObject(object: InventoriedObject): Promise<DmsObject> {
  const documents: DocumentEntry[] = [];
  for (const [name, { contentPath, sha256 }] of documentsOf(object)) {
    const { size } = await orDamaged(object.id, contentPath, () => stat(join(object.root, contentPath)));
    documents.push({ name, size, sha256 });
  }
  return { id: object.id, complete: true, documents };
}

/** Re-reads the stored bytes of every document; content that several names share is read once. */
export async function* readDocuments(
  object: InventoriedObject,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredDocument> {
  const read = new Map<string, Omit<StoredDocument, 'name'>>();
  for (const [name, { contentPath }] of documentsOf(object)) {
    let stored = read.get(contentPath);
    if (!stored) {
      const file = join(object.root, contentPath);
      const { size, digests } = await orDamaged(object.id, contentPath, () => digestFile(file, ['sha256'], signal));
      read.set(contentPath, (stored = { size, sha256: digests.sha256 }));
    }
    yield { name, ...stored };
  }
}

/** SHA-256 of the stored index data, as the inventory has it. */
export function metadataDigest(object: InventoriedObject): string | null {
  return object.files.get(metadataPath)?.sha256 ?? null;
}

/** The documents of an object, sorted by name, without our own metadata. */
export function* documentsOf(object: InventoriedObject): Generator<readonly [name: string, file: InventoriedFile]> {
  for (const [path, file] of object.files) {
    if (path.startsWith(documentsFolder)) yield [path.slice(documentsFolder.length), file];
  }
}

async function readInventory(objectRoot: string, id: string): Promise<Inventory> {
  const bytes = await orDamaged(id, 'inventory.json', () => readFile(join(objectRoot, 'inventory.json')));
  const inventory = await orDamaged(id, 'inventory.json', async () => JSON.parse(bytes.toString('utf8')) as Inventory);
  const algorithm = inventory.digestAlgorithm;
  const sidecar = `inventory.json.${algorithm}`;
  const stated = await orDamaged(id, sidecar, () => readFile(join(objectRoot, sidecar), 'utf8'));
  if (stated.split(/\s/)[0]?.toLowerCase() !== digestBytes(bytes, [algorithm])[algorithm]) throw damaged(id, sidecar);
  return inventory;
}

function filesOf(inventory: Inventory): ReadonlyMap<string, InventoriedFile> {
  const sha256 = byPath(inventory.fixity?.sha256 ?? {});
  const files: [string, InventoriedFile][] = [];
  for (const [digest, logicalPaths] of Object.entries(inventory.versions[inventory.head]?.state ?? {})) {
    const contentPath = inventory.manifest[digest]?.[0];
    if (contentPath === undefined) throw damaged(inventory.id, digest);
    const known = inventory.digestAlgorithm === 'sha256' ? digest : sha256.get(contentPath);
    for (const path of logicalPaths) files.push([path, { contentPath, sha256: known?.toLowerCase() ?? null }]);
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byPath(paths: PathsByDigest): ReadonlyMap<string, string> {
  return new Map(Object.entries(paths).flatMap(([digest, list]) => list.map((path) => [path, digest] as const)));
}

async function orDamaged<Result>(id: string, place: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    // A share that is away for a moment, or too many open files, say nothing about the object.
    if (isSystemError(cause) && !hasErrorCode(cause, 'ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EIO')) throw cause;
    throw damaged(id, `${place} (${reasonOf(cause)})`, cause);
  }
}

/** @param place what in the object is wrong */
function damaged(id: string, place: string, cause?: unknown): DmsError {
  return new DmsError(
    'dms.object-damaged',
    text({
      de: `Die abgelegte Akte „${id}“ ist beschädigt: ${place}`,
      en: `The stored file "${id}" is damaged: ${place}`,
    }),
    { cause },
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}

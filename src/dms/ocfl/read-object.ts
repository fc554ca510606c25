import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { systemReason } from '../../shared/system-words.ts';
import type { DmsObject, DocumentEntry, StoredDocument } from '../adapter.ts';
import { DmsError, hasErrorCode, isSystemError } from '../errors.ts';
import { digestFile, fileState } from './digests.ts';
import { objectFolders } from './layout.ts';
import { documentsFolder, metadataPath } from './object-plan.ts';
import type { Reading, Readings } from './readings.ts';
import { settle } from './settle.ts';
import type { Store } from './store.ts';
import { readInventoryFile } from './validation/inventory-file.ts';
import type { ReadInventory } from './validation/inventory-rules.ts';
import type { DigestMap } from './validation/json.ts';
import { isError, Report } from './validation/report.ts';

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
  if (!exists(root)) return undefined;
  const inventory = await readSoundInventory(root, id);
  if (inventory.id !== id) throw damaged(id, verbatim(`inventory.json: "${inventory.id}"`));
  return { id, root, files: filesOf(inventory, id) };
}

/** As `findObject`, after completing what an ended process left half done of the object's newest version. */
export async function findSettled({ root, staging, disk }: Store, id: string): Promise<InventoriedObject | undefined> {
  const objectRoot = join(root, ...objectFolders(id));
  if (!exists(objectRoot)) return undefined;
  await orDamaged(id, 'inventory.json', () => settle(objectRoot, staging, disk));
  return findObject(root, id);
}

/** What the system says of an object; sizes are those of the files. */
export async function describeObject(object: InventoriedObject): Promise<DmsObject> {
  const documents: DocumentEntry[] = [];
  for (const [name, { contentPath, sha256 }] of documentsOf(object)) {
    const { size } = await orDamaged(object.id, contentPath, async () => statSync(join(object.root, contentPath)));
    documents.push({ name, size, sha256 });
  }
  return { id: object.id, complete: true, documents };
}

/**
 * Re-reads the stored bytes of every document; content that several names share is read once.
 * @param readings that were made already, and count where the file has not changed since
 */
export async function* readDocuments(
  object: InventoriedObject,
  readings: Readings | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredDocument> {
  const read = new Map<string, Omit<StoredDocument, 'name'>>();
  for (const [name, { contentPath }] of documentsOf(object)) {
    let stored = read.get(contentPath);
    if (!stored) {
      const file = join(object.root, contentPath);
      const reading = readings?.get(contentPath);
      stored = await orDamaged(object.id, contentPath, () => readContent(file, reading, signal));
      read.set(contentPath, stored);
    }
    yield { name, ...stored };
  }
}

async function readContent(
  file: string,
  reading: Reading | undefined,
  signal: AbortSignal | undefined,
): Promise<Omit<StoredDocument, 'name'>> {
  if (reading && fileState(file) === reading.state) return { size: reading.size, sha256: reading.sha256 };
  const { size, digests } = await digestFile(file, ['sha256'], signal);
  return { size, sha256: digests.sha256 };
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

/** The inventory by the rules of the specification: paths that lead out of the object never get past them. */
async function readSoundInventory(objectRoot: string, id: string): Promise<ReadInventory> {
  const report = new Report();
  const file = await orDamaged(id, 'inventory.json', async () =>
    readInventoryFile(objectRoot, '', readdirSync(objectRoot), '1.1', report),
  );
  const [error] = report.problems.filter(({ code }) => isError(code));
  if (!file || error) throw damaged(id, verbatim(Object.values(error ?? {}).join(' ')));
  return file.inventory;
}

function filesOf(inventory: ReadInventory, id: string): ReadonlyMap<string, InventoriedFile> {
  const sha256 = digestByPath(inventory.fixity.get('sha256') ?? new Map());
  const files: [string, InventoriedFile][] = [];
  for (const [digest, logicalPaths] of inventory.versions.get(inventory.head ?? '')?.state ?? []) {
    const contentPath = inventory.manifest.get(digest)?.[0];
    if (contentPath === undefined) throw damaged(id, verbatim(digest));
    const known = inventory.algorithm === 'sha256' ? digest : sha256.get(contentPath);
    for (const path of logicalPaths) files.push([path, { contentPath, sha256: known?.toLowerCase() ?? null }]);
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function digestByPath(block: DigestMap): ReadonlyMap<string, string> {
  return new Map([...block].flatMap(([digest, paths]) => paths.map((path) => [path, digest] as const)));
}

async function orDamaged<Result>(id: string, place: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    // A share that is away for a moment, or too many open files, say nothing about the object.
    if (isSystemError(cause) && !hasErrorCode(cause, 'ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EIO')) throw cause;
    const reason = systemReason(cause);
    throw damaged(id, text({ de: `${place}: ${reason.de}`, en: `${place}: ${reason.en}` }), cause);
  }
}

/** @param place what in the object is wrong */
function damaged(id: string, place: Text, cause?: unknown): DmsError {
  return new DmsError(
    'dms.object-damaged',
    text({
      de: `Die abgelegte Akte „${id}“ ist beschädigt: ${place.de}`,
      en: `The stored file "${id}" is damaged: ${place.en}`,
    }),
    { cause },
  );
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}

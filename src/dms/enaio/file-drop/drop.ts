import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { claimLives, claimName } from '../../claim.ts';
import { hasErrorCode } from '../../errors.ts';
import { copyDocument } from '../../ocfl/copy-document.ts';
import type { FileOperations } from '../../ocfl/file-operations.ts';
import { writeFile } from '../../ocfl/write-file.ts';
import type { PlannedFile } from './plan.ts';

type Signal = AbortSignal | undefined;

/** The places of a drop. Only `<name>.txt` and the logs lie where the import looks. */
export interface DropPlaces {
  /** Holds the documents and the index, and stays. */
  readonly folder: string;
  readonly index: string;
  /** What the logs are to be compared with. */
  readonly outline: string;
  /** The data for the import, before they are published. */
  readonly data: string;
  /** The data for the import. */
  readonly published: string;
  readonly takenLog: string;
  readonly refusedLog: string;
  /** The import's summary of all that it did. */
  readonly summary: string;
}

export function placesOf(root: string, name: string, ending: 'txt' | 'xml'): DropPlaces {
  const folder = join(root, 'scanlot', name);
  return {
    folder,
    index: join(folder, 'scanlot-index.json'),
    outline: join(folder, 'scanlot-records.json'),
    data: join(folder, `import.${ending}`),
    published: join(root, `${name}.${ending}`),
    takenLog: join(root, `${name}_ok.${ending}`),
    refusedLog: join(root, `${name}_err.${ending}`),
    summary: join(root, 'osImpLog.xml'),
  };
}

/** The content of a file; undefined when there is none. */
export async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** In bytes; 0 when there is none. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** A drop as it is to be laid down. */
export interface NewDrop {
  readonly documents: readonly PlannedFile[];
  /** Path in the drop's folder → bytes. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Writes a drop beside its place and moves it there at once; where there is one already, it is left alone.
 * @param folder the drop's place
 */
export async function layDown(
  root: string,
  { documents, files }: NewDrop,
  folder: string,
  disk: FileOperations,
  signal: Signal,
): Promise<void> {
  const workshop = workshopOf(root);
  await disk.makeFolder(workshop);
  await sweep(root, disk);
  const claim = claimName('drop');
  const staging = join(workshop, claim.name);
  try {
    await disk.makeFolder(staging);
    for (const document of documents) await copyDocument(document, join(staging, document.stored), disk, signal);
    for (const [path, bytes] of files) await writeFile(join(staging, basename(path)), bytes, disk);
    await disk.syncFolder(staging);
    signal?.throwIfAborted();
    await moveInto(staging, folder, disk);
  } finally {
    await disk.removeTree(staging);
    claim.release();
  }
}

async function moveInto(staging: string, folder: string, disk: FileOperations): Promise<void> {
  try {
    await disk.rename(staging, folder);
    await disk.syncFolder(join(folder, '..'));
  } catch (error) {
    // Somebody else was first.
    if (!hasErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') || !(await isThere(folder))) throw error;
  }
}

/** Puts the data where the import looks, whole from the first moment; done already is done. */
export async function publish(root: string, places: DropPlaces, disk: FileOperations): Promise<void> {
  try {
    await disk.rename(places.data, places.published);
    await disk.syncFolder(root);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}

/**
 * Puts a drop of which enaio took nothing aside, with what the import said of it. The logs go first, into the drop, where
 * they still count: what stayed behind of them would be taken for what the import says of the next attempt.
 */
export async function putAside(root: string, name: string, places: DropPlaces, disk: FileOperations): Promise<void> {
  const aside = join(root, 'scanlot', '.refused');
  await disk.makeFolder(aside);
  for (const log of [places.published, places.takenLog, places.refusedLog]) {
    if (await isThere(log)) await disk.rename(log, keptIn(places, log));
  }
  await disk.rename(places.folder, join(aside, `${name}~${Date.now().toString(36)}`));
}

/** What the import said of a drop; also while the drop is being put aside. */
export async function logOf(places: DropPlaces, log: 'takenLog' | 'refusedLog'): Promise<Buffer | undefined> {
  return (await contentOf(places[log])) ?? contentOf(keptIn(places, places[log]));
}

function keptIn({ folder }: DropPlaces, path: string): string {
  return join(folder, basename(path));
}

/** Takes away the drops that ended processes left half built. */
export async function sweep(root: string, disk: FileOperations): Promise<void> {
  const workshop = workshopOf(root);
  if (!(await isThere(workshop))) return;
  for (const name of await readdir(workshop)) {
    if (claimLives(name) === false) await disk.removeTree(join(workshop, name));
  }
}

function workshopOf(root: string): string {
  return join(root, 'scanlot', '.new');
}

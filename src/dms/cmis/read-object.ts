import { text } from '../../shared/language.ts';
import type { DmsObject, StoredDocument } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { isRecord } from '../http/answer.ts';
import { isRefusal } from '../http/refusal.ts';
import type { CmisObject } from './answers.ts';
import type { BrowserBinding } from './browser-binding.ts';
import type { Repository } from './repository.ts';
import { indicesAmong } from './stored-index.ts';

/** Far more than the index of a file of ten thousand documents. */
const longestIndex = 64 * 1024 * 1024;

/** One document as the index names it, with its place in the repository. */
interface IndexedDocument {
  readonly name: string;
  readonly object: CmisObject;
}

type Signal = AbortSignal | undefined;

/** What lies in a file's folder: its index read and every document of it found. */
export interface FolderContent {
  readonly id: string;
  /** All that lies in the folder. */
  readonly children: readonly CmisObject[];
  /** Of the state that counts, from 1. */
  readonly number: number;
  /** The bytes of its index. */
  readonly index: Buffer;
  /** Sorted by name. */
  readonly documents: readonly IndexedDocument[];
}

export interface StoredFile extends FolderContent {
  readonly folder: CmisObject;
}

/**
 * Reads what a folder holds. Documents that somebody added beside ours are not looked at.
 * @throws DmsError dms.object-missing when there is no such folder; dms.object-damaged when the index or a document is gone
 */
export async function readFile(repository: Repository, id: string, signal: Signal): Promise<StoredFile> {
  const folder = await repository.binding.object(id, signal);
  if (folder?.baseType !== 'cmis:folder') throw objectMissing(id);
  return { folder, ...(await readFolder(repository, id, signal)) };
}

/**
 * The same without a request for the folder itself.
 * @throws DmsError as `readFile` does
 */
export async function readFolder({ binding }: Repository, id: string, signal: Signal): Promise<FolderContent> {
  const children = await childrenOf(binding, id, signal);
  const [newest, second] = indicesAmong(children);
  if (!newest) throw damaged(id, 'der Index fehlt', 'its index is missing');
  if (second?.number === newest.number) throw damaged(id, 'der Index liegt mehrfach dort', 'its index is there twice');
  const index = await readIndex(binding, newest.object, id, signal);
  const documents = indexedNames(index, id).map(({ name, stored }) => {
    const object = only(children, stored);
    if (!object) throw damaged(id, `„${name}“ fehlt oder liegt mehrfach dort`, `"${name}" is missing or there twice`);
    return { name, object };
  });
  return { id, children, number: newest.number, index, documents };
}

async function childrenOf(binding: BrowserBinding, id: string, signal: Signal): Promise<readonly CmisObject[]> {
  try {
    return await binding.children(id, signal);
  } catch (error) {
    if (isRefusal(error, 'objectNotFound')) throw objectMissing(id);
    throw error;
  }
}

export function describeFile({ id, documents }: FolderContent): DmsObject {
  return {
    id,
    complete: true,
    documents: documents.map(({ name, object }) => ({ name, size: object.contentLength ?? null, sha256: null })),
  };
}

/** Fetches the bytes of every document. @throws DmsError dms.object-damaged when one of them has gone since */
export async function* readDocuments(
  { binding }: Repository,
  { id, documents }: FolderContent,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredDocument, void> {
  for (const { name, object } of documents) {
    try {
      const content = await binding.content(object.id, signal);
      yield { name, ...(await content.digest()) };
    } catch (error) {
      if (!isRefusal(error, 'objectNotFound')) throw error;
      throw damaged(id, `„${name}“ ist nicht mehr da`, `"${name}" is there no more`);
    }
  }
}

function only(children: readonly CmisObject[], name: string): CmisObject | undefined {
  const found = children.filter((child) => child.name === name);
  return found.length === 1 ? found[0] : undefined;
}

/** @throws DmsError dms.object-damaged when there is far too much of it */
export async function readIndex(
  binding: BrowserBinding,
  { id }: CmisObject,
  folderId: string,
  signal: Signal,
): Promise<Buffer> {
  const content = await binding.content(id, signal);
  const index = await content.whole(longestIndex);
  if (!index) throw damaged(folderId, 'der Index ist unlesbar', 'its index cannot be read');
  return index;
}

interface NamedDocument {
  readonly name: string;
  /** In the repository. */
  readonly stored: string;
  readonly sha256: string;
}

/** The documents that an index names. @throws DmsError dms.object-damaged when it cannot be read */
export function indexedNames(index: Buffer, id: string): readonly NamedDocument[] {
  const { documents } = parseIndex(index, id);
  const names = (Array.isArray(documents) ? (documents as readonly unknown[]) : []).flatMap((one) =>
    isRecord(one) && typeof one.name === 'string' && typeof one.stored === 'string'
      ? [{ name: one.name, stored: one.stored, sha256: String(one.sha256) }]
      : [],
  );
  if (!Array.isArray(documents) || names.length !== documents.length || names.length === 0) {
    throw damaged(id, 'der Index ist unlesbar', 'its index cannot be read');
  }
  return names;
}

function parseIndex(index: Buffer, id: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(index.toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  throw damaged(id, 'der Index ist unlesbar', 'its index cannot be read');
}

export function objectMissing(id: string): DmsError {
  return new DmsError(
    'dms.object-missing',
    text({ de: `Das DMS enthält keine Akte „${id}“.`, en: `The DMS holds no file "${id}".` }),
  );
}

export function damaged(id: string, de: string, en: string): DmsError {
  return new DmsError(
    'dms.object-damaged',
    text({ de: `Die Akte „${id}“ im DMS ist beschädigt: ${de}.`, en: `File "${id}" in the DMS is damaged: ${en}.` }),
  );
}

import { createHash } from 'node:crypto';
import { text } from '../../shared/language.ts';
import type { DmsObject, StoredDocument } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { isRecord } from '../http/answer.ts';
import { isRefusal } from '../http/refusal.ts';
import type { CmisObject } from './browser-binding.ts';
import { indexName } from './object-plan.ts';
import type { Repository } from './repository.ts';

/** Far more than the index of a file of ten thousand documents. */
const longestIndex = 64 * 1024 * 1024;

/** One document as the index names it, with its place in the repository. */
interface IndexedDocument {
  readonly name: string;
  readonly object: CmisObject;
}

/** A file's folder, its index read and every document of it found. */
export interface StoredFile {
  readonly id: string;
  /** The bytes of the index. */
  readonly index: Buffer;
  /** Sorted by name. */
  readonly documents: readonly IndexedDocument[];
}

/**
 * Reads what a folder holds. Documents that somebody added beside ours are not looked at.
 * @throws DmsError dms.object-missing when there is no such folder; dms.object-damaged when the index or a document is gone
 */
export async function readFile(
  { binding }: Repository,
  id: string,
  signal: AbortSignal | undefined,
): Promise<StoredFile> {
  const folder = await binding.object(id, signal);
  if (folder?.baseType !== 'cmis:folder') throw objectMissing(id);
  const children = await binding.children(id, signal);
  const indexObject = only(children, indexName);
  if (!indexObject) throw damaged(id, 'der Index fehlt', 'its index is missing');
  const index = await readIndex(binding.content(indexObject.id, signal), id);
  const documents = indexedNames(index, id).map(({ name, stored }) => {
    const object = only(children, stored);
    if (!object) throw damaged(id, `„${name}“ fehlt oder liegt mehrfach dort`, `"${name}" is missing or there twice`);
    return { name, object };
  });
  return { id, index, documents };
}

export function describeFile({ id, documents }: StoredFile): DmsObject {
  return {
    id,
    complete: true,
    documents: documents.map(({ name, object }) => ({ name, size: object.contentLength ?? null, sha256: null })),
  };
}

/** Fetches the bytes of every document. @throws DmsError dms.object-damaged when one of them has gone since */
export async function* readDocuments(
  { binding }: Repository,
  { id, documents }: StoredFile,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredDocument, void> {
  for (const { name, object } of documents) {
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const bytes of binding.content(object.id, signal)) {
        hash.update(bytes);
        size += bytes.length;
      }
    } catch (error) {
      if (!isRefusal(error, 'objectNotFound')) throw error;
      throw damaged(id, `„${name}“ ist nicht mehr da`, `"${name}" is there no more`);
    }
    yield { name, size, sha256: hash.digest('hex') };
  }
}

function only(children: readonly CmisObject[], name: string): CmisObject | undefined {
  const found = children.filter((child) => child.name === name);
  return found.length === 1 ? found[0] : undefined;
}

async function readIndex(content: AsyncIterable<Uint8Array>, id: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > longestIndex) throw damaged(id, 'der Index ist unlesbar', 'its index cannot be read');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function indexedNames(index: Buffer, id: string): readonly { readonly name: string; readonly stored: string }[] {
  const { documents } = parseIndex(index, id);
  const names = (Array.isArray(documents) ? (documents as readonly unknown[]) : []).flatMap((one) =>
    isRecord(one) && typeof one.name === 'string' && typeof one.stored === 'string'
      ? [{ name: one.name, stored: one.stored }]
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

function objectMissing(id: string): DmsError {
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

import { text } from '../../shared/language.ts';
import type { DmsObject, StoredDocument } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { isRecord } from '../http/answer.ts';
import { isRefusal } from '../http/refusal.ts';
import { type EnaioRepository, folderOf } from './repository.ts';
import type { EnaioObject, Signal } from './service.ts';
import { readState } from './state.ts';

/** Far more than the index of a file of ten thousand documents. */
const longestIndex = 64 * 1024 * 1024;

/** One document as the index names it. */
interface IndexedDocument {
  readonly name: string;
  /** The object in enaio. */
  readonly id: string;
  readonly type: string;
}

/** A file's folder and what its index says. */
export interface StoredFile {
  readonly folder: EnaioObject;
  readonly indexId: string;
  /** What is stored, in one text, to compare with a plan's. */
  readonly identity: string;
  /** Sorted by name. */
  readonly documents: readonly IndexedDocument[];
}

/**
 * Reads what a complete file holds. Documents that somebody added beside ours are not looked at.
 * @throws DmsError dms.object-missing when there is no such file; dms.object-damaged when its index is gone or unreadable
 */
export async function readFile(repository: EnaioRepository, id: string, signal: Signal): Promise<StoredFile> {
  const folder = await folderOf(repository, id, signal);
  const state = readState(folder?.values.get(repository.settings.stateField));
  if (!folder || state.kind !== 'complete') throw objectMissing(id);
  const bytes = await readIndex(repository, state.index, id, signal);
  return { folder, indexId: state.index, ...interpretIndex(bytes, id) };
}

/**
 * A file with a document too many is told as incomplete: storing it again puts that right.
 * @throws DmsError dms.object-damaged when a document is missing
 */
export async function describeFile(repository: EnaioRepository, file: StoredFile, signal: Signal): Promise<DmsObject> {
  for (const { id, type, name } of file.documents) {
    if (!(await repository.service.get(id, type, signal))) {
      throw damaged(file.folder.id, `„${name}“ fehlt`, `"${name}" is missing`);
    }
  }
  const strays = await straysIn(repository, file.folder, idsOf(file), signal);
  return {
    id: file.folder.id,
    complete: strays.length === 0,
    documents: file.documents.map(({ name }) => ({ name, size: null, sha256: null })),
  };
}

/** @throws DmsError dms.object-duplicate when a document was stored twice */
async function refuseStrays(repository: EnaioRepository, file: StoredFile, signal: Signal): Promise<void> {
  const [stray] = await straysIn(repository, file.folder, idsOf(file), signal);
  if (stray) throw storedTwice(file.folder.id, stray.id);
}

/** The documents of a file, its index among them. */
export function idsOf({ indexId, documents }: StoredFile): readonly string[] {
  return [indexId, ...documents.map(({ id }) => id)];
}

/**
 * Documents that bear our mark for a folder and are not among those that are known were sent twice: the first request was
 * answered by nobody and carried out much later. Documents that people add bear no mark.
 */
export async function straysIn(
  { service, settings }: EnaioRepository,
  folder: Pick<EnaioObject, 'id' | 'type'>,
  known: readonly string[],
  signal: Signal,
): Promise<readonly EnaioObject[]> {
  const { documentKeyField, types } = settings;
  const all = await service.documentsIn?.(folder, types.document, [documentKeyField], signal);
  const isOurs = ({ values }: EnaioObject) => values.get(documentKeyField)?.startsWith(`${folder.id}-`) === true;
  return (all ?? []).filter((one) => isOurs(one) && !known.includes(one.id));
}

/** Fetches the bytes of every document. @throws DmsError dms.object-damaged when one of them has gone since */
export async function* readDocuments(
  repository: EnaioRepository,
  file: StoredFile,
  signal: Signal,
): AsyncGenerator<StoredDocument, void> {
  await refuseStrays(repository, file, signal);
  for (const { name, id } of file.documents)
    yield { name, ...(await readDocument(repository, id, file, name, signal)) };
}

async function readDocument(
  repository: EnaioRepository,
  id: string,
  file: StoredFile,
  name: string,
  signal: Signal,
): Promise<Omit<StoredDocument, 'name'>> {
  try {
    return await digestOf(repository, id, signal);
  } catch (error) {
    if (!isRefusal(error, 'not-found')) throw error;
    throw damaged(file.folder.id, `„${name}“ ist nicht mehr da`, `"${name}" is there no more`);
  }
}

/** Hashes a document's bytes as enaio gives them. @throws Refusal not-found */
export async function digestOf(
  { service }: Pick<EnaioRepository, 'service'>,
  id: string,
  signal: Signal,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const content = await service.content(id, signal);
  return content.digest();
}

/** The documents that an index names. @throws DmsError dms.object-damaged when the index is gone or unreadable */
export async function readIndexed(
  repository: EnaioRepository,
  index: string,
  id: string,
  signal: Signal,
): Promise<StoredFile['documents']> {
  return interpretIndex(await readIndex(repository, index, id, signal), id).documents;
}

async function readIndex({ service }: EnaioRepository, index: string, id: string, signal: Signal): Promise<Buffer> {
  try {
    const content = await service.content(index, signal);
    const bytes = await content.whole(longestIndex);
    if (!bytes) throw unreadable(id);
    return bytes;
  } catch (error) {
    if (!isRefusal(error, 'not-found')) throw error;
    throw damaged(id, 'der Index fehlt', 'its index is missing');
  }
}

function interpretIndex(bytes: Buffer, id: string): Pick<StoredFile, 'identity' | 'documents'> {
  const index = parseIndex(bytes, id);
  const list = Array.isArray(index.documents) ? (index.documents as readonly unknown[]) : [];
  const documents = list.flatMap((one) => {
    const [type, object] = isRecord(one) ? String(one.stored).split('/') : [];
    if (!isRecord(one) || typeof one.name !== 'string' || type === undefined || object === undefined) return [];
    return [{ name: one.name, id: object, type }];
  });
  if (documents.length !== list.length || documents.length === 0) throw unreadable(id);
  // Where the documents lie is no part of what they are.
  const plain = { ...index, documents: list.map((one) => (isRecord(one) ? withoutPlace(one) : one)) };
  return { identity: `${JSON.stringify(plain, null, 2)}\n`, documents };
}

function withoutPlace({ stored: _place, ...rest }: Readonly<Record<string, unknown>>) {
  return rest;
}

function parseIndex(bytes: Buffer, id: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  throw unreadable(id);
}

function unreadable(id: string): DmsError {
  return damaged(id, 'der Index ist unlesbar', 'its index cannot be read');
}

function objectMissing(id: string): DmsError {
  return new DmsError(
    'dms.object-missing',
    text({ de: `enaio enthält keine Akte „${id}“ von uns.`, en: `enaio holds no file "${id}" of ours.` }),
  );
}

function storedTwice(id: string, stray: string): DmsError {
  return new DmsError(
    'dms.object-duplicate',
    text({
      de: `In der Akte „${id}“ liegt ein Dokument doppelt: Objekt ${stray} ist überzählig.`,
      en: `File "${id}" holds a document twice: object ${stray} is one too many.`,
    }),
  );
}

export function damaged(id: string, de: string, en: string): DmsError {
  return new DmsError(
    'dms.object-damaged',
    text({ de: `Die Akte „${id}“ in enaio ist beschädigt: ${de}.`, en: `File "${id}" in enaio is damaged: ${en}.` }),
  );
}

import { canonicalJson } from '../../shared/canonical-json.ts';
import { text } from '../../shared/language.ts';
import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { portablePaths } from './content-path.ts';
import { objectFolders, objectId } from './layout.ts';

export const documentsFolder = 'documents/';
export const metadataPath = 'metadata/index.json';
/** Names the form of metadata/index.json, for those who read the store without scanlot. */
const metadataSchema = 'scanlot/stored-file-1';

/** Half of a surrogate pair: it has no UTF-8 form. */
const brokenText = /\p{Surrogate}/u;

/** Bytes that are stored once, under all the names that they have. */
export interface PlannedContent {
  readonly document: NewDocument;
  /** From the content folder: "documents/Bescheid.pdf". */
  readonly path: string;
  readonly logicalPaths: readonly string[];
}

/** What will be written for one object; made without touching a disk. */
export interface ObjectPlan {
  readonly id: string;
  /** From the storage root to the object root. */
  readonly folders: readonly string[];
  /** The bytes of metadata/index.json: equal objects have equal bytes. */
  readonly metadata: Buffer;
  /** Sorted by name. */
  readonly documents: readonly NewDocument[];
  readonly contents: readonly PlannedContent[];
}

/** @throws DmsError dms.object-invalid when the object cannot be stored under its names */
export function planObject(object: NewObject): ObjectPlan {
  const id = idOf(object.key);
  const documents = [...object.documents].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (documents.length === 0) throw invalid(object.key, 'es sind keine Dokumente genannt', 'no documents are named');
  checkNames(object.key, documents);
  const paths = portablePaths(documents.map((document) => documentsFolder + document.name));
  const contents = new Map<string, PlannedContent>();
  for (const [at, document] of documents.entries()) {
    const same = contents.get(document.sha256);
    if (same && same.document.size !== document.size) {
      throw invalid(object.key, `zu „${document.name}“ gibt es zwei Größen`, `"${document.name}" has two sizes`);
    }
    contents.set(document.sha256, {
      document: same?.document ?? document,
      path: same?.path ?? (paths[at] as string),
      logicalPaths: [...(same?.logicalPaths ?? []), documentsFolder + document.name],
    });
  }
  const metadata = metadataBytes(object.key, object.metadata, documents);
  return { id, folders: objectFolders(id), metadata, documents, contents: [...contents.values()] };
}

/** @throws DmsError dms.object-invalid when the key is empty or no well-formed text */
export function idOf(key: string): string {
  if (key === '') throw invalid(key, 'der Schlüssel ist leer', 'its key is empty');
  if (brokenText.test(key)) throw invalid(key, 'der Schlüssel ist kein gültiger Text', 'its key is no valid text');
  return objectId(key);
}

/** OCFL 1.1 section 3.5.3.1 for logical paths; names that a reader could take for the same count as the same. */
function checkNames(key: string, documents: readonly NewDocument[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const { name } of documents) {
    const segments = name.normalize('NFC').split('/');
    const unsafe = segments.some((segment) => segment === '' || segment === '.' || segment === '..');
    if (unsafe || name.includes('\0') || brokenText.test(name)) {
      throw invalid(key, `der Name „${name}“ ist nicht zulässig`, `the name "${name}" is not allowed`);
    }
    const path = segments.join('/');
    if (files.has(path)) throw invalid(key, `der Name „${name}“ kommt zweimal vor`, `the name "${name}" occurs twice`);
    files.add(path);
    for (let depth = 1; depth < segments.length; depth++) folders.add(segments.slice(0, depth).join('/'));
  }
  for (const folder of folders) {
    if (!files.has(folder)) continue;
    throw invalid(key, `„${folder}“ ist zugleich Dokument und Ordner`, `"${folder}" is both a document and a folder`);
  }
}

function metadataBytes(key: string, index: JsonObject, documents: readonly NewDocument[]): Buffer {
  const content = {
    schema: metadataSchema,
    key: key.normalize('NFC'),
    index,
    documents: documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  };
  // Canonical, so that equal data are equal bytes, and indented, because people read it.
  return Buffer.from(`${JSON.stringify(JSON.parse(canonicalJson(content)), null, 2)}\n`);
}

function invalid(key: string, de: string, en: string): DmsError {
  return new DmsError(
    'dms.object-invalid',
    text({ de: `Die Akte „${key}“ kann nicht abgelegt werden: ${de}.`, en: `File "${key}" cannot be stored: ${en}.` }),
  );
}

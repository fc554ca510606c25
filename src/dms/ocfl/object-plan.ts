import { canonicalJson } from '../../shared/canonical-json.ts';
import { text } from '../../shared/language.ts';
import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { portablePaths } from './content-path.ts';
import { objectFolders, objectId } from './layout.ts';
import { pathConflicts, pathFaults } from './validation/paths.ts';

export const documentsFolder = 'documents/';
export const metadataPath = 'metadata/index.json';
/** Names the form of metadata/index.json, for those who read the store without scanlot. */
const metadataSchema = 'urn:scanlot:schemas/stored-object-1';

/** In characters; no file system has longer paths. */
const longestName = 4096;
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
  const contents = planContents(object.key, documents);
  const metadata = metadataBytes(object.key, object.metadata, documents);
  return { id, folders: objectFolders(id), metadata, documents, contents };
}

/** @throws DmsError dms.object-invalid when the key is empty or no well-formed text */
export function idOf(key: string): string {
  if (key === '') throw invalid(key, 'der Schlüssel ist leer', 'its key is empty');
  if (brokenText.test(key)) throw invalid(key, 'der Schlüssel ist kein gültiger Text', 'its key is no valid text');
  return objectId(key);
}

/** Documents of equal content are stored once. */
function planContents(key: string, documents: readonly NewDocument[]): readonly PlannedContent[] {
  const paths = portablePaths(documents.map(({ name }) => documentsFolder + name));
  const contents = new Map<string, PlannedContent & { readonly logicalPaths: string[] }>();
  for (const [at, path] of paths.entries()) {
    const document = documents[at] as NewDocument;
    const content = contents.get(document.sha256) ?? { document, path, logicalPaths: [] };
    if (content.document.size !== document.size) {
      throw invalid(key, `zu „${document.name}“ gibt es zwei Größen`, `"${document.name}" has two sizes`);
    }
    content.logicalPaths.push(documentsFolder + document.name);
    contents.set(document.sha256, content);
  }
  return [...contents.values()];
}

/** OCFL 1.1 section 3.5.3.1 for logical paths; names that a reader could take for the same count as the same. */
function checkNames(key: string, documents: readonly NewDocument[]): void {
  for (const { name } of documents) {
    const { ends, elements } = pathFaults(name);
    if (ends || elements || name.length > longestName || name.includes('\0') || brokenText.test(name)) {
      throw invalid(key, `der Name „${name}“ ist nicht zulässig`, `the name "${name}" is not allowed`);
    }
  }
  for (const name of pathConflicts(documents.map((document) => document.name.normalize('NFC')))) {
    throw invalid(
      key,
      `„${name}“ kommt zweimal vor oder ist zugleich ein Ordner`,
      `"${name}" occurs twice, or is also a folder`,
    );
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

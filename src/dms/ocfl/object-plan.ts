import type { NewDocument, NewObject } from '../adapter.ts';
import { checkedDocuments, checkedKey, metadataBytes, refused } from '../object-rules.ts';
import { portablePaths } from './content-path.ts';
import { objectFolders, objectId } from './layout.ts';

export const documentsFolder = 'documents/';
export const metadataPath = 'metadata/index.json';

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
  const documents = checkedDocuments(object);
  const contents = planContents(object.key, documents);
  const metadata = metadataBytes(object, documents);
  return { id, folders: objectFolders(id), metadata, documents, contents };
}

/** @throws DmsError dms.object-invalid when the key is empty or no well-formed text */
export function idOf(key: string): string {
  return objectId(checkedKey(key));
}

/** Documents of equal content are stored once. */
function planContents(key: string, documents: readonly NewDocument[]): readonly PlannedContent[] {
  const paths = portablePaths(documents.map(({ name }) => documentsFolder + name));
  const contents = new Map<string, PlannedContent & { readonly logicalPaths: string[] }>();
  for (const [at, path] of paths.entries()) {
    const document = documents[at] as NewDocument;
    const content = contents.get(document.sha256) ?? { document, path, logicalPaths: [] };
    if (content.document.size !== document.size) {
      throw refused(key, `zu „${document.name}“ gibt es zwei Größen`, `"${document.name}" has two sizes`);
    }
    content.logicalPaths.push(documentsFolder + document.name);
    contents.set(document.sha256, content);
  }
  return [...contents.values()];
}

import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import { isRecord } from '../http/answer.ts';
import { checkedDocuments, checkedKey, metadataBytes } from '../object-rules.ts';
import type { PropertyValues } from './browser-binding.ts';
import { documentNames, folderName, pathSegment } from './names.ts';
import { definitionOf, propertyValues } from './property-values.ts';
import type { CmisSettings } from './settings.ts';
import type { TypeDefinition } from './type-definition.ts';

/** The document beside the others that tells what the folder holds, for people and for `readBack`. */
export const indexName = 'scanlot-index.json';

/** What the repository's types are, read from it. */
export interface Types {
  readonly file: TypeDefinition;
  readonly document: TypeDefinition;
}

export interface PlannedDocument extends NewDocument {
  /** Its name in the repository. */
  readonly stored: string;
  readonly properties: PropertyValues;
}

/** What will be sent for one file; made without a request. */
export interface CmisObjectPlan {
  readonly key: string;
  /** Folders from the root to the file's own, which is not among them. */
  readonly path: readonly string[];
  /** Of the file's folder, once it is complete. */
  readonly name: string;
  readonly properties: PropertyValues;
  /** Sorted by name. */
  readonly documents: readonly PlannedDocument[];
  /** The index data: equal objects have equal bytes. */
  readonly index: Buffer;
  readonly indexProperties: PropertyValues;
}

/** @throws DmsError dms.object-invalid, dms.value-refused, dms.settings-wrong */
export function planObject(object: NewObject, settings: CmisSettings, types: Types): CmisObjectPlan {
  const key = checkedKey(object.key).normalize('NFC');
  const sorted = checkedDocuments(object);
  const names = documentNames(
    sorted.map(({ name }) => name),
    [indexName],
  );
  const { file = {}, document = {} } = settings.properties ?? {};
  const documents = sorted.map((one, at) => ({
    ...one,
    stored: names[at] ?? '',
    properties: propertyValues(types.document, document, documentData(object.metadata, one), new Map()),
  }));
  definitionOf(types.file, settings.keyProperty);
  return {
    key,
    path: folderPath(settings.folder, object.metadata),
    name: folderName(key),
    properties: propertyValues(types.file, file, object.metadata, new Map([[settings.keyProperty, key]])),
    documents,
    index: metadataBytes(object, documents),
    indexProperties: propertiesOfIndex(types.document, documents),
  };
}

/** The folders that the settings name; "{department}" becomes what the index data say. */
export function folderPath(folder: string, metadata: JsonObject): readonly string[] {
  return folder
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => pathSegment(segment.replace(/\{([^{}]*)\}/g, (_all, field: string) => wordOf(metadata[field]))));
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The index data of the file, and above them those of the document. */
function documentData(metadata: JsonObject, { name, size, sha256 }: NewDocument): JsonObject {
  const list = Array.isArray(metadata.documents) ? (metadata.documents as readonly unknown[]) : [];
  const own = list.find((one) => isRecord(one) && one.name === name);
  return { ...metadata, ...(own as JsonObject | undefined), name, size, sha256 };
}

/** The index is a document of the same type: it takes the mandatory values of the first one. */
function propertiesOfIndex(type: TypeDefinition, documents: readonly PlannedDocument[]): PropertyValues {
  const [first] = documents;
  return new Map([...(first?.properties ?? [])].filter(([id]) => type.properties.get(id)?.isRequired));
}

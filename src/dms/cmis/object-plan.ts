import { text } from '../../shared/language.ts';
import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { MappedDocument, MappedField, MappedFolder, MappedObject } from '../mapping/mapped-object.ts';
import { checkedDocuments, checkedKey, metadataBytes } from '../object-rules.ts';
import type { PropertyValues } from './browser-binding.ts';
import { documentNames, folderName, pathSegment } from './names.ts';
import { propertyValues } from './property-values.ts';
import type { Repository } from './repository.ts';
import { mapByShorthand } from './shorthand.ts';
import type { TypeDefinition } from './type-definition.ts';

/** The document beside the others that tells what the folder holds, for people and for `readBack`. */
export const indexName = 'scanlot-index.json';

export interface PlannedDocument extends NewDocument {
  /** The name that the mapping gives it. */
  readonly wished: string;
  /** Its name in the repository: unique in the folder, and one that repositories take. */
  readonly stored: string;
  readonly type: TypeDefinition;
  readonly properties: PropertyValues;
  /** Properties that the mapping gives no value. */
  readonly emptied: readonly string[];
}

/** A folder on the way to a file's own. */
export interface PlannedFolder {
  readonly name: string;
  readonly properties: PropertyValues;
  /** By which it is found; without one, by its name. */
  readonly key?: { readonly type: TypeDefinition; readonly property: string; readonly value: string };
}

/** What will be sent for one file; made without a request. */
export interface CmisObjectPlan {
  readonly key: string;
  /** Folders from the root to the file's own, which is not among them. */
  readonly path: readonly PlannedFolder[];
  /** Of the file's folder, once it is complete. */
  readonly name: string;
  readonly type: TypeDefinition;
  readonly properties: PropertyValues;
  readonly emptied: readonly string[];
  /** Sorted by name. */
  readonly documents: readonly PlannedDocument[];
  /** The index data: equal objects have equal bytes. */
  readonly index: Buffer;
  readonly indexProperties: PropertyValues;
}

/** @throws DmsError dms.object-invalid, dms.value-refused, dms.settings-wrong */
export async function planObject(repository: Repository, object: NewObject): Promise<CmisObjectPlan> {
  const { settings } = repository;
  const key = checkedKey(object.key).normalize('NFC');
  const sorted = checkedDocuments(object);
  const mapped = object.mapped ?? mapByShorthand(settings, object);
  requireNoClass(mapped);
  const described = new Map(mapped.documents.map((one) => [one.document, one]));
  const shown = sorted.map(({ name }) => described.get(name) ?? { document: name, type: '', name, fields: [] });
  const names = documentNames(
    shown.map(({ name }) => name),
    [indexName],
  );
  const documents: PlannedDocument[] = [];
  for (const [at, one] of sorted.entries()) {
    documents.push({
      ...one,
      wished: shown[at]?.name ?? one.name,
      stored: names[at] ?? '',
      ...(await describeDocument(repository, shown[at])),
    });
  }
  const type = await repository.typeOf(mapped.type, 'cmis:folder');
  return {
    key,
    path: [
      ...folderPath(settings.folder, object.metadata),
      ...(await Promise.all(mapped.folders.map((folder) => planFolder(repository, folder)))),
    ],
    name: folderName(mapped.name === object.key ? key : mapped.name),
    type,
    properties: new Map([
      ['cmis:objectTypeId', type.id],
      ...propertyValues(type, mapped.fields, new Map([[settings.keyProperty, key]])),
    ]),
    emptied: emptied(mapped.fields),
    documents,
    index: metadataBytes(object, documents),
    indexProperties: propertiesOfIndex(documents),
  };
}

async function describeDocument({ typeOf }: Repository, mapped: MappedDocument | undefined) {
  const type = await typeOf(mapped?.type ?? '', 'cmis:document');
  const fields = mapped?.fields ?? [];
  const properties = new Map([['cmis:objectTypeId', type.id] as const, ...propertyValues(type, fields, new Map())]);
  return { type, properties, emptied: emptied(fields) };
}

async function planFolder({ typeOf }: Repository, folder: MappedFolder): Promise<PlannedFolder> {
  const { keyField, key, name, fields } = folder;
  const type = await typeOf(folder.type, 'cmis:folder');
  const given = new Map(keyField === undefined ? [] : [[keyField, key] as const]);
  const properties = new Map([['cmis:objectTypeId', type.id] as const, ...propertyValues(type, fields, given)]);
  return {
    name: pathSegment(name),
    properties,
    ...(keyField === undefined ? {} : { key: { type, property: keyField, value: key } }),
  };
}

/** CMIS has no classes of permissions: they would be lost without a word. */
function requireNoClass({ permissions, fields }: MappedObject): void {
  if (permissions === null || fields.some(({ values }) => values.includes(permissions))) return;
  throw settingsWrong(
    text({
      de: 'CMIS kennt keine Rechteklassen: „permissions“ der Zuordnung braucht ein „field“.',
      en: 'CMIS has no classes of permissions: "permissions" of the mapping needs a "field".',
    }),
  );
}

function emptied(fields: readonly MappedField[]): readonly string[] {
  return fields.filter(({ values }) => values.length === 0).map(({ id }) => id);
}

/** The folders that the settings name; "{department}" becomes what the index data say. */
function folderPath(folder: string, metadata: JsonObject): readonly PlannedFolder[] {
  return folder
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => ({
      name: pathSegment(segment.replace(/\{([^{}]*)\}/g, (_all, field: string) => wordOf(metadata[field]))),
      properties: new Map([['cmis:objectTypeId', 'cmis:folder']]),
    }));
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The index is a document of the first one's type: it takes its mandatory values. */
function propertiesOfIndex([first]: readonly PlannedDocument[]): PropertyValues {
  const required = ([id]: readonly [string, unknown]) => first?.type.properties.get(id)?.isRequired;
  return new Map([
    ...[...(first?.properties ?? [])].filter(required),
    ['cmis:objectTypeId', first?.type.id ?? 'cmis:document'],
  ]);
}

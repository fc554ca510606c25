import { text } from '../../shared/language.ts';
import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import { settingsWrong } from '../http/refusal.ts';
import type {
  MappedAccess,
  MappedDocument,
  MappedField,
  MappedFolder,
  MappedObject,
} from '../mapping/mapped-object.ts';
import { filledTemplate } from '../mapping/template.ts';
import { checkedDocuments, checkedKey, metadataBytes } from '../object-rules.ts';
import type { PropertyValues } from './browser-binding.ts';
import { documentNames, folderName, pathSegment } from './names.ts';
import { requireChangeableAccess } from './object-access.ts';
import { definitionOf, propertyValues } from './property-values.ts';
import type { Repository } from './repository.ts';
import { secondaryTypeValues, withSecondaryTypes } from './secondary-types.ts';
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

/** Nothing granted and nothing withdrawn: objects get what their place gives them. */
const noAccess: MappedAccess = { grant: [], withdraw: [] };

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
  /** Of the folder and all that is in it. */
  readonly access: MappedAccess;
}

/** @throws DmsError dms.object-invalid, dms.value-refused, dms.settings-wrong */
export async function planObject(repository: Repository, object: NewObject): Promise<CmisObjectPlan> {
  const { settings } = repository;
  const key = checkedKey(object.key).normalize('NFC');
  const sorted = checkedDocuments(object);
  const mapped = object.mapped ?? mapByShorthand(settings, object);
  requireKnownClass(mapped);
  const mappings = new Map(mapped.documents.map((one) => [one.document, one]));
  const shown = sorted.map(({ name }) => mappings.get(name) ?? undescribed(name));
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
      ...(await describe(repository, shown[at] ?? undescribed(one.name), new Map(), 'cmis:document')),
    });
  }
  const { type, ...described } = await describe(repository, mapped, new Map([[settings.keyProperty, key]]));
  const access = mapped.access ?? noAccess;
  requireChangeableAccess(repository, access, [type, ...documents.map((one) => one.type)]);
  return {
    key,
    path: [
      ...folderPath(settings.folder, object.metadata),
      ...(await Promise.all(mapped.folders.map((folder) => planFolder(repository, folder)))),
    ],
    name: folderName(mapped.name === object.key ? key : mapped.name),
    type,
    ...described,
    documents,
    index: metadataBytes(object, documents),
    indexProperties: propertiesOfIndex(documents),
    access,
  };
}

function undescribed(name: string): MappedDocument {
  return { document: name, type: '', name, fields: [] };
}

/** The type and properties of an object that is to be made, secondary types and their properties among them. */
async function describe(
  repository: Repository,
  { type: id, secondaryTypes, fields }: Pick<MappedObject, 'type' | 'secondaryTypes' | 'fields'>,
  given: ReadonlyMap<string, string>,
  base: 'cmis:folder' | 'cmis:document' = 'cmis:folder',
) {
  const type = await repository.typeOf(id, base);
  const extended = await withSecondaryTypes(repository, type, secondaryTypes);
  const properties: PropertyValues = new Map([
    ['cmis:objectTypeId', type.id] as const,
    ...secondaryTypeValues(secondaryTypes),
    ...propertyValues(extended, fields, given),
  ]);
  return { type, properties, emptied: emptied(fields) };
}

async function planFolder(repository: Repository, folder: MappedFolder): Promise<PlannedFolder> {
  const { keyField, key, name } = folder;
  const given = new Map(keyField === undefined ? [] : [[keyField, key] as const]);
  const { type, properties } = await describe(repository, folder, given);
  // A query for folders of a type knows nothing of properties that secondary types add.
  if (keyField !== undefined) definitionOf(type, keyField);
  return {
    name: pathSegment(name),
    properties,
    ...(keyField === undefined ? {} : { key: { type, property: keyField, value: key } }),
  };
}

/** A class that becomes neither a property nor entries of an access control list would be lost without a word. */
function requireKnownClass({ permissions, access, fields }: MappedObject): void {
  if (permissions === null || access || fields.some(({ values }) => values.includes(permissions))) return;
  throw settingsWrong(
    text({
      de: 'CMIS kennt keine Rechteklassen: „permissions“ der Zuordnung braucht ein „field“ oder „acl“.',
      en: 'CMIS has no classes of permissions: "permissions" of the mapping needs a "field" or "acl".',
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
      name: pathSegment(filledTemplate(segment, metadata)),
      properties: new Map([['cmis:objectTypeId', 'cmis:folder']]),
    }));
}

/** The index is a document of the first one's type: it takes its mandatory values. */
function propertiesOfIndex([first]: readonly PlannedDocument[]): PropertyValues {
  const required = ([id]: readonly [string, unknown]) => first?.type.properties.get(id)?.isRequired;
  return new Map([
    ...[...(first?.properties ?? [])].filter(required),
    ['cmis:objectTypeId', first?.type.id ?? 'cmis:document'],
  ]);
}

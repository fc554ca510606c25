import { createHash } from 'node:crypto';
import { text } from '../../shared/language.ts';
import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import { documentNames, folderName, pathSegment } from '../cmis/names.ts';
import { DmsError } from '../errors.ts';
import type { MappedObject } from '../mapping/mapped-object.ts';
import { filledTemplate } from '../mapping/template.ts';
import { checkedDocuments, checkedKey, metadataBytes } from '../object-rules.ts';
import type { FolderRecord } from './record.ts';
import type { FullIndexSettings } from './settings.ts';

/** Where the tree keeps what is known of its files. */
export const stateFolder = '.scanlot';

/** What will lie in the tree for one file. */
export interface FolderPlan {
  readonly record: FolderRecord;
  /** Sorted by name, as those of the record. */
  readonly documents: readonly NewDocument[];
}

/** @throws DmsError dms.object-invalid, dms.value-refused */
export function planObject(object: NewObject, folder: string, { name }: FullIndexSettings): FolderPlan {
  const key = checkedKey(object.key).normalize('NFC');
  const documents = checkedDocuments(object);
  const mapped = object.mapped ?? unmapped(object);
  const described = new Map(mapped.documents.map((one) => [one.document, one.name]));
  const wished = documents.map((one) => portable(described.get(one.name) ?? one.name));
  const reserved = ['csv', 'json', 'xml'].map((ending) => `${name}.${ending}`);
  const names = documentNames(wished, reserved);
  const place = [
    ...leading(folder, object.metadata),
    ...mapped.folders.map((one) => portable(pathSegment(one.name))),
    portable(folderName(mapped.name === object.key ? key : mapped.name)),
  ];
  if (place[0] === stateFolder) throw ownPlace(key);
  const recorded = documents.map(({ name: own, size, sha256 }, at) => ({
    name: own,
    stored: names[at] ?? '',
    size,
    sha256,
  }));
  return {
    documents,
    record: {
      key,
      state: 'intended',
      place: place.join('/'),
      digest: createHash('sha256').update(metadataBytes(object, documents)).digest('hex'),
      batch: typeof object.metadata.batch === 'string' ? object.metadata.batch : '',
      run: null,
      documents: recorded,
      mapped,
      earlier: [],
    },
  };
}

function unmapped({ key, documents }: NewObject): MappedObject {
  return {
    type: '',
    folders: [],
    name: key,
    fields: [],
    permissions: null,
    documents: documents.map(({ name }) => ({ document: name, type: '', name, fields: [] })),
  };
}

/** The folders that the settings name; "{department}" becomes what the index data say. */
function leading(folder: string, metadata: JsonObject): readonly string[] {
  return folder
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => portable(pathSegment(filledTemplate(segment, metadata))));
}

/** Names of devices are none for files on Windows, and the tree may be read there. */
function portable(name: string): string {
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `_${name}` : name;
}

function ownPlace(key: string): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Die Akte „${key}“ käme in den Ordner „${stateFolder}“, in dem scanlot seinen Stand hält.`,
      en: `File "${key}" would lie in the folder "${stateFolder}", where scanlot keeps its state.`,
    }),
  );
}

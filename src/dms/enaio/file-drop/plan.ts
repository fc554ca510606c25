import { createHash } from 'node:crypto';
import type { NewDocument, NewObject } from '../../adapter.ts';
import { folderName } from '../../cmis/names.ts';
import { checkedDocuments, checkedKey, metadataBytes } from '../../object-rules.ts';
import { fieldsFrom, fieldValues, type GivenField } from '../field-values.ts';
import { documentData, numberedName } from '../index-data.ts';
import type { Column, DropRecord } from './record.ts';
import type { FileDropSettings } from './settings.ts';

export interface PlannedFile extends NewDocument {
  /** Name of the copy in the drop. */
  readonly stored: string;
}

/** What will be dropped for one file. */
export interface DropPlan {
  /** Of the drop: safe as a file name, and the file's id. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly records: readonly DropRecord[];
  readonly documents: readonly PlannedFile[];
  /** What is to be stored; equal objects have equal bytes. */
  readonly index: Buffer;
}

/** The name of a file's drop, and its id. */
export function dropName(key: string): string {
  return folderName(checkedKey(key).normalize('NFC'));
}

/**
 * @param folder the drop's folder as enaio sees it, with its separator behind it
 * @throws DmsError dms.object-invalid, dms.value-refused
 */
export function planDrop(object: NewObject, settings: FileDropSettings, folder: string): DropPlan {
  const key = checkedKey(object.key).normalize('NFC');
  const dates = settings.dateFormat ?? 'german';
  const documents = checkedDocuments(object).map((one, at) => ({ ...one, stored: numberedName(one.name, at) }));
  const given = givenFields(object, settings, documents);
  const ofFile = fieldValues(undefined, given.file, dates);
  const fileFields = namesOf(given.file);
  const documentFields = namesOf(...given.documents);
  return {
    name: folderName(key),
    columns: [
      { object: 'file', name: settings.keyField },
      ...fileFields.map((name) => ({ object: 'file' as const, name })),
      { object: 'document', name: settings.documentKeyField },
      ...documentFields.map((name) => ({ object: 'document' as const, name })),
      { object: undefined, name: '@FILES' },
    ],
    records: documents.map((one, at) => {
      const own = fieldValues(undefined, given.documents[at] ?? [], dates);
      const documentKey = `${fingerprint(key)}-${at + 1}`;
      const values = [
        key,
        ...fileFields.map((name) => ofFile.get(name) ?? ''),
        documentKey,
        ...documentFields.map((name) => own.get(name) ?? ''),
        `${folder}${one.stored}`,
      ];
      return { documentKey, values };
    }),
    documents,
    index: metadataBytes(object, documents),
  };
}

interface Given {
  readonly file: readonly GivenField[];
  /** In the order of the documents. */
  readonly documents: readonly (readonly GivenField[])[];
}

/** The fields as the mapping has them, else the settings. */
function givenFields(
  { mapped, metadata }: NewObject,
  { fields = {} }: FileDropSettings,
  documents: readonly PlannedFile[],
): Given {
  if (!mapped) {
    return {
      file: fieldsFrom(fields.file ?? {}, metadata),
      documents: documents.map((one) => fieldsFrom(fields.document ?? {}, documentData(metadata, one))),
    };
  }
  const byName = new Map(mapped.documents.map((one) => [one.document, one.fields]));
  return { file: mapped.fields, documents: documents.map(({ name }) => byName.get(name) ?? []) };
}

function namesOf(...lists: readonly (readonly GivenField[])[]): readonly string[] {
  return [...new Set(lists.flatMap((fields) => fields.map(({ id }) => id)))];
}

/** Twenty-four characters that no other key has. */
function fingerprint(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 24);
}

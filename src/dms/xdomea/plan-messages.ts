import { posix } from 'node:path';
import { objectKey } from '../import/plan.ts';
import type { AcceptedDocument, AcceptedFile } from '../import/store.ts';
import { type FieldMapping, type FieldValues, fillFields, type UnfitValue, valuesUnfit } from './field-mapping.ts';
import { nameUuid } from './name-uuid.ts';

/** Versions that are written; their schemas are the same but for wording. */
export const writtenVersions = ['3.0', '3.1'] as const;
export type WrittenVersion = (typeof writtenVersions)[number];

/** An accepted file with its documents. */
export interface HandedOver {
  readonly file: AcceptedFile;
  readonly documents: readonly AcceptedDocument[];
}

export interface PlannedDocument {
  readonly id: string;
  /** Name beside the message: <UUID>.<ext>. */
  readonly name: string;
  readonly document: AcceptedDocument;
  readonly fields: FieldValues;
}

export interface PlannedRecord {
  readonly id: string;
  readonly file: AcceptedFile;
  readonly fields: FieldValues;
  readonly documents: readonly PlannedDocument[];
  /** Of all documents. */
  readonly bytes: number;
}

export interface PlannedMessage {
  readonly processId: string;
  /** <ProzessID>_Abgabe.Abgabe.0401, without an extension. */
  readonly name: string;
  readonly records: readonly PlannedRecord[];
  readonly bytes: number;
}

export interface PlanOptions {
  readonly county: string;
  readonly recipient: string;
  readonly version: WrittenVersion;
  /** Bytes of documents in one message; a file that is larger by itself has its own. */
  readonly limit: number;
  readonly mapping: FieldMapping;
  /** Object type of the delivery profile, for Akte/Typ. */
  readonly objectType: string | undefined;
}

/**
 * Which messages hand the files over; pure. Files are never divided. The same files for the same recipient have the same
 * process ids, whenever they are planned: xdomea 3 knows one message of a type in a process, so that each part is a
 * process of its own.
 * @param files each with at least one document
 * @throws GateError xdomea.value-unfit
 */
export function planMessages(files: readonly HandedOver[], options: PlanOptions): PlannedMessage[] {
  const unfit: UnfitValue[] = [];
  const records = files.map((handed) => planRecord(handed, options, unfit));
  if (unfit.length > 0) throw valuesUnfit(unfit);
  return split(records, options.limit).map((part) => {
    const content = part.map(({ id, documents }) => [id, ...documents.map(({ id, document }) => id + document.sha256)]);
    const { county, recipient, version } = options;
    const processId = nameUuid('process', county, recipient, version, JSON.stringify(content));
    return { processId, name: `${processId}_Abgabe.Abgabe.0401`, records: part, bytes: sum(part) };
  });
}

function split(records: readonly PlannedRecord[], limit: number): PlannedRecord[][] {
  const parts: PlannedRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const last = parts.at(-1);
    if (last && bytes + record.bytes <= limit) {
      last.push(record);
      bytes += record.bytes;
    } else {
      parts.push([record]);
      bytes = record.bytes;
    }
  }
  return parts;
}

function sum(records: readonly PlannedRecord[]): number {
  return records.reduce((total, { bytes }) => total + bytes, 0);
}

function planRecord({ file, documents }: HandedOver, options: PlanOptions, unfit: UnfitValue[]): PlannedRecord {
  const key = objectKey(file);
  const place = [file.reference, file.volume].filter((part) => part !== '').join(' ');
  const own = ownValues(file);
  const ofFile = (field: string) =>
    fieldOf(own, field) ?? documents.map(({ fields }) => fieldOf(fields, field)).find((value) => value);
  const mapped = fillFields(options.mapping, 'Akte.', place, ofFile, unfit);
  return {
    id: nameUuid('record', options.county, key),
    file,
    fields: { ...defaults(file, options.objectType), ...mapped },
    documents: documents.map((document) => {
      const ofDocument = (field: string) => fieldOf(document.fields, field) ?? fieldOf(own, field);
      const fields = fillFields(options.mapping, 'Dokument.', document.path, ofDocument, unfit);
      const { name, ext } = posix.parse(document.path);
      return {
        id: nameUuid('document', options.county, key, document.path),
        // A UUID of its own: that of the document must not be used again (xdomea 4.0.0, section 5.1.44).
        name: `${nameUuid('content', options.county, key, document.path, document.sha256)}${safeExtension(ext)}`,
        document,
        fields: { 'Dokument.Betreff': name, ...fields },
      };
    }),
    bytes: documents.reduce((total, { size }) => total + size, 0),
  };
}

function defaults(file: AcceptedFile, objectType: string | undefined): FieldValues {
  return {
    'Akte.Betreff': file.title || file.reference,
    'Akte.Kennzeichen': file.reference,
    'Akte.Aktenfuehrung': file.department,
    ...(file.volume === '' ? {} : { 'Akte.Bemerkung': `Band ${file.volume}` }),
    ...(objectType === undefined ? {} : { 'Akte.Typ': objectType }),
  };
}

/** Fields that every file has, whatever its manifest. */
function ownValues(file: AcceptedFile): Readonly<Record<string, string>> {
  const { reference, volume, title, department, batch, box, pages } = file;
  return { reference, volume, title, department, batch, ...(box === null ? {} : { box }), pages: String(pages) };
}

/** Fields are named by the manifest. */
function fieldOf(fields: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function safeExtension(extension: string): string {
  return /^\.[A-Za-z0-9]{1,8}$/.test(extension) ? extension.toLowerCase() : '';
}

import { text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import { DmsError } from '../errors.ts';
import type { DmsFieldType, DmsSchema } from '../schema/dms-schema.ts';
import type { WorkedOut } from './check-batch.ts';
import { type CheckOptions, checkMapping } from './check-mapping.ts';
import type { CheckableField, CheckableMapping } from './checkable-mapping.ts';
import { type MappableObject, mapObject } from './map-object.ts';
import type { MappedObject } from './mapped-object.ts';
import { type Mappings, mappingFor } from './mapper.ts';
import type { MappingFault } from './mapping-fault.ts';

/** A mapping as the settings of a system say it themselves: types, and fields as paths into the index data. */
export interface ShortForm {
  readonly file: ShortVariant;
  readonly document: ShortVariant;
  /** From the outermost. */
  readonly folders: readonly (ShortVariant & { readonly keyField: string })[];
  /** Texts with index data in braces: "/Akten/{department}". */
  readonly templates: readonly { readonly place: string; readonly template: string }[];
  /** What the adapter makes of a file that it is given without a mapping. @throws DmsError */
  map(object: MappableObject): MappedObject;
}

export interface ShortVariant {
  /** Where its fields are written: "fields.file". */
  readonly place: string;
  /** Where its type is written: "types.file". */
  readonly typePlace: string;
  readonly type: string;
  /** Field id → path into the index data: "title", "profile.key". */
  readonly fields: Readonly<Record<string, string>>;
}

/** Paths into the index data of a file, and what is found there. */
export const fileData: Readonly<Record<string, DmsFieldType>> = {
  schema: 'text',
  county: 'text',
  reference: 'text',
  volume: 'text',
  title: 'text',
  department: 'text',
  contract: 'text',
  lot: 'text',
  batch: 'text',
  box: 'text',
  'profile.key': 'text',
  'profile.hash': 'text',
  round: 'integer',
  pages: 'integer',
  acceptedOn: 'date',
};
const documentData: Readonly<Record<string, DmsFieldType>> = {
  ...fileData,
  name: 'text',
  sha256: 'text',
  size: 'integer',
};

/**
 * Compares a short form with the types of a system, and its paths with the index data that there are.
 * @param columns what manifests bring, by the delivery profiles in use: "fields.…" of documents
 */
export function checkShortForm(
  form: ShortForm,
  schema: DmsSchema,
  { reserved, columns }: CheckOptions & { readonly columns: readonly string[] },
): MappingFault[] {
  const mapping = asMapping(form, dataOfDocuments(columns));
  return [...checkPaths(form, columns), ...checkMapping(mapping, schema, { reserved })];
}

/** What can be said of a short form where the system tells no types: whether its paths lead anywhere. */
export function checkPaths(form: ShortForm, columns: readonly string[]): MappingFault[] {
  const inDocuments = dataOfDocuments(columns);
  const variants = [...form.folders, form.file].map((variant) => ({ variant, known: fileData }));
  variants.push({ variant: form.document, known: inDocuments });
  const paths = variants.flatMap(({ variant: { place, fields }, known }) =>
    Object.entries(fields).flatMap(([id, path]) => unknownPath(`${place}.${id}`, path, known)),
  );
  const templates = form.templates.flatMap(({ place, template }) =>
    [...template.matchAll(/\{([^{}]*)\}/g)].flatMap(([, path = '']) => unknownPath(place, path, fileData)),
  );
  return [...templates, ...paths];
}

function dataOfDocuments(columns: readonly string[]): KnownData {
  return { ...documentData, ...Object.fromEntries(columns.map((one) => [`fields.${one}`, 'text' as const])) };
}

/** What the mapping of a file makes of it, else the short form; undefined where there is neither. */
export function mapped(mappings: Mappings, form: ShortForm | undefined, object: MappableObject): WorkedOut | undefined {
  const mapping = mappingFor(mappings, object);
  return mapping ? mapObject(mapping, object) : form && mapByShortForm(form, object);
}

/** As a mapping does: what cannot be made of a file is told, not thrown. */
function mapByShortForm(form: ShortForm, object: MappableObject): WorkedOut {
  try {
    return { mapped: form.map(object), problems: [] };
  } catch (error) {
    if (!(error instanceof DmsError)) throw error;
    return { problems: [{ document: null, field: 'key', value: '', reason: error.text }] };
  }
}

type KnownData = Readonly<Record<string, DmsFieldType>>;

function asMapping({ folders, file, document }: ShortForm, inDocuments: KnownData): CheckableMapping {
  return {
    folders: folders.map((folder) => ({
      ...variantOf(folder, fileData),
      keyField: folder.keyField,
      key: { type: 'text', several: false, possible: undefined },
    })),
    file: [variantOf(file, fileData)],
    document: [variantOf(document, inDocuments)],
    permissions: undefined,
  };
}

function variantOf({ place, typePlace, type, fields }: ShortVariant, known: KnownData) {
  return {
    place,
    typePlace,
    type,
    fields: Object.entries(fields).map(
      ([id, path]): CheckableField => ({
        id,
        place: `${place}.${id}`,
        value: { type: known[path] ?? 'text', several: false, possible: undefined },
      }),
    ),
  };
}

function unknownPath(place: string, path: string, known: KnownData): MappingFault[] {
  // What stands in a transfer note is its own affair.
  if (Object.hasOwn(known, path) || path.startsWith('transferNote.')) return [];
  const near = nearest(path, Object.keys(known));
  const words = text({
    de: `in den Indexdaten gibt es „${path}“ nicht${near ? `; gemeint „${near}“?` : ''}`,
    en: `the index data have no "${path}"${near ? `; did you mean "${near}"?` : ''}`,
  });
  return [{ code: 'unknown-column', severity: 'error', place, words }];
}

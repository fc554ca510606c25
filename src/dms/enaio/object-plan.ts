import { text } from '../../shared/language.ts';
import type { NewDocument, NewObject } from '../adapter.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { MappedObject } from '../mapping/mapped-object.ts';
import { checkedDocuments, checkedKey, metadataBytes } from '../object-rules.ts';
import { fieldValues, type GivenField } from './field-values.ts';
import type { EnaioType } from './object-types.ts';
import { requireType } from './repository.ts';
import { type EnaioSettings, fileTypes } from './settings.ts';
import { mapByShorthand } from './shorthand.ts';

/** A folder or register above the file, found by its key or made with these values. */
export interface PlannedLevel {
  readonly type: string;
  readonly keyField: string;
  readonly key: string;
  readonly values: ReadonlyMap<string, string>;
}

export interface PlannedDocument extends NewDocument {
  readonly type: string;
  readonly values: ReadonlyMap<string, string>;
}

/** What will be sent for one file; made without a request. */
export interface EnaioObjectPlan {
  /** In Unicode normalisation form C. */
  readonly key: string;
  /** From the outermost. */
  readonly levels: readonly PlannedLevel[];
  readonly type: string;
  readonly values: ReadonlyMap<string, string>;
  /** Sorted by name. */
  readonly documents: readonly PlannedDocument[];
  /** The index is a document of the type of the first one, and takes its mandatory values. */
  readonly indexType: string;
  readonly indexValues: ReadonlyMap<string, string>;
  /** What is to be stored, in one text: equal objects have equal ones. */
  readonly identity: string;
}

/** What a file is to be in enaio. */
interface Wished {
  readonly type: string;
  readonly levels: readonly (Omit<PlannedLevel, 'values'> & { readonly fields: readonly GivenField[] })[];
  readonly fields: readonly GivenField[];
  readonly document: (document: NewDocument) => { readonly type: string; readonly fields: readonly GivenField[] };
}

type Types = ReadonlyMap<string, EnaioType> | undefined;

/** @throws DmsError dms.object-invalid, dms.value-refused, dms.settings-wrong */
export function planObject(object: NewObject, settings: EnaioSettings, types: Types): EnaioObjectPlan {
  const key = checkedKey(object.key).normalize('NFC');
  const sorted = checkedDocuments(object);
  const wished = wishedBy(object.mapped ?? mapByShorthand(settings, object), settings);
  const dates = settings.dateFormat ?? (settings.service === 'dms' ? 'iso' : 'german');
  const valuesOf = (type: string, fields: readonly GivenField[], bases?: readonly string[]) =>
    fieldValues(types && requireType(types, type, bases), fields, dates);
  const documents = sorted.map((one) => {
    const { type, fields } = wished.document(one);
    return { ...one, type, values: valuesOf(type, [...fields, reserved(settings.documentKeyField)], ['document']) };
  });
  const [first] = documents;
  const own = [{ id: settings.keyField, values: [key] }, reserved(settings.stateField)];
  return {
    key,
    levels: wished.levels.map(({ fields, ...level }) => ({
      ...level,
      values: valuesOf(level.type, [...fields, { id: level.keyField, values: [level.key] }], ['folder', 'register']),
    })),
    type: wished.type,
    values: valuesOf(wished.type, [...wished.fields, ...own], ['folder', 'register']),
    documents,
    indexType: first?.type ?? settings.types.document,
    indexValues: mandatoryOnly(types?.get(first?.type ?? ''), first?.values ?? new Map()),
    identity: metadataBytes(object, sorted).toString('utf8'),
  };
}

/** Stands for a value of our own that is known later: it must count as given. */
const placeholder = '-';
function reserved(id: string): GivenField {
  return { id, values: [placeholder] };
}

function wishedBy(mapped: MappedObject, settings: EnaioSettings): Wished {
  if (!fileTypes(settings).includes(mapped.type)) throw otherType(mapped.type);
  requireNoClass(mapped);
  const byName = new Map(mapped.documents.map((one) => [one.document, one]));
  return {
    type: mapped.type,
    levels: mapped.folders.map(({ type, key, keyField, fields }) => {
      if (keyField === undefined) throw withoutKeyField(type);
      return { type, keyField, key: key.normalize('NFC'), fields };
    }),
    fields: mapped.fields,
    document: ({ name }) => {
      const found = byName.get(name);
      return { type: found?.type ?? settings.types.document, fields: found?.fields ?? [] };
    },
  };
}

function mandatoryOnly(type: EnaioType | undefined, values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  // Where the types are not told, everything might be mandatory.
  if (!type) return values;
  const mandatory = new Set(type.fields.filter(({ required }) => required).map(({ id }) => id));
  return new Map([...values].filter(([id]) => mandatory.has(id)));
}

/** enaio gives rights by types and clauses, not by the interface: a class would be lost without a word. */
function requireNoClass({ permissions, fields }: MappedObject): void {
  if (permissions === null || fields.some(({ values }) => values.includes(permissions))) return;
  throw settingsWrong(
    text({
      de: 'Über die Schnittstelle von enaio lassen sich keine Rechteklassen setzen: „permissions“ der Zuordnung braucht ein „field“.',
      en: 'The interface of enaio sets no classes of permissions: "permissions" of the mapping needs a "field".',
    }),
  );
}

/** Files are looked up in the types that the settings name, so a file of another would be stored again and again. */
function otherType(mapped: string) {
  return settingsWrong(
    text({
      de: `Die Zuordnung macht Akten zu Objekten des Typs ${mapped}, den weder „types.file“ noch „otherFileTypes“ nennt.`,
      en: `The mapping makes files objects of type ${mapped}, which neither "types.file" nor "otherFileTypes" names.`,
    }),
  );
}

function withoutKeyField(type: string) {
  return settingsWrong(
    text({
      de: `Ordner des Typs ${type} haben in enaio keinen Namen: Die Zuordnung muss ihr Schlüsselfeld nennen (keyField).`,
      en: `Folders of type ${type} have no name in enaio: the mapping must tell the field of their key (keyField).`,
    }),
  );
}

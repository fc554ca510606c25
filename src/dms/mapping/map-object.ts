import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import { type Text, text } from '../../shared/language.ts';
import type { NewObject } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import type { CompiledField, CompiledFolder, CompiledMapping, CompiledVariant } from './compile-mapping.ts';
import type { MappedDocument, MappedField, MappedFolder, MappedObject, MappedValue } from './mapped-object.ts';
import type { UnfitColumn } from './scope.ts';
import type { CompiledValue } from './value.ts';

/** The part of an object that a mapping reads. */
export type MappableObject = Pick<NewObject, 'key' | 'metadata' | 'documents'>;

/** Why a mapping can make nothing of a file. */
export interface MappingProblem {
  /** The document concerned; null for the file and its folders. */
  readonly document: string | null;
  /** Field, or member of the mapping: "Betreff", "name". */
  readonly field: string;
  readonly value: string;
  readonly reason: Text;
}

export interface MappingResult {
  /** What could be made; of use only where there are no problems. */
  readonly mapped: MappedObject;
  readonly problems: readonly MappingProblem[];
}

/** What a mapping makes of a file. Pure: equal objects give equal results. */
export function mapObject(mapping: CompiledMapping, object: MappableObject): MappingResult {
  const problems: MappingProblem[] = [];
  const scopes = mapping.scopes.of(object);
  const file: Reader = { scope: scopes.file, document: null, problems };
  const variant = choose(mapping.file, file, 'file');
  const permissions = readPermissions(mapping, file);
  const fields = readFields(variant?.fields ?? [], file);
  const mapped: MappedObject = {
    type: variant?.type ?? '',
    ...extensionOf(variant),
    folders: mapping.folders.map((folder) => readFolder(folder, file)),
    name: variant?.name ? (readWord(variant.name, 'name', file) ?? '') : object.key,
    fields: [...fields, ...permissionField(mapping, permissions)],
    permissions,
    ...accessOf(mapping, permissions),
    documents: object.documents.map(({ name }, at): MappedDocument => {
      const { scope = {}, unfit = [] } = scopes.documents[at] ?? {};
      const reader: Reader = { scope, document: name, problems };
      for (const column of unfit) problems.push(unfitColumn(column, name));
      const own = choose(mapping.document, reader, 'document');
      return {
        document: name,
        type: own?.type ?? '',
        ...extensionOf(own),
        name: own?.name ? (readWord(own.name, 'name', reader) ?? '') : name,
        fields: readFields(own?.fields ?? [], reader),
      };
    }),
  };
  return { mapped, problems };
}

/** @throws DmsError dms.value-refused that names every value of which nothing can be made */
export function requireMapped({ mapped, problems }: MappingResult, key: string): MappedObject {
  if (problems.length === 0) return mapped;
  throw refusedByMapping(key, problems);
}

const mostTold = 20;

export function refusedByMapping(key: string, problems: readonly MappingProblem[]): DmsError {
  const [first] = problems;
  const words = first ? problemWords(first) : text({ de: '', en: '' });
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Die Akte „${key}“ passt nicht zur Zuordnung: ${words.de}.`,
      en: `File "${key}" does not fit the mapping: ${words.en}.`,
    }),
    { details: problems.slice(1, mostTold).map(problemWords) },
  );
}

/** "Bescheid.pdf: „x“ passt nicht in „Betreff“: …" */
export function problemWords({ document, field, value, reason }: MappingProblem): Text {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  const where = document === null ? '' : `${document}: `;
  return text({
    de: `${where}„${field}“${shown === '' ? '' : ` („${shown}“)`}: ${reason.de}`,
    en: `${where}"${field}"${shown === '' ? '' : ` ("${shown}")`}: ${reason.en}`,
  });
}

interface Reader {
  readonly scope: Scope;
  readonly document: string | null;
  readonly problems: MappingProblem[];
}

function readFolder(folder: CompiledFolder, reader: Reader): MappedFolder {
  const { type, keyField } = folder;
  const name = readWord(folder.name, 'name', reader) ?? '';
  return {
    type,
    ...extensionOf(folder),
    key: folder.key === folder.name ? name : (readWord(folder.key, 'key', reader) ?? ''),
    ...(keyField === undefined ? {} : { keyField }),
    name,
    fields: readFields(folder.fields, reader),
  };
}

/** The first variant that holds; one whose condition has no value does not. */
function choose(variants: readonly CompiledVariant[], reader: Reader, member: string): CompiledVariant | undefined {
  const found = variants.find(({ when }) => when === undefined || holds(when, reader.scope));
  if (!found) {
    reader.problems.push({
      document: reader.document,
      field: member,
      value: '',
      reason: text({ de: 'keine Variante trifft zu', en: 'no variant holds' }),
    });
  }
  return found;
}

function holds(condition: NonNullable<CompiledVariant['when']>, scope: Scope): boolean {
  try {
    return condition.evaluate(scope) === true;
  } catch (error) {
    if (error instanceof NotEvaluable) return false;
    throw error;
  }
}

function readFields(fields: readonly CompiledField[], reader: Reader): readonly MappedField[] {
  return fields.map(({ id, value }) => {
    const values = read(value, id, reader);
    return { id, type: typeOf(value, values), values };
  });
}

/** A day that an expression yields may be an instant. */
function typeOf({ type }: CompiledValue, values: readonly MappedValue[]): MappedField['type'] {
  return type === 'date' && values.some((one) => String(one).includes('T')) ? 'dateTime' : type;
}

function read(value: CompiledValue, field: string, { scope, document, problems }: Reader): readonly MappedValue[] {
  const found = value.read(scope);
  if ('values' in found) return found.values;
  problems.push({ document, field, value: found.written, reason: found.reason });
  return [];
}

/** A name or key, which must not be nothing. */
function readWord(value: CompiledValue, field: string, reader: Reader): string | undefined {
  const before = reader.problems.length;
  const [found] = read(value, field, reader);
  const written = found === undefined ? '' : String(found).trim();
  if (written !== '') return written;
  if (reader.problems.length === before) {
    reader.problems.push({
      document: reader.document,
      field,
      value: '',
      reason: text({ de: 'der Ausdruck ergibt nichts', en: 'the expression yields nothing' }),
    });
  }
  return undefined;
}

function readPermissions({ permissions }: CompiledMapping, reader: Reader): string | null {
  if (!permissions) return null;
  const name = readWord(permissions.class, 'permissions', reader);
  if (name === undefined) return null;
  if (permissions.classes && !permissions.classes.includes(name)) {
    reader.problems.push({
      document: null,
      field: 'permissions',
      value: name,
      reason: text({
        de: `keine der Klassen ${permissions.classes.join(', ')}`,
        en: `none of the classes ${permissions.classes.join(', ')}`,
      }),
    });
  }
  return name;
}

function permissionField({ permissions }: CompiledMapping, name: string | null): readonly MappedField[] {
  if (permissions?.field === undefined) return [];
  return [{ id: permissions.field, type: 'text', values: name === null ? [] : [name] }];
}

function extensionOf(
  variant: Pick<CompiledVariant, 'secondaryTypes'> | undefined,
): Pick<MappedFolder, 'secondaryTypes'> {
  const { secondaryTypes = [] } = variant ?? {};
  return secondaryTypes.length === 0 ? {} : { secondaryTypes };
}

function accessOf({ permissions }: CompiledMapping, name: string | null): Pick<MappedObject, 'access'> {
  const access = name === null ? undefined : permissions?.access.get(name);
  return access ? { access } : {};
}

const typeWords: Readonly<Record<UnfitColumn['type'], Text>> = {
  text: text({ de: 'zu langer Text', en: 'a text too long' }),
  integer: text({ de: 'keine ganze Zahl', en: 'no whole number' }),
  decimal: text({ de: 'keine Zahl', en: 'no number' }),
  date: text({ de: 'kein Datum', en: 'no date' }),
  'yes-no': text({ de: 'weder ja noch nein', en: 'neither yes nor no' }),
};

function unfitColumn({ column, type, value }: UnfitColumn, document: string): MappingProblem {
  return { document, field: column, value, reason: typeWords[type] };
}

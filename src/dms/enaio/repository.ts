import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { type Patience, persist } from '../http/back-off.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { EnaioField, EnaioType } from './object-types.ts';
import type { EnaioObject, EnaioService, Signal } from './service.ts';
import { type EnaioSettings, fileTypes } from './settings.ts';
import { discardedState, type FileState, readState, stateLength } from './state.ts';

/** An enaio whose types fit the settings. */
export interface EnaioRepository {
  readonly service: EnaioService;
  readonly settings: EnaioSettings;
  readonly patience: Patience;
  /** Ids of folders above the files by their keys, as far as they are known. */
  readonly folders: Map<string, Promise<string>>;
}

const documentKeyLength = 40;

/** @throws DmsError dms.settings-wrong when types or fields are not as the settings take them to be */
export function checkTypes({ types }: EnaioService, settings: EnaioSettings): void {
  if (!types) return;
  const document = requireType(types, settings.types.document, ['document']);
  for (const id of fileTypes(settings)) {
    const file = requireType(types, id, ['folder', 'register']);
    requireTextField(file, settings.keyField, 1);
    requireTextField(file, settings.stateField, stateLength);
  }
  requireTextField(document, settings.documentKeyField, documentKeyLength);
  for (const { type, keyField } of settings.levels ?? []) {
    requireTextField(requireType(types, type, ['folder', 'register']), keyField, 1);
  }
}

export function requireType(
  types: ReadonlyMap<string, EnaioType>,
  id: string,
  bases: readonly string[] | undefined,
): EnaioType {
  const type = types.get(id);
  if (type && (!bases || bases.includes(type.base) || type.base === 'other')) return type;
  const wanted = { de: germanBases(bases ?? []), en: (bases ?? []).join(' or ') };
  throw settingsWrong(
    type
      ? text({
          de: `Der Objekttyp ${id} („${type.name}“) ist kein Typ der Art ${wanted.de}.`,
          en: `Object type ${id} ("${type.name}") is no ${wanted.en}.`,
        })
      : text({
          de: `enaio kennt keinen Objekttyp ${id}, oder das Konto darf ihn nicht sehen.`,
          en: `enaio knows no object type ${id}, or the account may not see it.`,
        }),
  );
}

function germanBases(bases: readonly string[]): string {
  const words: Readonly<Record<string, string>> = { folder: 'Ordner', register: 'Register', document: 'Dokument' };
  return bases.map((base) => words[base] ?? base).join(' oder ');
}

function requireTextField(type: EnaioType, id: string, length: number): EnaioField {
  const field = type.fields.find((one) => one.id === id);
  if (!field) {
    throw settingsWrong(
      text({
        de: `Der Objekttyp ${type.id} („${type.name}“) hat kein Feld „${id}“.`,
        en: `Object type ${type.id} ("${type.name}") has no field "${id}".`,
      }),
    );
  }
  const fits = field.type === 'text' && !field.multiple && !field.readOnly && field.choices === undefined;
  if (fits && field.queryable && (field.maxLength ?? length) >= length) return field;
  throw settingsWrong(
    text({
      de: `Das Feld „${id}“ muss ein beschreibbares, abfragbares Textfeld ohne Katalog mit mindestens ${length} Zeichen sein.`,
      en: `Field "${id}" must be a writable, queryable text without catalogue of at least ${length} characters.`,
    }),
  );
}

/** A folder with our key, and what its state says. */
export interface Holder {
  readonly object: EnaioObject;
  readonly state: FileState;
}

/** The folders of a key: complete files, and what somebody is or was building. Both sorted by age, the oldest first. */
export interface Holders {
  readonly complete: readonly (Holder & { readonly state: Extract<FileState, { kind: 'complete' }> })[];
  readonly claims: readonly (Holder & { readonly state: Extract<FileState, { kind: 'claim' }> })[];
  /** Files that somebody has begun to remove. */
  readonly removing: readonly (Holder & { readonly state: Extract<FileState, { kind: 'removing' }> })[];
}

/**
 * Finds the folders of a key by a search, and reads the state of each by its id: a search may lag behind.
 * @param key in Unicode normalisation form C
 * @throws DmsError dms.object-differs when a folder has the key that we did not make
 */
export async function holdersOf({ service, settings }: EnaioRepository, key: string, signal: Signal): Promise<Holders> {
  const { keyField, stateField } = settings;
  const found = new Map<string, EnaioObject>();
  for (const type of fileTypes(settings)) {
    const ofType = await service.find({ type, field: keyField, value: key }, [keyField, stateField], signal);
    for (const one of ofType) found.set(one.id, one);
  }
  const holders: Holder[] = [];
  for (const { id } of [...found.values()].sort(byAge)) {
    const object = await service.get(id, undefined, signal);
    if (object?.values.get(keyField) === key) {
      holders.push({ object, state: readState(object.values.get(stateField)) });
    }
  }
  const foreign = holders.find(({ state }) => state.kind === 'unknown');
  if (foreign) throw notOurs(key, foreign.object.id);
  const replaced = new Set(holders.flatMap(({ state }) => (state.kind === 'complete' ? [state.replaces] : [])));
  return {
    complete: holders.flatMap(({ object, state }) =>
      state.kind === 'complete' && !replaced.has(object.id) ? [{ object, state }] : [],
    ),
    claims: holders.flatMap(({ object, state }) => (state.kind === 'claim' ? [{ object, state }] : [])),
    removing: holders.flatMap(({ object, state }) => (state.kind === 'removing' ? [{ object, state }] : [])),
  };
}

/** The folders of a key, where a search that knows of none is asked again when it must know. */
export async function settledHolders(repository: EnaioRepository, key: string, signal: Signal): Promise<Holders> {
  const holders = await holdersOf(repository, key, signal);
  const lag = (repository.settings.searchLagSeconds ?? 0) * 1000;
  if (lag === 0 || holders.complete.length > 0) return holders;
  await wait(lag, undefined, signal ? { signal } : {});
  return holdersOf(repository, key, signal);
}

/** One of our files' folders, whatever becomes of it; undefined when there is none of this id. */
export async function folderOf(
  { service, settings }: EnaioRepository,
  id: string,
  signal: Signal,
): Promise<EnaioObject | undefined> {
  const object = /^\d{1,18}$/.test(id) ? await service.get(id, undefined, signal) : undefined;
  return object && fileTypes(settings).includes(object.type) ? object : undefined;
}

/** Object ids are numbers that grow. */
export function byAge(a: Pick<EnaioObject, 'id'>, b: Pick<EnaioObject, 'id'>): number {
  const numeric = Number(a.id) - Number(b.id);
  if (numeric !== 0 && !Number.isNaN(numeric)) return numeric;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Takes away what is no file, or no longer: out of enaio, or where that cannot be done, out of every search by key. */
export async function discard(
  { service, settings }: EnaioRepository,
  object: Pick<EnaioObject, 'id' | 'type'>,
  signal: Signal,
): Promise<void> {
  if (service.canRemove) return service.remove(object, true, signal);
  await service.update(
    object,
    new Map([
      [settings.keyField, null],
      [settings.stateField, discardedState],
    ]),
    signal,
  );
}

/** Changes the state of a folder; may be repeated, since it says what the state is then. */
export async function setState(
  { service, settings, patience }: EnaioRepository,
  folder: Pick<EnaioObject, 'id' | 'type'>,
  state: string,
  signal: Signal,
): Promise<void> {
  const values = new Map([[settings.stateField, state]]);
  await persist(() => service.update(folder, values, signal), patience, signal);
}

function notOurs(key: string, id: string): DmsError {
  return new DmsError(
    'dms.object-differs',
    text({
      de: `Unter dem Schlüssel „${key}“ gibt es in enaio schon das Objekt ${id}, das scanlot nicht angelegt hat.`,
      en: `Under key "${key}" enaio already holds object ${id}, which scanlot did not make.`,
    }),
  );
}

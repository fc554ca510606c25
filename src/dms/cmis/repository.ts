import { text } from '../../shared/language.ts';
import { isClaim } from '../claim.ts';
import type { Patience } from '../http/back-off.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { CmisObject } from './answers.ts';
import type { BrowserBinding } from './browser-binding.ts';
import { definitionOf } from './property-values.ts';
import type { CmisSettings } from './settings.ts';
import { literal, selectFolders } from './statement.ts';
import type { TypeDefinition } from './type-definition.ts';

/** A repository whose types were read and fit the settings. */
export interface Repository {
  readonly binding: BrowserBinding;
  readonly settings: CmisSettings;
  /** The type in whose property our key is; types of files are this one, or below it. */
  readonly fileType: TypeDefinition;
  /** A type that objects can be created of, or a secondary one; read once. @throws DmsError dms.settings-wrong when there is none */
  typeOf(id: string, baseType: 'cmis:folder' | 'cmis:document' | 'cmis:secondary'): Promise<TypeDefinition>;
  readonly patience: Patience;
  /** Ids of folders by their paths, as far as they are known. */
  readonly folders: Map<string, Promise<string>>;
}

/** @throws DmsError dms.settings-wrong when types or properties are not as the settings take them to be */
export async function describeRepository(
  binding: BrowserBinding,
  settings: CmisSettings,
  patience: Patience,
): Promise<Repository> {
  const { file = 'cmis:folder', document = 'cmis:document' } = settings.types ?? {};
  const typeOf = rememberTypes(binding);
  const fileType = await typeOf(file, 'cmis:folder');
  await typeOf(document, 'cmis:document');
  const key = definitionOf(fileType, settings.keyProperty);
  if (!key.isQueryable || key.isMulti || key.propertyType !== 'string' || !fileType.isQueryable) {
    throw settingsWrong(
      text({
        de: `Nach „${key.id}“ kann nicht gesucht werden: Als keyProperty taugt nur eine abfragbare Texteigenschaft mit einem Wert.`,
        en: `"${key.id}" cannot be searched: keyProperty must be a queryable text property with a single value.`,
      }),
    );
  }
  return { binding, settings, fileType, typeOf, patience, folders: new Map() };
}

function rememberTypes(binding: BrowserBinding): Repository['typeOf'] {
  const known = new Map<string, Promise<TypeDefinition>>();
  return (id, baseType) => {
    const remembered = known.get(`${baseType} ${id}`);
    if (remembered) return remembered;
    const reading = requireType(binding, id, baseType).catch((error: unknown) => {
      known.delete(`${baseType} ${id}`);
      throw error;
    });
    known.set(`${baseType} ${id}`, reading);
    return reading;
  };
}

async function requireType(binding: BrowserBinding, id: string, baseType: string): Promise<TypeDefinition> {
  const type = await binding.type(id);
  // Nothing is created of a secondary type: most repositories say that it is not creatable.
  if (type?.baseType === baseType && (type.isCreatable || baseType === 'cmis:secondary')) return type;
  throw settingsWrong(
    type
      ? text({
          de: `Der Typ „${id}“ ist kein anlegbarer Untertyp von ${baseType}.`,
          en: `Type "${id}" is no creatable subtype of ${baseType}.`,
        })
      : text({ de: `Das DMS kennt keinen Typ „${id}“.`, en: `The DMS knows no type "${id}".` }),
  );
}

/** The folders that bear our key: those that are complete, and those that somebody is or was building. */
export interface Holders {
  readonly complete: readonly CmisObject[];
  readonly claims: readonly CmisObject[];
}

/** @param key in Unicode normalisation form C. Both lists are sorted by age, the oldest first. */
export async function holdersOf(
  { binding, settings, fileType }: Repository,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Holders> {
  const { queryName } = definitionOf(fileType, settings.keyProperty);
  const columns = ['cmis:objectId', 'cmis:name', 'cmis:creationDate', 'cmis:baseTypeId', queryName];
  const statement = selectFolders(fileType.queryName, columns, `${queryName} = ${literal(key)}`);
  const found = await binding.query(statement, signal);
  // Some servers do not regard letter case, or take signs for wildcards.
  const ours = found.filter(({ properties }) => (properties[settings.keyProperty] ?? properties[queryName]) === key);
  const sorted = [...new Map(ours.map((one) => [one.id, one])).values()].sort(byAge);
  return {
    complete: sorted.filter(({ name }) => !isClaim(name)),
    claims: sorted.filter(({ name }) => isClaim(name)),
  };
}

/** The order in which the server created them, the same for everybody who asks. */
export function byAge(a: CmisObject, b: CmisObject): number {
  if (a.created !== b.created) return a.created - b.created;
  const numeric = Number(a.id) - Number(b.id);
  if (numeric !== 0 && !Number.isNaN(numeric)) return numeric;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

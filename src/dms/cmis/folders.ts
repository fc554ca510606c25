import { persist } from '../http/back-off.ts';
import { isRefusal, Refusal } from '../http/refusal.ts';
import type { PlannedFolder } from './object-plan.ts';
import { byAge, type Repository } from './repository.ts';
import { literal, selectFolders } from './statement.ts';

/**
 * The id of the folder at a path, found or made; shared by all who need it, so that nobody's interruption ends it. Servers
 * have been seen to make two folders of one name when they are asked at once: then the older one counts for everybody.
 */
export async function ensureFolder(repository: Repository, path: readonly PlannedFolder[]): Promise<string> {
  if (path.length === 0) return repository.binding.rootId;
  const address = path.map(({ key, name }) => (key ? `${key.property}=${key.value}` : name)).join('/');
  const known = repository.folders.get(address);
  if (known) return known;
  const finding = findOrMake(repository, path).catch((error: unknown) => {
    repository.folders.delete(address);
    throw error;
  });
  repository.folders.set(address, finding);
  return finding;
}

/** Forgets all folders: one of them turned out to be gone. */
export function forgetFolders({ folders }: Repository): void {
  folders.clear();
}

async function findOrMake(repository: Repository, path: readonly PlannedFolder[]): Promise<string> {
  const { binding, patience } = repository;
  const [folder] = path.slice(-1);
  if (!folder) return binding.rootId;
  const byName = path.every(({ key }) => key === undefined);
  const address = path.map(({ name }) => name).join('/');
  const found = byName ? (await binding.objectByPath(address, undefined))?.id : undefined;
  if (found !== undefined) return found;
  const parent = await ensureFolder(repository, path.slice(0, -1));
  const present = byName ? undefined : await oldestFolder(repository, parent, folder);
  if (present !== undefined) return present;
  const properties = new Map([...folder.properties, ['cmis:name', folder.name] as const]);
  const make = async () => {
    try {
      return (await binding.createFolder(parent, { properties, grant: [] }, undefined)).id;
    } catch (error) {
      // Somebody else was quicker, or an earlier attempt whose answer was lost.
      if (isRefusal(error, 'nameConstraintViolation', 'contentAlreadyExists', 'constraint')) return undefined;
      throw error;
    }
  };
  const made = await persist(make, patience, undefined);
  const oldest = await oldestFolder(repository, parent, folder);
  if (oldest !== undefined && made !== undefined && made !== oldest) await binding.remove(made, undefined);
  const id = oldest ?? made ?? (byName ? (await binding.objectByPath(address, undefined))?.id : undefined);
  if (id === undefined) throw new Refusal(404, 'objectNotFound', address);
  return id;
}

async function oldestFolder(
  { binding }: Repository,
  parent: string,
  { key, name }: PlannedFolder,
): Promise<string | undefined> {
  const [type, property, value] = key
    ? [key.type.queryName, key.type.properties.get(key.property)?.queryName ?? key.property, key.value]
    : ['cmis:folder', 'cmis:name', name];
  const condition = `${property} = ${literal(value)} AND IN_FOLDER(${literal(parent)})`;
  const columns = [...new Set(['cmis:objectId', 'cmis:name', 'cmis:creationDate', 'cmis:baseTypeId', property])];
  const all = await binding.query(selectFolders(type, columns, condition), undefined);
  // Some servers do not regard letter case, or take signs for wildcards.
  const exact = all.filter(
    ({ properties }) => (properties[key?.property ?? property] ?? properties[property]) === value,
  );
  return exact.sort(byAge)[0]?.id;
}

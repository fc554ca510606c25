import { persist } from '../http/back-off.ts';
import { isRefusal, Refusal } from '../http/refusal.ts';
import { byAge, type Repository } from './repository.ts';
import { literal, selectFolders } from './statement.ts';

/**
 * The id of the folder at a path, found or made; shared by all who need it, so that nobody's interruption ends it. Servers
 * have been seen to make two folders of one name when they are asked at once: then the older one counts for everybody.
 */
export async function ensureFolder(repository: Repository, path: readonly string[]): Promise<string> {
  if (path.length === 0) return repository.binding.rootId;
  const address = path.join('/');
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

async function findOrMake(repository: Repository, path: readonly string[]): Promise<string> {
  const { binding, patience } = repository;
  const found = await binding.objectByPath(path.join('/'), undefined);
  if (found) return found.id;
  const parent = await ensureFolder(repository, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  const properties = new Map([
    ['cmis:objectTypeId', 'cmis:folder'],
    ['cmis:name', name],
  ]);
  const make = async () => {
    try {
      return (await binding.createFolder(parent, properties, undefined)).id;
    } catch (error) {
      // Somebody else was quicker, or an earlier attempt whose answer was lost.
      if (isRefusal(error, 'nameConstraintViolation', 'contentAlreadyExists', 'constraint')) return undefined;
      throw error;
    }
  };
  const made = await persist(make, patience, undefined);
  const oldest = await oldestFolder(repository, parent, name);
  if (oldest !== undefined && made !== undefined && made !== oldest) await binding.remove(made, undefined);
  const id = oldest ?? made ?? (await binding.objectByPath(path.join('/'), undefined))?.id;
  if (id === undefined) throw new Refusal(404, 'objectNotFound', path.join('/'));
  return id;
}

async function oldestFolder({ binding }: Repository, parent: string, name: string): Promise<string | undefined> {
  const condition = `cmis:name = ${literal(name)} AND IN_FOLDER(${literal(parent)})`;
  const columns = ['cmis:objectId', 'cmis:name', 'cmis:creationDate', 'cmis:baseTypeId'];
  const all = await binding.query(selectFolders('cmis:folder', columns, condition), undefined);
  return all.filter((one) => one.name === name).sort(byAge)[0]?.id;
}

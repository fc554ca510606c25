import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from '../../shared/language.ts';
import { DmsError, hasErrorCode } from '../errors.ts';
import type { FileOperations } from './file-operations.ts';
import { layoutConfiguration, layoutExtension, rootDeclaration } from './layout.ts';
import { namesIn } from './names-in.ts';
import type { Staging } from './staging.ts';
import { writeFile } from './write-file.ts';

const configurationPath = join('extensions', layoutExtension, 'config.json');

/**
 * Makes sure that `root` is an OCFL 1.1 storage root in our layout; makes one where there is nothing yet, in one step.
 * @throws DmsError dms.store-unusable when something else is there
 */
export async function prepareStorageRoot(root: string, staging: Staging, disk: FileOperations): Promise<void> {
  const content = namesIn(root);
  if (content === undefined || content.length === 0) await makeStorageRoot(root, content !== undefined, staging, disk);
  await checkStorageRoot(root);
  // Whoever made it may have died before its name was on the disk.
  await disk.syncFolder(dirname(root));
}

async function makeStorageRoot(root: string, exists: boolean, staging: Staging, disk: FileOperations): Promise<void> {
  await disk.makeFolder(dirname(root));
  const folder = await staging.claim();
  try {
    const built = join(folder, 'root');
    const extension = join(built, 'extensions', layoutExtension);
    await disk.makeFolder(extension);
    await writeFile(join(built, rootDeclaration.name), Buffer.from(rootDeclaration.content), disk);
    await writeFile(join(built, 'ocfl_layout.json'), json(layoutDescription), disk);
    await writeFile(join(built, configurationPath), json(layoutConfiguration), disk);
    for (const path of [extension, dirname(extension), built]) await disk.syncFolder(path);
    if (exists) await disk.removeFolder(root);
    await disk.rename(built, root);
  } catch (error) {
    // Somebody else made the root in the meantime: the check that follows judges it.
    if (!hasErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOENT') || !namesIn(root)?.length) throw error;
  } finally {
    await staging.release(folder);
  }
}

const layoutDescription = {
  extension: layoutExtension,
  description: 'Hashed N-tuple storage layout: objects lie three folders deep by the SHA-256 of their id',
};

async function checkStorageRoot(root: string): Promise<void> {
  const declaration = await readIfThere(join(root, rootDeclaration.name));
  if (declaration !== rootDeclaration.content) {
    throw unusable(root, 'dort liegt keine OCFL-Ablage der Version 1.1', 'there is no OCFL 1.1 storage root');
  }
  const configuration = parse(await readIfThere(join(root, configurationPath)));
  const isOurs = Object.entries(layoutConfiguration).every(([name, value]) => configuration?.[name] === value);
  if (!isOurs) throw unusable(root, 'sie ist anders aufgebaut', 'its layout is another one');
}

function unusable(root: string, de: string, en: string): DmsError {
  return new DmsError(
    'dms.store-unusable',
    text({ de: `Die Ablage „${root}“ ist nicht benutzbar: ${de}.`, en: `The store "${root}" cannot be used: ${en}.` }),
  );
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function parse(content: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = content === undefined ? undefined : JSON.parse(content);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

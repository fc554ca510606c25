import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { layoutConfiguration, layoutExtension, objectFolders } from '../layout.ts';
import { objectDeclarations, readDeclaration, rootDeclarations } from './declaration.ts';
import { isJsonObject, type JsonMembers, parseJson } from './json.ts';
import { below, type Listing, listFolder } from './listing.ts';
import type { ObjectFacts } from './object.ts';
import type { Report } from './report.ts';
import { isRegisteredExtension, type SpecVersion } from './specification.ts';

/** What a storage root says of itself. */
export interface RootFacts {
  readonly spec: SpecVersion | null;
  /** True when objects have to lie where our own layout puts them. */
  readonly ourLayout: boolean;
}

/** Judges the top of a storage root: OCFL 1.0 and 1.1 sections 4.1, 4.2 and 4.4. Files it does not know are left alone. */
export async function validateRoot(root: string, top: Listing, report: Report): Promise<RootFacts> {
  const declarations = top.files.filter((name) => !name.startsWith(objectDeclarations.prefix));
  const spec = await readDeclaration(root, declarations, rootDeclarations, report);
  const layout = await readLayout(root, top, report);
  const configuration = await readJson(join(root, 'extensions', layoutExtension, 'config.json'));
  const ourLayout =
    layout?.extension === layoutExtension &&
    Object.entries(layoutConfiguration).every(([name, value]) => configuration?.[name] === value);
  if (top.folders.includes('extensions')) await checkExtensions(root, spec, report);
  return { spec: spec ?? null, ourLayout };
}

async function readLayout(root: string, top: Listing, report: Report): Promise<JsonMembers | undefined> {
  if (!top.files.includes('ocfl_layout.json')) return undefined;
  const layout = await readJson(join(root, 'ocfl_layout.json'));
  for (const key of ['extension', 'description']) {
    if (typeof layout?.[key] !== 'string') report.add('E070', 'ocfl_layout.json', key);
  }
  const extension = layout?.extension;
  if (typeof extension === 'string' && !isRegisteredExtension(extension))
    report.add('E071', 'ocfl_layout.json', extension);
  return layout;
}

async function checkExtensions(root: string, spec: SpecVersion | undefined, report: Report): Promise<void> {
  const listing = await listFolder(root, 'extensions', report);
  for (const name of listing?.files ?? []) report.add(spec === '1.0' ? 'E086' : 'E112', below('extensions', name));
  for (const name of listing?.folders ?? []) {
    if (!isRegisteredExtension(name)) report.add('W016', below('extensions', name));
  }
}

/**
 * The objects below a storage root, in the order of their paths. What lies between them and is no object is reported.
 * @param top what lies in the root itself
 */
export async function* findObjects(root: string, top: Listing, report: Report): AsyncGenerator<string> {
  const waiting = top.folders.filter((name) => name !== 'extensions').reverse();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const listing = await listFolder(root, path, report);
    if (!listing) continue;
    if (isObject(listing)) {
      yield path;
      continue;
    }
    if (listing.files.length + listing.folders.length === 0) report.add('E073', path);
    for (const name of listing.files) report.add('E072', below(path, name));
    for (const name of [...listing.folders].reverse()) waiting.push(below(path, name));
  }
}

/** An object that lost its declaration still is one, by its inventory. */
export function isObject({ files }: Listing): boolean {
  return files.some((name) => name.startsWith(objectDeclarations.prefix) || name === 'inventory.json');
}

/** What an object owes to the root that it lies in: sections 4.2 and 4.3. */
export function checkPlace(path: string, object: ObjectFacts, root: RootFacts, report: Report): void {
  if (object.spec && root.spec && object.spec > root.spec) report.add('E081', path, object.spec);
  if (object.id === null || !root.ourLayout) return;
  const expected = objectFolders(object.id).join('/');
  if (expected !== path) report.add('E083', path, object.id);
}

async function readJson(path: string): Promise<JsonMembers | undefined> {
  try {
    if ((await stat(path)).size > 1_000_000) return undefined;
    const value = parseJson(await readFile(path));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

import { checkContent } from './content.ts';
import { objectDeclarations, readDeclaration } from './declaration.ts';
import { belongsToInventory, type InventoryFile, readInventoryFile } from './inventory-file.ts';
import type { ReadInventory } from './inventory-rules.ts';
import { below, type Listing, listFolder, listTree } from './listing.ts';
import { checkPriorInventory, checkSpecOrder } from './prior-inventory.ts';
import type { Report } from './report.ts';
import { isRegisteredExtension, type SpecVersion } from './specification.ts';
import { versionNumber } from './version-rules.ts';

/** What an object is, as far as it could be read. */
export interface ObjectFacts {
  readonly id: string | null;
  readonly spec: SpecVersion | null;
  /** Content files, and their bytes that were read. */
  readonly files: number;
  readonly bytes: number;
}

/** Judges a whole object: OCFL 1.0 and 1.1 section 3. Everything found goes into the report. */
export async function validateObject(root: string, report: Report, signal?: AbortSignal): Promise<ObjectFacts> {
  const nothing: ObjectFacts = { id: null, spec: null, files: 0, bytes: 0 };
  const top = await listFolder(root, '', report);
  if (!top) {
    report.add('E003', '');
    return nothing;
  }
  const declared = await readDeclaration(root, top.files, objectDeclarations, report);
  if (!top.files.includes('inventory.json')) {
    report.add('E063', '');
    await checkTop(root, top, undefined, report);
    return { ...nothing, spec: declared ?? null };
  }
  const current = readInventoryFile(root, '', top.files, declared ?? '1.1', report);
  await checkTop(root, top, current?.inventory, report);
  if (!current) return { ...nothing, spec: declared ?? null };
  const { inventory } = current;
  if (declared && inventory.spec && inventory.spec !== declared) report.add('E038', inventory.where, inventory.spec);
  const versions = await checkVersions(root, top, current, declared ?? '1.1', report);
  const inventories = [...versions.inventories, inventory];
  checkSpecOrder(inventories, report);
  const bytes = await checkContent(root, versions.files, inventories, report, signal);
  return { id: inventory.id ?? null, spec: declared ?? null, files: versions.files.length, bytes };
}

/** Section 3.1: nothing lies at the top but what is described. */
async function checkTop(
  root: string,
  top: Listing,
  inventory: ReadInventory | undefined,
  report: Report,
): Promise<void> {
  for (const name of top.files) {
    const known = name.startsWith(objectDeclarations.prefix) || belongsToInventory(name, inventory);
    if (!known) report.add('E001', name);
  }
  for (const name of top.folders) {
    if (name === 'logs') continue;
    if (name === 'extensions') await checkExtensions(root, report);
    else if (versionNumber(name) === undefined) report.add('E001', name);
    else if (inventory && !inventory.versions.has(name)) report.add('E046', name);
  }
}

/** Section 3.9. */
async function checkExtensions(root: string, report: Report): Promise<void> {
  const extensions = await listFolder(root, 'extensions', report);
  for (const name of extensions?.files ?? []) report.add('E067', below('extensions', name));
  for (const name of extensions?.folders ?? []) {
    if (!isRegisteredExtension(name)) report.add('W013', below('extensions', name));
  }
}

/** Sections 3.3 and 3.7: every version's folder and inventory. */
async function checkVersions(
  root: string,
  top: Listing,
  current: InventoryFile,
  declared: SpecVersion,
  report: Report,
): Promise<{ readonly files: readonly string[]; readonly inventories: readonly ReadInventory[] }> {
  const files: string[] = [];
  const inventories: ReadInventory[] = [];
  for (const version of current.inventory.versions.keys()) {
    const folder = top.folders.includes(version) ? await listFolder(root, version, report) : undefined;
    if (!folder) {
      report.add('E010', version);
      report.add('E046', version);
      continue;
    }
    const prior = await checkVersionInventory(root, version, folder, current, declared, report);
    if (prior) inventories.push(prior);
    for (const name of folder.files) {
      if (!belongsToInventory(name, prior ?? current.inventory)) report.add('E015', below(version, name));
    }
    for (const file of await listContent(root, version, folder, current.inventory, report)) files.push(file);
  }
  return { files, inventories };
}

async function listContent(
  root: string,
  version: string,
  folder: Listing,
  { contentDirectory }: ReadInventory,
  report: Report,
): Promise<readonly string[]> {
  for (const name of folder.folders) if (name !== contentDirectory) report.add('W002', below(version, name));
  if (contentDirectory === undefined || !folder.folders.includes(contentDirectory)) return [];
  const files = await listTree(root, below(version, contentDirectory), report);
  if (files.length === 0) report.add('W003', below(version, contentDirectory));
  return files;
}

/** @returns the inventory of an earlier version, to be checked against the content too */
async function checkVersionInventory(
  root: string,
  version: string,
  folder: Listing,
  current: InventoryFile,
  declared: SpecVersion,
  report: Report,
): Promise<ReadInventory | undefined> {
  if (!folder.files.includes('inventory.json')) {
    report.add('W010', version);
    return undefined;
  }
  const file = readInventoryFile(root, version, folder.files, current.inventory.spec ?? declared, report);
  if (!file) return undefined;
  if (version === [...current.inventory.versions.keys()].at(-1)) {
    if (!file.bytes.equals(current.bytes)) report.add('E064', file.inventory.where);
    return undefined;
  }
  checkPriorInventory(current.inventory, file.inventory, version, report);
  return file.inventory;
}

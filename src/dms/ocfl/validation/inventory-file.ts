import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestBytes } from '../digests.ts';
import { type ReadInventory, readInventory } from './inventory-rules.ts';
import { parseJson } from './json.ts';
import { below } from './listing.ts';
import type { Report } from './report.ts';
import type { SpecVersion } from './specification.ts';

/** An inventory of 100 MiB describes some 100,000 files; larger ones are not read. */
const largestInventory = 100 * 1024 * 1024;

export interface InventoryFile {
  readonly bytes: Buffer;
  readonly inventory: ReadInventory;
}

/**
 * Reads and judges an inventory and the digest file beside it (sections 3.5 and 3.6).
 * @param folder "" or a version folder
 * @param files the names in that folder, inventory.json among them
 */
export function readInventoryFile(
  root: string,
  folder: string,
  files: readonly string[],
  declared: SpecVersion,
  report: Report,
): InventoryFile | undefined {
  const where = below(folder, 'inventory.json');
  const { size } = statSync(join(root, where));
  if (size > largestInventory) {
    report.add('E033', where, `${size} bytes`);
    return undefined;
  }
  const bytes = readFileSync(join(root, where));
  const inventory = readInventory(parseJson(bytes), where, declared, report);
  if (!inventory) return undefined;
  checkSidecar(root, folder, files, { bytes, inventory }, report);
  return { bytes, inventory };
}

/** True for inventory.json and its digest file; for any digest file where the algorithm is not known. */
export function belongsToInventory(name: string, inventory: ReadInventory | undefined): boolean {
  if (name === 'inventory.json') return true;
  return inventory?.algorithm ? name === `inventory.json.${inventory.algorithm}` : name.startsWith('inventory.json.');
}

function checkSidecar(
  root: string,
  folder: string,
  files: readonly string[],
  { bytes, inventory }: InventoryFile,
  report: Report,
): void {
  const { algorithm, where } = inventory;
  if (!algorithm) return;
  const name = `inventory.json.${algorithm}`;
  if (!files.includes(name)) {
    report.add('E058', below(folder, name));
    for (const other of files) if (other.startsWith('inventory.json.')) report.add('E059', below(folder, other));
    return;
  }
  const path = below(folder, name);
  const { size } = statSync(join(root, path));
  const content = size > 4096 ? '' : readFileSync(join(root, path), 'utf8');
  const stated = /^([0-9a-fA-F]+)[ \t]+inventory\.json\s*$/.exec(content)?.[1];
  if (stated === undefined) report.add('E061', path);
  else if (stated.toLowerCase() !== digestBytes(bytes, [algorithm])[algorithm]) report.add('E060', where);
}

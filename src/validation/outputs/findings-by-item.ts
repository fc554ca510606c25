import type { Finding } from '../../findings/finding.ts';
import { foldersAbove } from '../context.ts';
import type { CheckedItem } from '../items.ts';
import type { CheckReport } from './report.ts';

/** Which findings are about which item, and which about none. Every finding is in one of both. */
export interface FindingsByItem {
  /**
   * About the item's row and its file; where these tell no error, one about a folder above the file. Where several rows
   * name one file, its findings are with the first row, and the others have the first of them: else a hostile manifest
   * would multiply them.
   */
  of(item: CheckedItem): readonly Finding[];
  /** Findings about other files, folders, or the package as a whole, by path. */
  readonly elsewhere: ReadonlyMap<string, readonly Finding[]>;
}

export function findingsByItem({ check, findings }: CheckReport): FindingsByItem {
  /** Places of rows by the file that they are the first to name. */
  const firstOfFile = new Map<string, string>();
  const places = new Set<string>();
  for (const item of check.items) {
    for (const key of rowKeys(item)) places.add(key);
    if (item.path !== '' && !firstOfFile.has(item.path)) firstOfFile.set(item.path, rowPlace(item));
  }
  const byPlace = new Map<string, Finding[]>();
  const elsewhere = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = placeKey(finding.path, finding.row);
    // A row that is none of an item's is a line of a checksum file: the finding is about the file.
    if (places.has(key)) add(byPlace, key, finding);
    else if (firstOfFile.has(finding.path)) add(byPlace, finding.path, finding);
    else add(elsewhere, finding.path, finding);
  }
  return {
    elsewhere,
    of: (item) => {
      const aboutFile = item.path === '' ? [] : (byPlace.get(item.path) ?? []);
      const own = rowKeys(item).flatMap((key) => byPlace.get(key) ?? []);
      const all = [...own, ...(firstOfFile.get(item.path) === rowPlace(item) ? aboutFile : aboutFile.slice(0, 1))];
      return all.some(isError) ? all : [...all, ...aboutFolders(elsewhere, item.path)];
    },
  };
}

function rowPlace({ manifest = '', row }: CheckedItem): string {
  return placeKey(manifest, row);
}

/** How findings name an item's row: as a place in the manifest, or as the file together with its row. */
function rowKeys({ path, manifest, row }: CheckedItem): string[] {
  if (manifest === undefined || row === undefined) return [];
  return [placeKey(manifest, row), ...(path === '' || path === manifest ? [] : [placeKey(path, row)])];
}

function aboutFolders(byFolder: ReadonlyMap<string, readonly Finding[]>, path: string): readonly Finding[] {
  for (const folder of foldersAbove(path)) {
    const found = byFolder.get(folder)?.find(isError);
    if (found) return [found];
  }
  return [];
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function add(groups: Map<string, Finding[]>, key: string, finding: Finding): void {
  const group = groups.get(key);
  if (group) group.push(finding);
  else groups.set(key, [finding]);
}

function placeKey(path: string, row: number | undefined): string {
  return row === undefined ? path : `${path}\n${row}`;
}

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
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) add(byPlace, placeKey(finding.path, finding.row), finding);
  const firstOfFile = new Map<string, CheckedItem>();
  const told = new Set<string>();
  for (const item of check.items) {
    const { path, manifest, row } = item;
    if (manifest !== undefined) told.add(placeKey(manifest, row));
    if (path === '') continue;
    told.add(path);
    if (!firstOfFile.has(path)) firstOfFile.set(path, item);
  }
  const elsewhere = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (!told.has(placeKey(finding.path, finding.row))) add(elsewhere, finding.path, finding);
  }
  return {
    elsewhere,
    of: (item) => {
      const { path, manifest, row } = item;
      const aboutRow = manifest === undefined ? [] : (byPlace.get(placeKey(manifest, row)) ?? []);
      const aboutFile = path === '' ? [] : (byPlace.get(path) ?? []);
      const own = [...aboutRow, ...(firstOfFile.get(path) === item ? aboutFile : aboutFile.slice(0, 1))];
      return own.some(isError) ? own : [...own, ...aboutFolders(byPlace, path)];
    },
  };
}

function aboutFolders(byPlace: ReadonlyMap<string, readonly Finding[]>, path: string): readonly Finding[] {
  for (const folder of foldersAbove(path)) {
    const found = byPlace.get(folder)?.find(isError);
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

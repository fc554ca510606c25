import type { ReadInventory } from './inventory-rules.ts';
import type { Report } from './report.ts';
import type { SpecVersion } from './specification.ts';
import { type VersionBlock, versionNumber } from './version-rules.ts';

/**
 * Compares the inventory in an earlier version's folder with the object's current one (section 3.7): it must tell the
 * same history, as far as that went.
 * @param version the folder's name
 */
export function checkPriorInventory(
  current: ReadInventory,
  prior: ReadInventory,
  version: string,
  report: Report,
): void {
  const { where } = prior;
  if (prior.head !== undefined && prior.head !== version) report.add('E040', where, prior.head);
  if (prior.id !== undefined && current.id !== undefined && prior.id !== current.id) {
    report.add('E037', where, prior.id);
    if (prior.spec === '1.1') report.add('E110', where, prior.id);
  }
  checkContentDirectory(current, prior, version, report);
  const expected = [...current.versions.keys()].filter((name) => Number(name.slice(1)) <= Number(version.slice(1)));
  if (expected.join() !== [...prior.versions.keys()].join()) report.add('E066', where, version);
  for (const name of expected) {
    const [now, before] = [current.versions.get(name), prior.versions.get(name)];
    if (!now || !before) continue;
    if (now.notes !== before.notes) report.add('W011', where, name);
    if (!isSameState(current, now, prior, before)) report.add('E066', where, name);
  }
}

function checkContentDirectory(current: ReadInventory, prior: ReadInventory, version: string, report: Report): void {
  const same =
    current.contentDirectorySet === prior.contentDirectorySet && current.contentDirectory === prior.contentDirectory;
  if (same) return;
  if (versionNumber(version) === 1) report.add('E019', prior.where);
  report.add('E020', prior.where);
}

/** Section 3.7.1: specifications never go back from one version to the next. */
export function checkSpecOrder(inventories: readonly ReadInventory[], report: Report): void {
  let newest: SpecVersion = '1.0';
  for (const { spec, where } of inventories) {
    if (spec && spec < newest) report.add('E103', where);
    if (spec && spec > newest) newest = spec;
  }
}

/** Equal logical paths with equal content; across algorithms content is equal where the files are. */
function isSameState(current: ReadInventory, now: VersionBlock, prior: ReadInventory, before: VersionBlock): boolean {
  const [present, past] = [contentByPath(now), contentByPath(before)];
  if (present.size !== past.size) return false;
  const sameAlgorithm = current.algorithm === prior.algorithm;
  for (const [path, pastDigest] of past) {
    const digest = present.get(path);
    if (digest === undefined) return false;
    if (sameAlgorithm && digest.toLowerCase() === pastDigest.toLowerCase()) continue;
    if (sameAlgorithm || !sharesFiles(current.manifest.get(digest), prior.manifest.get(pastDigest))) return false;
  }
  return true;
}

function contentByPath({ state }: VersionBlock): ReadonlyMap<string, string> {
  return new Map([...state].flatMap(([digest, paths]) => paths.map((path) => [path, digest] as const)));
}

/** A later manifest may have more files of one content than an earlier one, never fewer. */
function sharesFiles(now: readonly string[] | undefined, before: readonly string[] | undefined): boolean {
  const present = new Set(now);
  return before !== undefined && before.length > 0 && before.every((path) => present.has(path));
}

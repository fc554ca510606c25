import { canonicalJson } from '../shared/canonical-json.ts';
import type { CheckedItem } from './items.ts';
import type { CheckResult, ResultFinding } from './result.ts';

/** How one member of two results differs. */
export interface Difference {
  readonly what: string;
  readonly a: string | number;
  readonly b: string | number;
}

/** A row or file that is not the same in both; null where one result lacks it. */
export interface ItemDifference {
  readonly path: string;
  readonly manifest: string | null;
  readonly row: number | null;
  readonly members: readonly string[];
  readonly a: CheckedItem | null;
  readonly b: CheckedItem | null;
}

export interface ResultComparison {
  /** Nothing but times and wording differs. */
  readonly same: boolean;
  /** The same version of the tool, the same rules, the same bytes: what every comparison begins with. */
  readonly sameTool: boolean;
  readonly sameProfile: boolean;
  readonly samePackage: boolean;
  readonly differences: readonly Difference[];
  readonly onlyInA: readonly ResultFinding[];
  readonly onlyInB: readonly ResultFinding[];
  readonly items: readonly ItemDifference[];
}

/**
 * Compares two results. Times and the language of messages do not count; the order of findings and items does not either.
 * A finding is the same when code, severity, place and values are.
 */
export function compareResults(a: CheckResult, b: CheckResult): ResultComparison {
  const differences = [...headDifferences(a, b)];
  const [onlyInA, onlyInB] = [missing(a.findings, b.findings), missing(b.findings, a.findings)];
  const items = itemDifferences(a.items, b.items);
  return {
    same: differences.length + onlyInA.length + onlyInB.length + items.length === 0,
    sameTool: a.tool === b.tool && a.version === b.version,
    sameProfile: hashOf(a) === hashOf(b),
    samePackage: a.packageHash === b.packageHash,
    differences,
    onlyInA,
    onlyInB,
    items,
  };
}

function* headDifferences(a: CheckResult, b: CheckResult): Iterable<Difference> {
  const members: readonly (readonly [string, (result: CheckResult) => string | number])[] = [
    ['version', ({ version }) => version],
    ['profile.hash', hashOf],
    ['packageHash', ({ packageHash }) => packageHash],
    ['verdict', ({ verdict }) => verdict],
    ...(Object.keys(a.counts) as (keyof CheckResult['counts'])[]).map(
      (name) => [`counts.${name}`, ({ counts }: CheckResult) => counts[name]] as const,
    ),
    ['engines', ({ engines }) => engines.join(', ')],
    ['pdfa', ({ pdfa }) => canonicalJson(pdfa)],
    ['manifests', ({ manifests }) => canonicalJson(manifests)],
  ];
  for (const [what, read] of members) {
    if (read(a) !== read(b)) yield { what, a: read(a), b: read(b) };
  }
}

function hashOf({ profile }: CheckResult): string {
  return profile.hash;
}

/** The findings of one list that the other lacks; one that is told twice must be there twice. */
function missing(these: readonly ResultFinding[], those: readonly ResultFinding[]): ResultFinding[] {
  const counts = new Map<string, number>();
  for (const finding of those) counts.set(identity(finding), (counts.get(identity(finding)) ?? 0) + 1);
  return these.filter((finding) => {
    const left = counts.get(identity(finding)) ?? 0;
    if (left > 0) counts.set(identity(finding), left - 1);
    return left === 0;
  });
}

function identity({ code, severity, path, row, page, reference, args }: ResultFinding): string {
  return canonicalJson([code, severity, path, row ?? null, page ?? null, reference ?? null, args]);
}

function itemDifferences(a: readonly CheckedItem[], b: readonly CheckedItem[]): ItemDifference[] {
  const others = new Map(b.map((item) => [itemKey(item), item]));
  const differences: ItemDifference[] = [];
  for (const item of a) {
    const other = others.get(itemKey(item));
    others.delete(itemKey(item));
    const members = other ? differingMembers(item, other) : [];
    if (!other || members.length > 0) differences.push(difference(item, item, other ?? null, members));
  }
  for (const item of others.values()) differences.push(difference(item, null, item, []));
  return differences;
}

function difference(
  { path, manifest, row }: CheckedItem,
  a: CheckedItem | null,
  b: CheckedItem | null,
  members: readonly string[],
): ItemDifference {
  return { path, manifest: manifest ?? null, row: row ?? null, members, a, b };
}

function differingMembers(a: CheckedItem, b: CheckedItem): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof CheckedItem>;
  return [...names].filter((name) => canonicalJson(a[name] ?? null) !== canonicalJson(b[name] ?? null));
}

/** What tells an item from all others of its check. */
export function itemKey({ path, manifest, row }: CheckedItem): string {
  return manifest === undefined ? `file\n${path}` : `row\n${manifest}\n${row}`;
}

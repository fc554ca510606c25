import { severities } from '../../findings/definition.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { DeliveryProfile } from '../profile.ts';

/** stricter: what passed may fail now. looser: what failed may pass. changed: either, or neither. */
export type ChangeDirection = 'stricter' | 'looser' | 'changed';

/** One difference between two profiles. */
export interface ProfileChange {
  /** Part of the profile: "layout", "rules". */
  readonly section: string;
  /** Keys that lead to the difference: "rules.pages-fit.severity". */
  readonly member: string;
  readonly direction: ChangeDirection;
  /** undefined where it was not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Which parts are no demand: names, and how the profile was put together. */
const silent = new Set(['$schema', 'extends', 'lots', 'examples']);

/** What is different in a profile, part by part. @param before the older one */
export function compareProfiles(before: DeliveryProfile, after: DeliveryProfile): ProfileChange[] {
  const changes: ProfileChange[] = [];
  walk(normalised(before), normalised(after), [], changes);
  return changes;
}

/** Rules by id, columns in their long form: only so do the same ones stand beside each other. */
function normalised(profile: DeliveryProfile): Tree {
  const { rules, manifest, severity, ...others } = profile;
  const { fields = {}, ...columns } = manifest?.columns ?? { fields: {} };
  return asTree({
    ...others,
    ...(manifest ? { manifest: { ...manifest, columns: longColumns({ ...columns, ...fields }) } } : {}),
    ...(rules ? { rules: Object.fromEntries(rules.map((rule) => [rule.id, { severity: 'error', ...rule }])) } : {}),
    ...(severity
      ? {
          severity: Object.fromEntries(
            Object.entries(severity).map(([code, value]) => [code, typeof value === 'string' ? value : value.severity]),
          ),
        }
      : {}),
  });
}

function longColumns(columns: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(columns).map(([field, written]) => [
      field,
      typeof written === 'string' ? { column: written, optional: false } : { optional: false, ...(written as object) },
    ]),
  );
}

type Tree = Readonly<Record<string, unknown>>;

function asTree(value: object): Tree {
  return value as Tree;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members that are told as a whole when they come or go. */
function isWhole(path: readonly string[]): boolean {
  return (
    (path[0] === 'rules' && path.length === 2) || (path[0] === 'manifest' && path[1] === 'columns' && path.length === 3)
  );
}

function walk(before: Tree, after: Tree, path: readonly string[], changes: ProfileChange[]): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (path.length === 0 && silent.has(name)) continue;
    compareMember([...path, name], before[name], after[name], changes);
  }
}

function compareMember(path: readonly string[], before: unknown, after: unknown, changes: ProfileChange[]): void {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return;
  // What comes or goes is told by its parts, but for what is one thing to people.
  const empty = isWhole(path) ? undefined : {};
  const [old, now] = [before ?? empty, after ?? empty];
  if (isTree(old) && isTree(now)) {
    walk(old, now, path, changes);
    return;
  }
  const direction = directionOf(path, before, after);
  changes.push({ section: path[0] ?? '', member: path.join('.'), direction, before, after });
}

type Judge = (before: unknown, after: unknown) => ChangeDirection;

/** More of it is stricter, as with a rule or a demanded value. */
const demand: Judge = (before, after) => {
  if (before === undefined) return 'stricter';
  return after === undefined ? 'looser' : 'changed';
};
const larger =
  (isLooser: boolean): Judge =>
  (before, after) => {
    if (typeof before !== 'number' && typeof after !== 'number') return 'changed';
    const [low, high] = isLooser ? [Number.POSITIVE_INFINITY, 1] : [Number.NEGATIVE_INFINITY, -1];
    const difference = Number(after ?? low) - Number(before ?? low);
    return difference * high > 0 ? 'looser' : 'stricter';
  };
const limit = larger(true);
const minimum = larger(false);
const whenTrue: Judge = (_before, after) => (after === true ? 'stricter' : 'looser');
const whenFalse: Judge = (before, after) => (whenTrue(before, after) === 'stricter' ? 'looser' : 'stricter');
/** A list of what is allowed: none allows everything. */
const allowed: Judge = (before, after) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return before === undefined ? 'stricter' : 'looser';
  const added = after.some((item) => !before.includes(item));
  const removed = before.some((item) => !after.includes(item));
  if (added && removed) return 'changed';
  return added ? 'looser' : 'stricter';
};
const demanded: Judge = (before, after) => {
  const direction = allowed(before ?? [], after ?? []);
  if (direction === 'changed') return direction;
  return direction === 'looser' ? 'stricter' : 'looser';
};
const severity: Judge = (before, after) => {
  const rank = (value: unknown) => severities.indexOf(value as (typeof severities)[number]);
  if (rank(before) < 0 || rank(after) < 0) return 'changed';
  return rank(after) < rank(before) ? 'stricter' : 'looser';
};

/** What a difference means, by the members that lead to it; "*" is any name. The first that fits. */
const directions: readonly (readonly [string, Judge])[] = [
  ['layout.files', allowed],
  ['layout.ignore', (before, after) => allowed(before ?? [], after ?? [])],
  ['manifest.columns.*.optional', whenFalse],
  ['manifest.columns.*', demand],
  ['row.required', demanded],
  ['row.properties.*.enum', allowed],
  ['row.properties.*.maxLength', limit],
  ['row.properties.*.minLength', minimum],
  ['row.properties.*.*', demand],
  ['files.formats', allowed],
  ['files.maximumBytes', limit],
  ['technical.classes', demand],
  ['technical.text.minimumShare', minimum],
  ['checksums.required', whenTrue],
  ['checksums.algorithms', allowed],
  ['pages.tolerance', (before, after) => limit(before ?? 0, after ?? 0)],
  ['pages.*', whenTrue],
  ['limits.*', limit],
  ['severity.*', severity],
  ['rules.*.severity', severity],
  [
    'rules.*.where',
    (before, after) => (before === undefined ? 'looser' : after === undefined ? 'stricter' : 'changed'),
  ],
  ['rules.*.maximum', limit],
  ['rules.*.minimum', minimum],
  ['rules.*.count.maximum', limit],
  ['rules.*.count.minimum', minimum],
  ['rules.*', demand],
];

function directionOf(path: readonly string[], before: unknown, after: unknown): ChangeDirection {
  const judge = directions.find(([pattern]) => fits(pattern.split('.'), path))?.[1];
  return judge?.(before, after) ?? 'changed';
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index]);
}

import { isDomainField } from '../delivery/columns.ts';
import type { ManifestRow } from '../delivery/manifest.ts';
import type { PackageEntry } from '../delivery/package-reader.ts';
import type { RowValues } from '../delivery/row-schema.ts';
import { type CalendarDate, parseDate } from '../shared/dates.ts';
import { type CheckContext, documentsOfRow, factsOf, foldersAbove, unlistedEntries } from './context.ts';
import { declaredCount } from './declared.ts';
import type { Blame, FindingLog } from './finding-log.ts';
import type { ItemFacts } from './inspected-files.ts';

/**
 * passed: everything that was agreed holds. failed: something about it is wrong. errored: it could not be judged, which
 * is never a pass.
 */
export type ItemState = 'passed' | 'failed' | 'errored';

/**
 * One row of a manifest, or one file that no manifest names. Each is in the result exactly once. Where a row stands for a
 * whole file (Akte), each of its documents is an item; what it declares of all of them stands with the first.
 */
export interface CheckedItem {
  /** Path of the file as stored; as listed when it is absent; "" when the row names none. */
  readonly path: string;
  /** The manifest and the row in it; absent for files that no manifest names. */
  readonly manifest?: string;
  readonly row?: number;
  readonly reference: string | null;
  readonly volume: string | null;
  readonly title: string | null;
  readonly box: string | null;
  readonly documentType: string | null;
  readonly date: CalendarDate | null;
  readonly declaredPages: number | null;
  readonly removedBlanks: number | null;
  readonly sheets: number | null;
  /** Values of the fields that the profile adds. */
  readonly fields: Readonly<Record<string, string>>;
  readonly facts: ItemFacts | null;
  readonly state: ItemState;
}

/** Makes the list of items: first the rows as they stand in the manifests, then the files that none of them names. */
export function createItems(context: CheckContext, log: FindingLog): CheckedItem[] {
  const rows = context.rows.flatMap((row) => rowItems(context, log, row));
  const unlisted = [...unlistedEntries(context)].map((entry) => fileItem(context, log, entry));
  return [...rows, ...unlisted];
}

const noCounts = { declaredPages: null, removedBlanks: null, sheets: null };

function rowItems(context: CheckContext, log: FindingLog, row: ManifestRow): CheckedItem[] {
  const documents = documentsOfRow(context, row);
  if (!context.fileRows || documents.length === 0) return [rowItem(context, log, row, row.path)];
  return documents.map(({ path }, index) => {
    const item = rowItem(context, log, row, path);
    return index === 0 ? item : { ...item, ...noCounts };
  });
}

function rowItem(context: CheckContext, log: FindingLog, listed: ManifestRow, path: string): CheckedItem {
  const { manifest, row, broken, values } = listed;
  const facts = broken ? null : factsOf(context, path);
  const state = stateOf(blamesOf(log, { path, manifest, row }), facts);
  return { path, manifest, row, ...declared(values), facts, state };
}

function fileItem(context: CheckContext, log: FindingLog, { path }: PackageEntry): CheckedItem {
  const facts = factsOf(context, path);
  // Where manifests are expected, a file that none names has passed nothing, whether or not a finding says so.
  const expected = (context.profile.source.layout.manifests ?? []).length > 0;
  // Then only its path says to which file (Akte) it belongs.
  const named = expected ? {} : (context.profile.namesOf(path) ?? {});
  return { path, ...declared(named), facts, state: stateOf(blamesOf(log, { path }), expected ? null : facts) };
}

/** What was told of an item: of its row, of its file, and of the folders above the file. */
export function blamesOf(
  log: FindingLog,
  { path, manifest, row }: Pick<CheckedItem, 'path' | 'manifest' | 'row'>,
): Blame[] {
  const blames = manifest === undefined ? [] : [log.blameOf({ path: manifest, row })];
  if (path !== '') blames.push(log.blameOf({ path }));
  for (const folder of foldersAbove(path)) blames.push(log.blameOf({ path: folder }));
  return blames.filter((blame) => blame !== undefined);
}

function stateOf(blames: readonly Blame[], vouched: ItemFacts | null): ItemState {
  if (blames.includes('defect')) return 'failed';
  return blames.includes('unjudged') || vouched === null ? 'errored' : 'passed';
}

function declared(values: RowValues): Omit<CheckedItem, 'path' | 'facts' | 'state'> {
  return {
    reference: values.reference ?? null,
    volume: values.volume ?? null,
    title: values.title ?? null,
    box: values.box ?? null,
    documentType: values.documentType ?? null,
    date: values.date === undefined ? null : (parseDate(values.date) ?? null),
    declaredPages: declaredCount(values, 'pages'),
    removedBlanks: declaredCount(values, 'removedBlanks'),
    sheets: declaredCount(values, 'sheets'),
    fields: ownFields(values),
  };
}

const noFields: CheckedItem['fields'] = Object.freeze({});

function ownFields(values: RowValues): CheckedItem['fields'] {
  const own = Object.entries(values).filter(([field]) => !isDomainField(field));
  return own.length === 0 ? noFields : Object.fromEntries(own);
}

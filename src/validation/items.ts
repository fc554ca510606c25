import { isDomainField } from '../delivery/columns.ts';
import type { ManifestRow } from '../delivery/manifest.ts';
import type { PackageEntry } from '../delivery/package-reader.ts';
import type { RowValues } from '../delivery/row-schema.ts';
import { bareObject } from '../shared/bare.ts';
import { IntColumn, SmallIntColumn } from '../shared/columns/numbers.ts';
import { type CalendarDate, parseDate } from '../shared/dates.ts';
import { type CheckContext, documentsOfRow, factsOf, foldersAbove, unlistedEntries } from './context.ts';
import { declaredCount } from './declared.ts';
import type { Blame, FindingLog } from './finding-log.ts';
import type { ItemFacts } from './inspected-files.ts';
import { ItemList, itemStates } from './item-list.ts';

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

/** Sums over the items. */
export interface PageSums {
  /** Pages that the rows declare. */
  readonly declaredPages: number;
  /** Pages counted in the items' files, each file once; pages that could not be counted are not in it. */
  readonly countedPages: number;
  /** Files of items whose pages could not be counted. */
  readonly uncounted: number;
}

/**
 * Makes the list of items: first the rows as they stand in the manifests, then the files that none of them names. What
 * the findings say of them so far decides on their states.
 */
export function createItems(context: CheckContext, log: FindingLog): { items: ItemList; pages: PageSums } {
  const places = collectPlaces(context);
  const states = new Uint8Array(places.entries.length);
  const sum = createPageSums(context);
  for (let place = 0; place < states.length; place += 1) {
    const { row, path } = whatAt(context, places, place);
    const facts = row?.broken ? null : factsOf(context, path);
    states[place] = itemStates.indexOf(row ? rowState(log, row, path, facts) : fileState(context, log, path, facts));
    const isFirst = rowAt(places, place - 1) !== rowAt(places, place);
    sum.add(path, facts, row && isFirst ? declaredCount(row.values, 'pages') : null);
  }
  const make = (place: number, state: ItemState): CheckedItem => makeItem(context, places, place, state);
  return { items: new ItemList(states, make), pages: sum };
}

interface ItemPlaces {
  /** How far the row of each item is from the item's own place: where each row is one item it is 0, and takes no memory. */
  readonly rowDistances: IntColumn;
  /** The places of the items' documents among the entries, -1 where the row tells it, or there is none. */
  readonly entries: IntColumn;
}

/** The row of the item at a place; -1 where it has none. */
function rowAt({ rowDistances }: ItemPlaces, place: number): number {
  return place + rowDistances.get(place);
}

function collectPlaces(context: CheckContext): ItemPlaces {
  const places = { rowDistances: new IntColumn(0), entries: new IntColumn() };
  const add = (row: number, entry: PackageEntry | undefined) => {
    places.rowDistances.push(row - places.rowDistances.length);
    places.entries.push(entry ? context.index.placeOf(entry.path) : -1);
  };
  for (const row of context.rows) {
    const documents = context.fileRows ? documentsOfRow(context, row) : [];
    if (documents.length === 0) add(row.index, undefined);
    for (const document of documents) add(row.index, document);
  }
  for (const entry of unlistedEntries(context)) add(-1, entry);
  return places;
}

function whatAt({ rows, index }: CheckContext, places: ItemPlaces, place: number) {
  const row = rows.at(rowAt(places, place));
  return { row, path: index.entries[places.entries.get(place)]?.path ?? row?.path ?? '' };
}

const noCounts = { declaredPages: null, removedBlanks: null, sheets: null };

function makeItem(context: CheckContext, places: ItemPlaces, place: number, state: ItemState): CheckedItem {
  const { row: listed, path } = whatAt(context, places, place);
  if (!listed) {
    // Where no manifest is expected, only its path says to which file (Akte) it belongs.
    const named = expectsManifests(context) ? {} : (context.profile.namesOf(path) ?? {});
    return { path, ...declared(named), facts: factsOf(context, path), state };
  }
  const { manifest, row, broken, values, index } = listed;
  const facts = broken ? null : factsOf(context, path);
  // What a row declares of all its documents stands with the first.
  const counts = rowAt(places, place - 1) === index ? noCounts : {};
  return { path, manifest, row, ...declared(values), ...counts, facts, state };
}

function rowState(log: FindingLog, { manifest, row }: ManifestRow, path: string, facts: ItemFacts | null): ItemState {
  return stateOf(blamesOf(log, { path, manifest, row }), facts);
}

function fileState(context: CheckContext, log: FindingLog, path: string, facts: ItemFacts | null): ItemState {
  // Where manifests are expected, a file that none names has passed nothing, whether or not a finding says so.
  return stateOf(blamesOf(log, { path }), expectsManifests(context) ? null : facts);
}

function expectsManifests({ profile }: CheckContext): boolean {
  return (profile.source.layout.manifests ?? []).length > 0;
}

function createPageSums({ index: { paths } }: CheckContext) {
  const seen = new SmallIntColumn();
  return {
    declaredPages: 0,
    countedPages: 0,
    uncounted: 0,
    add(path: string, facts: ItemFacts | null, declaredPages: number | null) {
      this.declaredPages += declaredPages ?? 0;
      const number = paths.numberOf(path);
      if (path !== '' && seen.get(number) > 0) return;
      seen.set(number, 1);
      if (facts === null || facts.pages === null) this.uncounted += 1;
      else this.countedPages += facts.pages;
    },
  };
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

const noFields: CheckedItem['fields'] = Object.freeze(bareObject<string>());

function ownFields(values: RowValues): CheckedItem['fields'] {
  let own: Record<string, string> | undefined;
  for (const field of Object.keys(values)) {
    const value = values[field];
    if (value === undefined || isDomainField(field)) continue;
    own ??= bareObject<string>();
    own[field] = value;
  }
  return own ?? noFields;
}

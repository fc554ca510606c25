import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { change } from '../audit/change.ts';
import type { PricePosition } from '../contract/pricing/price-position.ts';
import { lotPrices } from '../contract/store.ts';
import { fileKey, referenceKey, volumeKey } from '../custody/reference.ts';
import { type Batch, listFiles, requireBatch } from '../custody/store.ts';
import { type LoadedProfile, loadProfile } from '../delivery/profile.ts';
import type { Finding } from '../findings/finding.ts';
import { withInspector } from '../inspection/pool.ts';
import { ledgerOf } from '../reconciliation/profile-ledger-store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { packageVersion } from '../shared/package.ts';
import { type Progress, silentProgress } from '../shared/progress.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type CheckedItem, type CheckOptions, checkPackage, type PackageCheck } from '../validation/check-package.ts';
import { findDecision, insertDelivery, insertFindings, listRounds, type NewDeliveryFile } from './delivery-store.ts';
import { incoming, inPlace, type PackagePlace } from './package-place.ts';
import { asksForClasses, countingClasses, insertPageClasses, type PageClasses } from './page-classes.ts';

export interface ReceiveRequest {
  /** The package: a folder, a zip file, a folder of zip files, a bag. */
  readonly path: string;
  readonly batch: string;
  readonly receivedOn: CalendarDate;
  /** Leave the package where it is; its bytes are compared again before they are imported. */
  readonly inPlace: boolean;
  /** A profile other than the lot's. */
  readonly profile?: string | undefined;
}

export interface Received {
  readonly batch: Batch;
  readonly round: number;
  readonly check: PackageCheck;
  /** Where the package is kept. */
  readonly path: string;
}

/**
 * Takes a delivery in: copies the package into the workspace, checks the copy, and stores the result under its batch and
 * round. Interrupted at any point it leaves no delivery and can be run again.
 */
export async function receiveDelivery(
  workspace: Workspace,
  request: ReceiveRequest,
  { progress = silentProgress, signal }: { readonly progress?: Progress; readonly signal: AbortSignal },
): Promise<Received> {
  if (!existsSync(request.path)) throw noPackage(request.path);
  const batch = await requireBatch(workspace.db, request.batch);
  const round = await nextRound(workspace, batch);
  const profile = loadProfile(await profilePath(workspace, batch, request.profile), { lot: batch.lot.key });
  const place = request.inPlace ? inPlace(request.path) : incoming(workspace, batch, round);
  try {
    await place.fill(request.path, progress, signal);
    const ledger = ledgerOf(workspace.db, batch);
    const options = { progress, signal, now: workspace.now, ledger };
    const { check, classes } = await checkCounting(
      place.checked,
      profile,
      options,
      await lotPrices(workspace.db, batch.lot.id),
    );
    signal.throwIfAborted();
    if (check.form !== 'folder') {
      await place.unpack(profile, progress, signal);
    }
    await store(workspace, batch, round, request, { check, classes }, place);
    return { batch, round, check, path: place.target };
  } finally {
    await place.clear();
  }
}

interface Counted {
  readonly check: PackageCheck;
  /** None where no price of the lot asks for them. */
  readonly classes: PageClasses;
}

/** Checks the package; where prices are for classes of pages, these are counted in the same reading. */
async function checkCounting(
  path: string,
  profile: LoadedProfile,
  options: CheckOptions,
  sheet: readonly PricePosition[],
): Promise<Counted> {
  if (!asksForClasses(sheet)) return { check: await checkPackage(path, profile, options), classes: new Map() };
  return withInspector(async (inspector) => {
    const counting = countingClasses(inspector);
    const check = await checkPackage(path, profile, { ...options, inspector: counting.inspector });
    return { check, classes: counting.classes };
  });
}

/** @throws GateError while the round before is undecided: its files would be in two rounds at once */
async function nextRound(workspace: Workspace, batch: Batch): Promise<number> {
  const last = (await listRounds(workspace.db, batch.id)).at(-1);
  if (!last) return 1;
  if (await findDecision(workspace.db, last.id)) return last.round + 1;
  throw new GateError(
    'delivery.undecided',
    text({
      de: (f) =>
        `Lieferung ${last.round} der Charge ${batch.key} ist seit ${f.date(last.received_on)} übernommen; über sie ist noch nicht entschieden.`,
      en: (f) =>
        `Round ${last.round} of batch ${batch.key} was taken in on ${f.date(last.received_on)} and is not decided yet.`,
    }),
    text({
      de: `Erst annehmen oder zurückweisen: scanlot accept ${batch.key} – scanlot reject ${batch.key} --reason "…"`,
      en: `Decide first: scanlot accept ${batch.key} – scanlot reject ${batch.key} --reason "…"`,
    }),
  );
}

async function profilePath(workspace: Workspace, batch: Batch, asked: string | undefined): Promise<string> {
  if (asked !== undefined) return asked;
  const row = await workspace.db
    .selectFrom('call_off')
    .innerJoin('lot', 'lot.id', 'call_off.lot_id')
    .select(['lot.key', 'lot.delivery_profile'])
    .where('call_off.id', '=', batch.call_off_id)
    .executeTakeFirstOrThrow();
  if (row.delivery_profile) return join(workspace.paths.profiles, row.delivery_profile);
  throw new UsageError(
    'delivery.no-profile',
    text({ de: `Los ${row.key} nennt kein Lieferprofil.`, en: `Lot ${row.key} names no delivery profile.` }),
    text({
      de: 'Mit --profile DATEI angeben, oder „deliveryProfile“ im Vertrag ergänzen.',
      en: 'Name one with --profile FILE, or add "deliveryProfile" to the contract.',
    }),
  );
}

async function store(
  workspace: Workspace,
  batch: Batch,
  round: number,
  request: ReceiveRequest,
  { check, classes }: Counted,
  place: PackagePlace,
): Promise<void> {
  await change(workspace, async ({ db, record, beforeCommit }) => {
    const ordered = new Map((await listFiles(db, batch.id)).map((file) => [fileKey(file), file.id]));
    const files = groupByFile(check.items, ordered);
    const delivery = {
      batch_id: batch.id,
      round,
      received_on: request.receivedOn,
      package_path: request.inPlace ? place.target : relative(workspace.paths.root, place.target).split('\\').join('/'),
      in_place: request.inPlace ? (1 as const) : (0 as const),
      profile: check.profile.source.profile,
      profile_hash: check.profileHash,
      package_hash: check.packageHash,
      tool_version: packageVersion(),
      verdict: check.verdict,
      checked_at: workspace.now().toISOString(),
      reconciled_at: null,
    };
    const { id, fileIds } = await insertDelivery(db, delivery, files);
    await insertPageClasses(db, files, fileIds, classes);
    const owner = findingOwner(check.items, fileIds);
    await insertFindings(
      db,
      id,
      check.findings.map((finding) => ({ finding, deliveryFileId: owner(finding) })),
    );
    record({
      action: 'delivery.received',
      subject: `delivery/${batch.key}/${round}`,
      after: { ...delivery, files: files.length, findings: check.findings.length },
    });
    // No delivery is recorded whose package is not in its place.
    beforeCommit(() => place.settle());
  });
}

/** Items of a package by file and volume; what names no file stays a finding of the package. */
export function groupByFile(items: Iterable<CheckedItem>, ordered: ReadonlyMap<string, number>): NewDeliveryFile[] {
  const groups = new Map<string, CheckedItem[]>();
  for (const item of items) {
    if (!item.reference) continue;
    const key = itemKey(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].map(([key, group]) => deliveryFile(group, ordered.get(key) ?? null));
}

function itemKey(item: CheckedItem): string {
  return fileKey({ reference: item.reference ?? '', volume: item.volume ?? '' });
}

function deliveryFile(items: readonly CheckedItem[], file_id: number | null): NewDeliveryFile {
  const [first] = items;
  const pages = items.map(({ facts }) => facts?.pages ?? null);
  const total = (counts: readonly (number | null | undefined)[]) =>
    counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const content = items.map(({ path, facts }) => `${path}\u0000${facts?.sha256 ?? ''}`).sort();
  return {
    file_id,
    reference: first?.reference ?? '',
    reference_key: referenceKey(first?.reference ?? ''),
    volume: volumeKey(first?.volume ?? ''),
    documents: items.length,
    declared_pages: total(items.map(({ declaredPages }) => declaredPages)),
    removed_blanks: total(items.map(({ removedBlanks }) => removedBlanks)),
    received_pages: pages.includes(null) ? null : total(pages),
    bytes: total(items.map(({ facts }) => facts?.size)),
    content_hash: hash('sha256', content.join('\n')),
    state: worst(items),
    items: items.map((item) => ({
      path: item.path,
      row: item.row ?? null,
      format: item.facts?.format ?? null,
      size: item.facts?.size ?? null,
      sha256: item.facts?.sha256 ?? null,
      declared_pages: item.declaredPages ?? null,
      pages: item.facts?.pages ?? null,
      fields: JSON.stringify(item.fields),
      state: item.state,
    })),
  };
}

function worst(items: readonly CheckedItem[]): string {
  if (items.some(({ state }) => state === 'errored')) return 'errored';
  return items.some(({ state }) => state === 'failed') ? 'failed' : 'passed';
}

/** Which file a finding belongs to: by its path, its row, or the reference it names. */
function findingOwner(items: Iterable<CheckedItem>, fileIds: ReadonlyMap<string, number>) {
  const byPath = new Map(Array.from(items, (item) => [item.path.normalize('NFC'), itemKey(item)]));
  const byRow = new Map(Array.from(items, (item) => [`${item.manifest ?? ''}\u0000${item.row ?? ''}`, itemKey(item)]));
  return (finding: Finding): number | null => {
    const key = byPath.get(finding.path.normalize('NFC')) ?? byRow.get(`${finding.path}\u0000${finding.row ?? ''}`);
    return (key === undefined ? undefined : fileIds.get(key)) ?? null;
  };
}

function noPackage(path: string): UsageError {
  return new UsageError(
    'delivery.no-package',
    text({ de: `${path} gibt es nicht.`, en: `${path} does not exist.` }),
    text({ de: 'Den Ordner oder das ZIP der Lieferung angeben.', en: 'Name the folder or zip file of the delivery.' }),
  );
}

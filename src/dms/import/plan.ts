import type { AcceptedFile, RecordedObject } from './store.ts';

/**
 * What is to be done with one accepted file: `create` it; `update` it, because something was accepted in its place; take it
 * for imported, because the system has it although no run is recorded (`found`); finish what was begun (`resume`); try a
 * failed one again (`retry`); nothing (`skip`); nothing, because something stands in the way (`refuse`).
 */
export type ImportAction = 'create' | 'update' | 'found' | 'resume' | 'retry' | 'skip' | 'refuse';

/** Why a file is skipped or refused. */
export type PlanReason =
  | 'imported'
  | 'imported-elsewhere'
  | 'rescanned'
  | 'withdrawn'
  | 'withdrawal-unfinished'
  | 'key-taken'
  | 'no-documents'
  | 'package-missing'
  | 'begun-elsewhere'
  | 'update-impossible';

export interface PlannedImport {
  readonly file: AcceptedFile;
  readonly objectKey: string;
  readonly action: ImportAction;
  readonly reason: PlanReason | null;
  /** What is recorded of an earlier run. */
  readonly object: RecordedObject | undefined;
}

/** All that a plan is made of; gathered by `readImportPlan`. */
export interface PlanFacts {
  readonly files: readonly AcceptedFile[];
  /** What is recorded of earlier runs. */
  readonly objects: readonly RecordedObject[];
  /** Ids of files that were scanned anew, each with that of its first scan: together they are one object. */
  readonly firstScans: ReadonlyMap<number, number>;
  /** Ids of delivered files none of whose documents has bytes: they were accepted by waiver. */
  readonly empty: ReadonlySet<number>;
  /** Folders of deliveries that are no longer in their place. */
  readonly missingPackages: ReadonlySet<string>;
  /** The system that the import goes to. */
  readonly system: { readonly name: string; readonly canUpdate: boolean };
  /** Keys that the system was asked for and holds. */
  readonly held: ReadonlySet<string>;
  /** Whether files that were withdrawn are imported again. */
  readonly withdrawn: boolean;
}

/** Version of the plan's form. */
export const importPlanVersion = 2;

/** What an import would do; pure. Every accepted file is in the plan exactly once, in the order given. */
export function planImport(facts: PlanFacts): PlannedImport[] {
  const firstScan = (fileId: number) => facts.firstScans.get(fileId) ?? fileId;
  const byFile = new Map(facts.objects.map((object) => [firstScan(object.file_id), object]));
  const owners = new Map(facts.objects.map((object) => [object.object_key, firstScan(object.file_id)]));
  return facts.files.map((file) => {
    const first = firstScan(file.fileId);
    const object = byFile.get(first);
    const key = object?.object_key ?? objectKey(file);
    const owner = owners.get(key) ?? first;
    owners.set(key, owner);
    const verdict = owner === first ? judge(file, key, object, facts) : refuse('key-taken');
    return { file, objectKey: key, ...verdict, object };
  });
}

type Verdict = Pick<PlannedImport, 'action' | 'reason'>;

function judge(file: AcceptedFile, key: string, object: RecordedObject | undefined, facts: PlanFacts): Verdict {
  if (file.scans?.isSuperseded) return skip('rescanned');
  const wanted = wantedAction(file, key, object, facts);
  if (wanted.action === 'skip' || wanted.action === 'refuse') return wanted;
  if (object && begun.has(object.state) && object.adapter !== facts.system.name) return refuse('begun-elsewhere');
  if (facts.empty.has(file.deliveryFileId)) return refuse('no-documents');
  // What was begun may be there as a whole; then its source is not needed any more.
  if (wanted.action !== 'resume' && facts.missingPackages.has(file.packagePath)) return refuse('package-missing');
  return wanted;
}

/** States in which the recorded system certainly holds something of ours, or may do so under its id. */
const begun: ReadonlySet<string> = new Set(['sent', 'confirmed', 'updating', 'update-failed']);

function wantedAction(
  file: AcceptedFile,
  key: string,
  object: RecordedObject | undefined,
  { system, held, withdrawn }: PlanFacts,
): Verdict {
  const state = object?.state;
  const isNewScan = object !== undefined && object.file_id !== file.fileId;
  // A scan that was ordered anew is meant to be imported, whatever became of the one before.
  if (!object || (state === 'withdrawn' && (withdrawn || isNewScan))) return does(held.has(key) ? 'found' : 'create');
  if (state === 'withdrawn') return skip('withdrawn');
  if (state === 'withdrawing') return refuse('withdrawal-unfinished');
  if (state === 'confirmed' && object.adapter !== system.name) return skip('imported-elsewhere');
  // Also where the documents are the same: index data and transfer note tell which acceptance they are of.
  if (object.delivery_file_id !== file.deliveryFileId) {
    return system.canUpdate ? does('update') : refuse('update-impossible');
  }
  return state === 'confirmed' ? skip('imported') : does(actionFor(state));
}

function does(action: ImportAction): Verdict {
  return { action, reason: null };
}

function skip(reason: PlanReason): Verdict {
  return { action: 'skip', reason };
}

function refuse(reason: PlanReason): Verdict {
  return { action: 'refuse', reason };
}

/** @param state as recorded of an earlier run; what else a plan regards does not count here */
export function actionFor(state: string | null | undefined): ImportAction {
  switch (state) {
    case undefined:
    case null:
      return 'create';
    case 'confirmed':
    case 'withdrawn':
      return 'skip';
    case 'withdrawing':
      return 'refuse';
    case 'failed':
    case 'update-failed':
      return 'retry';
    default:
      return 'resume';
  }
}

/** @param state as for `actionFor`, of a file for which a correction was accepted since */
export function actionForCorrected(state: string | null): ImportAction {
  return state === 'withdrawn' || state === 'withdrawing' ? actionFor(state) : 'update';
}

/** Our own key of a file in the DMS: stable, unique within the county, readable. */
export function objectKey({ scans, contract, lot, referenceKey, volume }: AcceptedFile): string {
  const origin = scans ?? { contract, lot };
  return `${origin.contract}/${origin.lot}/${referenceKey}${volume === '' ? '' : `#${volume}`}`;
}

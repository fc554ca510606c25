import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import type { Workspace } from '../../storage/workspace.ts';
import type { DmsAdapter } from '../adapter.ts';
import { noAdditions } from './additions.ts';
import { type FileImport, importFile } from './import-file.ts';
import { createLanes } from './lanes.ts';
import { type ImportOutcome, untouched } from './outcome.ts';
import { type Clock, createRateLimit, type ImportSettings, isWithin, systemClock } from './pace.ts';
import type { PlannedImport } from './plan.ts';
import { readImportPlan } from './read-plan.ts';
import { createStepRecorder } from './step-recorder.ts';
import { createThrottle, fixedThrottle } from './throttle.ts';

/** Why a run ends before everything is done. */
export type StopReason = 'interrupted' | 'window' | 'failed-share';

export interface ImportRun {
  /** One for every file of the plan, in its order. */
  readonly outcomes: readonly ImportOutcome[];
  readonly stopped: StopReason | null;
  /** How many objects could be under way at once, at the most. */
  readonly parallel: number;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly batch?: string | undefined;
  /** Which files of the plan; all by default. */
  readonly only?: (planned: PlannedImport) => boolean;
  /** Whether files that were withdrawn are imported again. */
  readonly withdrawn?: boolean;
  readonly settings?: ImportSettings;
  readonly addTo?: FileImport['addTo'];
  readonly progress?: Progress;
  /** Aborted by the first Ctrl-C: what is under way is finished, nothing more begins. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

const usualParallel = 4;
/** Only small objects are grouped: so that what is under way is finished soon, and its memory bounded. */
const mostPagesOfGroup = 1_000;
/** Before so many objects are done, no share of failures is worth judging. */
const fewestJudged = 20;
/** What an object costs beside its pages, in pages: so that few large ones and many small ones compare. */
const pagesOfAnObject = 5;

/**
 * Imports every accepted file exactly once: the intent is recorded before the request, the id after it, and only bytes
 * fetched back and hashed confirm it. Interrupted at any point it can be run again: an object whose fate is not known is
 * looked up by our own key before anything is repeated. Several objects are under way at once; those of one box begin in
 * their order, each after the one before was stored.
 * @throws UsageError outside the import window; DmsError when the system as a whole fails, after what was under way
 */
export async function runImport(workspace: Workspace, adapter: DmsAdapter, options: RunOptions): Promise<ImportRun> {
  const { batch, only = () => true, withdrawn = false, settings = {}, progress = silentProgress } = options;
  const clock = options.clock ?? systemClock(() => workspace.now());
  requireWindow(settings, clock);
  await adapter.settle?.();
  const plan = (await readImportPlan(workspace, { batch, adapter, withdrawn })).filter(only);
  const work = plan.filter(({ action }) => action !== 'skip' && action !== 'refuse');
  const task = progress.start(text({ de: 'Importieren', en: 'Importing' }), work.length, 'caseFiles');
  const begun = clock.elapsed();
  const run: FileImport = {
    ...{ workspace, adapter, recorder: createStepRecorder(workspace) },
    addTo: options.addTo ?? (async () => noAdditions),
  };
  try {
    const { done, stopped, parallel } = await importAll(run, work, { settings, clock, signal: options.signal }, () =>
      task.advance(1),
    );
    const outcomes = plan.map((planned) => done.get(planned) ?? untouched(planned));
    return { outcomes, stopped, parallel, milliseconds: clock.elapsed() - begun };
  } finally {
    task.finish();
  }
}

interface Conduct {
  readonly settings: ImportSettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface Work {
  readonly done: ReadonlyMap<PlannedImport, ImportOutcome>;
  readonly stopped: StopReason | null;
  readonly parallel: number;
}

async function importAll(
  run: FileImport,
  work: readonly PlannedImport[],
  { settings, clock, signal }: Conduct,
  advance: () => void,
): Promise<Work> {
  const done = new Map<PlannedImport, ImportOutcome>();
  const underWay = new Set<Promise<void>>();
  const { group } = run.adapter;
  const lanes = createLanes(work, group === undefined ? boxOf : () => undefined);
  const throttle =
    group === undefined
      ? createThrottle(settings.parallel ?? usualParallel)
      : fixedThrottle(settings.parallel ?? group);
  let pagesUnderWay = 0;
  const nextMayBegin = createRateLimit(settings.objectsPerMinute, clock);
  const bell = createBell();
  const overloads = countNew(() => run.adapter.overloads?.() ?? 0);
  let failedObjects = 0;
  let failure: { readonly error: unknown } | undefined;

  const begin = async (planned: PlannedImport): Promise<void> => {
    pagesUnderWay += planned.file.pages;
    const free = (): void => {
      lanes.release(planned);
      bell.ring();
    };
    try {
      const outcome = await importFile(run, planned, free);
      done.set(planned, outcome);
      if (outcome.outcome === 'failed') failedObjects += 1;
      throttle.done(pagesOfAnObject + planned.file.pages, clock.elapsed());
      advance();
    } catch (error) {
      failure ??= { error };
    } finally {
      pagesUnderWay -= planned.file.pages;
      free();
    }
  };
  const hasRoom = (): boolean =>
    underWay.size < throttle.limit && (underWay.size < usualParallel || pagesUnderWay < mostPagesOfGroup);
  const reasonToStop = (): StopReason | null => {
    if (signal.aborted) return 'interrupted';
    if (tooManyFailed(failedObjects, done.size, settings)) return 'failed-share';
    return settings.window && !isWithin(settings.window, clock.now()) ? 'window' : null;
  };

  let stopped = reasonToStop();
  while (lanes.left > 0 && !failure && !stopped) {
    if (overloads() > 0) throttle.overloaded(clock.elapsed());
    const planned = hasRoom() ? lanes.take() : undefined;
    if (planned) {
      await nextMayBegin(signal);
      stopped = reasonToStop();
      if (stopped) break;
      const task = begin(planned).finally(() => underWay.delete(task));
      underWay.add(task);
    } else {
      await bell.next();
      stopped = reasonToStop();
    }
  }
  await Promise.all(underWay);
  if (failure) throw failure.error;
  return { done, stopped: done.size < work.length ? stopped : null, parallel: throttle.most };
}

/** Files of one box keep their order; others have none. */
function boxOf({ file: { batch, box } }: PlannedImport): string | undefined {
  return box === null ? undefined : `${batch} ${box}`;
}

function tooManyFailed(failed: number, done: number, { stopAtFailedShare }: ImportSettings): boolean {
  return stopAtFailedShare !== undefined && done >= fewestJudged && failed / done >= stopAtFailedShare;
}

/** By how much a count has grown since it was last asked for. */
function countNew(count: () => number): () => number {
  let before = count();
  return () => {
    const now = count();
    const grown = now - before;
    before = now;
    return grown;
  };
}

/** Wakes who waits; a ring while nobody waits is heard by the next. */
function createBell(): { ring(): void; next(): Promise<void> } {
  let hasRung = false;
  let wake = (): void => {};
  return {
    ring() {
      hasRung = true;
      wake();
    },
    async next() {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      hasRung = false;
    },
  };
}

function requireWindow({ window }: ImportSettings, clock: Clock): void {
  if (!window || isWithin(window, clock.now())) return;
  throw new UsageError(
    'import.outside-window',
    text({
      de: `Importiert wird nach scanlot.json nur von ${window.from} bis ${window.to} Uhr.`,
      en: `By scanlot.json, files are imported from ${window.from} to ${window.to} only.`,
    }),
    text({
      de: 'Später ausführen, oder mit --now außerhalb der Zeiten importieren.',
      en: 'Run it later, or import outside these times with --now.',
    }),
  );
}

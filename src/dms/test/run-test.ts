import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanlotError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import { systemReason } from '../../shared/system-words.ts';
import type { InterfaceTest, StepResult, TestSystem } from './interface-test.ts';
import { type Step, steps } from './steps.ts';
import { createTestObjects } from './test-objects.ts';
import { Deviation, type TestRun } from './test-run.ts';

export interface TestOptions {
  /** Of the large document; 0 leaves the step out. */
  readonly largeBytes: number;
  readonly withWrongPassword: boolean;
  readonly signal: AbortSignal;
  readonly progress?: Progress;
  now(): Date;
}

/** For taking away what the test stored, also after an interruption, in milliseconds. */
const cleaningTime = 60_000;

/** Tries the whole interface of a system, measures it, and takes away what it stored, as far as the system permits. */
export async function testInterface(system: TestSystem, options: TestOptions): Promise<InterfaceTest> {
  const { signal, progress = silentProgress, now, ...asked } = options;
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-dms-test-'));
  const startedAt = now().toISOString();
  const run = `${startedAt.slice(0, 19).replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
  const { adapter } = system;
  const objects = createTestObjects(system, folder, run);
  const test: TestRun = {
    system,
    adapter,
    objects,
    ...asked,
    signal,
    stored: new Map(),
    schema: undefined,
    first: undefined,
  };
  const task = progress.start(text({ de: 'Schnittstelle prüfen', en: 'Testing the interface' }), steps.length, 'steps');
  const results: StepResult[] = [];
  const remaining: string[] = [];
  try {
    for (const step of steps) {
      signal.throwIfAborted();
      results.push(await runStep(step, test));
      task.advance(1);
    }
  } finally {
    task.finish();
    remaining.push(...(await cleanUp(test)));
    await rm(folder, { recursive: true, force: true });
  }
  return {
    adapter: adapter.name,
    capabilities: adapter.capabilities,
    system: test.schema?.system ?? { name: null, version: null },
    location: system.location,
    startedAt,
    finishedAt: now().toISOString(),
    steps: results,
    remaining,
  };
}

const resting = text({ de: 'die Probeakte ließ sich nicht anlegen', en: 'the file to try it on could not be stored' });

async function runStep(step: Step, test: TestRun): Promise<StepResult> {
  const { id } = step;
  const nothing = { id, bytes: null, detail: null, error: null, milliseconds: 0 };
  if (step.needsFirst && !test.first) return { ...nothing, outcome: 'skipped', detail: resting };
  const began = performance.now();
  const milliseconds = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    const seen = await step.run(test);
    if ('notApplicable' in seen) return { ...nothing, outcome: 'not-applicable', detail: seen.notApplicable };
    if ('skipped' in seen) return { ...nothing, outcome: 'skipped', detail: seen.skipped };
    const { bytes = null, detail = null } = seen;
    return { ...nothing, outcome: 'passed', milliseconds: milliseconds(), bytes, detail };
  } catch (error) {
    test.signal.throwIfAborted();
    return { ...nothing, outcome: 'failed', milliseconds: milliseconds(), error: describeFailure(error) };
  }
}

function describeFailure(error: unknown): { readonly code: string; readonly message: Text } {
  if (error instanceof Deviation) return { code: 'deviation', message: error.words };
  if (error instanceof ScanlotError) return { code: error.code, message: error.text };
  return { code: 'internal', message: systemReason(error) };
}

/** @returns keys of what could not be removed */
async function cleanUp({ adapter, stored, system, objects }: TestRun): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(cleaningTime);
  const remaining = new Set(stored.keys());
  if (adapter.capabilities.remove) {
    for (const key of objects.keys) {
      try {
        // Also what came into being although its answer was lost.
        const id = stored.get(key)?.id ?? (await adapter.lookUp(key, signal))?.id;
        if (id !== undefined) await adapter.remove(id, { reason: 'scanlot dms test' }, signal);
        remaining.delete(key);
      } catch {
        // It is told among what remains.
        remaining.add(key);
      }
    }
  }
  if (system.removeLocation) {
    await system.removeLocation();
    return [];
  }
  return [...remaining];
}

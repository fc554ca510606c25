import { readDocument } from '../../shared/document.ts';
import type { Language } from '../../shared/language.ts';
import type { DmsSchema } from '../schema/dms-schema.ts';
import { assumptionsOf } from './assumptions.ts';
import { type InterfaceTest, isPassed, type StepId, type StepOutcome, stepOutcomes } from './interface-test.ts';
import { stepWords } from './step-words.ts';

/** A test as it is kept in a file: schemas/dms-test-1.schema.json. */
export interface TestDocument {
  readonly schema: 'urn:scanlot:schemas/dms-test-1';
  readonly program: string;
  readonly adapter: string;
  readonly system: DmsSchema['system'];
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly location: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly passed: boolean;
  readonly counts: Readonly<Record<StepOutcome, number>>;
  readonly steps: readonly DocumentedStep[];
  readonly remaining: readonly string[];
}

export interface DocumentedStep {
  readonly id: StepId;
  readonly title: string;
  /** What is assumed of the system, and shown by the step. */
  readonly shows: string;
  /** Numbers of these assumptions in docs/dms/<adapter>.md. */
  readonly assumptions: readonly number[];
  readonly outcome: StepOutcome;
  readonly milliseconds: number;
  readonly bytes: number | null;
  readonly detail: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** @param program version of scanlot */
export function testDocument(test: InterfaceTest, program: string, language: Language): TestDocument {
  const { adapter, system, capabilities, location, startedAt, finishedAt, remaining } = test;
  const steps = test.steps.map(
    ({ id, detail, error, ...step }): DocumentedStep => ({
      id,
      title: stepWords[id].title[language],
      shows: stepWords[id].shows[language],
      assumptions: assumptionsOf(adapter, id),
      ...step,
      detail: detail?.[language] ?? null,
      error: error && { code: error.code, message: error.message[language] },
    }),
  );
  const count = (outcome: StepOutcome) => steps.filter((step) => step.outcome === outcome).length;
  return {
    schema: 'urn:scanlot:schemas/dms-test-1',
    program,
    adapter,
    system,
    capabilities: { ...capabilities },
    location,
    startedAt,
    finishedAt,
    passed: isPassed(test),
    counts: Object.fromEntries(stepOutcomes.map((one) => [one, count(one)])) as Record<StepOutcome, number>,
    steps,
    remaining,
  };
}

/** @throws UsageError with the places of its mistakes when it is no such document */
export function readTestDocument(path: string): TestDocument {
  return readDocument<TestDocument>(path, 'dms-test-1');
}

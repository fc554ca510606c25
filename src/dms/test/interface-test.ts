import type { Text } from '../../shared/language.ts';
import type { DmsAdapter, DmsCapabilities, NewObject } from '../adapter.ts';
import type { MappedObject } from '../mapping/mapped-object.ts';
import type { DmsSchema } from '../schema/dms-schema.ts';

/** A system whose interface is tried, in a place of its own where nothing else lies. */
export interface TestSystem {
  /** The adapter alone, given objects as they are here. */
  readonly adapter: DmsAdapter;
  /** Where the test's objects go, for people: a path, a folder of the DMS. */
  readonly location: string;
  /** A second adapter on the same system. */
  another(): DmsAdapter;
  /** An adapter that gives a wrong password; undefined where there is none to give. */
  readonly wrongPassword: (() => DmsAdapter) | undefined;
  /** What the county's mapping makes of an object; undefined where the system takes objects as they are. */
  describe(object: NewObject): MappedObject | undefined;
  /** Fields that the adapter sets itself, such as the one that holds our key. */
  readonly reserved: readonly string[];
  /** Index data of the test's objects, beside those that the test sets itself. */
  readonly metadata: Readonly<Record<string, string | number>>;
  /** Columns of the test's documents. */
  readonly row: Readonly<Record<string, string>>;
  /** Takes away the place itself, once its objects are gone. */
  removeLocation?(): Promise<void>;
}

export const stepOutcomes = ['passed', 'failed', 'not-applicable', 'skipped'] as const;
/** skipped: an earlier step, on which it rests, failed, or nobody asked for it. */
export type StepOutcome = (typeof stepOutcomes)[number];

/** What a step found out. */
export interface StepResult {
  readonly id: StepId;
  readonly outcome: StepOutcome;
  readonly milliseconds: number;
  /** Content that was moved; null where none was. */
  readonly bytes: number | null;
  /** What was seen. */
  readonly detail: Text | null;
  /** What failed. */
  readonly error: { readonly code: string; readonly message: Text } | null;
}

export const stepIds = [
  'read-types',
  'look-up-absent',
  'create',
  'look-up',
  'read-back',
  'create-again',
  'other-content',
  'other-connection',
  'umlauts',
  'long-names',
  'empty-content',
  'large-content',
  'parallel-writers',
  'update',
  'source-changed',
  'unknown-type',
  'missing-field',
  'too-long',
  'not-in-catalogue',
  'wrong-password',
  'remove',
] as const;
export type StepId = (typeof stepIds)[number];

/** The whole interface, tried once. */
export interface InterfaceTest {
  readonly adapter: string;
  readonly capabilities: DmsCapabilities;
  readonly system: DmsSchema['system'];
  readonly location: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly steps: readonly StepResult[];
  /** Keys of objects that are still there because they could not be removed. */
  readonly remaining: readonly string[];
}

export function isPassed({ steps }: Pick<InterfaceTest, 'steps'>): boolean {
  return steps.every(({ outcome }) => outcome !== 'failed');
}

import type { DocumentedStep, TestDocument } from './test-document.ts';

/** One difference between two tests of an interface. */
export interface TestDifference {
  /** outcome, time: of a step; capability, system, adapter: of the whole. */
  readonly kind: 'outcome' | 'time' | 'capability' | 'system' | 'adapter';
  /** Id of the step, name of the capability, member. */
  readonly what: string;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
  /** Whether it is a change for the worse. */
  readonly worse: boolean;
}

/** A step counts as slower or faster by this factor, and by at least so many milliseconds: below is noise. */
const noise = { factor: 2, milliseconds: 100 };

/** What differs between an earlier test and a later one: after an upgrade, this is what to look at. */
export function compareTests(before: TestDocument, after: TestDocument): TestDifference[] {
  const earlier = new Map(before.steps.map((step) => [step.id, step]));
  const system = (['name', 'version'] as const).filter((member) => before.system[member] !== after.system[member]);
  const capabilities = [...new Set([...Object.keys(before.capabilities), ...Object.keys(after.capabilities)])];
  return [
    ...(before.adapter === after.adapter
      ? []
      : [{ kind: 'adapter' as const, what: 'adapter', before: before.adapter, after: after.adapter, worse: false }]),
    ...system.map((member) => ({
      kind: 'system' as const,
      what: member,
      before: before.system[member],
      after: after.system[member],
      worse: false,
    })),
    ...capabilities
      .filter((name) => before.capabilities[name] !== after.capabilities[name])
      .map((name) => ({
        kind: 'capability' as const,
        what: name,
        before: before.capabilities[name] ?? null,
        after: after.capabilities[name] ?? null,
        worse: after.capabilities[name] !== true,
      })),
    ...after.steps.flatMap((step) => stepDifferences(earlier.get(step.id), step)),
  ];
}

function stepDifferences(before: DocumentedStep | undefined, after: DocumentedStep): TestDifference[] {
  if (before?.outcome !== after.outcome) {
    const worse = after.outcome === 'failed' || (before?.outcome === 'passed' && after.outcome !== 'passed');
    return [{ kind: 'outcome', what: after.id, before: before?.outcome ?? null, after: after.outcome, worse }];
  }
  // Of different sizes, times say nothing.
  if (after.outcome !== 'passed' || before.bytes !== after.bytes) return [];
  const [short, long] = [before.milliseconds, after.milliseconds].sort((a, b) => a - b);
  if (short === undefined || long === undefined) return [];
  if (long - short < noise.milliseconds || long < short * noise.factor) return [];
  const worse = after.milliseconds > before.milliseconds;
  return [{ kind: 'time', what: after.id, before: before.milliseconds, after: after.milliseconds, worse }];
}

/** True when nothing that worked fails now. */
export function isNoWorse(differences: readonly TestDifference[]): boolean {
  return !differences.some(({ kind, worse }) => worse && kind !== 'time');
}

import type { StepId } from './interface-test.ts';

type BySteps = Partial<Record<StepId, readonly number[]>>;

/** The numbered assumptions of docs/dms/<adapter>.md that a step shows; a test holds both together. */
const assumptions: Readonly<Record<string, BySteps>> = {
  cmis: {
    'look-up': [1],
    'create-again': [1],
    'parallel-writers': [1, 2],
    'read-back': [3],
    'large-content': [3, 4],
    'read-types': [5],
    'missing-field': [6],
    'too-long': [6],
    'not-in-catalogue': [6],
    umlauts: [7],
    'long-names': [7],
    'empty-content': [8],
    update: [9],
    remove: [10],
  },
  enaio: {
    'read-types': [1, 3],
    'wrong-password': [1],
    create: [2, 4, 5, 6, 9, 15, 19, 23, 25],
    'missing-field': [3, 7],
    'too-long': [3],
    'not-in-catalogue': [3],
    'look-up-absent': [5, 10, 18],
    'look-up': [10, 12, 24],
    'create-again': [12],
    'parallel-writers': [12, 13],
    'read-back': [14, 16, 26],
    update: [15, 17, 25],
    'large-content': [16, 21],
    remove: [17, 18],
    'empty-content': [20],
    umlauts: [22],
  },
  folder: {
    create: [1],
    'look-up': [2],
    'parallel-writers': [3],
    umlauts: [4],
    'long-names': [4],
    'large-content': [5],
    remove: [6],
  },
};

/** Numbers of the documented assumptions that a step shows; none where nothing is documented. */
export function assumptionsOf(adapter: string, step: StepId): readonly number[] {
  return assumptions[adapter]?.[step] ?? [];
}

import type { StepId } from './interface-test.ts';
import {
  missingField,
  notInCatalogue,
  otherContent,
  sourceChanged,
  tooLong,
  unknownType,
  wrongPassword,
} from './refusal-steps.ts';
import {
  createAgain,
  createFirst,
  largeContent,
  lookUpAbsent,
  lookUpFirst,
  otherConnection,
  parallelWriters,
  readBackFirst,
  readTypes,
  removeFirst,
  storeAndRead,
  update,
} from './storing-steps.ts';
import type { Seen, TestRun } from './test-run.ts';

export interface Step {
  readonly id: StepId;
  /** Whether it rests on the object that `create` stored. */
  readonly needsFirst?: true;
  run(test: TestRun): Promise<Seen>;
}

/** Every step, in its order. What a step stores is removed at the end. */
export const steps: readonly Step[] = [
  { id: 'read-types', run: readTypes },
  { id: 'look-up-absent', run: lookUpAbsent },
  { id: 'create', run: createFirst },
  { id: 'look-up', needsFirst: true, run: lookUpFirst },
  { id: 'read-back', needsFirst: true, run: readBackFirst },
  { id: 'create-again', needsFirst: true, run: createAgain },
  { id: 'other-content', needsFirst: true, run: otherContent },
  { id: 'other-connection', needsFirst: true, run: otherConnection },
  { id: 'umlauts', run: (test) => storeAndRead(test, umlauts) },
  { id: 'long-names', run: (test) => storeAndRead(test, longNames()) },
  { id: 'empty-content', run: (test) => storeAndRead(test, { 'leer.txt': '', 'voll.txt': 'voll' }) },
  { id: 'large-content', run: largeContent },
  { id: 'parallel-writers', run: parallelWriters },
  { id: 'update', needsFirst: true, run: update },
  { id: 'source-changed', run: sourceChanged },
  { id: 'unknown-type', run: unknownType },
  { id: 'missing-field', run: missingField },
  { id: 'too-long', run: tooLong },
  { id: 'not-in-catalogue', run: notInCatalogue },
  { id: 'wrong-password', run: wrongPassword },
  { id: 'remove', needsFirst: true, run: removeFirst },
];

const umlauts: Readonly<Record<string, string>> = {
  'Übersicht größerer Maßnahmen.pdf': 'a',
  [`${'Verfügung über Gebühren'.normalize('NFD')}.pdf`]: 'b',
  "O'Neil & Söhne; 50 %.pdf": 'c',
  'Band 2/Anlage „A“.pdf': 'd',
};

function longNames(): Readonly<Record<string, string>> {
  return { [`${'Verfügung'.repeat(20)}.pdf`]: 'a', [`${'Ordner/'.repeat(20)}tief.pdf`]: 'b' };
}

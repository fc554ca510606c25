import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTemplate, type SystemKind, seededRun, type Template } from './seeded-run.ts';

/** A fixed few of the runs that scripts/soak-import.ts makes by the thousand. */
let template: Template;
/** Other kinds of faults than those of a disk there are none. */
const fewestFaults: Partial<Record<SystemKind, number>> = { ocfl: 0, folder: 1, 'file-drop': 0 };

beforeAll(async () => {
  template = await createTemplate();
});
afterAll(() => template.remove());

it.each<[SystemKind, number]>([
  ['memory', 5],
  ['ocfl', 2],
  ['cmis', 3],
  ['enaio', 3],
  ['folder', 6],
  ['file-drop', 3],
])(
  'nothing is lost, double or believed that is not true, in a system that fails at random: %s',
  async (kind, runs) => {
    const met = new Set<string>();
    for (let seed = 1; seed <= runs; seed++) {
      const { faults } = await seededRun(template, kind, seed, seed % 2 === 0 ? 'pdf' : 'none');
      for (const fault of Object.keys(faults)) met.add(fault);
    }
    expect(met.size).toBeGreaterThan(fewestFaults[kind] ?? 4);
  },
  60_000,
);

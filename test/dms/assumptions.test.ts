import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assumptionsOf } from '../../src/dms/test/assumptions.ts';
import { stepIds } from '../../src/dms/test/interface-test.ts';
import { packagePath } from '../../src/shared/package.ts';

it.each(['cmis', 'enaio', 'folder'])(
  'names for %s the assumptions that its documentation says each step shows',
  (adapter) => {
    const documented = new Map<string, number[]>(stepIds.map((id) => [id, []]));
    for (const line of readFileSync(packagePath('docs', 'dms', `${adapter}.md`), 'utf8').split('\n')) {
      const [, number, shownBy] = /^\| (\d+) \|.*\|([^|]*)\|$/.exec(line) ?? [];
      for (const [, id = ''] of (shownBy ?? '').matchAll(/`([a-z-]+)`/g)) documented.get(id)?.push(Number(number));
    }
    expect([...documented.values()].flat().length).toBeGreaterThan(5);
    for (const id of stepIds) expect(assumptionsOf(adapter, id), id).toEqual(documented.get(id));
  },
);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portablePaths } from '../../src/dms/ocfl/content-path.ts';
import { pathConflicts, pathFaults } from '../../src/dms/ocfl/validation/paths.ts';

const segment = fc.oneof(
  fc.constantFrom('a', 'A', 'con', 'Con.pdf', 'ä', 'a.pdf', 'A.PDF', '.a', 'a.', ' ', 'x'.repeat(300), '~', 'a~1'),
  fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
);
const name = fc.array(segment, { minLength: 1, maxLength: 12 }).map((segments) => segments.join('/'));
const names = fc
  .uniqueArray(name, { maxLength: 30 })
  .map((all) => all.filter((path) => !pathFaults(path).elements && !pathFaults(path).ends));

it('gives every name a short path of its own that any file system can hold', () => {
  fc.assert(
    fc.property(names, (logical) => {
      const conflicts = pathConflicts(logical);
      const paths = portablePaths(logical.filter((path) => !conflicts.has(path)).map((path) => `documents/${path}`));
      for (const path of paths) {
        expect(path).toMatch(/^documents(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/);
        expect(path).not.toMatch(/\.(\/|$)/);
        expect(path).not.toMatch(/\/(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i);
        expect(path.length).toBeLessThanOrEqual(120);
      }
      const folded = paths.map((path) => path.toLowerCase());
      expect(new Set(folded).size).toBe(paths.length);
      expect([...pathConflicts(folded)]).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('leaves names alone that are portable already', () => {
  const paths = ['documents/Band_1/Bescheid-2020.pdf', 'documents/0001.tif', 'documents/README'];
  expect(portablePaths(paths)).toEqual(paths);
});

it('keeps the ending of a name that it has to change', () => {
  expect(portablePaths(['documents/Übersicht (alt).pdf'])[0]).toMatch(/^documents\/Ubersicht_alt_~[0-9a-f]{8}\.pdf$/);
  expect(portablePaths(['documents/a.pdf', 'documents/A.PDF'])[1]).toMatch(/^documents\/[0-9a-f]{40}\.PDF$/);
});

it('gives equal names equal paths, in whatever company they are stored', () => {
  const [alone] = portablePaths(['documents/Größe.pdf']);
  expect(portablePaths(['documents/a.pdf', 'documents/Größe.pdf'])[1]).toBe(alone);
});

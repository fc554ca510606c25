import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isError, verifyObject } from '../../src/dms/ocfl/verify.ts';
import { corpus } from '../support/corpora.ts';

const fixtures = corpus('ocfl');

/** Codes in the name of a fixture's folder: "E066_E092_old_manifest_digest_incorrect". */
function labelsOf(name: string): readonly string[] {
  return name.split('_').filter((part) => /^[EW]\d{3}$/.test(part));
}

function objectsIn(version: string, kind: string): readonly (readonly [name: string, path: string])[] {
  const folder = join(fixtures ?? '', version, kind);
  return existsSync(folder) ? readdirSync(folder).map((name) => [name, join(folder, name)] as const) : [];
}

describe
  .skipIf(fixtures === undefined)
  .each(fixtures === undefined ? ['none'] : readdirSync(fixtures).filter((name) => /^\d/.test(name)))(
  'the official OCFL %s fixtures',
  (version) => {
    const kinds = ['good-objects', 'warn-objects', 'bad-objects'].map((kind) => objectsIn(version, kind));
    const [good = [], warn = [], bad = []] = kinds;

    it('are there, of each kind', () => {
      expect(kinds.map((objects) => objects.length > 5)).toEqual([true, true, true]);
    });

    it.each(good)('finds nothing wrong with %s', async (_name, path) => {
      const verdict = await verifyObject(path);
      expect(verdict.problems).toEqual([]);
      expect(verdict).toMatchObject({ valid: true, spec: version });
    });

    it.each(warn)('finds %s valid, and warns of just what its name says', async (name, path) => {
      const verdict = await verifyObject(path);
      expect([...new Set(verdict.problems.map(({ code }) => code))].sort()).toEqual(labelsOf(name));
      expect(verdict.valid).toBe(true);
    });

    it.each(bad)('finds in %s what its name says', async (name, path) => {
      const verdict = await verifyObject(path);
      const codes = verdict.problems.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining([...labelsOf(name)]));
      expect(codes.some(isError)).toBe(true);
      expect(verdict.valid).toBe(false);
    });
  },
);

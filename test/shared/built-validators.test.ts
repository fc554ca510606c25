import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildValidators } from '../../scripts/validators.ts';
import { createAjv, ownSchemas } from '../../src/shared/document.ts';
import { packagePath } from '../../src/shared/package.ts';

const schemaFile = packagePath('schemas', 'delivery-profile-1.schema.json');
const samples = packagePath('samples', 'broken');
const profiles = [packagePath('samples', 'county', 'profile-files.json')]
  .concat(readdirSync(samples).map((code) => join(samples, code, 'profile.json')))
  .filter((path) => existsSync(path))
  .map((path): unknown => JSON.parse(readFileSync(path, 'utf8')));

let folder: string;
let built: { readonly schema: string; readonly validate: ValidateFunction };
let compiled: ValidateFunction;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-validators-'));
  await buildValidators(build, folder);
  built = createRequire(import.meta.url)(join(folder, 'delivery-profile-1.cjs'));
  compiled = createAjv(ownSchemas).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What both say of a value. */
function judge(value: unknown) {
  const [ours, theirs] = [built.validate, compiled].map((validate) => ({
    fits: validate(value),
    errors: validate.errors,
  }));
  return { ours, theirs };
}

/** The value with another one at one of its places, told by a number. */
function changed(value: unknown, place: number, other: unknown): unknown {
  const copy = structuredClone(value);
  const places: (() => void)[] = [];
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    for (const key of Object.keys(node)) {
      places.push(() => Object.assign(node, { [key]: other }));
      places.push(() => Object.assign(node, { [`${key}x`]: other }));
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(copy);
  places[place % places.length]?.();
  return copy;
}

describe('the validator that is made when the program is built', () => {
  it('is told by the schema that it is of', () => {
    expect(built.schema).toBe(createHash('sha256').update(readFileSync(schemaFile)).digest('hex'));
  });

  it('takes the profiles of the samples', () => {
    expect(profiles.length).toBeGreaterThan(20);
    for (const profile of profiles) expect(judge(profile).ours).toEqual({ fits: true, errors: null });
  });

  it('says the same as the one made when the program runs, whatever is wrong', () => {
    let wrong = 0;
    const other = fc.oneof(fc.jsonValue(), fc.constantFrom('2026-02-30', '30.02.2026', -1, '', '^(', 'sha256'));
    fc.assert(
      fc.property(fc.constantFrom(...profiles), fc.nat(), other, (profile, place, value) => {
        const { ours, theirs } = judge(changed(profile, place, value));
        expect(ours).toEqual(theirs);
        if (!ours?.fits) wrong += 1;
      }),
      { numRuns: 300 },
    );
    expect(wrong).toBeGreaterThan(50);
  });
});

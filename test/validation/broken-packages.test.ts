import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenPackages } from '../../scripts/samples/broken/index.ts';
import { validPackages } from '../../scripts/samples/valid.ts';
import { type Sample, writeCommonProfile, writeSample } from '../../scripts/samples/write-sample.ts';
import { loadProfile } from '../../src/delivery/profile.ts';
import { checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { directInspector, withFolder } from '../support/delivery.ts';

/** Checks a sample that follows a profile, in this thread. */
function checkSample(sample: Sample): Promise<PackageCheck> {
  return withFolder({}, async (root) => {
    writeCommonProfile(root);
    const folder = join(root, 'broken', 'sample');
    const expected = await writeSample(folder, sample);
    const profile = loadProfile(join(folder, expected.profile ?? ''));
    return checkPackage(join(folder, expected.package), profile, { inspector: directInspector });
  });
}

const withProfile = [...brokenPackages()].filter(([, { profile }]) => profile !== null);

describe('the books of a sample delivery', () => {
  it.each([...validPackages(), ...withProfile])('balance: %s', async (_name, sample) => {
    const { counts, verdict, findings } = await checkSample(sample);
    expect(counts.passed + counts.failed + counts.errored).toBe(counts.declared + counts.unlisted);
    expect(verdict === 'pass').toBe(!findings.some(({ severity }) => severity === 'error'));
  });

  it('name every item of a sound delivery as passed, and all its pages', async () => {
    for (const sample of validPackages().values()) {
      const { findings, counts } = await checkSample(sample);
      expect(findings).toEqual([]);
      expect(counts).toMatchObject({ declared: 4, passed: 4, declaredPages: 8, countedPages: 8 });
    }
  });
});

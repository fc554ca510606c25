import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPackage } from '../../../src/validation/check-package.ts';
import { corpus } from '../../support/corpora.ts';
import { directInspector } from '../../support/delivery.ts';
import { checkZip, filesBelow, zipOf } from '../../support/package-forms.ts';

const suite = corpus('bagit');

interface SuiteBag {
  readonly name: string;
  readonly folder: string;
  readonly expected: 'valid' | 'invalid' | 'warning';
}

/** The bags of the suite, by the folders that say what is to come of them. */
function bagsOf(root: string): SuiteBag[] {
  const portable: readonly (SuiteBag['expected'] | 'linux-only')[] = ['valid', 'invalid', 'warning'];
  const expected = process.platform === 'linux' ? ([...portable, 'linux-only'] as const) : portable;
  return readdirSync(root)
    .filter((version) => version.startsWith('v'))
    .flatMap((version) =>
      expected
        .filter((kind) => existsSync(join(root, version, kind)))
        .flatMap((kind) =>
          readdirSync(join(root, version, kind)).map(
            (bag): SuiteBag => ({
              name: `${version}/${kind}/${bag}`,
              folder: join(root, version, kind, bag),
              expected: kind === 'linux-only' ? 'invalid' : kind,
            }),
          ),
        ),
    );
}

describe.skipIf(!suite)('the BagIt conformance suite', () => {
  const bags = suite ? bagsOf(suite) : [];

  test('is all there', () => {
    expect(bags.length).toBeGreaterThanOrEqual(29);
  });

  test.each(bags)('$name, in a folder and in a zip file', async ({ folder, expected }) => {
    const inFolder = await checkPackage(folder, null, { inspector: directInspector });
    const inZip = await checkZip(zipOf(filesBelow(folder)), null);
    for (const check of [inFolder, inZip]) {
      expect(check.form).toBe('bagit');
      expect(check.verdict).toBe(expected === 'invalid' ? 'fail' : 'pass');
      if (expected === 'warning') expect(check.counts.warnings).toBeGreaterThan(0);
    }
    expect(inZip.packageHash).toBe(inFolder.packageHash);
    expect([...inZip.findings]).toEqual([...inFolder.findings]);
  });
});

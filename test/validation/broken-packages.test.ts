import { describe, expect, it } from 'vitest';
import { brokenPackages } from '../../scripts/samples/broken/index.ts';
import { type DeliveryFiles, sampleDelivery, sampleProfile, writeDelivery } from '../../scripts/samples/delivery.ts';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../src/delivery/profile.ts';
import { checksumFindings } from '../../src/findings/catalogue/checksum.ts';
import { manifestFindings } from '../../src/findings/catalogue/manifest.ts';
import { nameFindings } from '../../src/findings/catalogue/name.ts';
import { packageFindings } from '../../src/findings/catalogue/package.ts';
import { pagesFindings } from '../../src/findings/catalogue/pages.ts';
import { checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { directInspector, withFolder } from '../support/delivery.ts';

function prepared(profile: DeliveryProfile): LoadedProfile {
  const loaded = prepareProfile(profile);
  if (Array.isArray(loaded)) throw new Error(loaded.map(({ words }) => words.en).join('; '));
  return loaded;
}

function checkDelivery(files: DeliveryFiles, profile: DeliveryProfile): Promise<PackageCheck> {
  return withFolder({}, async (folder) => {
    await writeDelivery(folder, files);
    return checkPackage(folder, prepared(profile), { inspector: directInspector });
  });
}

describe('the sound sample delivery', () => {
  it('passes without any finding, and every item is verified', async () => {
    const check = await checkDelivery(sampleDelivery(), sampleProfile);
    expect(check.findings).toEqual([]);
    expect(check.verdict).toBe('pass');
    expect(check.counts).toMatchObject({ declared: 4, passed: 4, declaredPages: 8, countedPages: 8 });
  });
});

describe('a broken sample delivery', () => {
  it.each([...brokenPackages()])('shows %s and nothing else', async (code, { files, profile, codes }) => {
    const check = await checkDelivery(files, profile);
    expect([...new Set(check.findings.map((finding) => finding.code))].sort()).toEqual(codes);
    expect(codes).toContain(code);
    const hasError = check.findings.some(({ severity }) => severity === 'error');
    expect(check.verdict === 'pass').toBe(!hasError);
    const { passed, failed, errored, declared, unlisted } = check.counts;
    expect(passed + failed + errored).toBe(declared + unlisted);
  });
});

it('exists for every finding about packages, names, manifests, checksums and pages that files alone can show', () => {
  const shown = new Set<string>(brokenPackages().keys());
  const missing = Object.keys({
    ...packageFindings,
    ...nameFindings,
    ...manifestFindings,
    ...checksumFindings,
    ...pagesFindings,
  }).filter((code) => !shown.has(code));
  // These need a pipe, missing rights, another hand in the package, or a mistake of ours: rare-findings.test.ts.
  expect(missing.sort()).toEqual([
    'checksum.source-unreadable',
    'name.not-utf8',
    'package.books-unbalanced',
    'package.changed',
    'package.entry-unreadable',
    'package.special-file',
    'pages.none',
    'pages.uncounted',
  ]);
});

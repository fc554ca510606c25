import { describe, expect, it } from 'vitest';
import { brokenPackages } from '../../scripts/samples/broken.ts';
import { sampleDelivery } from '../../scripts/samples/delivery.ts';
import { checkFiles, codesOf } from '../support/sample-package.ts';

describe('the sound sample package', () => {
  it('passes without any finding, and every item is verified', async () => {
    const check = await checkFiles(sampleDelivery());
    expect(check.findings).toEqual([]);
    expect(check.verdict).toBe('pass');
    expect(check.counts).toMatchObject({
      declared: 4,
      passed: 4,
      failed: 0,
      errored: 0,
      declaredPages: 8,
      countedPages: 8,
    });
  });
});

describe('a broken package', () => {
  it.each([...brokenPackages()])('shows %s and nothing else', async (code, { files, profile, codes }) => {
    const check = await checkFiles(files, profile);
    expect(codesOf(check)).toEqual(codes);
    const error = check.findings.some(({ severity }) => severity === 'error');
    expect(check.verdict === 'pass').toBe(!error);
    expect(check.findings.some((finding) => finding.code === code)).toBe(true);
    const { passed, failed, errored, declared, unlisted } = check.counts;
    expect(passed + failed + errored).toBe(declared + unlisted);
  });
});

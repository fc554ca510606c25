import { describe, expect, test } from 'vitest';
import type { PackageCheck } from '../../src/validation/check-package.ts';
import { header, soundFiles, sumsOf, testProfile } from '../support/delivery.ts';
import { bytesOf, checkForm, packageForms } from '../support/package-forms.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const umlaut = 'scans/Ü/Bußgeldübersicht.pdf';

/** Packages that show what a package can show; each must show the same in every form. */
const packages: Readonly<Record<string, Record<string, string | Uint8Array>>> = {
  'a sound one': soundFiles(),
  'one with a wrong checksum': { ...soundFiles(), 'scans/b.pdf': tablePdf(1) },
  'one with a file too many and one too few': {
    'index.csv': `${header}\nscans/a.pdf;1;3;2;1;\nscans/fehlt.pdf;2;1;1;1;\n`,
    SHA256SUMS: sumsOf({ 'scans/a.pdf': tablePdf(3) }),
    'scans/a.pdf': tablePdf(3),
    'scans/zuviel.pdf': tablePdf(1),
  },
  'one with names of all kinds': {
    'index.csv': `${header}\n${umlaut};1;1;1;1;\nscans/aux/a.pdf;2;1;1;1;\n`,
    SHA256SUMS: sumsOf({ [umlaut]: tablePdf(1), 'scans/aux/a.pdf': tablePdf(1) }),
    [umlaut]: tablePdf(1),
    'scans/aux/a.pdf': tablePdf(1),
    'scans/Thumbs.db': 'x',
    'scans/𝔄.pdf.part': 'x',
    'scans/\ufb01.txt': 'x',
  },
  'one with damaged files': {
    ...soundFiles(),
    'scans/a.pdf': tablePdf(3).subarray(0, 400),
    'scans/b.pdf': '',
    'scans/c.tif': 'II*\0',
  },
};

const withoutBagRules = ({ findings }: PackageCheck) => findings.filter(({ code }) => code !== 'package.no-profile');

describe.each(Object.keys(packageForms))('the same package as %s', (form) => {
  test.each(Object.entries(packages))('%s gives the same findings, items and hash as in a folder', async (_, files) => {
    const inFolder = await checkForm('folder', bytesOf(files), testProfile());
    const check = await checkForm(form, bytesOf(files), testProfile());
    expect([...check.findings]).toEqual([...inFolder.findings]);
    expect([...check.items]).toEqual([...inFolder.items]);
    expect(check).toMatchObject({
      packageHash: inFolder.packageHash,
      verdict: inFolder.verdict,
      counts: inFolder.counts,
    });
  });

  test('passes without a profile, and the result says that there was none', async () => {
    const check = await checkForm(form, bytesOf(soundFiles()), null);
    const told = withoutBagRules(check).map(({ code }) => code);
    // Beside the files that SHA256SUMS lists lies the manifest: only a bag vouches for it.
    expect(told).toEqual(check.form === 'bagit' ? [] : ['checksum.not-listed']);
    expect(check.findings.at(0)).toMatchObject({
      code: 'package.no-profile',
      severity: 'note',
      args: { form: check.form },
    });
    expect(check.profile.source.profile).toBe('none');
  });
});

describe('a package without any checksum', () => {
  const { SHA256SUMS: _, ...files } = soundFiles();

  test.each(['folder', 'stored zip', 'deflated zip'])('is no pass without a profile, as %s', async (form) => {
    const check = await checkForm(form, bytesOf(files), null);
    expect(check.findings.map(({ code }) => code)).toEqual(['package.no-profile', 'checksum.none']);
    expect(check.verdict).toBe('fail');
  });
});

import { appendFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CraftedEntry, craftEntries, craftZip } from '../../../scripts/samples/crafted-zip.ts';
import { openZips } from '../../../src/delivery/zip/zip-package.ts';
import type { Finding } from '../../../src/findings/finding.ts';
import { inspectFile } from '../../../src/inspection/read-file.ts';
import { checkPackage, type PackageCheck } from '../../../src/validation/check-package.ts';
import { directInspector, soundFiles, testProfile, withFolder } from '../../support/delivery.ts';
import { bytesOf, checkZip, zipOf } from '../../support/package-forms.ts';

const sound = bytesOf(soundFiles());
const soundEntries = craftEntries(sound);
const text = Buffer.from('text');

function codesOf({ findings }: PackageCheck): string[] {
  return [...new Set(findings.map(({ code }) => code))].sort();
}

async function codesWith(entry: CraftedEntry): Promise<string[]> {
  const check = await checkZip(craftZip([...soundEntries, entry]), testProfile());
  expect(check.verdict).toBe('fail');
  return codesOf(check);
}

describe('paths that lead out of the package', () => {
  test.each([
    '../a.pdf',
    'scans/../../a.pdf',
    '/etc/passwd',
    'C:/Windows/a.pdf',
    '..\\..\\a.pdf',
    'scans//a.pdf',
    './a.pdf',
    '/',
    '',
    'scans/a\0.pdf',
  ])('%j is refused and nothing is read by it', async (name) => {
    expect(await codesWith({ name, content: text })).toContain('zip.path-unsafe');
  });
});

describe('what Unix packers store beside files', () => {
  test.each([
    [0xa1ff, 'package.link'],
    [0x11ff, 'package.special-file'],
    [0xc1ff, 'package.special-file'],
    [0x61ff, 'package.special-file'],
  ])('of mode %i is %s and is not read', async (mode, code) => {
    expect(await codesWith({ name: 'scans/verweis.pdf', content: Buffer.from('/etc/passwd'), mode })).toEqual([code]);
  });
});

describe('a zip file whose two directories disagree', () => {
  test.each([
    ['name', { name: Buffer.from('scans/x.pdf') }],
    ['method', { method: 8 }],
    ['encryption', { flags: 1 }],
    ['size', { size: 1 }],
    ['size', { packed: 1 }],
    ['checksum', { crc32: 1 }],
  ] as const)('about the %s is told', async (about, local) => {
    const entries = soundEntries.map((entry) => (entry.name === 'scans/a.pdf' ? { ...entry, local } : entry));
    const check = await checkZip(craftZip(entries), testProfile());
    expect([...check.findings]).toContainEqual(
      expect.objectContaining({
        code: 'zip.directories-disagree',
        path: 'scans/a.pdf',
        args: { archive: 'lieferung.zip', about },
      }),
    );
    expect(check.items.at(0)).toMatchObject({ path: 'scans/a.pdf', state: 'failed', facts: null });
  });
});

describe('what a zip file should not hold', () => {
  test.each([
    ['before', { before: text }],
    ['between', { between: text }],
    ['after', { after: text }],
  ] as const)('foreign bytes %s', async (where, archive) => {
    const check = await checkZip(zipOf(sound, {}, archive), testProfile());
    expect([...check.findings]).toMatchObject([{ code: 'zip.foreign-bytes', args: { where, bytes: 4 } }]);
    expect(check.counts.passed).toBe(2);
  });

  test('bytes before it that its offsets do not know of', async () => {
    const check = await checkZip(Buffer.concat([Buffer.from('#!/bin/sh\n'), zipOf(sound)]), testProfile());
    expect([...check.findings]).toMatchObject([{ code: 'zip.foreign-bytes', args: { where: 'before', bytes: 10 } }]);
  });

  test('another archive in its comment or behind it', async () => {
    const other = craftZip([{ name: 'a.pdf', content: text }]);
    for (const archive of [{ comment: other }, { comment: Buffer.concat([craftZip([]), text]) }]) {
      const check = await checkZip(zipOf(sound, {}, archive), testProfile());
      expect([...check.findings]).toMatchObject([{ code: 'zip.ambiguous-end' }]);
      expect(check.verdict).toBe('fail');
    }
    const behind = await checkZip(Buffer.concat([zipOf(sound), other]), testProfile());
    expect(behind.verdict).toBe('fail');
    expect(codesOf(behind)).toContain('zip.entry-hidden');
  });

  test('a comment is nobody’s concern', async () => {
    const check = await checkZip(zipOf(sound, {}, { comment: Buffer.from('gepackt am 14.03.') }), testProfile());
    expect([...check.findings]).toEqual([]);
  });
});

describe('names', () => {
  const named = (name: string | Buffer): CraftedEntry => ({ name, content: text });

  test('in CP437 and unmarked UTF-8 are read, and that is told', async () => {
    const old = Buffer.concat([Buffer.from('scans/~$M'), Buffer.from([0x81]), Buffer.from('ller.docx')]);
    const check = await checkZip(
      craftZip([...soundEntries, named(old), named(Buffer.from('scans/~$Größe.docx'))]),
      testProfile(),
    );
    expect(check.findings.filter(({ code }) => code === 'zip.name-encoding')).toMatchObject([
      { args: { encoding: 'cp437', count: 1, example: 'scans/~$Müller.docx' } },
      { args: { encoding: 'assumed-utf-8', count: 1, example: 'scans/~$Größe.docx' } },
    ]);
    expect(check.verdict).toBe('pass');
  });

  test('that say UTF-8 and are none are told as in a folder', async () => {
    const entry = { ...named(Buffer.from([0x73, 0xe4])), both: { flags: 0x0800 } };
    expect(await codesWith(entry)).toContain('name.not-utf8');
  });

  test('of a file below a file collide', async () => {
    expect(await codesWith(named('scans/a.pdf/b.pdf'))).toContain('zip.duplicate-entry');
    expect(await codesWith(named('scans/a.pdf/deep/er/b.pdf'))).toContain('zip.duplicate-entry');
    expect(await codesWith({ name: 'scans/a.pdf/' })).toContain('zip.duplicate-entry');
  });
});

test('a folder with an entry that is stored twice is read once', async () => {
  const folder: CraftedEntry = { name: 'scans/' };
  const check = await checkZip(craftZip([folder, folder, ...soundEntries]), testProfile());
  expect([...check.findings]).toEqual([]);
});

test('the same path in two zip files of a delivery counts in neither', async () => {
  await withFolder(
    { 'a.zip': zipOf(sound), 'b.zip': craftZip([{ name: 'scans/a.pdf', content: text }]) },
    async (folder) => {
      const check = await checkPackage(folder, testProfile(), { inspector: directInspector });
      expect([...check.findings]).toMatchObject([{ code: 'zip.duplicate-entry', path: 'scans/a.pdf' }]);
      expect(check.items.map(({ state }) => state)).toEqual(['failed', 'passed']);
    },
  );
});

describe('bombs', () => {
  test('many entries that share their bytes are refused, all of them', async () => {
    const content = Buffer.alloc(5000, 7);
    const zip = craftZip([
      { name: 'scans/0.pdf', content, compression: 'deflate' },
      ...Array.from({ length: 50 }, (_, n) => ({
        name: `scans/${n + 1}.pdf`,
        data: Buffer.alloc(0),
        both: { method: 8, size: 5000, packed: 20 },
        central: { offset: 0 },
      })),
    ]);
    const check = await checkZip(zip, testProfile());
    expect(check.counts).toMatchObject({ passed: 0 });
    expect(check.verdict).toBe('fail');
  });

  test('an entry that unfolds further than it says is stopped there', async () => {
    const content = Buffer.alloc(3_000_000);
    const entry = { name: 'scans/c.pdf', content, compression: 'deflate', both: { size: 100 } } as const;
    expect(await codesWith(entry)).toContain('zip.content-damaged');
  });

  test('more than all may unfold to is refused as a whole', async () => {
    const profile = testProfile({ limits: { unpackedBytes: 100 } });
    const check = await checkZip(zipOf(sound), profile);
    expect(codesOf(check)).toContain('zip.too-large');
    expect(check.counts.passed).toBe(0);
  });

  test('more entries than are allowed are not read', async () => {
    const check = await checkZip(zipOf(sound), testProfile({ limits: { files: 2 } }));
    expect(codesOf(check)).toContain('package.too-many-entries');
    expect(check.verdict).not.toBe('pass');
  });
});

test('nothing is written anywhere but by the test', async () => {
  await withFolder({ 'a.zip': zipOf(sound, { compression: 'deflate' }) }, async (folder) => {
    await checkPackage(join(folder, 'a.zip'), testProfile(), { inspector: directInspector });
    expect(readdirSync(folder)).toEqual(['a.zip']);
  });
});

describe('a zip file that changes', () => {
  test('or vanishes, or cannot be read, is told and never passes', async () => {
    await withFolder({ 'a.zip': zipOf(sound), 'b.zip': zipOf(sound) }, async (folder) => {
      rmSync(join(folder, 'b.zip'));
      symlinkSync('b.zip', join(folder, 'b.zip'));
      const files = [join(folder, 'a.zip'), join(folder, 'b.zip')];
      const findings: Finding[] = [];
      const reader = await openZips(folder, files, { report: (finding) => findings.push(finding) });
      expect(findings).toMatchObject([{ code: 'zip.unreadable', args: { archive: 'b.zip', cause: 'ELOOP' } }]);
      await reader.close();
      const inspector: typeof directInspector = {
        inspect: async ({ file, part, digests }) => {
          rmSync(join(folder, 'a.zip'), { force: true });
          return inspectFile(file, digests, part);
        },
      };
      const check = await checkPackage(join(folder, 'a.zip'), testProfile(), { inspector });
      expect(codesOf(check)).toContain('file.missing');
      expect(check).toMatchObject({ verdict: 'error', counts: { passed: 0, errored: 2 } });
    });
  });

  test('while it is checked makes the result void, told once', async () => {
    await withFolder({ 'a.zip': zipOf(sound) }, async (folder) => {
      const zip = join(folder, 'a.zip');
      let inspected = 0;
      const inspector: typeof directInspector = {
        inspect: async ({ file, part, digests }) => {
          const inspection = inspectFile(file, digests, part);
          inspected += 1;
          if (inspected === 4) appendFileSync(zip, 'x');
          return inspection;
        },
      };
      const check = await checkPackage(zip, testProfile(), { inspector });
      expect([...check.findings]).toMatchObject([
        { code: 'package.changed', path: 'a.zip', args: { change: 'changed' } },
      ]);
      expect(check.verdict).toBe('error');
    });
  });
});

describe('what is no zip file', () => {
  test.each([
    ['lieferung.zip', '', 'zip.no-directory'],
    ['lieferung.zip', 'x'.repeat(100), 'zip.no-directory'],
    ['lieferung.zip', 'PK\x05\x06', 'zip.no-directory'],
  ])('%s with %j is told as incomplete', async (name, content, code) => {
    await withFolder({ [name]: content }, async (folder) => {
      const check = await checkPackage(join(folder, name), testProfile(), { inspector: directInspector });
      expect(codesOf(check)).toEqual([code]);
    });
  });

  test('a file of another kind is no package', async () => {
    await withFolder({ 'a.pdf': '%PDF-1.4', 'b.zip': zipOf(sound) }, async (folder) => {
      for (const options of [{}, { form: 'zip' as const }]) {
        await expect(checkPackage(join(folder, 'a.pdf'), null, options)).rejects.toMatchObject({ exitCode: 2 });
      }
      await expect(checkPackage(join(folder, 'b.zip'), null, { form: 'folder' })).rejects.toMatchObject({
        exitCode: 2,
      });
      await expect(checkPackage(folder, null, { form: 'zip' })).rejects.toMatchObject({ exitCode: 2 });
    });
  });
});

describe('a zip file that is not what it was', () => {
  const variants = [
    zipOf(sound),
    zipOf(sound, { compression: 'deflate' }),
    zipOf(sound, { compression: 'deflate', descriptor: 'signed' }),
    zipOf(sound, { zip64: true, descriptor: 'bare' }, { zip64: true }),
  ];
  const expected = checkZip(zipOf(sound), testProfile());

  /** Whatever was done to it: it fails, or it still holds exactly the files that were packed. */
  async function holds(bytes: Buffer): Promise<void> {
    const check = await checkZip(bytes, testProfile());
    if (check.verdict === 'pass') expect(check.packageHash).toBe((await expected).packageHash);
  }

  test('cut off anywhere fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...variants),
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        async (zip, share) => {
          const check = await checkZip(zip.subarray(0, Math.floor(zip.length * share)), testProfile());
          expect(check.verdict).not.toBe('pass');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('mutated anywhere never crashes, and never passes with other content', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 0.99999, noNaN: true }),
      to: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...variants),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (zip, changes) => {
          const bytes = Buffer.from(zip);
          for (const { at, to } of changes) bytes[Math.floor(at * bytes.length)] = to;
          await holds(bytes);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('mutated in its headers never crashes, and never passes with other content', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...variants),
        fc.constantFrom('PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', 'PK\x07\x08'),
        fc.nat(50),
        fc.constantFrom(0, 1, 0x7f, 0x80, 0xff),
        async (zip, signature, offset, to) => {
          const bytes = Buffer.from(zip);
          const at = bytes.lastIndexOf(signature, undefined, 'latin1');
          if (at < 0 || at + offset >= bytes.length) return;
          bytes[at + offset] = to;
          await holds(bytes);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('put together from pieces of others never crashes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ zip: fc.constantFrom(...variants), from: fc.nat(3000), length: fc.nat(2000) }), {
          maxLength: 5,
        }),
        async (pieces) => {
          const parts = pieces.map(({ zip, from, length }) => zip.subarray(from, from + length));
          await holds(Buffer.concat([...parts, variants[0]?.subarray(-600) ?? Buffer.alloc(0)]));
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('reading a delivery of many zip files holds no file open', async () => {
  const zips = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`teil-${n}.zip`, craftZip([{ name: `scans/~$${n}.txt`, content: text }])]),
  );
  await withFolder({ ...zips, 'haupt.zip': zipOf(sound) }, async (folder) => {
    const check = await checkPackage(folder, testProfile(), { inspector: directInspector });
    expect(check.verdict).toBe('pass');
    expect(check.counts.files).toBe(34);
    writeFileSync(join(folder, 'Thumbs.db'), 'x');
    expect((await checkPackage(folder, testProfile(), { inspector: directInspector })).form).toBe('zip');
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BagChanges, bagOf } from '../../../scripts/samples/bag.ts';
import { readBagPath } from '../../../src/delivery/bagit/bag-line.ts';
import { tagLines } from '../../../src/delivery/bagit/tag-lines.ts';
import { checkPackage, type PackageCheck } from '../../../src/validation/check-package.ts';
import { directInspector, soundFiles, testProfile, withFolder } from '../../support/delivery.ts';
import { bytesOf, checkZip, zipOf } from '../../support/package-forms.ts';

const payload = new Map([
  ['a.txt', Buffer.from('a')],
  ['Ordner/b.txt', Buffer.from('bb')],
]);

async function check(changes: BagChanges = {}, files: ReadonlyMap<string, Buffer> = payload): Promise<PackageCheck> {
  return checkZip(zipOf(bagOf(files, changes)), null);
}

/** Codes beside the note that no profile was applied. */
async function codes(changes: BagChanges = {}, files?: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const told = (await check(changes, files)).findings.map(({ code }) => code);
  return told.filter((code) => code !== 'package.no-profile');
}

const manifest = (name: string, changes: BagChanges = {}) => String(bagOf(payload, changes).get(name));
const tag = (path: string, text: string) => ({ tags: { [path]: Buffer.from(text) } });

describe('a bag of version 1.0', () => {
  test('passes with several algorithms, all of them compared', async () => {
    expect(await codes({ algorithms: ['sha256', 'sha512', 'md5'] })).toEqual([]);
    const changes = { algorithms: ['sha256', 'sha512'] };
    const wrong = manifest('manifest-sha512.txt', changes).replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(await codes({ ...changes, ...tag('manifest-sha512.txt', wrong) })).toEqual(['checksum.mismatch']);
  });

  test.each(['sha3-256', 'sha3-384', 'sha3-512', 'blake2b512'])(
    'passes with %s, and not when a byte differs',
    async (name) => {
      for (const algorithms of [[name], ['md5', name, 'sha512']]) {
        expect(await codes({ algorithms })).toEqual([]);
        const wrong = manifest(`manifest-${name}.txt`, { algorithms }).replace(/^./, (digit) =>
          digit === '0' ? '1' : '0',
        );
        expect(await codes({ algorithms, ...tag(`manifest-${name}.txt`, wrong) })).toEqual(['checksum.mismatch']);
      }
    },
  );

  test.each([
    ['sha3-256', 'sha3256'],
    ['sha3-512', 'sha3_512'],
    ['blake2b512', 'blake2b'],
  ])('may write %s as %s', async (algorithm, written) => {
    const renamed = {
      [`manifest-${algorithm}.txt`]: null,
      [`manifest-${written}.txt`]: Buffer.from(manifest(`manifest-${algorithm}.txt`, { algorithms: [algorithm] })),
    };
    expect(await codes({ algorithms: [algorithm], tags: renamed })).toEqual([]);
  });

  test('lists every file in every manifest; before 1.0, one was enough', async () => {
    const algorithms = ['sha256', 'sha512'];
    const short = manifest('manifest-sha512.txt', { algorithms }).split('\n').slice(0, 1).join('\n');
    const changes = { algorithms, ...tag('manifest-sha512.txt', `${short}\n`) };
    expect(await codes(changes)).toEqual(['bag.file-not-listed']);
    expect(await codes({ ...changes, version: '0.97' })).toEqual([]);
  });

  test('percent-encodes line ends and percent signs, and nothing else', async () => {
    const files = new Map([
      ['100% fertig.txt', Buffer.from('1')],
      ['zwei\nZeilen.txt', Buffer.from('2')],
      ['a%20b.txt', Buffer.from('3')],
    ]);
    const { findings, counts } = await check({}, files);
    expect(findings.map(({ code }) => code)).not.toContain('checksum.file-absent');
    expect(counts).toMatchObject({ files: 3, unlisted: 3 });
  });

  test('wants UTF-8', async () => {
    const text = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n';
    expect(await codes(tag('bagit.txt', text))).toEqual(['bag.encoding-unusual']);
  });
});

describe('bagit.txt', () => {
  test.each([
    ['', 'bag.declaration-invalid'],
    ['BagIt-Version: 1.0\n', 'bag.declaration-invalid'],
    ['BagIt-Version: eins\nTag-File-Character-Encoding: UTF-8\n', 'bag.declaration-invalid'],
    ['Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n', 'bag.declaration-invalid'],
    ['BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nmehr: 1\n', 'bag.declaration-invalid'],
    ['BagIt-Version: 3.0\nTag-File-Character-Encoding: UTF-8\n', 'bag.version-unknown'],
    ['BagIt-Version: 0.97\nTag-File-Character-Encoding: Klingonisch\n', 'bag.encoding-unknown'],
  ])('%j is told and never passes', async (text, code) => {
    const result = await check(tag('bagit.txt', text));
    expect(result.findings.map((finding) => finding.code)).toContain(code);
    expect(result.verdict).not.toBe('pass');
  });

  test.each(['\n', '\r\n', '\r'])('may end its lines with %j', async (end) => {
    expect(await codes(tag('bagit.txt', `BagIt-Version: 1.0${end}Tag-File-Character-Encoding: UTF-8${end}`))).toEqual(
      [],
    );
  });
});

describe('the manifests of a bag', () => {
  const zeros = '0'.repeat(64);
  test.each([
    [`${zeros}  ../a.txt`, 'bag.path-refused'],
    [`${zeros}  /etc/passwd`, 'bag.path-refused'],
    [`${zeros}  C:\\a.txt`, 'bag.path-refused'],
    [`${zeros}  data/../../a.txt`, 'bag.path-refused'],
    [`${zeros}  bagit.txt`, 'bag.path-refused'],
    [`${zeros}  ~/a.txt`, 'bag.path-refused'],
    [`${zeros}  data/fehlt.txt`, 'checksum.file-absent'],
    ['0000  data/a.txt', 'checksum.line-unusable'],
    ['kein Prüfwert  data/a.txt', 'checksum.line-unusable'],
    [zeros, 'checksum.line-unusable'],
    [`${zeros}  data/a.txt`, 'checksum.contradictory'],
  ])('with the line %j are refused', async (line, code) => {
    const text = `${manifest('manifest-sha256.txt')}${line}\n`;
    expect(await codes(tag('manifest-sha256.txt', text))).toEqual([code]);
  });

  test.each(['\t', '   ', ' *'])('may separate by %j', async (blank) => {
    const text = manifest('manifest-sha256.txt').replaceAll('  ', blank);
    const told = new Set(await codes(tag('manifest-sha256.txt', text)));
    expect([...told]).toEqual(blank === ' *' ? ['bag.path-loose'] : []);
  });

  test('are refused where no line can be used', async () => {
    const result = await check(tag('manifest-sha256.txt', ''));
    expect(result.verdict).toBe('fail');
    expect(result.counts.passed).toBe(0);
  });
});

describe('fetch.txt', () => {
  const fetch = (line: string) => tag('fetch.txt', `${line}\n`);

  test('is told, and nothing is fetched', async () => {
    expect(await codes(fetch('https://example.org/a.txt 1 data/a.txt'))).toEqual(['bag.fetch-present']);
  });

  test.each([
    ['https://example.org/x.txt - data/x.txt', 'bag.file-not-fetched'],
    ['https://example.org/x.txt viel data/x.txt', 'bag.fetch-line-unusable'],
    ['https://example.org/x.txt 1 ../x.txt', 'bag.path-refused'],
    ['https://example.org/x.txt 1 bagit.txt', 'bag.path-refused'],
  ])('%j fails', async (line, code) => {
    const result = await check(fetch(line));
    expect(result.findings.map((finding) => finding.code)).toContain(code);
    expect(result.verdict).toBe('fail');
  });
});

describe('Payload-Oxum', () => {
  test.each([
    ['3.2', []],
    ['3.3', ['bag.oxum-differs']],
    ['4.2', ['bag.oxum-differs']],
    ['3', ['bag.oxum-unreadable']],
    ['3.2\nPayload-Oxum: 3.1', ['bag.oxum-unreadable']],
    ['3.2\n und weiter', []],
  ])('%j is compared with the payload', async (value, expected) => {
    expect(await codes(tag('bag-info.txt', `Payload-Oxum: ${value}\n`))).toEqual(expected);
  });

  test('counts junk or not', async () => {
    const files = bagOf(payload);
    files.set('data/Thumbs.db', Buffer.from('x'));
    const told = (await checkZip(zipOf(files), null)).findings.map(({ code }) => code);
    expect(told).toEqual(['package.no-profile', 'package.junk']);
  });
});

test('bag-info.txt in another encoding than the declared one is told, wherever it stands', async () => {
  const latin1 = (text: string) => codes({ tags: { 'bag-info.txt': Buffer.from(text, 'latin1') } });
  expect(await latin1('Ort: K\u00f6ln\nPayload-Oxum: 3.2\n')).toEqual(['bag.info-line-unusable']);
  expect(await latin1('Ort: Bonn\n und K\u00f6ln\n')).toEqual(['bag.info-line-unusable']);
  expect(await codes(tag('bag-info.txt', 'Ort: K\u00f6ln\n'))).toEqual([]);
});

test('what lies beside the payload and is not vouched for is told', async () => {
  expect(await codes({ afterwards: { 'notizen.txt': Buffer.from('x') } })).toEqual(['bag.tag-file-unlisted']);
});

test('a bag forced to be one, and one that is taken for a folder', async () => {
  await withFolder(soundFiles(), async (folder) => {
    const forced = await checkPackage(folder, null, { inspector: directInspector, form: 'bagit' });
    expect(forced.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['bag.declaration-absent', 'bag.payload-absent', 'bag.manifest-absent']),
    );
    expect(forced.verdict).toBe('fail');
  });
  const asFolder = await checkZip(zipOf(bagOf(bytesOf(soundFiles()))), testProfile(), { form: 'zip' });
  expect(asFolder).toMatchObject({ form: 'zip', verdict: 'fail' });
});

describe('paths in bags', () => {
  test('of every name are found again as they are encoded', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (name) => {
        const path = `data/${name.replaceAll('\0', '_')}`;
        const encoded = path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
        const read = readBagPath(encoded, '1.0');
        if ('unsafe' in read) expect(path.split(/[/\\]/)).toContain('..');
        else expect(read.paths[0]).toBe(path);
      }),
    );
  });
});

test('tag files of any bytes yield lines, whatever their encoding', async () => {
  await withFolder({}, async (folder) => {
    const file = join(folder, 'tag.txt');
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('UTF-8', 'UTF-16', 'UTF-16LE', 'ISO-8859-1', 'windows-1252'),
        async (bytes, encoding) => {
          writeFileSync(file, bytes);
          let last = 0;
          for await (const { number, line } of tagLines({ file }, encoding)) {
            expect(number).toBe(last + 1);
            expect(line).not.toMatch(/[\r\n]/);
            last = number;
          }
        },
      ),
    );
  });
});

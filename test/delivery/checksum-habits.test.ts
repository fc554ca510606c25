import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkFiles, header, soundFiles, testProfile } from '../support/delivery.ts';
import { bytesOf, checkForm, packageForms } from '../support/package-forms.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const documents = { 'scans/a.pdf': tablePdf(3), 'scans/b.pdf': tablePdf(2) };
const rows = `${header}\nscans/a.pdf;1;3;2;1;\nscans/b.pdf;2;2;1;0;\n`;
const hex = (path: keyof typeof documents, algorithm = 'sha256') =>
  createHash(algorithm).update(documents[path]).digest('hex');
const [a, b] = [hex('scans/a.pdf'), hex('scans/b.pdf')];

/** Findings with these checksum files, and with a profile under which they are checksum files. */
async function codes(checksums: Record<string, string | Uint8Array>): Promise<string[]> {
  const { layout } = testProfile().source;
  const profile = testProfile({ layout: { ...layout, checksums: Object.keys(checksums) } });
  const check = await checkFiles({ ...documents, 'index.csv': rows, ...checksums }, profile);
  return [...new Set(check.findings.map(({ code }) => code))];
}

function mets(second: string, before = '<?xml version="1.0"?>'): string {
  return `${before}<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
    <mets:fileSec><mets:fileGrp>
      <mets:file ID="F1" CHECKSUM="${a.toUpperCase()}" CHECKSUMTYPE="SHA-256">
        <mets:FLocat LOCTYPE="URL" xlink:href="file://scans/a.pdf"/>
      </mets:file>
      ${second}
    </mets:fileGrp></mets:fileSec></mets:mets>`;
}
const file = (checksum: string, href: string, type = 'SHA-256') =>
  `<mets:file CHECKSUM="${checksum}" CHECKSUMTYPE="${type}"><mets:FLocat xlink:href="${href}"/></mets:file>`;

/** What hashdeep writes: digests of two kinds, names last and unquoted. */
function hashdeep(before: string): string {
  const line = (path: keyof typeof documents) =>
    `${documents[path].length},${hex(path, 'md5')},${hex(path)},${before}${path}`;
  return `%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## Invoked from: /mnt/scan\n## $ hashdeep -r .\n##\n${line('scans/a.pdf')}\n${line('scans/b.pdf')}\n`;
}

/** What Get-FileHash prints, one line after the other. */
const powershell = {
  list: (root: string) =>
    [a, b]
      .map(
        (digest, index) =>
          `\r\nAlgorithm : SHA256\r\nHash      : ${digest.toUpperCase()}\r\nPath      : ${root}\\sc\r\n            ans\\${'ab'[index]}.pdf\r\n\r\n`,
      )
      .join(''),
  table: (root: string) =>
    `\r\nAlgorithm       Hash                                                                   Path\r\n---------       ----                                                                   ----\r\nSHA256          ${a.toUpperCase()}       ${root}\\scans\\a.pdf\r\nSHA256          ${b.toUpperCase()}       ${root}\\scans\\b.pdf   \r\n`,
  csv: (root: string, delimiter = ',') =>
    `#TYPE Microsoft.PowerShell.Commands.FileHashInfo\r\n${['"Algorithm"', '"Hash"', '"Path"'].join(delimiter)}\r\n${[
      a,
      b,
    ]
      .map((digest, index) =>
        ['SHA256', digest.toUpperCase(), `${root}\\scans\\${'ab'[index]}.pdf`]
          .map((cell) => `"${cell}"`)
          .join(delimiter),
      )
      .join('\r\n')}\r\n`,
};
const wide = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('checksums with the paths of the computer that they were made on', () => {
  test.each<[string, Record<string, string | Uint8Array>]>([
    ['hashdeep', { 'hashdeep.txt': hashdeep('/mnt/scan, Süd/Lieferung 1/') }],
    ['md5deep', { sums: `${a}  /mnt/l/scans/a.pdf\n${b}  /mnt/l/scans/b.pdf\n` }],
    ['Get-FileHash as a list', { sums: powershell.list('D:\\Auftrag\\L 1') }],
    ['Get-FileHash as a list in UTF-16', { sums: wide(powershell.list('D:\\Übergabe')) }],
    ['Get-FileHash as a table', { sums: wide(powershell.table('\\\\server\\scan')) }],
    ['Get-FileHash as CSV', { 'sums.csv': powershell.csv('C:\\L') }],
    ['Get-FileHash as German CSV in UTF-16', { 'sums.csv': wide(powershell.csv('C:\\L', ';')) }],
    ['a list in the folder of the files', { 'scans/sums': `${a}  C:\\L\\a.pdf\n${b}  c:\\l\\b.pdf\n` }],
  ])('are found where these end in paths of the package, which is told: %s', async (_, checksums) => {
    expect(await codes(checksums)).toEqual(['checksum.paths-absolute']);
  });

  test('are compared, and a file that lies elsewhere is none of the package', async () => {
    expect(await codes({ sums: powershell.csv('C:\\L').replace(a.toUpperCase(), b) })).toContain('checksum.mismatch');
    const absent = `${a}  C:\\L\\scans\\c.pdf\n`;
    expect(await codes({ sums: powershell.csv('C:\\L') })).not.toContain('checksum.file-absent');
    const lines = `${a}  C:\\L\\scans\\a.pdf\n${b}  C:\\L\\scans\\b.pdf\n`;
    expect(await codes({ sums: lines + absent })).toEqual(['checksum.paths-absolute', 'checksum.file-absent']);
    expect(await codes({ sums: `${lines}${b}  C:\\Windows\\scans\\b.pdf\n` })).toContain('checksum.path-unsafe');
    expect(await codes({ sums: `${lines}${b}  C:\\L\\..\\b.pdf\n` })).toContain('checksum.path-unsafe');
  });

  test('do not lead to a file of the same name in another folder', async () => {
    const { layout } = testProfile().source;
    const sums = `${a}  C:\\L\\scans\\a.pdf\n${b}  C:\\L\\scans\\b.pdf\n${a}  C:\\L\\alt\\x.pdf\n`;
    const profile = testProfile({ layout: { ...layout, checksums: ['sums'], ignore: ['x.pdf'] } });
    const check = await checkFiles(
      { ...documents, 'x.pdf': documents['scans/a.pdf'], 'index.csv': rows, sums },
      profile,
    );
    expect(check.findings.map(({ code, path }) => [code, path])).toEqual([
      ['checksum.paths-absolute', 'sums'],
      ['checksum.file-absent', 'alt/x.pdf'],
    ]);
  });
});

test.each(Object.keys(packageForms))('lists with headings and absolute paths say the same in a %s', async (form) => {
  const { layout } = testProfile().source;
  const profile = testProfile({ layout: { ...layout, checksums: ['hashdeep.txt', 'sums.csv'] } });
  const absent = `${a},${a},/mnt/l/scans/__proto__\n`.replace(a, '1').replace(`,${a}`, `,${'0'.repeat(32)},${a}`);
  const files = { ...documents, 'index.csv': rows, 'hashdeep.txt': hashdeep('/mnt/l/') + absent };
  const check = await checkForm(
    form,
    bytesOf({ ...files, 'sums.csv': powershell.csv('C:\\L').replace(b.toUpperCase(), a) }),
    profile,
  );
  expect(check.findings.map(({ code, path, row }) => [code, path, row])).toEqual([
    ['checksum.paths-absolute', 'hashdeep.txt', undefined],
    ['checksum.paths-absolute', 'sums.csv', undefined],
    ['checksum.file-absent', 'scans/__proto__', 8],
    ['checksum.mismatch', 'scans/b.pdf', 4],
  ]);
});

test('a list below a heading is told where it cannot be read', async () => {
  const unread = await codes({ 'hashdeep.txt': `${hashdeep('./')}12,abc\n` });
  expect(unread).toEqual(['checksum.line-unusable']);
  expect(await codes({ sums: hashdeep('./').replaceAll('md5,sha256', 'tiger,whirlpool') })).toContain(
    'checksum.no-usable-line',
  );
  expect(
    await codes({ sums: `Algorithm : SHA256\nHash : ${a}\n\nAlgorithm : SHA256\nHash : ${b}\nPath : scans/b.pdf\n` }),
  ).toEqual(['checksum.line-unusable', 'checksum.not-listed']);
});

test('a checksum file that lists itself is told, and holds nothing for itself alone', async () => {
  const itself = `${'0'.repeat(64)}  SHA256SUMS\n`;
  expect(await codes({ SHA256SUMS: `${a}  scans/a.pdf\n${b}  scans/b.pdf\n${itself}` })).toEqual([
    'checksum.lists-itself',
  ]);
  expect(await codes({ SHA256SUMS: itself })).toContain('checksum.no-usable-line');
});

test('a sidecar without its ending that could mean two files means neither', async () => {
  const sums = { 'scans/a.sha256': a, SHA256SUMS: `${b}  scans/b.pdf\n` };
  const check = await checkFiles(
    { ...documents, 'scans/a.xml': '<x/>', 'index.csv': rows, ...sums },
    testProfile({ layout: { ...testProfile().source.layout, checksums: Object.keys(sums), ignore: ['**/*.xml'] } }),
  );
  expect(check.findings.map(({ code }) => code)).toContain('checksum.file-absent');
});

describe('checksums as they are usually written', () => {
  test.each<[string, Record<string, string | Uint8Array>]>([
    ['sha256sum', { SHA256SUMS: `${a}  scans/a.pdf\n${b}  scans/b.pdf\n` }],
    ['binary mode', { SHA256SUMS: `${a} *scans/a.pdf\n${b} *scans/b.pdf\n` }],
    ['tabs and CRLF', { SHA256SUMS: `${a}\tscans/a.pdf\r\n${b}\tscans\\b.pdf\r\n` }],
    ['BSD', { 'sums.txt': `SHA256 (scans/a.pdf) = ${a}\nSHA256 (scans/b.pdf) = ${b}\n` }],
    ['openssl', { 'sums.txt': `SHA2-256(scans/a.pdf)= ${a}\nSHA2-256(scans/b.pdf)= ${b}\n` }],
    [
      'UTF-16 of PowerShell',
      { 'sums.txt': Buffer.from(`\ufeff${a}  scans/a.pdf\r\n${b}  scans/b.pdf\r\n`, 'utf16le') },
    ],
    ['a sidecar with the digest alone', { 'scans/a.pdf.sha256': a, 'scans/b.pdf.sha256': `${b.toUpperCase()}\r\n` }],
    ['a sidecar with the name', { 'scans/a.pdf.sha256': `${a}  a.pdf\n`, 'scans/b.pdf.sha256': `${b} *b.pdf\n` }],
    ['a sidecar that takes the place of the ending', { 'scans/a.sha256': a, 'scans/b.sha256': `${b}\n` }],
    [
      'certutil',
      {
        'scans/a.pdf.sha256': `SHA256-Hash von scans\\a.pdf:\r\n${a}\r\nCertUtil: -hashfile-Befehl wurde erfolgreich ausgeführt.\r\n`,
        'scans/b.pdf.sha256': `SHA256 hash of file b.pdf:\r\n${b.match(/../g)?.join(' ')}\r\nCertUtil: -hashfile command completed successfully.\r\n`,
      },
    ],
    ['METS', { 'mets.xml': mets(file(b, './scans/b.pdf')) }],
    ['METS without a type', { 'mets.xml': mets(`<f checksum="${b}" xlink:href="scans%2Fb.pdf"/>`) }],
    [
      'b2sum',
      {
        B2SUMS: `${hex('scans/a.pdf', 'blake2b512')}  scans/a.pdf\n${hex('scans/b.pdf', 'blake2b512')}  scans/b.pdf\n`,
      },
    ],
    [
      'b2sum --tag',
      { sums: `BLAKE2b (scans/a.pdf) = ${hex('scans/a.pdf', 'blake2b512')}\nSHA256 (scans/b.pdf) = ${b}\n` },
    ],
    [
      'openssl with SHA-3',
      { sums: `SHA3-384(scans/a.pdf)= ${hex('scans/a.pdf', 'sha3-384')}\nSHA256(scans/b.pdf)= ${b}\n` },
    ],
    [
      'a sidecar of SHA-3',
      { 'scans/a.pdf.sha3-256': hex('scans/a.pdf', 'sha3-256'), 'scans/b.pdf.b2': hex('scans/b.pdf', 'blake2b512') },
    ],
    [
      'SHA-3 by the name of the file',
      {
        'SHA3-256SUMS.txt': `${hex('scans/a.pdf', 'sha3-256')}  scans/a.pdf\n${hex('scans/b.pdf', 'sha3-256')}  scans/b.pdf\n`,
      },
    ],
    ['hashdeep -l', { 'hashdeep.txt': hashdeep('./') }],
    ['md5deep with sizes', { sums: `   123456  ${a}  scans/a.pdf\n        12  ${b} *scans/b.pdf\n` }],
    ['md5deep -c', { sums: `${a},scans/a.pdf\n1234,${b},scans/b.pdf\n` }],
    [
      'a CSV list with headings',
      { 'pruefsummen.csv': `Datei;SHA-256;Größe\r\nscans/a.pdf;${a};1\r\n"scans/b.pdf";${b};2\r\n` },
    ],
    [
      'two algorithms',
      { SHA256SUMS: `${a}  scans/a.pdf\n${b}  scans/b.pdf\n`, MD5SUMS: `${hex('scans/a.pdf', 'md5')}  scans/a.pdf\n` },
    ],
  ])('%s are compared and hold', async (_, checksums) => {
    expect(await codes(checksums)).toEqual([]);
  });

  test('hold for two files of equal content, whose lines have equal digests', async () => {
    const content = tablePdf(2);
    const digest = createHash('sha256').update(content).digest('hex');
    const check = await checkFiles({
      'scans/a.pdf': content,
      'scans/b.pdf': content,
      'index.csv': `${header}\nscans/a.pdf;1;2;1;0;\nscans/b.pdf;2;2;1;0;\n`,
      SHA256SUMS: `${digest}  scans/a.pdf\n${digest}  scans/b.pdf\n`,
    });
    expect([check.verdict, [...check.findings], check.counts.passed]).toEqual(['pass', [], 2]);
  });

  test.each(['md5', 'sha1'])('by %s alone are accepted with a warning', async (algorithm) => {
    const lines = (['scans/a.pdf', 'scans/b.pdf'] as const).map((path) => `${hex(path, algorithm)}  ${path}\n`);
    expect(await codes({ sums: lines.join('') })).toEqual(['checksum.weak-algorithm']);
  });
});

describe('checksums that do not hold', () => {
  test.each<[string, Record<string, string>, string]>([
    ['in a sidecar', { 'scans/a.pdf.sha256': b, 'scans/b.pdf.sha256': b }, 'checksum.mismatch'],
    ['in METS', { 'mets.xml': mets(file(a, 'scans/b.pdf')) }, 'checksum.mismatch'],
    [
      'of an absent file in METS',
      { 'mets.xml': mets(file(b, 'scans/b.pdf') + file(b, 'c.pdf')) },
      'checksum.file-absent',
    ],
    [
      'of a path outside in METS',
      { 'mets.xml': mets(file(b, 'scans/b.pdf') + file(b, '../c.pdf')) },
      'checksum.path-unsafe',
    ],
    ['of another type than they say', { 'mets.xml': mets(file(b, 'scans/b.pdf', 'MD5')) }, 'checksum.line-unusable'],
    [
      'for no file in METS',
      { 'mets.xml': mets(`${file(b, 'scans/b.pdf')}<f CHECKSUM="${b}"/>`) },
      'checksum.line-unusable',
    ],
    ['in XML that is none', { 'mets.xml': mets('<a></b>') }, 'checksum.xml-invalid'],
    ['in XML with a DOCTYPE', { 'mets.xml': mets('', '<!DOCTYPE a [<!ENTITY b "c">]>') }, 'checksum.xml-invalid'],
    ['in XML of a depth without end', { 'mets.xml': '<a>'.repeat(100_000) }, 'checksum.xml-invalid'],
    ['in XML without checksums', { 'mets.xml': '<a/>' }, 'checksum.no-usable-line'],
    ['in a sidecar of another algorithm', { 'scans/a.pdf.md5': a, 'scans/b.pdf.sha256': b }, 'checksum.no-usable-line'],
    [
      'in a sidecar of two digests',
      { 'scans/a.pdf.sha256': `${a} ${b}`, 'scans/b.pdf.sha256': b },
      'checksum.file-absent',
    ],
  ])('%s are told', async (_, checksums, code) => {
    expect(await codes(checksums)).toContain(code);
  });
});

test.each(['folder', 'deflated zip'])(
  'without a profile the usual checksum files are found by name, in a %s',
  async (form) => {
    for (const name of [
      'SHA256SUMS',
      'sha256sum.txt',
      'prüfsummen.txt',
      'checksums.sha256',
      'Manifest-SHA256.txt',
      'hashdeep-1.txt',
    ]) {
      const check = await checkForm(
        form,
        bytesOf({ ...documents, [name]: `${a}  scans/a.pdf\n${b}  scans/b.pdf\n` }),
        null,
      );
      expect([name, check.verdict, check.counts.passed]).toEqual([name, 'pass', 2]);
    }
    const changed = { ...soundFiles(), 'scans/b.pdf': tablePdf(1) };
    expect((await checkForm(form, bytesOf(changed), null)).verdict).toBe('fail');
  },
);

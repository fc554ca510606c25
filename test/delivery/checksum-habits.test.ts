import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkFiles, header, soundFiles, testProfile } from '../support/delivery.ts';
import { bytesOf, checkForm } from '../support/package-forms.ts';
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
    for (const name of ['SHA256SUMS', 'sha256sum.txt', 'prüfsummen.txt', 'checksums.sha256', 'Manifest-SHA256.txt']) {
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

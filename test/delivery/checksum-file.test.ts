import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChecksumFile, type StatedDigest } from '../../src/delivery/checksum-file.ts';
import { DigestList } from '../../src/delivery/digest-list.ts';
import { indexEntries } from '../../src/delivery/entry-index.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { withFolder } from '../support/delivery.ts';

const digest = 'a1'.repeat(32);

/** Reads a checksum file of this content in a package that holds these paths. */
async function read(content: string | Uint8Array, paths: readonly string[], path = 'SHA256SUMS') {
  const findings: Finding[] = [];
  const index = indexEntries(paths.map((entry) => ({ path: entry, kind: 'file', size: 1, stamp: 0 })));
  const stated = new DigestList(index.paths);
  const report = (finding: Finding) => findings.push(finding);
  await withFolder({ sums: content }, (folder) =>
    readChecksumFile({ path, file: join(folder, 'sums') }, stated, { index, report }),
  );
  return { stated: [...stated], findings, codes: findings.map(({ code }) => code) };
}

const told = (stated: readonly StatedDigest[]) => stated.map(({ path, present, line }) => [path, present, line]);

describe('a checksum file', () => {
  test('is read with LF, CRLF, tabs, blank lines, comments, and without a last line end', async () => {
    const { stated, codes } = await read(
      `# made by sha256sum\r\n\r\n${digest}  a.pdf\r\n${digest}\tb.pdf\n${digest} *c.pdf`,
      ['a.pdf', 'b.pdf', 'c.pdf'],
    );
    expect(told(stated)).toEqual([
      ['a.pdf', true, 3],
      ['b.pdf', true, 4],
      ['c.pdf', true, 5],
    ]);
    expect(codes).toEqual([]);
  });

  const line = `${digest}  Müller/Übersicht.pdf\n`;
  test.each([
    ['UTF-8', Buffer.from(line)],
    ['UTF-8 with byte order mark', Buffer.from(`\uFEFF${line}`)],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\uFEFF${line}`, 'utf16le')],
    ['UTF-16, big endian', Buffer.from(`\uFEFF${line}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(line, 'latin1')],
    ['decomposed umlauts', Buffer.from(line.normalize('NFD'))],
  ])('is read in %s', async (_encoding, content) => {
    const { stated, codes } = await read(content, ['Müller/Übersicht.pdf']);
    expect(told(stated)).toEqual([['Müller/Übersicht.pdf', true, 1]]);
    expect(codes).toEqual([]);
  });

  test('means names from its own folder, or else from the top one', async () => {
    const { stated } = await read(
      `${digest}  a.pdf\n${digest}  ./b.pdf\n${digest}  sums/c.pdf\n${digest}  top.pdf\n${digest}  gone.pdf\n`,
      ['sums/a.pdf', 'a.pdf', 'sums/b.pdf', 'sums/c.pdf', 'top.pdf'],
      'sums/SHA256SUMS',
    );
    expect(told(stated)).toEqual([
      ['sums/a.pdf', true, 1],
      ['sums/b.pdf', true, 2],
      ['sums/c.pdf', true, 3],
      ['top.pdf', true, 4],
      ['sums/gone.pdf', false, 5],
    ]);
  });

  test('takes a name literally before it reads it kindly: blanks, backslashes', async () => {
    const { stated } = await read(
      `${digest}   a.pdf\n${digest}   b.pdf\n\\${digest}  c\\\\d.pdf\n${digest}  e\\f.pdf\n`,
      [' a.pdf', 'b.pdf', 'c\\d.pdf', 'e/f.pdf'],
    );
    expect(told(stated).map(([path, present]) => [path, present])).toEqual([
      [' a.pdf', true],
      ['b.pdf', true],
      ['c\\d.pdf', true],
      ['e/f.pdf', true],
    ]);
  });

  test('that writes a name in other letter case is told, and means the file', async () => {
    const { stated, codes } = await read(`${digest}  SCANS/A.PDF\n`, ['scans/a.pdf']);
    expect(told(stated)).toEqual([['scans/a.pdf', true, 1]]);
    expect(codes).toEqual(['name.case-differs']);
  });

  test('does not guess between files that differ in letter case only', async () => {
    const { stated } = await read(`${digest}  A.pdf\n`, ['a.pdf', 'a.PDF']);
    expect(told(stated)).toEqual([['A.pdf', false, 1]]);
  });

  test('that cannot be read is an unjudged finding, not an exception', async () => {
    const findings: Finding[] = [];
    const index = indexEntries([]);
    const report = (finding: Finding) => findings.push(finding);
    await readChecksumFile({ path: 'SHA256SUMS', file: '/nowhere/SHA256SUMS' }, [], { index, report });
    expect(findings).toMatchObject([
      { code: 'checksum.source-unreadable', path: 'SHA256SUMS', args: { cause: 'ENOENT' } },
    ]);
  });

  test('with a line of many megabytes is read in bounded memory, and the line is told', async () => {
    const { stated, codes } = await read(`${digest}  a.pdf\n${'x'.repeat(8_000_000)}\n${digest}  b.pdf\n`, [
      'a.pdf',
      'b.pdf',
    ]);
    expect(told(stated)).toEqual([
      ['a.pdf', true, 1],
      ['b.pdf', true, 3],
    ]);
    expect(codes).toEqual(['checksum.line-unusable']);
  });

  test('yields a digest or a finding for every line with content, whatever the bytes', async () => {
    const lines = fc.array(
      fc.oneof(
        fc
          .constantFrom('a.pdf', 'b/c.pdf')
          .map((name) => `${createHash('sha256').update(name).digest('hex')}  ${name}`),
        fc.string({ maxLength: 80 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(lines, async (written) => {
        const { stated, findings } = await read(written.join('\n'), ['a.pdf', 'b/c.pdf']);
        const content = written.filter((text) => text.replace(/^\uFEFF/, '').trim() !== '' && !text.startsWith('#'));
        const about = findings.filter(({ row }) => row !== undefined);
        if (findings.some(({ code }) => code === 'checksum.no-usable-line')) expect(stated).toEqual([]);
        else expect(stated.length + about.length).toBe(content.length);
        expect(content.length === 0 || stated.length + findings.length > 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

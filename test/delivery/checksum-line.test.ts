import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAXIMUM_LINE_LENGTH, readChecksumLine } from '../../src/delivery/checksum-line.ts';
import { readListedPath } from '../../src/delivery/listed-path.ts';

const sha256 = 'a1'.repeat(32);
const md5 = 'b2'.repeat(16);

describe('a line of a checksum file', () => {
  test.each([
    ['text mode', `${sha256}  a.pdf`, 'sha256', 'a.pdf'],
    ['binary mode', `${sha256} *a.pdf`, 'sha256', 'a.pdf'],
    ['a tab', `${sha256}\ta.pdf`, 'sha256', 'a.pdf'],
    ['one blank', `${sha256} a.pdf`, 'sha256', 'a.pdf'],
    ['capital digits', `${sha256.toUpperCase()}  a.pdf`, 'sha256', 'a.pdf'],
    ['a name with blanks', `${md5}  a b  c.pdf`, 'md5', 'a b  c.pdf'],
    ['a name that begins with a blank', `${md5}   a.pdf`, 'md5', ' a.pdf'],
    ['BSD form', `SHA256 (a (1).pdf) = ${sha256}`, 'sha256', 'a (1).pdf'],
    ['openssl form', `SHA2-256(a.pdf)= ${sha256}`, 'sha256', 'a.pdf'],
    ['an escaped line feed', `\\${md5}  a\\nb.pdf`, 'md5', 'a\nb.pdf'],
    ['an escaped backslash', `\\${md5}  a\\\\b.pdf`, 'md5', 'a\\b.pdf'],
  ])('is read with %s', (_form, line, algorithm, name) => {
    expect(readChecksumLine(line)).toEqual({ algorithm, digest: algorithm === 'md5' ? md5 : sha256, name });
  });

  test.each([
    ['prose', 'siehe E-Mail'],
    ['a digest alone', sha256],
    ['a digest with nothing behind its blanks', `${sha256}  `],
    ['a digest that is cut', `${sha256.slice(1)}  a.pdf`],
    ['a letter that is no hex digit', `g${sha256.slice(1)}  a.pdf`],
    ['a tag that does not fit the length', `MD5 (a.pdf) = ${sha256}`],
    ['an escape that no tool writes', `\\${md5}  a\\xb.pdf`],
    ['more than any name is long', `${md5}  ${'a'.repeat(MAXIMUM_LINE_LENGTH)}`],
  ])('is refused when it is %s', (_form, line) => {
    expect(readChecksumLine(line)).toBeUndefined();
  });

  test('whatever the name, what sha256sum writes is read back', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((name) => name.trim() !== '');
    fc.assert(
      fc.property(names, (name) => {
        const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
        const line = `${escaped === name ? '' : '\\'}${sha256}  ${escaped}`;
        expect(readChecksumLine(line)).toEqual({ algorithm: 'sha256', digest: sha256, name });
      }),
    );
  });

  test('no text makes the reader throw or invent a digest', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (line) => {
        const read = readChecksumLine(line);
        if (read) expect(line.toLowerCase()).toContain(read.digest);
      }),
    );
  });
});

describe('a listed path', () => {
  test.each([
    ['/etc/passwd', 'absolute'],
    ['\\\\server\\share\\a.pdf', 'absolute'],
    ['C:\\scans\\a.pdf', 'drive'],
    ['../a.pdf', 'parent'],
    ['scans\\..\\..\\a.pdf', 'parent'],
    ['a\u0000.pdf', 'control'],
  ])('%j is refused: %s', (written, unsafe) => {
    expect(readListedPath(written)).toEqual({ unsafe });
  });

  test('what is accepted stays within the package, however it is written', () => {
    const pieces = fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', ' ', '...'), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const listed = readListedPath(parts.join(''));
        if ('unsafe' in listed) return;
        expect(listed.path.startsWith('/')).toBe(false);
        expect(listed.path.split('/')).not.toContain('..');
      }),
    );
  });
});

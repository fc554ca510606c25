import { describe, expect, test } from 'vitest';
import { readPattern } from '../../src/delivery/glob.ts';
import { isJunk, isUnfinishedTransfer, nameObservations } from '../../src/delivery/names.ts';

const codesOf = (path: string) => [...nameObservations(path)].map(({ code }) => code);

describe('a name', () => {
  test.each(['scans/0001.pdf', 'Bußgeld Übersicht (2).pdf', 'a/.b/c', 'con1.pdf', 'com10.pdf', 'COMA.pdf', 'x..pdf'])(
    'is sound: %s',
    (path) => {
      expect(codesOf(path)).toEqual([]);
    },
  );

  test.each([
    ['scans/CON', 'name.reserved'],
    ['scans/nul.tar.gz', 'name.reserved'],
    ['scans/Com1 .pdf', 'name.reserved'],
    ['scans/LPT³.pdf', 'name.reserved'],
    ['scans/a.pdf.', 'name.trailing-dot-or-space'],
    ['scans/a.pdf ', 'name.trailing-dot-or-space'],
    ['scans/a\u0000.pdf', 'name.control-character'],
    ['scans/a\r\n.pdf', 'name.control-character'],
    ['scans/a\u202efdp.exe', 'name.control-character'],
    ['scans/a<b>.pdf', 'name.forbidden-character'],
    ['scans/a\\b.pdf', 'name.forbidden-character'],
    [`scans/${'ä'.repeat(128)}`, 'name.too-long'],
    [`${'ordner/'.repeat(40)}a.pdf`, 'name.too-long'],
    ['scans/U\u0308bersicht.pdf', 'name.decomposed'],
  ])('is told: %j as %s', (path, code) => {
    expect(codesOf(path)).toEqual([code]);
  });

  test('of a folder is not told again for what lies in it', () => {
    expect(codesOf('aux/sound.pdf')).toEqual([]);
  });
});

describe('what programs leave behind', () => {
  test.each(['Thumbs.db', 'a/THUMBS.DB', '.DS_Store', 'a/desktop.ini', '~$Brief.docx', '._0001.pdf', '__MACOSX/a.pdf'])(
    '%s is junk',
    (path) => {
      expect(isJunk(path)).toBe(true);
    },
  );

  test.each(['Thumbs.db.pdf', 'a~$.pdf', 'DS_Store', 'my desktop.ini.pdf'])('%s is none', (path) => {
    expect(isJunk(path)).toBe(false);
  });

  test.each(['a.pdf.part', 'a.pdf.filepart', 'a.crdownload', 'A.TMP'])('%s is an unfinished transfer', (path) => {
    expect(isUnfinishedTransfer(path)).toBe(true);
    expect(isUnfinishedTransfer(`${path}.pdf`)).toBe(false);
  });
});

describe('a layout pattern', () => {
  test.each([
    ['*.pdf', 'a.pdf', true],
    ['*.pdf', 'a.PDF', true],
    ['*.pdf', 'x/a.pdf', false],
    ['scans/**/*.pdf', 'scans/a.pdf', true],
    ['scans/**/*.pdf', 'scans/x/y/a.pdf', true],
    ['scans/**/*.pdf', 'scan/a.pdf', false],
    ['**/SHA256SUMS', 'SHA256SUMS', true],
    ['**/SHA256SUMS', 'a/b/sha256sums', true],
    ['**', 'a/b', true],
    ['*.{pdf,tif}', 'a.tif', true],
    ['*.{pdf,tif}', 'a.tiff', false],
    ['{a,b}/{c,d}.x', 'b/c.x', true],
    ['?.pdf', 'ä.pdf', true],
    ['?.pdf', 'ab.pdf', false],
    ['Übersicht.csv', 'U\u0308bersicht.csv', true],
    ['a.b', 'axb', false],
    ['(a+)+$', '(a+)+$', true],
    ['[ab].pdf', 'a.pdf', false],
    ['*a*a*a*.pdf', 'bababab.pdf', true],
  ])('%s against %s: %s', (pattern, path, fits) => {
    expect(readPattern(pattern).matches(path)).toBe(fits);
  });

  test.each(['{a', 'a}', '{a,{b,c}}', '}{', `${'{a,b,c,d,e}'.repeat(8)}`])('is refused when it is %s', (pattern) => {
    expect(() => readPattern(pattern)).toThrow(SyntaxError);
  });

  test('takes no more than a moment, however many stars meet however long a name', () => {
    // Backtracking over all stars would take longer than the sun burns.
    expect(readPattern(`${'*a'.repeat(200)}b`).matches('a'.repeat(5000))).toBe(false);
    expect(readPattern(`${'**/a/'.repeat(100)}b`).matches('a/'.repeat(2000))).toBe(false);
  });
});

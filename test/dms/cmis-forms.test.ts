import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimLives, claimName, isClaim } from '../../src/dms/claim.ts';
import { browserForm } from '../../src/dms/cmis/multipart.ts';
import { documentNames, folderName } from '../../src/dms/cmis/names.ts';
import { literal } from '../../src/dms/cmis/statement.ts';
import { pauseAfter, retryAfter } from '../../src/dms/http/back-off.ts';
import { LostAnswer } from '../../src/dms/http/client.ts';

const anyText = fc.string({ unit: 'binary' });
/** What repositories refuse in names. */
const forbidden = /[\\/:*?"<>|\p{Control}]/u;

describe('a literal of a query', () => {
  it('gives its value back when the escapes are undone, and ends where it ends', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const [, inner] = /^'((?:[^'\\]|\\[\\'])*)'$/s.exec(literal(value)) ?? [];
        expect(inner?.replace(/\\(.)/gs, '$1')).toBe(value);
      }),
    );
  });
});

describe('names in a repository', () => {
  it('are accepted everywhere, short, and unique whatever the names were', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText, { maxLength: 12 }), (names) => {
        const stored = documentNames(names, ['index.json']);
        expect(new Set([...stored, 'index.json'].map((name) => name.toLowerCase())).size).toBe(names.length + 1);
        for (const name of stored) {
          expect(name).not.toMatch(forbidden);
          expect([...name].length).toBeLessThanOrEqual(120);
          expect(name).toBe(name.trim());
          expect(name).not.toBe('');
        }
      }),
    );
  });

  it('tell files apart that look alike, and leave good names alone', () => {
    expect(documentNames(['Übersicht.pdf', 'Band 2/a.pdf', 'A.PDF', 'a.pdf'], []).slice(0, 3)).toEqual([
      'Übersicht.pdf',
      'Band 2 - a.pdf',
      'A.PDF',
    ]);
    expect(folderName('32.4-2020-0815')).toBe('32.4-2020-0815');
    expect(folderName('a/b')).not.toBe(folderName('a:b'));
    expect(folderName('a/b')).toMatch(/^a_b~[0-9a-f]{12}$/);
  });

  it('of a finished file are never those of one that is being built', () => {
    const claim = claimName('A 1');
    expect(isClaim(claim.name)).toBe(true);
    expect(isClaim(folderName(claim.name))).toBe(false);
    claim.release();
  });
});

describe('the mark of a file that is being built', () => {
  it('tells whether its builder lives', () => {
    const claim = claimName('A 1');
    expect(claimLives(claim.name)).toBe(true);
    claim.release();
    expect(claimLives(claim.name)).toBe(false);
    expect(claimLives(claim.name.replace(/-\d+-\d*-([0-9a-f]{16})$/, '-999999999-1-$1'))).toBe(false);
    expect(claimLives('A 1~scanlot-00000000-00000000-1-1-0123456789abcdef')).toBeUndefined();
  });
});

describe('a form', () => {
  it('is as long as it says, and names its file in UTF-8', async () => {
    const bytes = Buffer.from('content');
    const body = browserForm([['propertyValue[0]', 'Grüße']], {
      fileName: 'Über "uns".pdf',
      mimeType: 'application/pdf',
      length: bytes.length,
      write: (send) => send(bytes),
    });
    const pieces: Uint8Array[] = [];
    await body.write(async (piece) => void pieces.push(piece));
    const sent = Buffer.concat(pieces);
    expect(sent).toHaveLength(body.length);
    expect(sent.toString()).toContain('name="_charset_"\r\n\r\nUTF-8\r\n');
    expect(sent.toString()).toContain(`filename="_ber _uns_.pdf"; filename*=UTF-8''%C3%9Cber%20%22uns%22.pdf`);
    const [, boundary] = /boundary=(.+)$/.exec(body.contentType) ?? [];
    expect(sent.toString()).toContain('name="propertyValue[0]"\r\n\r\nGrüße\r\n');
    expect(sent.toString().endsWith(`\r\n\r\ncontent\r\n--${boundary}--\r\n`)).toBe(true);
  });
});

describe('patience', () => {
  const patience = { attempts: 3, firstDelay: 100, longestDelay: 150, longestRetryAfter: 5000 };

  it('grows, is random within bounds, and ends', () => {
    for (let time = 0; time < 50; time++) {
      const first = pauseAfter(new LostAnswer('x'), 0, patience) ?? 0;
      const second = pauseAfter(new LostAnswer('x'), 1, patience) ?? 0;
      expect(first >= 50 && first <= 100 && second >= 75 && second <= 150).toBe(true);
    }
    expect(pauseAfter(new LostAnswer('x'), 2, patience)).toBeUndefined();
  });

  it('comes back no sooner than the server wishes, and not at all when that is too late', () => {
    expect(pauseAfter(new LostAnswer('x', { retryAfter: 4000 }), 0, patience)).toBeGreaterThanOrEqual(4000);
    expect(pauseAfter(new LostAnswer('x', { retryAfter: 6000 }), 0, patience)).toBeUndefined();
  });

  it('reads Retry-After as seconds or as a date', () => {
    const now = new Date('2021-05-01T10:00:00Z');
    expect(retryAfter('120', now)).toBe(120_000);
    expect(retryAfter('Sat, 01 May 2021 10:00:30 GMT', now)).toBe(30_000);
    expect(retryAfter('Sat, 01 May 2021 09:00:00 GMT', now)).toBe(0);
    expect(retryAfter('soon', now)).toBeUndefined();
    expect(retryAfter(undefined, now)).toBeUndefined();
  });
});

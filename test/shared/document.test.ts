import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDocument } from '../../src/shared/document.ts';
import type { ScanlotError } from '../../src/shared/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'scanlot-document-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function refusalOf(name: string, content: string | Buffer): ScanlotError {
  const path = written(name, content);
  try {
    openDocument(path);
  } catch (error) {
    return error as ScanlotError;
  }
  throw new Error('was read');
}

describe('a JSON document', () => {
  test('that is cut short is explained in words of JSON, with its place, in both languages', () => {
    const { code, exitCode, text, remedy, details } = refusalOf('profile.json', '{\n  "format": 1,\n  "files": {');
    expect({ code, exitCode }).toEqual({ code: 'document.malformed', exitCode: 2 });
    expect(text.de).toMatch(/profile\.json ist kein gültiges JSON-Dokument\.$/);
    expect(text.en).toMatch(/profile\.json is not valid JSON\.$/);
    expect(remedy?.de).toBe('Die Stelle berichtigen; ein Editor mit JSON-Prüfung zeigt sie an.');
    expect(details).toEqual([
      {
        de: 'Zeile 3, Spalte 13: Die Datei endet zu früh: Die Klammer { aus Zeile 3 ist nicht geschlossen',
        en: 'line 3, column 13: the file ends too early: the bracket { of line 3 is not closed',
      },
    ]);
  });

  test('in which a name stands twice is refused at the second place', () => {
    expect(refusalOf('twice.JSON', '{\n  "a": 1,\n  "a": 2\n}').details).toEqual([
      {
        de: 'Zeile 3, Spalte 3: „a“ steht zweimal; nur eines davon würde gelten',
        en: 'line 3, column 3: "a" stands twice; only one of them would count',
      },
    ]);
  });

  test('may begin with the mark of UTF-8, and mistakes behind it are still found where an editor shows them', () => {
    expect(openDocument(written('mark.json', '\ufeff{"a": 1}')).value).toEqual({ a: 1 });
    expect(refusalOf('mark-2.json', "\ufeff{'a': 1}").details[0]?.en).toMatch(/^line 1, column 2: quotation mark '/);
  });
});

describe('a document', () => {
  const utf16 = Buffer.from('\ufeff{"a": 1}', 'utf16le');
  test.each([
    ['in UTF-16, as some editors save it', utf16, ' (UTF-16)'],
    ['in UTF-16 the other way round', Buffer.from(utf16).swap16(), ' (UTF-16)'],
    ['in UTF-16 without a mark', utf16.subarray(2), ' (UTF-16)'],
    ['in Windows-1252', Buffer.from('{"a": "Gr\u00fcn"}', 'latin1'), ''],
  ])('%s is refused by name of its encoding', (_, content, found) => {
    for (const name of ['encoding.json', 'encoding.yaml']) {
      const { code, text, remedy } = refusalOf(name, content);
      expect(code).toBe('document.not-utf8');
      expect(text.de).toMatch(`${name} ist nicht in UTF-8 kodiert${found}.`);
      expect(text.en).toMatch(`${name} is not encoded in UTF-8${found}.`);
      expect(remedy?.en).toContain('encoding UTF-8');
    }
  });

  test.each([
    ['without a byte', ''],
    ['of blank lines', ' \r\n\n'],
    ['of zeros, as a loss of power leaves it', '\0'.repeat(64)],
  ])('%s is told as empty', (_, content) => {
    for (const name of ['empty.json', 'empty.yaml']) {
      const { code, text } = refusalOf(name, content);
      expect({ code, end: text.de.endsWith(`${name} ist leer.`) }).toEqual({ code: 'document.empty', end: true });
    }
  });

  test('that is YAML is explained as YAML, and its place is told once', () => {
    const { text, details } = refusalOf('profile.yaml', 'a: 1\nb: [1, 2\n');
    expect(text.en).toMatch(/is not valid YAML\.$/);
    expect(details[0]?.en).toMatch(/^line \d+, column \d+: (?!.*at line)/);
  });

  test('that is not there is told in words, with the code of the system', () => {
    const path = join(folder, 'nowhere.json');
    expect(() => openDocument(path)).toThrow(
      expect.objectContaining({
        text: {
          de: `Die Datei ${path} lässt sich nicht lesen: Datei oder Ordner nicht vorhanden (ENOENT).`,
          en: `Cannot read the file ${path}: no such file or folder (ENOENT).`,
        },
      }),
    );
  });
});

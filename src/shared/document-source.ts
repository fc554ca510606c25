import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { UsageError } from './errors.ts';
import { jsonMistake } from './json-mistake.ts';
import { repeatedName } from './json-names.ts';
import { type Text, text, verbatim } from './language.ts';
import { systemWords } from './system-words.ts';

/** A document larger than this is not one that people wrote. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** Reads the text of a document. @throws UsageError when it cannot be read, is empty, too large, or not in UTF-8 */
export function readSource(path: string): string {
  const bytes = readBytes(path);
  if (bytes.length > MAXIMUM_BYTES) {
    throw new UsageError(
      'document.too-large',
      text({
        de: (format) => `${path} ist zu groß (${format.bytes(bytes.length)}).`,
        en: (format) => `${path} is too large (${format.bytes(bytes.length)}).`,
      }),
    );
  }
  if (isUtf16(bytes)) throw notUtf8(path, ' (UTF-16)');
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(path, '');
  }
  // What a computer that lost power leaves is as long as it was, and holds zeros.
  if (/^[\s\0]*$/.test(source)) throw holdsNothing(path);
  return source;
}

/** Reads JSON or, where the name does not end so, YAML. @throws UsageError with the place of the first mistake */
export function parseSource(source: string, path: string): unknown {
  return isJson(path) ? parseJson(source, path) : parseYaml(source, path);
}

function isJson(path: string): boolean {
  return path.toLowerCase().endsWith('.json');
}

/** Words with the place that they are about, both numbers from 1. */
export function at(line: number, column: number, words: Text): Text {
  return text({
    de: `Zeile ${line}, Spalte ${column}: ${words.de}`,
    en: `line ${line}, column ${column}: ${words.en}`,
  });
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = systemWords((cause as NodeJS.ErrnoException).code ?? String(cause));
    throw new UsageError(
      'document.unreadable',
      text({
        de: `Die Datei ${path} lässt sich nicht lesen: ${reason.de}.`,
        en: `Cannot read the file ${path}: ${reason.en}.`,
      }),
      text({ de: 'Pfad und Leserechte prüfen.', en: 'Check the path and the right to read it.' }),
    );
  }
}

/** With its mark, or without one where the first character is of ASCII, as that of every document is. */
function isUtf16(bytes: Buffer): boolean {
  const [first = 1, second = 1] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
}

function parseJson(source: string, path: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const found = jsonMistake(source);
    const words = found ? at(found.place.line, found.place.column, found.words) : verbatim((error as Error).message);
    throw malformed(path, words);
  }
  const repeated = repeatedName(source);
  if (!repeated) return value;
  const before = source.slice(0, repeated.offset).split('\n');
  throw malformed(path, at(before.length, (before.at(-1) ?? '').length + 1, namedTwice(repeated.name)));
}

function parseYaml(source: string, path: string): unknown {
  const document = parseDocument(source, { prettyErrors: true, lineCounter: new LineCounter() });
  const [first] = document.errors;
  if (!first) return document.toJS({ maxAliasCount: 100 });
  const words = verbatim((first.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:$/, ''));
  const place = first.linePos?.[0];
  throw malformed(path, place ? at(place.line, place.col, words) : words);
}

function malformed(path: string, mistake: Text): UsageError {
  const form = isJson(path) ? 'JSON' : 'YAML';
  return new UsageError(
    'document.malformed',
    text({ de: `${path} ist kein gültiges ${form}-Dokument.`, en: `${path} is not valid ${form}.` }),
    text({
      de: `Die Stelle berichtigen; ein Editor mit ${form}-Prüfung zeigt sie an.`,
      en: `Mend the place; an editor with ${form} support points it out.`,
    }),
    [mistake],
  );
}

function holdsNothing(path: string): UsageError {
  return new UsageError(
    'document.empty',
    text({ de: `Die Datei ${path} ist leer.`, en: `The file ${path} is empty.` }),
    text({
      de: 'Prüfen, ob sie vollständig gespeichert oder übertragen wurde.',
      en: 'See whether it was saved or transferred completely.',
    }),
  );
}

function notUtf8(path: string, found: string): UsageError {
  return new UsageError(
    'document.not-utf8',
    text({ de: `${path} ist nicht in UTF-8 kodiert${found}.`, en: `${path} is not encoded in UTF-8${found}.` }),
    text({
      de: 'Im Editor unter „Speichern unter“ die Codierung UTF-8 wählen.',
      en: 'Save it with the encoding UTF-8 ("Save as" in the editor).',
    }),
  );
}

function namedTwice(name: string): Text {
  return text({
    de: `„${name}“ steht zweimal; nur eines davon würde gelten`,
    en: `"${name}" stands twice; only one of them would count`,
  });
}

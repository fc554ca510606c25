import { type Text, text } from './language.ts';
import { createJsonScanner, JsonError, type JsonPlace } from './tables/json-scanner.ts';

/** Where a text is no JSON, and what people did there. */
export interface ExplainedMistake {
  readonly place: JsonPlace;
  readonly words: Text;
}

/**
 * Says in words of JSON (RFC 8259) why a text is none.
 * @param source a text that JSON.parse refuses
 * @returns undefined where nothing was found that breaks the grammar
 */
export function jsonMistake(source: string): ExplainedMistake | undefined {
  if (source.trim() === '') {
    return { place: { line: 1, column: 1 }, words: text({ de: 'Die Datei ist leer', en: 'the file is empty' }) };
  }
  const open: Opened[] = [];
  let second: JsonPlace | undefined;
  let values = 0;
  const begin = (): void => {
    if (open.length > 0) return;
    values += 1;
    if (values === 2) second = scanner.place;
  };
  const scanner = createJsonScanner(
    {
      open(kind) {
        begin();
        open.push({ sign: kind === 'object' ? '{' : '[', line: scanner.place.line });
      },
      close: () => void open.pop(),
      key: () => {},
      value: begin,
    },
    source.length,
  );
  let failure: JsonError | undefined;
  try {
    scanner.write(source);
    scanner.end();
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    failure = error;
  }
  // Two texts one behind the other are fine for the scanner alone.
  if (second) return { place: second, words: moreBehind };
  if (!failure) return undefined;
  return { place: failure.place, words: wordsOf(failure, source, open.at(-1)) };
}

/** A bracket that is not closed yet. */
interface Opened {
  readonly sign: '{' | '[';
  readonly line: number;
}

function wordsOf({ mistake, place }: JsonError, source: string, opened: Opened | undefined): Text {
  const offset = offsetOf(source, place);
  switch (mistake) {
    case 'ended':
      return source[offset] === '"' ? stringUnclosed : endedWithin(opened);
    case 'string':
      return stringWrong;
    case 'too-deep':
      return text({ de: 'Zu tief verschachtelt', en: 'too deeply nested' });
    default:
      return unexpected(source, offset, opened);
  }
}

function offsetOf(source: string, { line, column }: JsonPlace): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = source.indexOf('\n', start) + 1;
  return start + column - 1;
}

function unexpected(source: string, offset: number, opened: Opened | undefined): Text {
  const here = source[offset] ?? '';
  const before = source.slice(0, offset).trimEnd().at(-1) ?? '';
  if (before === '' && here !== '{' && here !== '[' && !'}]'.includes(here)) return noJson;
  if (/['‘’‚“”„]/.test(here)) return otherQuotes(here);
  if (here === '#' || here === '/') return comment;
  if (before === ',' && '}],'.includes(here)) return commaTooMany;
  if ('}]'.includes(here)) return wrongBracket(here, opened);
  if (opened === undefined) return moreBehind;
  if (/["}\]\w]/.test(before) && /["{[\w-]/.test(here)) return afterValue(source, offset, opened);
  const token = tokenAt(source, offset);
  if (opened.sign === '{' && /[{,]/.test(before)) return nameUnquoted(token);
  if (source.slice(offset).trimEnd() === token) return endedWithin(opened);
  return text({ de: `„${token}“ ist hier nicht zulässig`, en: `"${token}" is not allowed here` });
}

/** The word or sign that stands here; what nobody could see, by its number. */
function tokenAt(source: string, offset: number): string {
  const token = /^(?:[\w.+-]{1,40}|.)/su.exec(source.slice(offset, offset + 41))?.[0] ?? '';
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(token)) return token;
  return `U+${(token.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A value follows on a value, or on a name. */
function afterValue(source: string, offset: number, { sign }: Opened): Text {
  return sign === '{' && endsWithName(source.slice(0, offset).trimEnd())
    ? text({ de: 'Nach dem Namen fehlt ein Doppelpunkt', en: 'a colon is missing after the name' })
    : text({ de: 'Vor dieser Stelle fehlt ein Komma', en: 'a comma is missing before this place' });
}

/** Whether the text ends with a string where a name stands: behind { or a comma. */
function endsWithName(before: string): boolean {
  if (!before.endsWith('"')) return false;
  const start = before.lastIndexOf('"', before.length - 2);
  return start > 0 && /[{,]$/.test(before.slice(0, start).trimEnd());
}

function endedWithin(opened: Opened | undefined): Text {
  if (!opened) return text({ de: 'Die Datei endet zu früh', en: 'the file ends too early' });
  const { sign, line } = opened;
  return text({
    de: `Die Datei endet zu früh: Die Klammer ${sign} aus Zeile ${line} ist nicht geschlossen`,
    en: `the file ends too early: the bracket ${sign} of line ${line} is not closed`,
  });
}

function wrongBracket(here: string, opened: Opened | undefined): Text {
  if (!opened) {
    return text({ de: `Die Klammer ${here} ist zu viel`, en: `the bracket ${here} is one too many` });
  }
  const fitting = opened.sign === '{' ? '}' : ']';
  if (here === fitting) return text({ de: `Vor ${here} fehlt ein Wert`, en: `a value is missing before ${here}` });
  return text({
    de: `${here} schließt die Klammer ${opened.sign} aus Zeile ${opened.line} nicht; erwartet ${fitting}`,
    en: `${here} does not close the bracket ${opened.sign} of line ${opened.line}; expected ${fitting}`,
  });
}

function otherQuotes(here: string): Text {
  return text({
    de: `Anführungszeichen ${here} statt "; JSON kennt nur das gerade doppelte "`,
    en: `quotation mark ${here} in place of "; JSON has only the straight double "`,
  });
}

function nameUnquoted(token: string): Text {
  return text({
    de: `Hier muss ein Name in doppelten Anführungszeichen stehen, gefunden ${token}`,
    en: `a name in double quotes must stand here, found ${token}`,
  });
}

const noJson = text({
  de: 'Hier beginnt kein JSON; erwartet { oder [',
  en: 'no JSON begins here; expected { or [',
});
const moreBehind = text({
  de: 'Hinter dem Ende des Dokuments steht noch etwas',
  en: 'something stands behind the end of the document',
});
const commaTooMany = text({
  de: 'Vor dieser Stelle ist ein Komma zu viel',
  en: 'one comma too many before this place',
});
const comment = text({ de: 'Kommentare sind in JSON nicht zulässig', en: 'comments are not allowed in JSON' });
const stringUnclosed = text({
  de: 'Die Datei endet zu früh: Der Text, der hier beginnt, ist nicht durch " geschlossen',
  en: 'the file ends too early: the text that begins here is not closed by "',
});
const stringWrong = text({
  de: 'Im Text, der hier beginnt, fehlt das schließende " vor dem Zeilenende, oder er enthält eine falsche \\-Folge (\\ selbst wird als \\\\ geschrieben)',
  en: 'the text that begins here lacks its closing " before the end of the line, or holds a wrong \\ sequence (\\ itself is written \\\\)',
});

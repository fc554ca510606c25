/** What stands in a JSON text, in its order. Numbers come as they are written, so that no digit is lost. */
export interface JsonHandler {
  open(kind: 'object' | 'array'): void;
  key(name: string): void;
  value(value: JsonScalar): void;
  close(kind: 'object' | 'array'): void;
}

export type JsonScalar = string | boolean | null | { readonly number: string };

/** A place in the text, both counted from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** Why a text is no JSON. */
export type JsonMistake = 'unexpected' | 'string' | 'number-or-word' | 'ended' | 'too-deep' | 'too-long';

/** The text breaks the grammar of RFC 8259, or a limit. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly mistake: JsonMistake;
  readonly place: JsonPlace;

  constructor(mistake: JsonMistake, place: JsonPlace) {
    super(`${mistake} at ${place.line}:${place.column}`);
    this.mistake = mistake;
    this.place = place;
  }
}

export interface JsonScanner {
  /** Reads on; what a token still lacks is kept for the next text. @throws JsonError */
  write(text: string): void;
  /** To be called after the last text. @throws JsonError when something is still open */
  end(): void;
  /** Where reading stands. */
  readonly place: JsonPlace;
}

const deepest = 64;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];
/** What may stand in a number or word: a token that ends with the text so far may go on. */
const wordEnd = /[^A-Za-z0-9+.-]/g;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'top';

/**
 * Reads JSON (RFC 8259) piece by piece, without recursion and without keeping more than one token. Several values one
 * behind the other are read like one: JSON Lines.
 * @param longest characters of one string or number
 */
export function createJsonScanner(handler: JsonHandler, longest: number): JsonScanner {
  const open: ('object' | 'array')[] = [];
  let expected: Expected = 'top';
  let text = '';
  let at = 0;
  let line = 1;
  /** Position of the line's first character; negative when it stands in text that was let go. */
  let lineStart = 0;

  const place = (): JsonPlace => ({ line, column: at - lineStart + 1 });
  const fail = (mistake: JsonMistake): never => {
    throw new JsonError(mistake, place());
  };
  const afterValue = (): void => {
    expected = open.length === 0 ? 'top' : 'comma-or-end';
  };
  const passSpace = (): void => {
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === LF) {
        line += 1;
        lineStart = at + 1;
      } else if (code !== SPACE && code !== TAB && code !== CR) break;
    }
  };
  const openContainer = (kind: 'object' | 'array'): void => {
    if (open.length >= deepest) fail('too-deep');
    open.push(kind);
    handler.open(kind);
    expected = kind === 'object' ? 'key-or-end' : 'value-or-end';
    at += 1;
  };
  const closeContainer = (kind: 'object' | 'array'): void => {
    const allowed = expected === 'comma-or-end' || expected === (kind === 'object' ? 'key-or-end' : 'value-or-end');
    if (!allowed || open.at(-1) !== kind) fail('unexpected');
    open.pop();
    at += 1;
    handler.close(kind);
    afterValue();
  };
  /** The string that begins here; undefined when its end is not in the text yet. */
  const takeString = (): string | undefined => {
    const end = stringEnd(text, at + 1);
    if ((end < 0 ? text.length : end) - at > longest) fail('too-long');
    if (end < 0) return undefined;
    const value = unescaped(text.slice(at + 1, end));
    if (value === undefined) return fail('string');
    at = end + 1;
    return value;
  };
  const takeWord = (final: boolean): boolean => {
    wordEnd.lastIndex = at;
    const end = wordEnd.exec(text)?.index;
    const last = end ?? text.length;
    if (last - at > longest) fail('too-long');
    if (end === undefined && !final) return false;
    const value = scalarOf(text.slice(at, last));
    if (value === undefined) fail('number-or-word');
    else handler.value(value);
    at = last;
    afterValue();
    return true;
  };
  const takeQuoted = (): boolean => {
    const isKey = expected === 'key' || expected === 'key-or-end';
    if (!isKey && !expectsValue(expected)) fail('unexpected');
    const string = takeString();
    if (string === undefined) return false;
    if (isKey) {
      handler.key(string);
      expected = 'colon';
    } else {
      handler.value(string);
      afterValue();
    }
    return true;
  };
  const takeSign = (sign: string): void => {
    if (sign === ':' && expected === 'colon') expected = 'value';
    else if (sign === ',' && expected === 'comma-or-end') expected = open.at(-1) === 'object' ? 'key' : 'value';
    else fail('unexpected');
    at += 1;
  };
  /** Takes one token. @returns false when the text ends before it surely does */
  const takeToken = (character: string, final: boolean): boolean => {
    switch (character) {
      case '{':
      case '[':
        if (!expectsValue(expected)) fail('unexpected');
        openContainer(character === '{' ? 'object' : 'array');
        return true;
      case '}':
      case ']':
        closeContainer(character === '}' ? 'object' : 'array');
        return true;
      case '"':
        return takeQuoted();
      case ':':
      case ',':
        takeSign(character);
        return true;
      default:
        if (!expectsValue(expected)) fail('unexpected');
        return takeWord(final);
    }
  };
  const take = (final: boolean): void => {
    for (;;) {
      passSpace();
      const character = text[at];
      if (character === undefined || !takeToken(character, final)) break;
    }
    text = text.slice(at);
    lineStart -= at;
    at = 0;
  };
  return {
    write(more) {
      text += more;
      take(false);
    },
    end() {
      take(true);
      if (text !== '' || open.length > 0) fail('ended');
    },
    get place() {
      return place();
    },
  };
}

function expectsValue(expected: Expected): boolean {
  return expected === 'value' || expected === 'value-or-end' || expected === 'top';
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A number as written, or the value of a word; undefined where it is neither. */
function scalarOf(written: string): JsonScalar | undefined {
  return number.test(written) ? { number: written } : words.get(written);
}

/** Position of the quote that ends a string; -1 where there is none. */
function stringEnd(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (end - backslashes > from && text[end - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** A string's characters; undefined where it holds a control character, a bad escape, or half a surrogate pair. */
function unescaped(raw: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 forbids them in strings.
  if (/[\u0000-\u001f]/.test(raw)) return undefined;
  if (!raw.includes('\\')) return raw;
  try {
    const string = JSON.parse(`"${raw}"`) as string;
    return /\p{Surrogate}/u.test(string) ? undefined : string;
  } catch {
    return undefined;
  }
}

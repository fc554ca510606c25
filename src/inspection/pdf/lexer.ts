import { classOf, hexValue, isDigit, isWhitespace, regular, whitespace } from './characters.ts';
import { PdfDamage } from './damage.ts';
import { type Name, nameOf } from './names.ts';

export const tokens = {
  end: 0,
  number: 1,
  name: 2,
  string: 3,
  keyword: 4,
  arrayOpen: 5,
  arrayClose: 6,
  dictionaryOpen: 7,
  dictionaryClose: 8,
} as const;
export type Token = (typeof tokens)[keyof typeof tokens];

/** Thrown when a token touches the end of a window that is not the end of the file: read more and start again. */
export const windowTooSmall: unique symbol = Symbol('window too small');

/** Splits a window of bytes into tokens (ISO 32000-2, 7.2 and 7.3). */
export class Lexer {
  readonly bytes: Uint8Array;
  /** Where the next token is looked for. */
  position: number;
  /** Of the last token, if it was a name. */
  name: Name | undefined;
  /** Of the last token, if it was a keyword. */
  keyword = '';
  readonly #isWhole: boolean;
  #number = 0;
  #stringStart = 0;
  #stringEnd = 0;
  #stringForm: 'plain' | 'escaped' | 'hex' = 'plain';

  /** @param isWhole whether nothing follows these bytes, so that their end is an end and not a cut. */
  constructor(bytes: Uint8Array, position = 0, isWhole = true) {
    this.bytes = bytes;
    // A float here, though whole, would have the engine throw away its code for this class again and again.
    this.position = position | 0;
    this.#isWhole = isWhole;
  }

  /** The last token, if it was a number: whole ones as integers of the engine, which it counts with faster. */
  get number(): number {
    const whole = this.#number | 0;
    return whole === this.#number ? whole : this.#number;
  }

  /** The bytes of the last token, if it was a string. @throws PdfDamage for one of wrong digits */
  get string(): Uint8Array {
    const written = this.bytes.subarray(this.#stringStart, this.#stringEnd);
    if (this.#stringForm === 'plain') return new Uint8Array(written);
    return this.#stringForm === 'hex' ? decodeHex(written) : unescapeString(written);
  }

  /** How many bytes the last token has, if it was a string. @throws PdfDamage as `string` */
  get stringLength(): number {
    return this.#stringForm === 'plain' ? this.#stringEnd - this.#stringStart : this.string.length;
  }

  next(): Token {
    this.skipBlank();
    const byte = this.bytes[this.position];
    if (byte === undefined) {
      this.#touchEnd();
      return tokens.end;
    }
    if (classOf(byte) === regular) return this.#word(byte);
    return this.#delimited(byte);
  }

  /** Skips white space and comments. */
  skipBlank(): void {
    const { bytes } = this;
    let at = this.position;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) break;
      if (byte === 0x25) {
        while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at += 1;
      } else if (classOf(byte) === whitespace) {
        at += 1;
      } else {
        break;
      }
    }
    this.position = at;
  }

  /**
   * Where the data of a stream begin, after its keyword was read: behind a line feed, or a carriage return and a line
   * feed (7.3.8.1).
   */
  streamStart(): number {
    const { bytes } = this;
    let at = this.position;
    while (bytes[at] === 0x20) at += 1;
    if (bytes[at] === 13) at += 1;
    if (at >= bytes.length) this.#touchEnd();
    return bytes[at] === 10 ? at + 1 : at;
  }

  #touchEnd(): void {
    if (!this.#isWhole) throw windowTooSmall;
  }

  /** The end of a run of regular characters from `at`. */
  #wordEnd(at: number): number {
    const { bytes } = this;
    let end = at;
    while (end < bytes.length && classOf(bytes[end] ?? 0) === regular) end += 1;
    if (end === bytes.length) this.#touchEnd();
    return end;
  }

  #word(first: number): Token {
    const start = this.position;
    const end = this.#wordEnd(start);
    this.position = end;
    if (isDigit(first) || first === 0x2b || first === 0x2d || first === 0x2e) {
      const value = readNumber(this.bytes, start, end);
      if (value !== undefined) {
        this.#number = value;
        return tokens.number;
      }
    }
    this.keyword = nameOf(this.bytes, start, end).text;
    return tokens.keyword;
  }

  #delimited(byte: number): Token {
    const start = this.position;
    if (byte === 0x2f) return this.#nameToken(start + 1);
    if (byte === 0x28) return this.#literalString(start + 1);
    if (byte === 0x5b || byte === 0x5d) {
      this.position = start + 1;
      return byte === 0x5b ? tokens.arrayOpen : tokens.arrayClose;
    }
    const second = this.bytes[start + 1];
    if (second === undefined) this.#touchEnd();
    if (byte === 0x3c && second !== 0x3c) return this.#hexString(start + 1);
    if ((byte === 0x3c || byte === 0x3e) && second === byte) {
      this.position = start + 2;
      return byte === 0x3c ? tokens.dictionaryOpen : tokens.dictionaryClose;
    }
    throw PdfDamage.of('object-unreadable');
  }

  #nameToken(start: number): Token {
    const end = this.#wordEnd(start);
    this.position = end;
    this.name = hasEscape(this.bytes, start, end)
      ? nameOf(unescapeName(this.bytes.subarray(start, end)))
      : nameOf(this.bytes, start, end);
    return tokens.name;
  }

  #literalString(start: number): Token {
    const { bytes } = this;
    let depth = 1;
    let at = start;
    let isEscaped = false;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === 0x5c) {
        isEscaped = true;
        at += 1;
      } else if (byte === 0x28) depth += 1;
      else if (byte === 0x29 && (depth -= 1) === 0) break;
    }
    if (at >= bytes.length) return this.#endless();
    return this.#stringToken(start, at, isEscaped ? 'escaped' : 'plain');
  }

  #hexString(start: number): Token {
    const end = this.bytes.indexOf(0x3e, start);
    return end < 0 ? this.#endless() : this.#stringToken(start, end, 'hex');
  }

  /** All that follows belongs to a string without an end: whoever goes on behind a mistake must not read it again. */
  #endless(): never {
    this.#touchEnd();
    this.position = this.bytes.length;
    throw PdfDamage.of('object-unreadable');
  }

  /** Most strings are text that is only counted: they are decoded when somebody asks. */
  #stringToken(start: number, end: number, form: 'plain' | 'escaped' | 'hex'): Token {
    this.#stringStart = start;
    this.#stringEnd = end;
    this.#stringForm = form;
    this.position = end + 1;
    return tokens.string;
  }
}

/** An integer or real number (7.3.3), or undefined where the word is none. */
function readNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  const first = bytes[start];
  let value = 0;
  let digits = 0;
  let scale = 0;
  for (let at = first === 0x2b || first === 0x2d ? start + 1 : start; at < end; at += 1) {
    const byte = bytes[at];
    if (isDigit(byte)) {
      value = value * 10 + ((byte ?? 48) - 48);
      digits += 1;
      scale *= 10;
    } else if (byte === 0x2e && scale === 0) {
      scale = 1;
    } else {
      return undefined;
    }
  }
  if (digits === 0) return undefined;
  const size = scale > 1 ? value / scale : value;
  return first === 0x2d ? -size : size;
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] === 0x23) return true;
  return false;
}

function unescapeName(bytes: Uint8Array): Uint8Array {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const high = bytes[at] === 0x23 ? hexValue(bytes[at + 1]) : -1;
    const low = high < 0 ? -1 : hexValue(bytes[at + 2]);
    if (low >= 0) at += 2;
    plain[length] = low >= 0 ? high * 16 + low : (bytes[at] ?? 0);
    length += 1;
  }
  return plain.subarray(0, length);
}

const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
]);

/** The bytes of a literal string without its escapes (7.3.4.2). */
function unescapeString(bytes: Uint8Array): Uint8Array {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x5c) {
      plain[length++] = byte;
      at += 1;
      continue;
    }
    const [code, size] = readEscape(bytes, at + 1);
    if (code !== undefined) plain[length++] = code;
    at += 1 + size;
  }
  return plain.slice(0, length);
}

/** What stands behind a backslash: the byte it means, if any, and how many bytes it takes. */
function readEscape(bytes: Uint8Array, start: number): readonly [code: number | undefined, size: number] {
  const first = bytes[start] ?? 0;
  if (isOctal(first)) {
    let code = 0;
    let size = 0;
    for (; size < 3 && isOctal(bytes[start + size]); size += 1) code = code * 8 + ((bytes[start + size] ?? 48) - 48);
    return [code & 255, size];
  }
  // At the end of a line the backslash joins the lines.
  if (first === 13) return [undefined, bytes[start + 1] === 10 ? 2 : 1];
  if (first === 10) return [undefined, 1];
  return [escapes.get(first) ?? first, 1];
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 55;
}

/** Bytes written as hexadecimal digits; white space is skipped, a missing last digit is 0 (7.3.4.3). */
export function decodeHex(text: Uint8Array): Uint8Array {
  const plain = new Uint8Array((text.length + 1) >> 1);
  let digits = 0;
  for (const byte of text) {
    if (isWhitespace(byte)) continue;
    const value = hexValue(byte);
    if (value < 0) throw PdfDamage.of('object-unreadable');
    const at = digits >> 1;
    plain[at] = (plain[at] ?? 0) | (digits % 2 === 0 ? value << 4 : value);
    digits += 1;
  }
  return plain.subarray(0, (digits + 1) >> 1);
}

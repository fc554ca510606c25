import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** The encodings in which tables reach a German authority. UTF-16 and UTF-8 with or without a byte order mark. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'iso-8859-1',
  'cp850',
] as const;
export type Encoding = (typeof encodings)[number];

/** How it became known: by its mark, set by the caller, declared in the text, proved by validity, or only likely. */
export type EncodingEvidence = 'mark' | 'given' | 'declared' | 'valid' | 'likely';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  readonly evidence: EncodingEvidence;
  /** Length of the byte order mark in bytes; 0 without one. */
  readonly markLength: number;
}

const marks: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** The byte order mark at the beginning of a file, if it has one. */
export function findMark(head: Uint8Array): { encoding: Encoding; length: number } | undefined {
  const mark = marks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  return mark && { encoding: mark.encoding, length: mark.bytes.length };
}

/**
 * Tells the encoding of text by a sample of its bytes.
 * @param head the file's first bytes; they tell a byte order mark and UTF-16
 * @param sample bytes from the file's first byte beyond ASCII on; they tell UTF-8 and the eight-bit encodings apart
 * @param toEnd whether the sample reaches the file's end (else it may end within a character)
 * @returns undefined when the bytes are no text in any of the encodings
 */
export function detectEncoding(
  head: Uint8Array,
  sample: Uint8Array = head,
  toEnd = sample === head,
): DetectedEncoding | undefined {
  const mark = findMark(head);
  if (mark) return { encoding: mark.encoding, evidence: 'mark', markLength: mark.length };
  const wide = plausibleUtf16(head);
  if (wide) return { encoding: wide, evidence: 'likely', markLength: 0 };
  if (isBinary(head) || isBinary(sample)) return undefined;
  const { valid, invalid } = countSequences(sample, toEnd);
  if (invalid === 0) return { encoding: 'utf-8', evidence: 'valid', markLength: 0 };
  // Eight-bit text forms a valid sequence only by a rare accident: this is UTF-8 with a mistake in it.
  if (valid >= invalid) return { encoding: 'utf-8', evidence: 'likely', markLength: 0 };
  return { encoding: likelyEightBit(sample), evidence: 'likely', markLength: 0 };
}

/** Zero bytes among other control characters, or many of them; a stray one in a text is told when its row is reached. */
function isBinary(bytes: Uint8Array): boolean {
  if (!bytes.includes(0)) return false;
  let [zeros, controls] = [0, 0];
  for (const byte of bytes) {
    if (byte === 0) zeros += 1;
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a && byte !== 0x1b)) controls += 1;
  }
  return controls > 0 || zeros > 1 + bytes.length / 100;
}

/**
 * First bytes of Latin letters, combining accents, typographic signs and the euro. Others can be Windows-1252: a word
 * that ends in ß before a closing quote is a valid sequence, of a script of West Africa.
 */
const usualLeads = new Set([0xc2, 0xc3, 0xc4, 0xc5, 0xcc, 0xcd, 0xe2]);

/** Characters of several bytes that are valid UTF-8 and usual in German files, and bytes that are not valid. */
function countSequences(sample: Uint8Array, toEnd: boolean): { valid: number; invalid: number } {
  if (isUtf8(sample)) return { valid: 0, invalid: 0 };
  let [valid, invalid] = [0, 0];
  for (let at = 0; at < sample.length; ) {
    const length = sequenceLength(sample[at] ?? 0);
    const whole =
      length === 1 || (length > 1 && at + length <= sample.length && isUtf8(sample.subarray(at, at + length)));
    if (!whole && !toEnd && isCutOff(sample, at)) break;
    if (!whole) invalid += 1;
    else if (usualLeads.has(sample[at] ?? 0)) valid += 1;
    at += whole ? length : 1;
  }
  return { valid, invalid };
}

/** UTF-16 without a mark: Latin text has a zero in every other byte, always on the same side. */
function plausibleUtf16(head: Uint8Array): Encoding | undefined {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  let [evenZeros, oddZeros] = [0, 0];
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) evenZeros += 1;
    if (head[index + 1] === 0) oddZeros += 1;
  }
  if (pairs < 2) return undefined;
  if (evenZeros === 0 && oddZeros >= pairs * 0.7) return 'utf-16le';
  if (oddZeros === 0 && evenZeros >= pairs * 0.7) return 'utf-16be';
  return undefined;
}

/** ISO 8859-1 is not guessed: its letters are those of Windows-1252, which has more of them. */
const eightBit = ['windows-1252', 'iso-8859-15', 'cp850'] as const;

/** The eight-bit encoding in which the sample reads most like German words; Windows-1252 where two read the same. */
function likelyEightBit(sample: Uint8Array): Encoding {
  const bytes = Buffer.from(sample.buffer, sample.byteOffset, sample.byteLength);
  const scores = eightBit.map((encoding) => plausibility(iconv.decode(bytes, encoding)));
  return eightBit[scores.indexOf(Math.max(...scores))] ?? 'windows-1252';
}

function plausibility(words: string): number {
  let score = 0;
  for (let index = 0; index < words.length; index += 1) {
    const code = words.charCodeAt(index);
    if (code < 0x80) continue;
    const inWord = isLetter(words.charCodeAt(index - 1)) || isLetter(words.charCodeAt(index + 1));
    score += plausibilityOf(words.charAt(index), inWord);
  }
  return score;
}

function plausibilityOf(character: string, inWord: boolean): number {
  if ('äöüÄÖÜß'.includes(character)) return inWord ? 4 : 1;
  if (/[\u0080-\u009f\ufffd]/.test(character)) return -100;
  if ('€§°„“”’‚‘–…«»²³½µ·é'.includes(character)) return inWord && character !== 'é' && character !== '’' ? -1 : 1;
  if (/\p{L}/u.test(character)) return inWord ? 1 : -2;
  return /[\u2500-\u259f]/.test(character) ? -6 : -3;
}

/** Latin letters, those beyond ASCII included; NaN (outside of the text) is none. */
function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 0xc0 && code <= 0x17f);
}

/** Bytes that the encoding does not know. `text` is what could be read before them. */
export class InvalidBytes extends Error {
  override readonly name = 'InvalidBytes';
  readonly text: string;
  readonly bytes: Uint8Array;

  constructor(text: string, bytes: Uint8Array) {
    super('bytes that do not exist in this encoding');
    this.text = text;
    this.bytes = Uint8Array.from(bytes.subarray(0, 4));
  }
}

export interface Decoder {
  /** The text of these bytes; what a character still lacks is kept for the next call. @throws InvalidBytes */
  write(bytes: Uint8Array): string;
  /** To be called after the last bytes. @throws InvalidBytes when a character is cut off */
  end(): void;
}

/** A decoder that never replaces what it cannot read: it throws `InvalidBytes`. Zero bytes are no text either. */
export function createDecoder(encoding: Encoding): Decoder {
  const decodePart = partDecoders[encoding];
  let rest: Uint8Array = new Uint8Array(0);
  return {
    write(bytes) {
      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      const { text, used, invalid } = decodePart(all);
      if (invalid) throw new InvalidBytes(text, all.subarray(used));
      const zero = text.indexOf('\0');
      if (zero >= 0) throw new InvalidBytes(text.slice(0, zero), new Uint8Array(1));
      rest = used === all.length ? new Uint8Array(0) : Uint8Array.from(all.subarray(used));
      return text;
    },
    end() {
      if (rest.length > 0) throw new InvalidBytes('', rest);
    },
  };
}

/** Text of the leading `used` bytes; the rest is a character cut off, or begins with invalid bytes. */
interface DecodedPart {
  readonly text: string;
  readonly used: number;
  readonly invalid: boolean;
}

const partDecoders: Readonly<Record<Encoding, (bytes: Uint8Array) => DecodedPart>> = {
  'utf-8': decodeUtf8,
  'utf-16le': (bytes) => decodeUtf16(bytes, false),
  'utf-16be': (bytes) => decodeUtf16(bytes, true),
  'windows-1252': (bytes) => decodeEightBit(bytes, 'windows-1252'),
  'iso-8859-15': (bytes) => decodeEightBit(bytes, 'iso-8859-15'),
  'iso-8859-1': (bytes) => decodeEightBit(bytes, 'iso-8859-1'),
  cp850: (bytes) => decodeEightBit(bytes, 'cp850'),
};

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodeUtf8(bytes: Uint8Array): DecodedPart {
  const { end, complete } = utf8Extent(bytes);
  const invalid = !complete && !isCutOff(bytes, end);
  return { text: asBuffer(bytes).toString('utf8', 0, end), used: end, invalid };
}

/** Where valid UTF-8 ends. */
function utf8Extent(bytes: Uint8Array): { end: number; complete: boolean } {
  if (isUtf8(bytes)) return { end: bytes.length, complete: true };
  let end = 0;
  while (end < bytes.length) {
    const length = sequenceLength(bytes[end] ?? 0);
    if (length === 0 || end + length > bytes.length) break;
    if (length > 1 && !isUtf8(bytes.subarray(end, end + length))) break;
    end += length;
  }
  return { end, complete: false };
}

/** Whether what begins at `start` is a character that lacks its last bytes, as far as its first one tells. */
function isCutOff(bytes: Uint8Array, start: number): boolean {
  return sequenceLength(bytes[start] ?? 0) > bytes.length - start;
}

/** Bytes of the character that begins with this one (RFC 3629); 0 when none does. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function decodeUtf16(bytes: Uint8Array, bigEndian: boolean): DecodedPart {
  const even = bytes.length - (bytes.length % 2);
  const units = bigEndian ? Buffer.from(bytes.subarray(0, even)).swap16() : asBuffer(bytes.subarray(0, even));
  const text = units.toString('utf16le');
  const lone = text.search(/\p{Surrogate}/u);
  if (lone < 0) return { text, used: even, invalid: false };
  // A high surrogate at the very end waits for its partner in the next bytes.
  const waits = lone === text.length - 1 && text.charCodeAt(lone) < 0xdc00;
  return { text: text.slice(0, lone), used: lone * 2, invalid: !waits };
}

/** Characters of the control range C1 are no text: bytes that stand for them are not in use. */
function decodeEightBit(bytes: Uint8Array, encoding: (typeof eightBit)[number] | 'iso-8859-1'): DecodedPart {
  const text = iconv.decode(asBuffer(bytes), encoding);
  const unknown = text.search(/[\u0080-\u009f\ufffd]/);
  if (unknown < 0) return { text, used: bytes.length, invalid: false };
  return { text: text.slice(0, unknown), used: unknown, invalid: true };
}

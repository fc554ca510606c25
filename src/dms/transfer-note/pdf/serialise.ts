import { classOf, regular } from '../../../inspection/pdf/characters.ts';
import { Name } from '../../../inspection/pdf/names.ts';
import {
  type Dictionary,
  isArray,
  isDictionary,
  PdfStream,
  type PdfValue,
  Ref,
} from '../../../inspection/pdf/values.ts';

/**
 * A value as it is written into a PDF (ISO 32000-2, 7.3), in ASCII. Calls itself no deeper than the reader let values
 * stand inside each other. Streams are objects of their own and cannot be written here.
 */
export function serialise(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return serialiseNumber(value);
  if (value instanceof Name) return serialiseName(value.text);
  if (value instanceof Ref) return `${value.number} ${value.generation} R`;
  if (value instanceof Uint8Array) return serialiseString(value);
  if (isArray(value)) return `[${value.map(serialise).join(' ')}]`;
  if (isDictionary(value)) return serialiseDictionary(value);
  if (value instanceof PdfStream) throw new Error('a stream stands inside of no other object');
  return 'null';
}

function serialiseDictionary(dictionary: Dictionary): string {
  const entries = [...dictionary].map(([key, value]) => `${serialiseName(key)} ${serialise(value)}`);
  return `<< ${entries.join(' ')} >>`;
}

/** Plain text for people to read, all else in hexadecimal digits (7.3.4). */
function serialiseString(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return /^[\x20-\x7e]*$/.test(text) && !/[()\\]/.test(text) ? `(${text})` : `<${Buffer.from(bytes).toString('hex')}>`;
}

/** Exponents are not allowed (7.3.3); what is smaller than ten digits behind the point tell is nothing. */
function serialiseNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  return value.toFixed(10).replace(/\.?0+$/, '');
}

/** Each character of a name stands for one byte (7.3.5). */
function serialiseName(text: string): string {
  const written = [...text].map((character) => {
    const byte = character.charCodeAt(0);
    const isPlain = byte > 0x20 && byte < 0x7f && byte !== 0x23 && classOf(byte) === regular;
    return isPlain ? character : `#${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `/${written.join('')}`;
}

/** A text string (7.9.2.2): as it is where it is ASCII, else UTF-16 with its mark. */
export function textString(text: string): Uint8Array {
  if (/^[\x20-\x7e]*$/.test(text)) return Buffer.from(text, 'latin1');
  return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
}

import type { FileFormat } from './facts.ts';

/** How many of the first bytes `detectFormat` wants to see; fewer only where the file has no more. */
export const formatHeadLength = 4096;

/** A PDF header may stand behind foreign bytes, within this many (ISO 32000-1, annex H.3, implementation note 13). */
const pdfHeaderWindow = 1024;

const signatures: readonly (readonly [FileFormat, string])[] = [
  ['pdf', '%PDF-'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['jp2', '\xff\x4f\xff\x51'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['zip', 'PK\x07\x08'],
];

/**
 * Tells what a file is by its first bytes; its name plays no part.
 * @param head the first bytes of the file: `formatHeadLength`, or all there are
 */
export function detectFormat(head: Uint8Array): FileFormat {
  if (head.length === 0) return 'empty';
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, formatHeadLength));
  const start = bytes.toString('latin1', 0, 16);
  const known = signatures.find(([, signature]) => start.startsWith(signature));
  if (known) return known[0];
  const words = decodeText(bytes);
  if (words !== undefined && /^\s*<\?xml[\s?]/.test(words)) return 'xml';
  if (bytes.subarray(0, pdfHeaderWindow).includes('%PDF-', 0, 'latin1')) return 'pdf';
  if (words === undefined) return 'unknown';
  return /^\s*<[A-Za-z_!][^<]{0,200}>/.test(words) ? 'xml' : 'text';
}

/** The head as text, or undefined where it holds bytes that no text has. */
function decodeText(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(evenPart(bytes)).swap16().toString('utf16le', 2);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.every(isTextByte) ? bytes.toString('latin1', start) : undefined;
}

/** No control characters but tab, line ends, form feed, and the end mark of old DOS texts. */
function isTextByte(byte: number): boolean {
  return byte >= 0x20
    ? byte !== 0x7f
    : byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c || byte === 0x1a;
}

function evenPart(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - (bytes.length % 2));
}

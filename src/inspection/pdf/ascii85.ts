import { isWhitespace } from './characters.ts';
import { PdfDamage } from './damage.ts';

/** Decodes base-85 text without its end mark (ISO 32000-2, 7.4.3). @throws PdfDamage for other characters. */
export function decodeAscii85(text: Uint8Array): Uint8Array {
  const plain = new Uint8Array(text.length * 4);
  let length = 0;
  let group = 0;
  let digits = 0;
  const flush = (bytes: number): void => {
    for (let at = 0; at < bytes; at += 1) plain[length++] = Math.floor(group / 256 ** (3 - at)) & 255;
    group = 0;
    digits = 0;
  };
  for (const byte of text) {
    if (isWhitespace(byte)) continue;
    if (byte === 0x7a && digits === 0) {
      flush(4);
      continue;
    }
    if (byte < 0x21 || byte > 0x75) throw PdfDamage.of('stream-unreadable');
    group = group * 85 + (byte - 0x21);
    digits += 1;
    if (digits === 5) flush(4);
  }
  if (digits === 1) throw PdfDamage.of('stream-unreadable');
  if (digits > 1) {
    // A short last group is filled up with the highest digit, and its surplus bytes are dropped.
    const bytes = digits - 1;
    for (; digits < 5; digits += 1) group = group * 85 + 84;
    flush(bytes);
  }
  return plain.slice(0, length);
}

import { PdfDamage } from './damage.ts';
import { limits } from './limits.ts';

const endOfData = 128;

/** Decodes run-length data (ISO 32000-2, 7.4.5). @throws PdfDamage 'too-complex' above the limit */
export function decodeRunLength(data: Uint8Array): Uint8Array {
  const output = new Uint8Array(lengthOf(data));
  let to = 0;
  for (let at = 0; at < data.length && data[at] !== endOfData; ) {
    const code = data[at] ?? endOfData;
    if (code < endOfData) {
      output.set(data.subarray(at + 1, at + 2 + code), to);
      to += code + 1;
      at += code + 2;
    } else {
      output.fill(data[at + 1] ?? 0, to, to + 257 - code);
      to += 257 - code;
      at += 2;
    }
  }
  return output;
}

function lengthOf(data: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < data.length && data[at] !== endOfData; ) {
    const code = data[at] ?? endOfData;
    length += code < endOfData ? code + 1 : 257 - code;
    at += code < endOfData ? code + 2 : 2;
    if (length > limits.decodedBytes) throw PdfDamage.of('too-complex');
  }
  return length;
}

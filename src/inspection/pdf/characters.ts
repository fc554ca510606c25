/** Classes of characters (ISO 32000-2, 7.2.3). */
export const regular = 0;
export const whitespace = 1;
export const delimiter = 2;

const classes = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) classes[code] = whitespace;
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = delimiter;

export function classOf(byte: number): number {
  return classes[byte] ?? regular;
}

export function isWhitespace(byte: number | undefined): boolean {
  return byte !== undefined && classes[byte] === whitespace;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (isDigit(byte)) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** The bytes as a Buffer on the same memory, for its native search. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

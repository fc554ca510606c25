/** Encrypts or decrypts with RC4, which current OpenSSL no longer offers; PDFs up to version 1.7 use it. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    const held = state[i] ?? 0;
    j = (j + held + (key[i % key.length] ?? 0)) & 255;
    state[i] = state[j] ?? 0;
    state[j] = held;
  }
  const output = new Uint8Array(data.length);
  j = 0;
  for (let at = 0; at < data.length; at += 1) {
    const i = (at + 1) & 255;
    const held = state[i] ?? 0;
    j = (j + held) & 255;
    const other = state[j] ?? 0;
    state[i] = other;
    state[j] = held;
    output[at] = (data[at] ?? 0) ^ (state[(held + other) & 255] ?? 0);
  }
  return output;
}

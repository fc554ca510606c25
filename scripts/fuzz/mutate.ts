import type { Random } from '../generators/random.ts';

const someBytes = 400;
/** Bytes that mean something in the text parts of most formats. */
const telling = Buffer.from('0123456789 \n%/<>[]()R-.');

/** Damages a file in one or two places. */
export function mutate(bytes: Buffer, words: readonly string[], random: Random): Buffer {
  let damaged = bytes;
  for (let count = random.between(1, 2); count > 0 && damaged.length > 0; count -= 1) {
    const kind = kinds[random.between(0, kinds.length - 1)] ?? cut;
    damaged = kind(damaged, words, random);
  }
  return damaged;
}

type Kind = (bytes: Buffer, words: readonly string[], random: Random) => Buffer;

/** A place anywhere, or in or right behind one of the words. */
function place(bytes: Buffer, words: readonly string[], random: Random): number {
  const at = random.between(0, bytes.length - 1);
  if (random.between(0, 1) === 0) return at;
  const word = words[random.between(0, words.length - 1)] ?? '';
  const found = bytes.indexOf(word, at, 'latin1');
  return Math.min(bytes.length - 1, (found < 0 ? at : found) + random.between(0, 12));
}

function anyByte(random: Random): number {
  return random.between(0, 1) === 0 ? random.between(0, 255) : (telling[random.between(0, telling.length - 1)] ?? 0);
}

const set: Kind = (bytes, words, random) => {
  const damaged = Buffer.from(bytes);
  damaged[place(bytes, words, random)] = anyByte(random);
  return damaged;
};
const flip: Kind = (bytes, words, random) => {
  const damaged = Buffer.from(bytes);
  const at = place(bytes, words, random);
  damaged[at] = (damaged[at] ?? 0) ^ (1 << random.between(0, 7));
  return damaged;
};
const remove: Kind = (bytes, words, random) => {
  const at = place(bytes, words, random);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, someBytes))]);
};
const insert: Kind = (bytes, words, random) => {
  const at = place(bytes, words, random);
  const inserted = Buffer.from(Array.from({ length: random.between(1, 5) }, () => anyByte(random)));
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
};
const cut: Kind = (bytes, words, random) => bytes.subarray(0, place(bytes, words, random));
const zero: Kind = (bytes, words, random) => {
  const at = place(bytes, words, random);
  return Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + random.between(1, someBytes)));
};
const repeat: Kind = (bytes, words, random) => {
  const [from, to] = [place(bytes, words, random), place(bytes, words, random)];
  const piece = bytes.subarray(from, from + random.between(1, someBytes));
  return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
};
const number: Kind = (bytes, words, random) => {
  const at = place(bytes, words, random);
  const found = /\d{1,10}/.exec(bytes.toString('latin1', at, at + 200));
  if (!found) return set(bytes, words, random);
  const value = ['0', '1', '2', '-1', '99999999', '4294967296', '3'][random.between(0, 6)] ?? '0';
  const start = at + found.index;
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(value), bytes.subarray(start + found[0].length)]);
};

const kinds: readonly Kind[] = [set, flip, remove, insert, cut, zero, repeat, number];

/** A PDF name, "/Kids" as `Kids`, with its #xx escapes decoded; bytes above 127 are kept as Latin-1 characters. */
export class Name {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

interface Slot {
  readonly bytes: Uint8Array;
  readonly name: Name;
}

const slotCount = 2048;
/**
 * A file repeats a few dozen names and keywords thousands of times: each is turned into a string once. A later word
 * in the same slot replaces the earlier one, so that the table stays bounded.
 */
const slots = new Array<Slot | undefined>(slotCount).fill(undefined);

/** The name whose plain bytes are `bytes[start, end)`. */
export function nameOf(bytes: Uint8Array, start = 0, end = bytes.length): Name {
  let hash = end - start;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  const index = hash & (slotCount - 1);
  const slot = slots[index];
  if (slot !== undefined && isEqual(slot.bytes, bytes, start, end)) return slot.name;
  const own = new Uint8Array(bytes.subarray(start, end));
  const name = new Name(Buffer.from(own.buffer).toString('latin1'));
  slots[index] = { bytes: own, name };
  return name;
}

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[start + at]) return false;
  return true;
}

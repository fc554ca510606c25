const chunkBits = 13;
const chunkLength = 1 << chunkBits;
const inChunk = chunkLength - 1;

/**
 * Numbers by place, in memory outside of the JavaScript heap: of hundreds of thousands of files, objects would fill the
 * heap and keep its garbage collection busy. Grows in chunks, without ever being copied; a chunk in which no place has a
 * number of its own takes no memory.
 */
export class IntColumn {
  readonly #chunks: (Int32Array | undefined)[] = [];
  #length = 0;
  /** What places have that were never set. */
  readonly #none: number;

  constructor(none = -1) {
    this.#none = none;
  }

  /** One more than the highest place that was set. */
  get length(): number {
    return this.#length;
  }

  get(place: number): number {
    return this.#chunks[place >> chunkBits]?.[place & inChunk] ?? this.#none;
  }

  set(place: number, value: number): void {
    const chunk = this.#chunks[place >> chunkBits] ?? (value === this.#none ? undefined : this.#makeChunk(place));
    if (chunk) chunk[place & inChunk] = value;
    if (place >= this.#length) this.#length = place + 1;
  }

  push(value: number): void {
    this.set(this.#length, value);
  }

  /** Forgets all places from `length` on. */
  truncate(length: number): void {
    for (let place = length; place < this.#length; place += 1) this.set(place, this.#none);
    this.#length = Math.min(length, this.#length);
  }

  #makeChunk(place: number): Int32Array {
    const chunk = new Int32Array(chunkLength);
    if (this.#none !== 0) chunk.fill(this.#none);
    return (this.#chunks[place >> chunkBits] = chunk);
  }
}

/** Numbers from 0 to 255 by place: an IntColumn in a quarter of the memory. Places that were never set hold 0. */
export class SmallIntColumn {
  readonly #chunks: (Uint8Array | undefined)[] = [];

  get(place: number): number {
    return this.#chunks[place >> chunkBits]?.[place & inChunk] ?? 0;
  }

  set(place: number, value: number): void {
    const chunk = this.#chunks[place >> chunkBits];
    if (chunk) chunk[place & inChunk] = value;
    else if (value !== 0) (this.#chunks[place >> chunkBits] = new Uint8Array(chunkLength))[place & inChunk] = value;
  }
}

/** Values of a fixed number of bytes by place; places that were never set hold zeros. */
export class BytesColumn {
  readonly #width: number;
  readonly #chunks: Buffer[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** @param hex digits, two for each byte of the width */
  setHex(place: number, hex: string): void {
    while (place >> chunkBits >= this.#chunks.length) this.#chunks.push(Buffer.alloc(chunkLength * this.#width));
    this.#chunks[place >> chunkBits]?.write(hex, (place & inChunk) * this.#width, this.#width, 'hex');
  }

  hex(place: number): string {
    const start = (place & inChunk) * this.#width;
    return this.#chunks[place >> chunkBits]?.toString('hex', start, start + this.#width) ?? '';
  }
}

/** Small whole numbers (1 to 255) by whole numbers of any size up to 2^53: a hash table outside of the JavaScript heap. */
export class NumberTable {
  #keys = new Float64Array(256);
  /** 0: the slot is free. */
  #values = new Uint8Array(256);
  #count = 0;

  /** 0 where there is none. */
  get(key: number): number {
    return this.#values[this.#slotOf(key)] ?? 0;
  }

  set(key: number, value: number): void {
    const slot = this.#slotOf(key);
    if (this.#values[slot] === 0) this.#count += 1;
    this.#keys[slot] = key;
    this.#values[slot] = value;
    if (this.#count * 2 > this.#keys.length) this.#grow();
  }

  #slotOf(key: number): number {
    const last = this.#keys.length - 1;
    // Fibonacci hashing: neighbouring keys fall far from each other.
    let slot = (Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 2 ** 32) | 0, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & last;
    while (this.#values[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Uint8Array(keys.length * 2);
    for (const [at, value] of values.entries()) {
      if (value === 0) continue;
      const slot = this.#slotOf(keys[at] ?? 0);
      this.#keys[slot] = keys[at] ?? 0;
      this.#values[slot] = value;
    }
  }
}

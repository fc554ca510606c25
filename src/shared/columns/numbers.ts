/**
 * Numbers by place, in memory outside of the JavaScript heap: of hundreds of thousands of files, objects would fill the
 * heap and keep its garbage collection busy. Grows as it is filled.
 */
export class IntColumn {
  #values = new Int32Array(256);
  #length = 0;
  /** What places have that were never set. */
  readonly #none: number;

  constructor(none = -1) {
    this.#none = none;
    this.#values.fill(none);
  }

  /** One more than the highest place that was set. */
  get length(): number {
    return this.#length;
  }

  get(place: number): number {
    return this.#values[place] ?? this.#none;
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) this.#grow(place + 1);
    this.#values[place] = value;
    if (place >= this.#length) this.#length = place + 1;
  }

  push(value: number): void {
    this.set(this.#length, value);
  }

  /** Forgets all places from `length` on. */
  truncate(length: number): void {
    this.#values.fill(this.#none, length, this.#length);
    this.#length = Math.min(length, this.#length);
  }

  #grow(needed: number): void {
    const grown = new Int32Array(Math.max(needed, Math.ceil(this.#values.length * 1.5)));
    grown.fill(this.#none, this.#length);
    grown.set(this.#values.subarray(0, this.#length));
    this.#values = grown;
  }
}

/** Values of a fixed number of bytes by place; places that were never set hold zeros. */
export class BytesColumn {
  readonly #width: number;
  #bytes: Buffer;

  constructor(width: number) {
    this.#width = width;
    this.#bytes = Buffer.alloc(256 * width);
  }

  /** @param hex digits, two for each byte of the width */
  setHex(place: number, hex: string): void {
    const start = place * this.#width;
    if (start + this.#width > this.#bytes.length) this.#grow(start + this.#width);
    this.#bytes.write(hex, start, this.#width, 'hex');
  }

  hex(place: number): string {
    const start = place * this.#width;
    return this.#bytes.toString('hex', start, start + this.#width);
  }

  #grow(needed: number): void {
    const grown = Buffer.alloc(Math.max(needed, Math.ceil(this.#bytes.length * 1.5)));
    this.#bytes.copy(grown);
    this.#bytes = grown;
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

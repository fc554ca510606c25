import { PartDamagedError } from './content.ts';
import { codeOrder, distanceBase, distanceExtra, fixedCodes, lengthBase, lengthExtra } from './deflate-codes.ts';
import { type HuffmanCode, huffmanCode, lookBits, slowSymbol } from './huffman.ts';

/** Deflate refers back by at most this many bytes (RFC 1951, 2). */
const windowSize = 32 * 1024;
const pieceSize = 256 * 1024;
const inputSize = 64 * 1024;
/** Bytes that one length and distance take at most, with what is read ahead. */
const inputSlack = 16;
const longestMatch = 258;
const lookMask = (1 << lookBits) - 1;

/** Where decoding can be taken up again: a place in the content with all that deflate needs to go on. */
export interface Mark {
  /** In the content, in bytes. */
  readonly position: number;
  /** In the packed bytes, in bits. */
  readonly bit: number;
  /** Where the header of the present block stands, in bits; undefined between blocks. */
  readonly header: number | undefined;
  /** Bytes that the present block still holds, where it is a stored one. */
  readonly stored: number;
  readonly window: Buffer;
}

/** Decodes deflate (RFC 1951) in this thread, piece by piece: node:zlib has nothing that can be asked for the next piece. */
export interface BlockDecoder {
  /** The next piece, valid until the next call; empty at the end. @throws PartDamagedError */
  next(): Buffer;
  readonly position: number;
  /** The last block has ended. */
  readonly ended: boolean;
  /** Packed bytes up to the end of the last block. */
  readonly consumed: number;
  mark(): Mark;
  resume(mark: Mark): void;
}

type Block =
  | { readonly kind: 'stored' }
  | { readonly kind: 'codes'; readonly lengths: HuffmanCode; readonly distances: HuffmanCode };

/**
 * @param read fills the buffer with packed bytes from a position; tells how many there were
 * @param length packed bytes
 */
export function createBlockDecoder(read: (target: Buffer, position: number) => number, length: number): BlockDecoder {
  return new Decoder(read, length);
}

class Decoder implements BlockDecoder {
  readonly #read: (target: Buffer, position: number) => number;
  readonly #length: number;
  readonly #input = Buffer.alloc(inputSize + inputSlack);
  /** Next byte of the input to be taken, and the end of what was read into it. */
  #at = 0;
  #end = 0;
  /** Packed bytes read so far. */
  #fetched = 0;
  /** Bits taken from the input and not yet used, the next one lowest. */
  #hold = 0;
  #bits = 0;
  readonly #out = Buffer.alloc(windowSize + pieceSize + longestMatch);
  #filled = 0;
  #block: Block | undefined;
  #header: number | undefined;
  #stored = 0;
  #isLast = false;
  position = 0;
  ended = false;

  constructor(read: (target: Buffer, position: number) => number, length: number) {
    this.#read = read;
    this.#length = length;
  }

  get consumed(): number {
    return Math.ceil(this.#bit() / 8);
  }

  next(): Buffer {
    this.#keepWindow();
    const start = this.#filled;
    const limit = start + pieceSize;
    while (this.#filled < limit && !this.ended) {
      this.#block ??= this.#openBlock();
      if (this.#block.kind === 'stored') this.#copyStored(limit);
      else this.#decode(this.#block.lengths, this.#block.distances, limit);
      if (this.#bit() > this.#length * 8) throw new PartDamagedError('stream');
    }
    const piece = this.#out.subarray(start, this.#filled);
    this.position += piece.length;
    return piece;
  }

  mark(): Mark {
    const from = Math.max(0, this.#filled - windowSize);
    return {
      position: this.position,
      bit: this.#bit(),
      header: this.#block && this.#header,
      stored: this.#stored,
      window: Buffer.from(this.#out.subarray(from, this.#filled)),
    };
  }

  resume({ position, bit, header, stored, window }: Mark): void {
    this.ended = false;
    this.#isLast = false;
    this.#block = undefined;
    if (header !== undefined) {
      this.#seek(header);
      this.#block = this.#openBlock();
    }
    this.#seek(bit);
    this.#stored = stored;
    this.#filled = window.copy(this.#out);
    this.position = position;
  }

  /** Position in the packed bytes, in bits. */
  #bit(): number {
    return (this.#fetched - this.#end + this.#at) * 8 - this.#bits;
  }

  #seek(bit: number): void {
    this.#fetched = Math.floor(bit / 8);
    this.#at = 0;
    this.#end = 0;
    this.#hold = 0;
    this.#bits = 0;
    if (bit % 8 > 0) this.#take(bit % 8);
  }

  #keepWindow(): void {
    if (this.#filled <= windowSize) return;
    this.#out.copyWithin(0, this.#filled - windowSize, this.#filled);
    this.#filled = windowSize;
  }

  /** Reads on; behind the last packed byte follow zeros, and whoever used them is found out by `#bit`. */
  #fetch(): void {
    const rest = Math.max(0, this.#end - this.#at);
    const overrun = Math.max(0, this.#at - this.#end);
    this.#input.copyWithin(0, this.#at, this.#at + rest);
    const wanted = Math.min(inputSize - rest, this.#length - this.#fetched);
    const count = wanted > 0 ? this.#read(this.#input.subarray(rest, rest + wanted), this.#fetched) : 0;
    if (wanted > 0 && count === 0) throw new PartDamagedError('size');
    this.#fetched += count;
    this.#at = overrun;
    this.#end = rest + count;
    this.#input.fill(0, this.#end, this.#end + inputSlack);
    if (overrun >= inputSlack) throw new PartDamagedError('stream');
  }

  /** The next bits as a number, at most 16 of them. */
  #take(count: number): number {
    while (this.#bits < count) {
      if (this.#at >= this.#end) this.#fetch();
      this.#hold |= (this.#input[this.#at++] ?? 0) << this.#bits;
      this.#bits += 8;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#bits -= count;
    return value;
  }

  #openBlock(): Block {
    this.#header = this.#bit();
    this.#isLast = this.#take(1) === 1;
    const type = this.#take(2);
    if (type === 0) return this.#openStored();
    if (type === 1) return { kind: 'codes', ...fixedCodes() };
    if (type === 2) return { kind: 'codes', ...this.#readCodes() };
    throw new PartDamagedError('stream');
  }

  #openStored(): Block {
    this.#take(this.#bits % 8);
    const length = this.#take(16);
    if (this.#take(16) !== (length ^ 0xffff)) throw new PartDamagedError('stream');
    this.#stored = length;
    return { kind: 'stored' };
  }

  #closeBlock(): void {
    this.#block = undefined;
    this.ended = this.#isLast;
  }

  #copyStored(limit: number): void {
    // Whole bytes that were taken ahead go back to the input.
    this.#at -= this.#bits >> 3;
    this.#hold = 0;
    this.#bits = 0;
    while (this.#stored > 0 && this.#filled < limit) {
      if (this.#at >= this.#end) this.#fetch();
      const count = Math.min(this.#stored, limit - this.#filled, this.#end - this.#at);
      if (count <= 0) throw new PartDamagedError('stream');
      this.#input.copy(this.#out, this.#filled, this.#at, this.#at + count);
      this.#at += count;
      this.#filled += count;
      this.#stored -= count;
    }
    if (this.#stored === 0) this.#closeBlock();
  }

  /** The codes of a block that brings its own (RFC 1951, 3.2.7). */
  #readCodes(): { lengths: HuffmanCode; distances: HuffmanCode } {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const count = this.#take(4) + 4;
    if (literals > 286 || distances > 30) throw new PartDamagedError('stream');
    const order = new Uint8Array(19);
    for (let index = 0; index < count; index += 1) order[codeOrder[index] ?? 0] = this.#take(3);
    const lengths = this.#readLengths(huffmanCode(order), literals + distances);
    if (lengths[256] === 0) throw new PartDamagedError('stream');
    return { lengths: huffmanCode(lengths.subarray(0, literals)), distances: huffmanCode(lengths.subarray(literals)) };
  }

  #readLengths(code: HuffmanCode, count: number): Uint8Array {
    const lengths = new Uint8Array(count);
    let index = 0;
    while (index < count) {
      const symbol = this.#takeSymbol(code);
      if (symbol < 16) {
        lengths[index++] = symbol;
        continue;
      }
      if (symbol === 16 && index === 0) throw new PartDamagedError('stream');
      const value = symbol === 16 ? (lengths[index - 1] ?? 0) : 0;
      const repeat = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (index + repeat > count) throw new PartDamagedError('stream');
      lengths.fill(value, index, index + repeat);
      index += repeat;
    }
    return lengths;
  }

  #takeSymbol(code: HuffmanCode): number {
    while (this.#bits < 15) {
      if (this.#at >= this.#end + inputSlack - 1) throw new PartDamagedError('stream');
      if (this.#at >= this.#end && this.#fetched < this.#length) this.#fetch();
      this.#hold |= (this.#input[this.#at++] ?? 0) << this.#bits;
      this.#bits += 8;
    }
    const found = code.look[this.#hold & lookMask] || slowSymbol(code, this.#hold);
    this.#hold >>>= found & 15;
    this.#bits -= found & 15;
    return found >> 4;
  }

  /** Decodes until the limit, the end of the block, or the end of the input. All state is local while it runs: speed. */
  #decode(lengths: HuffmanCode, distances: HuffmanCode, limit: number): void {
    if (this.#end - this.#at < inputSlack) this.#fetch();
    const input = this.#input;
    const out = this.#out;
    const lookLength = lengths.look;
    const lookDistance = distances.look;
    const stop = this.#fetched < this.#length ? this.#end - inputSlack : this.#end + inputSlack / 2;
    let at = this.#at;
    let hold = this.#hold;
    let bits = this.#bits;
    let filled = this.#filled;
    while (filled < limit && at <= stop) {
      while (bits <= 24) {
        hold |= (input[at++] as number) << bits;
        bits += 8;
      }
      let found = lookLength[hold & lookMask] || slowSymbol(lengths, hold);
      hold >>>= found & 15;
      bits -= found & 15;
      const symbol = found >> 4;
      if (symbol < 256) {
        out[filled++] = symbol;
        continue;
      }
      if (symbol === 256) {
        this.#closeBlock();
        break;
      }
      const extra = lengthExtra[symbol - 257] as number;
      const length = (lengthBase[symbol - 257] as number) + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      bits -= extra;
      while (bits <= 24) {
        hold |= (input[at++] as number) << bits;
        bits += 8;
      }
      found = lookDistance[hold & lookMask] || slowSymbol(distances, hold);
      hold >>>= found & 15;
      bits -= found & 15;
      while (bits <= 24) {
        hold |= (input[at++] as number) << bits;
        bits += 8;
      }
      const more = distanceExtra[found >> 4] as number;
      const distance = (distanceBase[found >> 4] as number) + (hold & ((1 << more) - 1));
      hold >>>= more;
      bits -= more;
      filled = copyBack(out, filled, distance, length);
    }
    this.#at = at;
    this.#hold = hold;
    this.#bits = bits;
    this.#filled = filled;
    // Zeros behind the end may go on decoding for ever.
    if (at > stop && this.#fetched >= this.#length && this.#block) throw new PartDamagedError('stream');
  }
}

/** Repeats what stands `distance` back; the copy may overlap itself. @returns where it ends */
function copyBack(out: Buffer, filled: number, distance: number, length: number): number {
  // Symbols without a meaning have no base: NaN compares to false.
  if (!(distance <= filled && length > 0)) throw new PartDamagedError('stream');
  const end = filled + length;
  for (let to = filled, from = filled - distance; to < end; to += 1, from += 1) out[to] = out[from] as number;
  return end;
}

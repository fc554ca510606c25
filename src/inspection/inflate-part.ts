import type { ByteSource } from './byte-source.ts';
import { PartDamagedError } from './content.ts';
import { blockSource } from './file-source.ts';
import { createBlockDecoder, type Mark } from './inflate.ts';

/** Unpacks a deflated part step by step, and takes it up again at places that it has passed. */
export interface Inflater {
  /** The next piece of the content, valid until the next call; empty at its end. @throws PartDamagedError */
  next(): Buffer;
  /** Where the next piece begins in the content. */
  readonly position: number;
  /** Goes on from a place at or before `position`, as near to it as it can. */
  seek(position: number): void;
  /** @throws PartDamagedError unless the last piece has come and the packed bytes end with it */
  assertEnd(): void;
}

/** Places to go on from are 32 kB each: at most this many, and not closer together than a MiB. */
const mostMarks = 512;
const closestMarks = 1024 * 1024;

/**
 * @param read fills the buffer with packed bytes from a position; tells how many there were
 * @param length packed bytes
 * @param size bytes of the content as stated: no more is unpacked
 */
export function createInflater(
  read: (target: Buffer, position: number) => number,
  length: number,
  size: number,
): Inflater {
  const decoder = createBlockDecoder(read, length);
  const spacing = Math.max(closestMarks, Math.ceil(size / mostMarks));
  const marks: Mark[] = [];
  return {
    get position() {
      return decoder.position;
    },
    next: () => {
      const last = marks.at(-1)?.position ?? -spacing;
      if (decoder.position >= last + spacing) marks.push(decoder.mark());
      const piece = decoder.next();
      if (decoder.position > size) throw new PartDamagedError('size');
      return piece;
    },
    seek: (position) => {
      const mark = nearest(marks, position);
      if (mark && (position < decoder.position || mark.position > decoder.position)) decoder.resume(mark);
    },
    assertEnd: () => {
      if (!decoder.ended) throw new PartDamagedError('stream');
      if (decoder.consumed !== length) throw new PartDamagedError('size');
    },
  };
}

/** The last mark at or before a position, by bisection. */
function nearest(marks: readonly Mark[], position: number): Mark | undefined {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.position ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1];
}

/** The unpacked content at any position, through a bounded cache; reads in rising order cost one pass. */
export function inflatedSource(inflater: Inflater, size: number): ByteSource {
  let piece: Buffer = Buffer.alloc(0);
  let start = 0;
  const seek = (position: number): void => {
    if (position >= start && position < start + piece.length) return;
    inflater.seek(position);
    do {
      start = inflater.position;
      piece = inflater.next();
    } while (piece.length > 0 && position >= start + piece.length);
  };
  return blockSource(size, (target, position) => {
    let filled = 0;
    while (filled < target.length) {
      seek(position + filled);
      const count = piece.copy(target, filled, position + filled - start);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  });
}

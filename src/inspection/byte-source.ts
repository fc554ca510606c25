/**
 * Random access to the bytes of one file, for the format readers. Reads are synchronous (readers run in worker
 * threads), served from a bounded cache, and always from the same open handle that was hashed.
 */
export interface ByteSource {
  /** Size in bytes. */
  readonly size: number;
  /**
   * Bytes from `offset`, at most `length`; shorter at the end of the file, empty beyond it, never an exception for a
   * position outside. The view is valid until the next read: copy what must be kept.
   */
  read(offset: number, length: number): Uint8Array;
}

/** The bytes of a buffer as a source; for tests and for what already is in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(Math.max(0, offset), Math.max(0, offset + length)),
  };
}

import { type FileHandle, open } from 'node:fs/promises';
import { TableError } from './table-error.ts';

/**
 * The bytes of a table, wherever they lie: a file of their own, or a part of another one. Reads may overlap; after
 * `close` nothing else may be called.
 */
export interface TableSource {
  /** Size in bytes. */
  readonly size: number;
  /** Fills the buffer's `length` bytes from `offset` on; fewer only at the end, as `bytesRead` tells. */
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  /** May be called twice. */
  close(): Promise<void>;
}

/** Opens a file as a source. @throws TableError */
export async function openFileSource(path: string): Promise<TableSource> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const handle = file;
    const { size } = await handle.stat();
    return {
      size,
      read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
      close: () => handle.close(),
    };
  } catch (error) {
    await file?.close();
    throw asTableError(error);
  }
}

/** Failures of the file system become a table's; anything else is a mistake of the program and stays what it is. */
export function asTableError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  return new TableError({ code: 'unreadable', args: { cause: String(error.code) } }, { cause: error });
}

/** Bytes that are read at once. */
export const pieceSize = 64 * 1024;

/** The bytes at a position, less than a piece only at the source's end. */
export async function readPiece(
  source: TableSource,
  position: number,
  buffer = Buffer.allocUnsafe(pieceSize),
): Promise<Buffer> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await source.read(buffer, length, buffer.length - length, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

import type { FileOperations } from './file-operations.ts';

/** Writes a small file and returns when it is on the disk. */
export async function writeFile(path: string, bytes: Uint8Array, disk: FileOperations): Promise<void> {
  const file = await disk.createFile(path);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

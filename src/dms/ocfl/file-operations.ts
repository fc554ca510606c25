import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises';

/** A file under construction. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Returns when the bytes are on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Everything that the store's writer does to a disk, and nothing else does: a test can stop, fill or break the disk
 * before each single step.
 */
export interface FileOperations {
  /** Makes a folder and those above it; content with those that exist. */
  makeFolder(path: string): Promise<void>;
  /** Makes a file that does not exist yet. */
  createFile(path: string): Promise<NewFile>;
  /** Returns when the folder's entries are on the disk. */
  syncFolder(path: string): Promise<void>;
  /** Moves within one file system, atomically; fails when the target is a folder with content. */
  rename(from: string, to: string): Promise<void>;
  /** Removes an empty folder; fails when something is in it. */
  removeFolder(path: string): Promise<void>;
  /** Removes a folder and all in it; content when it is not there. */
  removeTree(path: string): Promise<void>;
}

export const diskOperations: FileOperations = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  async createFile(path) {
    const handle = await open(path, 'wx');
    return {
      write: async (bytes) => {
        for (let done = 0; done < bytes.length; ) {
          done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
        }
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  async syncFolder(path) {
    // Windows has no handle for a folder's entries; NTFS journals them.
    if (process.platform === 'win32') return;
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  removeFolder: rmdir,
  async removeTree(path) {
    await rm(path, { recursive: true, force: true });
  },
};

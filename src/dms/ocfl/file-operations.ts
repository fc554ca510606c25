import { mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { chmod, copyFile, open } from 'node:fs/promises';
import { syncFileSystem } from './sync-file-system.ts';
import { type SmallTree, writeTree } from './write-tree.ts';

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
  /** Makes new folders and small files; `syncFile` and `syncFolder`, or `syncAll`, bring them to the disk. */
  writeTree(tree: SmallTree): Promise<void>;
  /** Makes a file that does not exist yet. */
  createFile(path: string): Promise<NewFile>;
  /**
   * Copies the bytes of a file, and nothing else of it, to one that does not exist yet; returns when they are on the disk.
   * Done by the system, it takes half the time of reading and writing.
   */
  copyFile(from: string, to: string): Promise<void>;
  /** Returns when the bytes of a file are on the disk that was written and closed before. */
  syncFile(path: string): Promise<void>;
  /** Returns when the folder's entries are on the disk. */
  syncFolder(path: string): Promise<void>;
  /**
   * Returns when everything is on the disk that was written to the file system of this folder before.
   * @returns false where there is no dependable way to do so, or where it failed: then every file has to be asked
   */
  syncAll(folder: string): Promise<boolean>;
  /** Moves within one file system, atomically; fails when the target is a folder with content. */
  rename(from: string, to: string): Promise<void>;
  /** Removes an empty folder; fails when something is in it. */
  removeFolder(path: string): Promise<void>;
  /** Removes a folder and all in it; content when it is not there. */
  removeTree(path: string): Promise<void>;
}

/** Small steps are done at once: handing each to another thread takes many times as long as the step. */
export const diskOperations: FileOperations = {
  async makeFolder(path) {
    mkdirSync(path, { recursive: true });
  },
  writeTree,
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
  async copyFile(from, to) {
    const mode = await modeOfNew(to);
    await copyFile(from, to);
    await chmod(to, mode);
    await syncPath(to, 'r+');
  },
  // Windows flushes only what is open for writing.
  syncFile: (path) => syncPath(path, 'r+'),
  async syncFolder(path) {
    // Windows has no handle for a folder's entries; NTFS journals them.
    if (process.platform !== 'win32') await syncPath(path, 'r');
  },
  syncAll: syncFileSystem,
  async rename(from, to) {
    renameSync(from, to);
  },
  async removeFolder(path) {
    rmdirSync(path);
  },
  async removeTree(path) {
    rmSync(path, { recursive: true, force: true });
  },
};

/** Makes an empty file. @returns its permissions, in place of which a copy gets those of the other file */
async function modeOfNew(path: string): Promise<number> {
  const handle = await open(path, 'wx');
  try {
    return (await handle.stat()).mode;
  } finally {
    await handle.close();
  }
}

async function syncPath(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { diskOperations, type FileOperations } from '../../src/dms/ocfl/file-operations.ts';

/**
 * A disk that asks before every step. What `before` throws is the step's failure; it sees the steps by their names in
 * the order in which they are made.
 */
export function watchedDisk(before: (step: string, path: string) => void | Promise<void>): FileOperations {
  return {
    async makeFolder(path) {
      await before('makeFolder', path);
      return diskOperations.makeFolder(path);
    },
    async writeTree({ folders, files }) {
      for (const folder of folders) {
        await before('makeFolder', folder);
        await diskOperations.writeTree({ folders: [folder], files: [] });
      }
      for (const file of files) {
        await before('write', file.path);
        await diskOperations.writeTree({ folders: [], files: [file] });
      }
    },
    async copyFile(from, to) {
      await before('createFile', to);
      await before('write', to);
      await diskOperations.copyFile(from, to);
      await before('sync', to);
    },
    async syncFile(path) {
      await before('sync', path);
      return diskOperations.syncFile(path);
    },
    async syncAll(folder) {
      await before('syncAll', folder);
      return diskOperations.syncAll(folder);
    },
    async createFile(path) {
      await before('createFile', path);
      const file = await diskOperations.createFile(path);
      return {
        async write(bytes) {
          await before('write', path);
          return file.write(bytes);
        },
        async sync() {
          await before('sync', path);
          return file.sync();
        },
        close: () => file.close(),
      };
    },
    async syncFolder(path) {
      await before('syncFolder', path);
      return diskOperations.syncFolder(path);
    },
    async rename(from, to) {
      await before('rename', to);
      return diskOperations.rename(from, to);
    },
    async removeFolder(path) {
      await before('removeFolder', path);
      return diskOperations.removeFolder(path);
    },
    async removeTree(path) {
      await before('removeTree', path);
      return diskOperations.removeTree(path);
    },
  };
}

/** A disk that works for a number of steps and then never again, as after a crash of the process. */
export function dyingDisk(steps: number): FileOperations {
  let left = steps;
  return watchedDisk((step, path) => {
    if (left-- > 0) return;
    throw Object.assign(new Error(`crashed before ${step} ${path}`), { code: 'ECRASHED', syscall: step });
  });
}

import type { FileOperations } from './file-operations.ts';
import type { SmallFile } from './write-tree.ts';

/** Small files that are gathered in memory, and written together. */
export interface Draft {
  /** Paths of all files added. */
  readonly files: readonly string[];
  add(path: string, bytes: Uint8Array): Promise<void>;
  /** Writes what was not yet written: at first the folders. To be called at the end. */
  write(): Promise<void>;
}

/** So many bytes are held at the most before they are written. */
const mostBytes = 1 << 20;

/** @param folders new ones, each after the one that holds it */
export function createDraft(folders: readonly string[], disk: FileOperations): Draft {
  const paths: string[] = [];
  let gathered: SmallFile[] = [];
  let bytes = 0;
  let written: Promise<void> | undefined;

  const write = (): Promise<void> => {
    const tree = { folders: written ? [] : folders, files: gathered };
    gathered = [];
    bytes = 0;
    // One after the other: the folders have to be there.
    written = (written ?? Promise.resolve()).then(() => disk.writeTree(tree));
    return written;
  };
  return {
    files: paths,
    async add(path, content) {
      paths.push(path);
      gathered.push({ path, bytes: content });
      bytes += content.length;
      if (bytes >= mostBytes) await write();
    },
    write,
  };
}

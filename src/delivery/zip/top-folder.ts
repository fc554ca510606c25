import { isJunk } from '../names.ts';
import type { PackageReader } from '../package-reader.ts';

/**
 * Many programs pack a folder with its name: "lieferung-1/index.csv" in lieferung-1.zip. The package is what lies in it.
 * @param fits whether a path is one that the package is expected to have: more must fit without the folder than with it.
 * Where that says nothing, the folder is around the package if the zip file is named after it
 * @returns the folder, "lieferung-1/"; undefined where the paths in the zip file are those of the package
 */
export async function findTopFolder(
  reader: PackageReader,
  zipName: string,
  fits: ((path: string) => boolean) | undefined,
): Promise<string | undefined> {
  let top: string | undefined;
  let gain = 0;
  for await (const { path, kind } of reader.list()) {
    if (isJunk(path)) continue;
    const [first = '', ...below] = path.split('/');
    // A file on top, or a second folder: there is no folder around everything.
    if ((below.length === 0 && kind !== 'folder') || (top !== undefined && top !== first)) return undefined;
    top = first;
    if (kind !== 'folder' && fits) gain += Number(fits(below.join('/'))) - Number(fits(path));
  }
  const isAround = gain === 0 ? top === zipName.replace(/\.zip$/i, '') : gain > 0;
  return top !== undefined && isAround ? `${top}/` : undefined;
}

/** The package that lies in a folder of another one. What lies beside the folder stays as it is. */
export function inFolder(reader: PackageReader, folder: string): PackageReader {
  return {
    ...reader,
    async *list(signal) {
      for await (const entry of reader.list(signal)) {
        if (entry.path.startsWith(folder)) yield { ...entry, path: entry.path.slice(folder.length) };
        else if (`${entry.path}/` !== folder) yield entry;
      }
    },
    // Only what the system left lies beside the folder, and nobody reads it.
    content: (entry) => reader.content({ ...entry, path: folder + entry.path }),
  };
}

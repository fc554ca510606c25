import { readdir } from 'node:fs/promises';
import { hasErrorCode } from '../errors.ts';

/** The names in a folder; undefined when there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

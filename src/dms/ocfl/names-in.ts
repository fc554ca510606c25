import { readdirSync } from 'node:fs';
import { hasErrorCode } from '../errors.ts';

/** The names in a folder; undefined when there is no such folder. */
export function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

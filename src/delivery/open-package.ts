import { openDirectory } from './directory.ts';
import type { PackageReader } from './package-reader.ts';

/**
 * Opens a package in whatever form it lies at this place.
 * @throws UsageError when there is none
 */
export function openPackage(location: string): PackageReader {
  return openDirectory(location);
}

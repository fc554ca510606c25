/** Why a path that a vendor wrote is not followed. */
export type UnsafePath = 'absolute' | 'drive' | 'parent' | 'control';

export type ListedPath = { readonly path: string; readonly backslashes: boolean } | { readonly unsafe: UnsafePath };

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const control = /[\u0000-\u001f]/;

/**
 * Reads a path as manifests and checksum files write it, relative to a folder of the package: "/" or "\" between
 * folders, "./" in front allowed.
 * @returns the path with "/" between folders and nothing superfluous ("" when nothing remains), or why it is refused
 */
export function readListedPath(written: string): ListedPath {
  if (control.test(written)) return { unsafe: 'control' };
  if (/^[A-Za-z]:/.test(written)) return { unsafe: 'drive' };
  const path = written.replaceAll('\\', '/');
  if (path.startsWith('/')) return { unsafe: 'absolute' };
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return { unsafe: 'parent' };
  return { path: segments.join('/'), backslashes: written.includes('\\') };
}

import { isJunk } from '../names.ts';
import type { PackageReader } from '../package-reader.ts';

/**
 * Where a bag begins in a package: "" where bagit.txt lies on top, "folder/" where everything lies in one folder that
 * holds it; undefined where there is no bag. A zip file may have that folder (RFC 8493, 4.2), a named folder is it.
 */
export async function findBag(reader: PackageReader, signal?: AbortSignal): Promise<string | undefined> {
  const tops = new Set<string>();
  let declaredBelow = '';
  for await (const { path, kind } of reader.list(signal)) {
    if (isJunk(path)) continue;
    if (path === 'bagit.txt') return '';
    const [top = '', second, ...rest] = path.split('/');
    if (second === undefined && kind !== 'folder') tops.add('');
    tops.add(top);
    if (second === 'bagit.txt' && rest.length === 0) declaredBelow = top;
    // A folder is listed top first: what lies deeper cannot make a bag of it.
    if (second !== undefined && reader.form === 'folder') return undefined;
  }
  return reader.form === 'zip' && declaredBelow !== '' && tops.size === 1 ? `${declaredBelow}/` : undefined;
}

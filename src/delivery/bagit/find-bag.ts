import { isJunk } from '../names.ts';
import type { PackageReader } from '../package-reader.ts';

/**
 * Where a bag begins in a package: "" where it is the package itself, "folder/" where everything in a zip file lies in
 * one folder that is a bag (RFC 8493, 4.2); undefined where there is none. A bag has bagit.txt, or, where that was
 * forgotten, a payload manifest beside a folder "data".
 */
export async function findBag(reader: PackageReader, signal?: AbortSignal): Promise<string | undefined> {
  const tops = new Set<string>();
  const beside = { top: createSigns(), below: createSigns() };
  for await (const { path, kind } of reader.list(signal)) {
    if (isJunk(path)) continue;
    const [top = '', second, third] = path.split('/');
    if (second === undefined) beside.top.see(top, kind === 'folder');
    else if (third === undefined) beside.below.see(second, kind === 'folder');
    tops.add(kind === 'folder' || second !== undefined ? top : '');
    // What lies on top is listed first: what lies deeper cannot make a bag of a folder.
    if (second !== undefined && (reader.form === 'folder' || tops.size > 1)) break;
  }
  if (beside.top.isBag()) return '';
  return reader.form === 'zip' && tops.size === 1 && beside.below.isBag() ? `${[...tops][0]}/` : undefined;
}

function createSigns() {
  const seen = { declaration: false, manifest: false, payload: false };
  return {
    see(name: string, isFolder: boolean): void {
      seen.declaration ||= !isFolder && name === 'bagit.txt';
      seen.manifest ||= !isFolder && /^manifest-[a-z0-9_-]+\.txt$/.test(name);
      seen.payload ||= isFolder && name === 'data';
    },
    isBag: (): boolean => seen.declaration || (seen.manifest && seen.payload),
  };
}

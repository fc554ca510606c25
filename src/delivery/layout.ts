import { type PathPattern, readPattern } from './glob.ts';
import { isJunk } from './names.ts';
import type { DeliveryProfile } from './profile.ts';

/** What a file is in the package, by its path alone. */
export type EntryRole = 'junk' | 'ignored' | 'manifest' | 'checksums' | 'document' | 'unexpected';

/** Reads the patterns of a profile into one function: path → role. @throws SyntaxError for a malformed pattern */
export function readLayout(layout: DeliveryProfile['layout']): (path: string) => EntryRole {
  const roles: readonly [EntryRole, readonly PathPattern[]][] = [
    ['ignored', (layout.ignore ?? []).map(readPattern)],
    ['manifest', (layout.manifests ?? []).map(readPattern)],
    ['checksums', (layout.checksums ?? []).map(readPattern)],
    ['document', layout.files.map(readPattern)],
  ];
  return (path) => {
    if (isJunk(path)) return 'junk';
    const role = roles.find(([, patterns]) => patterns.some((pattern) => pattern.matches(path)));
    return role ? role[0] : 'unexpected';
  };
}

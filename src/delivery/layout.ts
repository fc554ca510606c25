import { type PathPattern, readPattern } from './glob.ts';
import { isJunk } from './names.ts';
import type { DeliveryProfile } from './profile.ts';

/** What a file is in the package, by its path alone. */
export const entryRoles = ['junk', 'ignored', 'manifest', 'checksums', 'document', 'unexpected'] as const;
export type EntryRole = (typeof entryRoles)[number];

/** What a path says by itself: the values of the groups in the pattern of `layout.files` that it fits. */
export type PathNames = Readonly<Record<string, string>>;

export interface Layout {
  roleOf(path: string): EntryRole;
  /** Names of all groups in `layout.files`. */
  readonly groups: readonly string[];
  /** undefined for a path that fits no pattern with groups. */
  namesOf(path: string): PathNames | undefined;
}

/** Reads the patterns of a profile. @throws SyntaxError for a malformed pattern */
export function readLayout(layout: DeliveryProfile['layout']): Layout {
  const files = layout.files.map(readPattern);
  const naming = files.filter(({ groups }) => groups.length > 0);
  const roles: readonly [EntryRole, readonly PathPattern[]][] = [
    ['ignored', (layout.ignore ?? []).map(readPattern)],
    ['manifest', (layout.manifests ?? []).map(readPattern)],
    ['checksums', (layout.checksums ?? []).map(readPattern)],
    ['document', files],
  ];
  return {
    groups: [...new Set(naming.flatMap(({ groups }) => groups))],
    roleOf: (path) => {
      if (isJunk(path)) return 'junk';
      const role = roles.find(([, patterns]) => patterns.some((pattern) => pattern.matches(path)));
      return role ? role[0] : 'unexpected';
    },
    namesOf: (path) => naming.find((pattern) => pattern.matches(path))?.capture(path),
  };
}

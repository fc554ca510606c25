import type { EntryIndex } from './entry-index.ts';
import { fold } from './glob.ts';

/** What stands before the package's own paths where a list writes whole paths of the computer that it was made on. */
export interface PathRoot {
  /** As it is written, without a slash at its end: "D:\Lieferung". */
  readonly written: string;
  /** The path in the package; undefined where the name does not begin with the root. */
  below(name: string): string | undefined;
}

/** Whether a name begins at a drive, a share or the root of the file system. */
export function isAbsolute(name: string): boolean {
  return /^\s*(?:[A-Za-z]:|[\\/])/.test(name);
}

/** Names that are looked at, and folders at the end of each: a package is not deeper. */
const mostNames = 2_000;
const mostFolders = 40;

/**
 * Finds the root under which most of these absolute names are paths of the package; of each name the longest end that
 * is one counts.
 * @param folder of the list in the package, "" or with a slash at its end: names may be meant from there
 */
export function findRoot(names: Iterable<string>, folder: string, index: EntryIndex): PathRoot | undefined {
  const votes = new Map<string, { readonly written: string; readonly base: string; count: number }>();
  let seen = 0;
  for (const name of names) {
    if (!isAbsolute(name)) continue;
    seen += 1;
    if (seen > mostNames) break;
    const root = rootOf(name.trim(), folder, index);
    if (!root) continue;
    const key = `${root.base}\n${comparable(root.written)}`;
    const known = votes.get(key);
    if (known) known.count += 1;
    else votes.set(key, { ...root, count: 1 });
  }
  const best = [...votes.values()].reduce<{ written: string; base: string; count: number } | undefined>(
    (most, one) => (most && most.count >= one.count ? most : one),
    undefined,
  );
  return best && pathRoot(best);
}

function pathRoot({ written, base }: { readonly written: string; readonly base: string }): PathRoot {
  const start = comparable(`${written}/`);
  return {
    written,
    below(name) {
      const plain = name.trim();
      const begins = comparable(plain.slice(0, written.length + 1)) === start;
      return begins ? base + plain.slice(written.length + 1) : undefined;
    },
  };
}

function rootOf(name: string, folder: string, index: EntryIndex): { written: string; base: string } | undefined {
  const slashes = [...name.matchAll(/[\\/]+/g)].slice(-mostFolders);
  for (const { index: at, 0: slash } of slashes) {
    const rest = name.slice(at + slash.length).replaceAll('\\', '/');
    if (rest === '') continue;
    // The root ends before the last slash of several.
    const written = name.slice(0, at + slash.length - 1);
    if (index.find(rest)) return { written, base: '' };
    if (folder !== '' && index.find(folder + rest)) return { written, base: folder };
  }
  return undefined;
}

/** Drives and shares do not tell letter cases apart. */
function comparable(name: string): string {
  return fold(name).replaceAll('\\', '/');
}

import { createHash } from 'node:crypto';

/** Windows ends paths at 260 characters, and a store lies somewhere: the part inside an object stays well below. */
const longestPath = 120;
const longestSegment = 80;
const reservedName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Paths under which content can lie on any file system: ASCII letters, digits and "._-", no reserved names, short,
 * unique also where letter case is not told apart. A logical path that already is so keeps its form; the original of
 * the others stands in the inventory.
 * @param logicalPaths valid logical paths, unique
 * @returns the portable path of each, in the same order
 */
export function portablePaths(logicalPaths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return logicalPaths.map((logicalPath) => {
    const wished = logicalPath.split('/').map(portableSegment).join('/');
    const free = wished.length <= longestPath && isFree(wished, taken);
    const path = free
      ? wished
      : `${wished.slice(0, wished.indexOf('/'))}/${fingerprint(logicalPath, 40)}${endingOf(wished)}`;
    take(path, taken);
    return path;
  });
}

function portableSegment(segment: string): string {
  const safe = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment) && !segment.endsWith('.') && !reservedName.test(segment);
  if (safe && segment.length <= longestSegment) return segment;
  const ending = endingOf(segment);
  const stem = segment
    .slice(0, segment.length - ending.length)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, 40);
  return `${stem}~${fingerprint(segment, 8)}${ending}`;
}

/** ".pdf", or nothing where a name does not end like that. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return /^\.[A-Za-z0-9]{1,8}$/.exec(dot > 0 ? name.slice(dot) : '')?.[0] ?? '';
}

/** True when neither the path itself nor one of its folders is a file already, nor the path a folder of another. */
function isFree(path: string, taken: ReadonlySet<string>): boolean {
  return !taken.has(path.toLowerCase()) && foldersOf(path).every((folder) => !taken.has(`${folder}\0file`));
}

/** Remembers a file, and the folders it lies in, which may be shared but are no names for files. */
function take(path: string, taken: Set<string>): void {
  taken.add(path.toLowerCase());
  taken.add(`${path.toLowerCase()}\0file`);
  for (const folder of foldersOf(path)) taken.add(folder);
}

function foldersOf(path: string): readonly string[] {
  const segments = path.toLowerCase().split('/');
  return segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'));
}

function fingerprint(value: string, digits: number): string {
  return createHash('sha256').update(value, 'utf8').digest('hex').slice(0, digits);
}

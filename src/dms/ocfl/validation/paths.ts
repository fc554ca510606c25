/** What is wrong with the form of a logical or content path (OCFL 1.1 sections 3.5.2 and 3.5.3.1). */
export interface PathFaults {
  /** Begins or ends with "/", or is empty. */
  readonly ends: boolean;
  /** Has a part that is ".", ".." or empty. */
  readonly elements: boolean;
}

export function pathFaults(path: string): PathFaults {
  const ends = path === '' || path.startsWith('/') || path.endsWith('/');
  const inner = path.slice(path.startsWith('/') ? 1 : 0, path.endsWith('/') ? -1 : undefined);
  const elements = inner.split('/').some((part) => part === '.' || part === '..' || (part === '' && inner !== ''));
  return { ends, elements };
}

/** Paths that occur twice, or are the folder of another path. */
export function pathConflicts(paths: readonly string[]): ReadonlySet<string> {
  // With "/" sorted before everything else, what lies in a folder stands directly behind a file of the folder's name.
  const sorted = paths.map((path) => ({ path, order: path.replaceAll('/', '\0') }));
  sorted.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const conflicts = new Set<string>();
  for (const [at, { path }] of sorted.entries()) {
    const next = sorted[at + 1]?.path;
    if (next === path || next?.startsWith(`${path}/`)) conflicts.add(path);
  }
  return conflicts;
}

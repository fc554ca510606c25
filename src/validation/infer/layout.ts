/** Fields whose values may stand in paths, in the order in which they are looked for. */
const naming = ['reference', 'volume', 'box', 'documentType', 'title'];

/** A document with what its row says of it. */
export interface NamedDocument {
  readonly path: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/**
 * Patterns that all documents fit: folders that are the same in all are written out, those that equal a field of the row
 * are a group of its name, others a star; where documents lie at different depths, any folders in between.
 */
export function inferLayout(documents: readonly NamedDocument[]): string[] {
  const paths = documents.map(({ path }) => path.split('/'));
  const depths = new Set(paths.map(({ length }) => length));
  const endings = [...new Set(documents.map(({ path }) => endingOf(path)))].sort();
  const ending = endings.length === 1 ? (endings[0] ?? '') : `{${endings.join(',')}}`;
  const [first = []] = paths;
  if (depths.size > 1) return [[...commonFolders(paths), '**', `*.${ending}`].join('/')];
  const folders = first.slice(0, -1).map((_, index) => folderPart(documents, paths, index));
  return [[...folders, `${stemPart(documents)}.${ending}`].join('/')];
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

function commonFolders(paths: readonly (readonly string[])[]): string[] {
  const [first = []] = paths;
  const length = first
    .slice(0, -1)
    .findIndex((name, index) => paths.some((path) => path[index] !== name || index >= path.length - 1));
  return first.slice(0, length < 0 ? first.length - 1 : length).map(escapeGlob);
}

function folderPart(documents: readonly NamedDocument[], paths: readonly (readonly string[])[], index: number): string {
  const name = paths[0]?.[index] ?? '';
  if (paths.every((path) => path[index] === name)) return escapeGlob(name);
  return groupFor(documents, (_document, at) => paths[at]?.[index] ?? '') ?? '*';
}

function stemPart(documents: readonly NamedDocument[]): string {
  const stem = ({ path }: NamedDocument) => path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
  return groupFor(documents, stem) ?? '*';
}

/** The group of a field whose values are these names, in every document. */
function groupFor(
  documents: readonly NamedDocument[],
  nameOf: (document: NamedDocument, at: number) => string,
): string | undefined {
  const field = naming.find((candidate) =>
    documents.every(
      (document, at) => document.values[candidate]?.normalize('NFC') === nameOf(document, at).normalize('NFC'),
    ),
  );
  return field === undefined ? undefined : `{${field}}`;
}

/** Patterns of one role that a profile may have. */
const mostPatterns = 100;

/**
 * Patterns for these files: each by its path; where they are too many, all of an ending by that, unless others have it, too.
 * @param others files of other roles
 */
export function patternsFor(paths: readonly string[], others: readonly string[]): string[] {
  if (paths.length <= mostPatterns) return paths.map(escapeGlob);
  const taken = new Set(others.map(endingOf));
  const endings = new Set(
    paths.map(endingOf).filter((ending) => /^[a-z0-9-]{1,20}$/.test(ending) && !taken.has(ending)),
  );
  const single = paths.filter((path) => !endings.has(endingOf(path))).map(escapeGlob);
  return [...[...endings].map((ending) => `**/*.${ending}`), ...single].slice(0, mostPatterns);
}

/** Characters that mean something in a pattern stand for any one character; so does "^" where it begins one. */
function escapeGlob(name: string): string {
  return name.replaceAll(/[*?{}]|^\^/g, '?');
}

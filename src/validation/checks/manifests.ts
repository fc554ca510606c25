import { createFinding, type Finding } from '../../findings/finding.ts';
import { IntColumn, SmallIntColumn } from '../../shared/columns/numbers.ts';
import {
  type CheckContext,
  documentsOfRow,
  foldersAbove,
  isOutOfSight,
  placeOfRow,
  roleOf,
  unlistedEntries,
} from '../context.ts';

/** A profile that names manifests, and a package without one. */
export function* absentManifest({ profile, manifests, index }: CheckContext): Iterable<Finding> {
  const patterns = profile.source.layout.manifests ?? [];
  if (patterns.length === 0 || manifests.length > 0 || index.entries.every(({ kind }) => kind === 'folder')) return;
  yield createFinding('manifest.absent', { path: '' }, { patterns });
}

/** Several rows that name one file. The finding is about the file: which of the rows is right is not known. */
export function* duplicateRows({ index, rows, fileRows }: CheckContext): Iterable<Finding> {
  if (fileRows) {
    for (const { row, first, documents } of fileRows.overlaps) {
      const args = { documents, firstRow: first.row, firstManifest: first.manifest };
      yield createFinding('manifest.rows-overlap', placeOfRow(row), args);
    }
    return;
  }
  const first = new IntColumn();
  for (const listed of rows) {
    if (listed.broken) continue;
    // Two files whose names differ in their Unicode form only are two files; that they collide is told of the names.
    const key = listed.entry ? listed.pathNumber : index.paths.numberOf(listed.path.normalize('NFC'));
    const other = rows.at(first.get(key));
    if (!other) {
      first.set(key, listed.index);
      continue;
    }
    const { manifest, row, path } = listed;
    const args = { manifest, firstRow: other.row, firstManifest: other.manifest };
    yield createFinding('manifest.path-duplicate', { path, row }, args);
  }
}

/** Rows whose file the package lacks. */
export function* absentFiles(context: CheckContext): Iterable<Finding> {
  if (context.fileRows) {
    yield* filesWithoutDocuments(context);
    return;
  }
  const told = new SmallIntColumn();
  let folders: ReadonlySet<string> | undefined;
  for (const listed of context.rows) {
    const { pathNumber } = listed;
    if (listed.entry || listed.broken || told.get(pathNumber) > 0) continue;
    const { manifest, row, path } = listed;
    if (isOutOfSight(context, path)) continue;
    told.set(pathNumber, 1);
    folders ??= foldersOf(context);
    // Told of the row: of the path, it would be told of all that is in the folder.
    if (folders.has(path)) yield createFinding('manifest.path-is-folder', placeOfRow(listed), { folder: path });
    else yield createFinding('manifest.file-absent', { path, row }, { manifest });
  }
}

/** Folders of the package; asked for only where files are absent. */
function foldersOf({ index }: CheckContext): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { kind, path } of index.entries) {
    if (kind === 'folder') folders.add(path);
    for (const folder of foldersAbove(path)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** Rows that stand for a whole file of which the package holds no document. */
function* filesWithoutDocuments(context: CheckContext): Iterable<Finding> {
  for (const row of context.rows) {
    if (row.broken || documentsOfRow(context, row).length > 0) continue;
    const place = placeOfRow(row);
    if (context.isBlamed(place) || context.isBlamed(row) || isOutOfSight(context, row.path)) continue;
    yield createFinding('manifest.file-empty', place, { folder: row.path });
  }
}

/**
 * Documents that no manifest names. Not told where a manifest is absent or could not be read to its end: that is one
 * cause, and has been told.
 */
export function* unlistedFiles(context: CheckContext): Iterable<Finding> {
  const { manifests } = context;
  if (manifests.length === 0 || !manifests.every(({ complete }) => complete)) return;
  for (const entry of unlistedEntries(context)) {
    if (roleOf(context, entry) !== 'document' || context.isBlamed(entry)) continue;
    yield createFinding('manifest.file-not-listed', { path: entry.path }, {});
  }
}

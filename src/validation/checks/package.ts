import { isUnfinishedTransfer } from '../../delivery/names.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { type CheckContext, roleOf } from '../context.ts';

/** A package without any file: nothing else needs to be said about it. */
export function* emptyPackage({ index, isBlamed }: CheckContext): Iterable<Finding> {
  // A zip file without a directory has been told, and says nothing about its content.
  if (isBlamed({ path: '' })) return;
  if (index.entries.every(({ kind }) => kind === 'folder')) yield createFinding('package.empty', { path: '' }, {});
}

/** Entries that are no ordinary files, or that cannot be read. */
export function* unusableEntries({ index }: CheckContext): Iterable<Finding> {
  for (const { path, kind, cause = 'EIO' } of index.entries) {
    if (kind === 'link') yield createFinding('package.link', { path }, {});
    else if (kind === 'unreadable') yield createFinding('package.entry-unreadable', { path }, { cause });
    else if (kind !== 'file' && kind !== 'folder' && kind !== 'refused')
      yield createFinding('package.special-file', { path }, { kind });
  }
}

/** Files that programs leave behind: told as a note, or as an error where a transfer was broken off. */
export function* remnants(context: CheckContext): Iterable<Finding> {
  for (const entry of context.index.entries) {
    if (entry.kind === 'folder') continue;
    const role = roleOf(context, entry);
    if (role === 'junk') yield createFinding('package.junk', { path: entry.path }, {});
    else if (role !== 'ignored' && isUnfinishedTransfer(entry.path)) {
      yield createFinding('package.transfer-unfinished', { path: entry.path }, {});
    }
  }
}

/** Files that no pattern of the profile foresees. */
export function* unexpectedFiles(context: CheckContext): Iterable<Finding> {
  for (const entry of context.index.entries) {
    if (entry.kind === 'folder' || roleOf(context, entry) !== 'unexpected' || context.isBlamed(entry)) continue;
    yield createFinding('package.file-unexpected', { path: entry.path }, {});
  }
}

/** Zip files in a package: refused unless zip is an agreed format; without a profile, in a folder they are only files. */
export function* nestedArchives(context: CheckContext): Iterable<Finding> {
  const { form, profile, index, files, profileApplied } = context;
  if (profileApplied && profile.formats.includes('zip')) return;
  const code = !profileApplied && form === 'folder' ? 'package.archive-unopened' : 'package.nested-archive';
  for (const { path } of index.entries) {
    if (!/\.zip$/i.test(path) || files.facts.get(path)?.format !== 'zip') continue;
    const role = profile.roleOf(path);
    if (role !== 'ignored' && role !== 'junk') yield createFinding(code, { path }, {});
  }
}

/** What was written, added or removed while the check ran. */
export function* changesDuringCheck(context: CheckContext): Iterable<Finding> {
  for (const { path, change } of context.changes) {
    if (context.isBlamed({ path })) continue;
    yield createFinding('package.changed', { path }, { change });
  }
}

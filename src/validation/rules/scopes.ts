import { readField } from '../../delivery/field-types.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import type { PackageEntry } from '../../delivery/package-reader.ts';
import { MAXIMUM_TEXT, type Scope } from '../../delivery/profile/expression.ts';
import type { CheckContext } from '../context.ts';
import { documentsOfRow, factsOf, pagesOf } from '../context.ts';

/** Makes what rules see of a row or of a file. */
export interface Scopes {
  ofRow(row: ManifestRow): Scope;
  ofFile(entry: PackageEntry): Scope;
}

/** Only what some rule speaks of is read from a row: most of a million rows is never asked for. */
export function createScopes(context: CheckContext): Scopes {
  const { rules, columns } = context.profile;
  const { language, fields, spokenOf } = rules;
  const asked = columns.filter(({ field }) => fields.has(field));
  const about = (path: string, documents: readonly PackageEntry[]): Record<string, unknown> => {
    const scope: Record<string, unknown> = {};
    if (spokenOf.has('file')) scope.file = language.object('file', fileMembers(context, path, documents));
    const names = spokenOf.has('name') ? context.profile.namesOf(path) : undefined;
    if (names) scope.name = language.object('name', names);
    return scope;
  };
  return {
    ofRow: (row) => {
      const members: Record<string, unknown> = {};
      for (const { field, type } of asked) {
        const written = row.values[field];
        if (written !== undefined && written.length <= MAXIMUM_TEXT) members[field] = readField(type, written);
      }
      const scope = about(row.path, documentsOfRow(context, row));
      scope.row = language.object('row', members);
      return scope;
    },
    ofFile: (entry) => about(entry.path, [entry]),
  };
}

/** Of a row that stands for a whole file (Akte): size and pages of all its documents; format and digest of an only one. */
function fileMembers(context: CheckContext, path: string, documents: readonly PackageEntry[]): Record<string, unknown> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const [first] = documents;
  const facts = first && documents.length === 1 ? factsOf(context, first.path) : null;
  const pages = pagesOf(context, documents);
  return {
    present: first !== undefined,
    path,
    name,
    extension: dot > 0 ? name.slice(dot + 1).toLowerCase() : '',
    size: first && BigInt(documents.reduce((sum, { size }) => sum + size, 0)),
    format: facts?.format,
    pages: pages === null ? undefined : BigInt(pages),
    sha256: facts?.sha256,
  };
}

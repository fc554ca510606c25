import type { NewDocument } from '../adapter.ts';
import type { Additions } from './additions.ts';
import type { ExpectedDocument } from './compare-stored.ts';
import type { FileImport } from './import-file.ts';
import type { PlannedImport } from './plan.ts';
import { ownDocumentsAre } from './steps.ts';
import { type AcceptedDocument, ownDocuments } from './store.ts';

/** All that is not stored as it was accepted: what we made beside the documents, and our copies of them. */
export function ownOf({ documents, copies }: Additions): readonly NewDocument[] {
  return [...documents, ...copies.values()];
}

/** What has to be found in the system: the accepted documents, or our copies of them, and what we made beside them. */
export function expectedDocuments(
  documents: readonly AcceptedDocument[],
  own: readonly { readonly name: string; readonly sha256: string }[],
): ExpectedDocument[] {
  const pagesOf = new Map(documents.map(({ path, pages }) => [path, pages]));
  const replaced = new Set(own.map(({ name }) => name));
  return [
    ...documents
      .filter(({ path }) => !replaced.has(path))
      .map(({ path, sha256, pages }) => ({ name: path, sha256, pages })),
    ...own.map(({ name, sha256 }) => ({ name, sha256, pages: pagesOf.get(name) ?? null })),
  ];
}

/** Before the request: a later run has to know what was sent along. */
export async function recordOwn(
  { workspace, recorder }: Pick<FileImport, 'workspace' | 'recorder'>,
  { objectKey, object }: PlannedImport,
  own: readonly NewDocument[],
  accepted: readonly AcceptedDocument[],
): Promise<void> {
  const earlier = object ? await ownDocuments(workspace.db, object.id) : [];
  if (own.length > 0 || earlier.length > 0) await recorder.record(ownDocumentsAre(objectKey, own, accepted));
}

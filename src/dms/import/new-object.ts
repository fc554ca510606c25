import { resolve } from 'node:path';
import type { Workspace } from '../../storage/workspace.ts';
import type { JsonObject, NewObject } from '../adapter.ts';
import type { Additions } from './additions.ts';
import type { PlannedImport } from './plan.ts';
import { packageFolder } from './read-plan.ts';
import type { AcceptedDocument, AcceptedFile } from './store.ts';

/** An accepted file as it is given to an adapter. */
export function newObject(
  workspace: Workspace,
  planned: PlannedImport,
  documents: readonly AcceptedDocument[],
  additions: Additions,
): NewObject {
  const { file } = planned;
  const folder = packageFolder(workspace, file);
  return {
    key: planned.objectKey,
    metadata: { ...withOwn(metadataOf(workspace, file, documents), additions), ...additions.metadata },
    documents: [
      ...documents.map(
        ({ path, size, sha256 }) =>
          additions.copies.get(path) ?? { name: path, source: resolve(folder, path), size, sha256 },
      ),
      ...additions.documents,
    ],
  };
}

/**
 * A mapping describes every document that is stored, ours too. Of a copy with a note the index data tell the accepted bytes,
 * which it begins with, and itself as `withNote`.
 */
function withOwn(data: ReturnType<typeof metadataOf>, { documents, copies }: Additions) {
  const accepted = data.documents.map((document): JsonObject => {
    const copy = copies.get(document.name);
    return copy ? { ...document, withNote: { sha256: copy.sha256, size: copy.size } } : document;
  });
  const own = documents.map(({ name, sha256, size }) => ({ name, sha256, size, pages: null, fields: {} }));
  return { ...data, documents: [...accepted, ...own] };
}

/** Index data that go along with the documents. */
export function metadataOf(workspace: Workspace, file: AcceptedFile, documents: readonly AcceptedDocument[]) {
  return {
    schema: 'urn:scanlot:schemas/stored-file-1',
    county: workspace.config.county,
    reference: file.reference,
    volume: file.volume,
    title: file.title,
    department: file.department,
    contract: file.contract,
    lot: file.lot,
    batch: file.batch,
    round: file.round,
    box: file.box,
    acceptedOn: file.acceptedOn,
    pages: file.pages,
    profile: { key: file.profile, hash: file.profileHash },
    documents: documents.map(({ path, sha256, size, pages, fields }) => ({ name: path, sha256, size, pages, fields })),
  };
}

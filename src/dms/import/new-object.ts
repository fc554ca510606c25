import { join, resolve } from 'node:path';
import type { Workspace } from '../../storage/workspace.ts';
import type { NewObject } from '../adapter.ts';
import type { PlannedImport } from './plan.ts';
import type { AcceptedDocument, AcceptedFile } from './store.ts';

/** An accepted file as adapters take it: our key, the index data, and where the accepted bytes lie. */
export function newObject(
  workspace: Workspace,
  planned: PlannedImport,
  documents: readonly AcceptedDocument[],
): NewObject {
  const { file } = planned;
  const folder = file.inPlace ? file.packagePath : join(workspace.paths.root, file.packagePath);
  return {
    key: planned.objectKey,
    metadata: metadataOf(workspace, file, documents),
    documents: documents.map(({ path, size, sha256 }) => ({ name: path, source: resolve(folder, path), size, sha256 })),
  };
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

import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Workspace } from '../../storage/workspace.ts';
import type { NewDocument } from '../adapter.ts';
import { type Additions, type NotePlaces, noAdditions } from '../import/additions.ts';
import type { PlannedImport } from '../import/plan.ts';
import { packageFolder } from '../import/read-plan.ts';
import type { AcceptedDocument } from '../import/store.ts';
import { documentNotes } from './document-notes.ts';
import type { NoteFacts } from './note.ts';
import type { AttachedNote } from './pdf/embed-note.ts';
import { makeNotedCopy } from './pdf/noted-copy.ts';
import type { Obstacle } from './pdf/obstacle.ts';
import { noteXml } from './xml.ts';

export interface EmbeddingRequest {
  readonly workspace: Workspace;
  readonly planned: PlannedImport;
  readonly documents: readonly AcceptedDocument[];
  readonly facts: NoteFacts;
  /** Where the copies are made; removed with the additions. */
  readonly folder: string;
  /** Makes the note of the whole file as a document of its own. */
  beside(): Promise<NewDocument>;
}

/**
 * Copies of the accepted PDFs, each with its own note attached. Where a document cannot hold one, the note of the whole
 * file lies beside them all, too.
 * @throws DmsError when accepted bytes cannot be read, or are others by now
 */
export async function embedNotes(request: EmbeddingRequest): Promise<Additions> {
  const { documents, folder, beside } = request;
  await mkdir(folder, { recursive: true });
  try {
    const target = (_: string, at: number) => join(folder, `${at}.pdf`);
    const { copies, places } = await makeCopies({ ...request, target });
    const own = copies.size < documents.length ? [await beside()] : [];
    const remove = async () => {
      for (const path of [folder, ...own.map(({ source }) => source)]) await rm(path, { recursive: true, force: true });
    };
    return { ...noAdditions, documents: own, copies, note: places, remove };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export interface CopyRequest extends Omit<EmbeddingRequest, 'folder' | 'beside'> {
  /** Path of the copy of a document; its folder is there. */
  target(path: string, at: number): string;
}

/** @returns the copies by the paths of their originals, and what became of every document */
export async function makeCopies({
  workspace,
  planned,
  documents,
  facts,
  target,
}: CopyRequest): Promise<Required<Pick<Additions, 'copies'>> & { readonly places: NotePlaces }> {
  const noteOf = documentNotes(facts);
  const source = packageFolder(workspace, planned.file);
  const copies = new Map<string, NewDocument>();
  const beside = new Map<Obstacle, { documents: number; readonly first: string }>();
  for (const [at, document] of documents.entries()) {
    const { path, size, sha256, format } = document;
    const accepted = { name: path, source: resolve(source, path), size, sha256 };
    const copy =
      format === 'pdf'
        ? await makeNotedCopy(accepted, attachedNote(document, noteXml(noteOf(path)), facts), target(path, at))
        : { obstacle: 'no-pdf' as const };
    if (!('obstacle' in copy)) copies.set(path, copy);
    else beside.set(copy.obstacle, counted(beside.get(copy.obstacle), path));
  }
  const besideList = [...beside].map(([reason, { documents: count, first }]) => ({ reason, documents: count, first }));
  return { copies, places: { embedded: copies.size, beside: besideList } };
}

function counted(before: { readonly documents: number; readonly first: string } | undefined, path: string) {
  return before ? { ...before, documents: before.documents + 1 } : { documents: 1, first: path };
}

/** The description tells everybody who opens the file what of it is the scan. */
function attachedNote({ size, sha256 }: AcceptedDocument, xml: string, { statedOn }: NoteFacts): AttachedNote {
  return {
    fileName: 'Transfervermerk.xml',
    description: `Transfervermerk nach BSI TR-03138. Der abgenommene Scan sind die ersten ${size} Bytes dieser Datei, SHA-256 ${sha256}.`,
    xml: Buffer.from(xml),
    day: statedOn,
  };
}

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '../../storage/workspace.ts';
import type { NoteForm } from '../../storage/workspace-config.ts';
import type { JsonObject, NewDocument } from '../adapter.ts';
import { noAdditions } from '../import/additions.ts';
import type { FileImport } from '../import/import-file.ts';
import type { AcceptedDocument } from '../import/store.ts';
import { embedNotes } from './embed-notes.ts';
import { transferNote } from './note.ts';
import { readNoteFacts } from './read-facts.ts';
import { noteXml } from './xml.ts';

/**
 * How the transfer note goes along with the accepted documents: as an XML document beside them, as the member
 * `transferNote` of the index data for a mapping to take its fields from, or attached to copies of the PDFs. The accepted
 * bytes are never touched; a copy begins with them.
 */
export function addNote(workspace: Workspace, form: NoteForm): FileImport['addTo'] {
  if (form === 'none') return async () => noAdditions;
  return async (planned, documents) => {
    const facts = await readNoteFacts(workspace, planned);
    const note = transferNote(facts);
    if (form === 'fields') return { ...noAdditions, metadata: { transferNote: note as unknown as JsonObject } };
    const beside = () => noteDocument(workspace, Buffer.from(noteXml(note)), documents);
    if (form === 'file') {
      const document = await beside();
      return { ...noAdditions, documents: [document], remove: () => rm(document.source, { force: true }) };
    }
    return embedNotes({
      workspace,
      planned,
      documents,
      facts,
      folder: join(notesFolder(workspace), freshName()),
      beside,
    });
  };
}

/** Adapters read documents from the disk; what we made lies there until it is stored. */
function notesFolder({ paths }: Workspace): string {
  return join(paths.root, '.transfer-notes');
}

function freshName(): string {
  return `${process.pid}-${randomBytes(8).toString('hex')}`;
}

async function noteDocument(
  workspace: Workspace,
  bytes: Buffer,
  documents: readonly AcceptedDocument[],
): Promise<NewDocument> {
  const folder = notesFolder(workspace);
  const source = join(folder, `${freshName()}.xml`);
  await mkdir(folder, { recursive: true });
  await writeFile(source, bytes, { flag: 'wx' });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: freeName(documents), source, size: bytes.length, sha256 };
}

/** A name that no document has, nor a folder of one; letter case does not count. */
function freeName(documents: readonly AcceptedDocument[]): string {
  const taken = new Set(documents.map(({ path }) => path.split('/')[0]?.normalize('NFC').toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'Transfervermerk.xml' : `Transfervermerk-${number}.xml`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Removes what ended processes left. */
export async function sweepNotes(workspace: Workspace): Promise<void> {
  await rm(notesFolder(workspace), { recursive: true, force: true });
}

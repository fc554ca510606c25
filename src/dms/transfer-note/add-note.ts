import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '../../storage/workspace.ts';
import type { JsonObject } from '../adapter.ts';
import { type Additions, noAdditions } from '../import/additions.ts';
import type { FileImport } from '../import/import-file.ts';
import type { AcceptedDocument } from '../import/store.ts';
import { transferNote } from './note.ts';
import { readNoteFacts } from './read-facts.ts';
import { noteXml } from './xml.ts';

export type NoteForm = 'none' | 'file' | 'fields';

/**
 * How the transfer note goes along with the accepted documents, whose bytes are never touched: as an XML document beside
 * them, or as the member `transferNote` of the index data, for a mapping to take its fields from.
 */
export function addNote(workspace: Workspace, form: NoteForm): FileImport['addTo'] {
  if (form === 'none') return async () => noAdditions;
  return async (planned, documents) => {
    const note = transferNote(await readNoteFacts(workspace, planned));
    if (form === 'fields') return { ...noAdditions, metadata: { transferNote: note as unknown as JsonObject } };
    return noteDocument(workspace, Buffer.from(noteXml(note)), documents);
  };
}

/** Adapters read documents from the disk; the note lies there until it is stored. */
async function noteDocument(
  { paths }: Workspace,
  bytes: Buffer,
  documents: readonly AcceptedDocument[],
): Promise<Additions> {
  const folder = join(paths.root, '.transfer-notes');
  const source = join(folder, `${process.pid}-${randomBytes(8).toString('hex')}.xml`);
  await mkdir(folder, { recursive: true });
  await writeFile(source, bytes, { flag: 'wx' });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    documents: [{ name: freeName(documents), source, size: bytes.length, sha256 }],
    metadata: {},
    remove: () => rm(source, { force: true }),
  };
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
export async function sweepNotes({ paths }: Workspace): Promise<void> {
  await rm(join(paths.root, '.transfer-notes'), { recursive: true, force: true });
}

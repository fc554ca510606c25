import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, open, rm } from 'node:fs/promises';
import { fileSource, ReadTooLongError } from '../../../inspection/file-source.ts';
import { sourceChanged, withSource } from '../../accepted-source.ts';
import type { NewDocument } from '../../adapter.ts';
import { type AttachedNote, type EmbeddedNote, embedNote } from './embed-note.ts';
import type { Obstacle } from './obstacle.ts';

/**
 * Makes a copy of an accepted PDF with its transfer note attached. The copy begins with the accepted bytes, every one of
 * them: they are hashed in the copy itself before anything is added behind them. Memory is bounded whatever their number.
 * @param target path of the copy; where the file system can, it shares the bytes of the original
 * @returns the document to store, its size and hash those of the whole copy; or why the PDF cannot hold a note, and then
 *   there is no copy
 * @throws DmsError dms.source-changed when the bytes are not the accepted ones, dms.source-unreadable
 */
export async function makeNotedCopy(
  document: NewDocument,
  note: AttachedNote,
  target: string,
): Promise<NewDocument | { readonly obstacle: Obstacle }> {
  const { mode } = await withSource(document, async (source) => {
    await copyFile(document.source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    return source.stat();
  });
  try {
    const noted = await addToCopy(document, note, target, mode);
    if ('obstacle' in noted) await rm(target);
    return noted;
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

async function addToCopy(
  document: NewDocument,
  note: AttachedNote,
  target: string,
  mode: number,
): Promise<NewDocument | { readonly obstacle: Obstacle }> {
  // What was delivered may be write-protected.
  await chmod(target, (mode & 0o777) | 0o600);
  const copy = await open(target, 'r+');
  try {
    const hash = await hashAccepted(copy, document);
    const embedded = embed(copy, document, note);
    if ('obstacle' in embedded) return embedded;
    await append(copy, embedded.update, document.size);
    const sha256 = hash.update(embedded.update).digest('hex');
    return { name: document.name, source: target, size: document.size + embedded.update.length, sha256 };
  } finally {
    await copy.close();
  }
}

const chunkSize = 1 << 20;

/** @returns the state of the hash behind the last accepted byte. @throws DmsError dms.source-changed */
async function hashAccepted(copy: FileHandle, document: NewDocument): Promise<Hash> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(Math.min(chunkSize, document.size + 1));
  let size = 0;
  for (let read = -1; read !== 0; size += read) {
    read = (await copy.read(chunk, 0, chunk.length, size)).bytesRead;
    hash.update(chunk.subarray(0, read));
  }
  if (size !== document.size || hash.copy().digest('hex') !== document.sha256) throw sourceChanged(document);
  return hash;
}

function embed(copy: FileHandle, { size }: NewDocument, note: AttachedNote): EmbeddedNote {
  try {
    return embedNote(fileSource(copy.fd, size), note);
  } catch (error) {
    if (error instanceof ReadTooLongError) return { obstacle: 'too-large' };
    throw error;
  }
}

async function append(copy: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await copy.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { text } from '../../shared/language.ts';
import type { NewDocument } from '../adapter.ts';
import { DmsError, reasonOf } from '../errors.ts';
import { Digester, eachChunk } from './digests.ts';
import type { FileOperations } from './file-operations.ts';
import { type ContentAlgorithm, contentAlgorithms } from './inventory.ts';

/** Opening a named pipe would wait for its writer for ever; Windows has neither. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Copies the accepted bytes of a document, hashing them on the way, and returns when they are on the disk.
 * @returns the digests of what was written
 * @throws DmsError dms.source-changed when these are not the accepted bytes, dms.source-unreadable
 */
export async function copyDocument(
  document: NewDocument,
  target: string,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<ContentAlgorithm, string>>> {
  signal?.throwIfAborted();
  const source = await fromSource(document, () => open(document.source, withoutWaiting));
  try {
    const found = await fromSource(document, () => source.stat());
    if (!found.isFile()) throw unreadable(document, new Error('not a regular file'));
    if (found.size !== document.size) throw changed(document);
    return await copyBytes(source, document, target, disk, signal);
  } finally {
    await source.close();
  }
}

async function copyBytes(
  source: FileHandle,
  document: NewDocument,
  target: string,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<ContentAlgorithm, string>>> {
  const digester = new Digester(contentAlgorithms);
  const file = await disk.createFile(target);
  let size = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    await fromSource(document, () =>
      eachChunk(source, document.size, async (bytes) => {
        size += bytes.length;
        try {
          signal?.throwIfAborted();
          // The disk writes while the processor hashes.
          const written = file.write(bytes);
          digester.update(bytes);
          await written;
        } catch (error) {
          failure = { error };
        }
        return failure === undefined && size <= document.size;
      }),
    );
    if (failure) throw failure.error;
    const digests = digester.finish();
    if (size !== document.size || digests.sha256 !== document.sha256) throw changed(document);
    await file.sync();
    return digests;
  } finally {
    await file.close();
  }
}

/** Tells failures of the source, which concern this object alone, from those of the store. */
async function fromSource<Result>(document: NewDocument, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw unreadable(document, cause);
  }
}

function unreadable(document: NewDocument, cause: unknown): DmsError {
  const reason = reasonOf(cause);
  return new DmsError(
    'dms.source-unreadable',
    text({
      de: `Das Dokument „${document.name}“ kann nicht gelesen werden: ${reason}`,
      en: `Document "${document.name}" cannot be read: ${reason}`,
    }),
    { cause },
  );
}

function changed(document: NewDocument): DmsError {
  return new DmsError(
    'dms.source-changed',
    text({
      de: `Das Dokument „${document.name}“ hat nicht mehr den abgenommenen Inhalt.`,
      en: `Document "${document.name}" no longer has the content that was accepted.`,
    }),
  );
}

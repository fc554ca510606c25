import type { FileHandle } from 'node:fs/promises';
import { fromSource, sourceChanged, withSource } from '../accepted-source.ts';
import type { NewDocument } from '../adapter.ts';
import { eachChunk, streamDigester } from './digests.ts';
import type { FileOperations } from './file-operations.ts';
import { algorithmsFor, type ContentAlgorithm, type ContentDigests } from './inventory.ts';
import { together } from './together.ts';

/**
 * Copies the accepted bytes of a document, hashing them on the way, and returns when they are on the disk.
 * @param algorithm that addresses the content
 * @returns the digests of what was written
 * @throws DmsError dms.source-changed when these are not the accepted bytes, dms.source-unreadable
 */
export async function copyDocument(
  document: NewDocument,
  target: string,
  disk: FileOperations,
  signal: AbortSignal | undefined,
  algorithm: ContentAlgorithm = 'sha512',
): Promise<ContentDigests> {
  signal?.throwIfAborted();
  return withSource(document, (source) => copyBytes(source, document, target, algorithm, disk, signal));
}

async function copyBytes(
  source: FileHandle,
  document: NewDocument,
  target: string,
  algorithm: ContentAlgorithm,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<ContentDigests> {
  const digester = streamDigester(algorithmsFor(algorithm), document.size);
  const file = await disk.createFile(target);
  let size = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    const take = async (bytes: Uint8Array) => {
      size += bytes.length;
      try {
        signal?.throwIfAborted();
        // The disk writes while other threads hash; the bytes are theirs until both are done.
        await together([file.write(bytes), digester.update(bytes)]);
      } catch (error) {
        failure = { error };
      }
      return failure === undefined && size <= document.size;
    };
    await fromSource(document, () => eachChunk(source, document.size, take, digester));
    if (failure) throw failure.error;
    const digests = await digester.finish();
    if (size !== document.size || digests.sha256 !== document.sha256) throw sourceChanged(document);
    await file.sync();
    return digests;
  } catch (error) {
    digester.abandon();
    throw error;
  } finally {
    await file.close();
  }
}

import type { FileHandle } from 'node:fs/promises';
import { fromSource, sourceChanged, withSource } from '../accepted-source.ts';
import type { NewDocument } from '../adapter.ts';
import { Digester, eachChunk } from './digests.ts';
import type { FileOperations } from './file-operations.ts';
import { digestTogether, holding, largestInMemory, readWhole } from './in-memory.ts';
import { type ContentAlgorithm, contentAlgorithms } from './inventory.ts';

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
  return withSource(document, (source) =>
    document.size <= largestInMemory
      ? holding(document.size, () => copyWhole(source, document, target, disk, signal))
      : copyInChunks(source, document, target, disk, signal),
  );
}

/** The disk writes while other threads hash. */
async function copyWhole(
  source: FileHandle,
  document: NewDocument,
  target: string,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<ContentAlgorithm, string>>> {
  const bytes = await fromSource(document, () => readWhole(source, document.size));
  if (bytes.length !== document.size) throw sourceChanged(document);
  const file = await disk.createFile(target);
  try {
    const [digests] = await allDone([digestTogether(bytes, contentAlgorithms), file.write(bytes)]);
    signal?.throwIfAborted();
    if (digests.sha256 !== document.sha256) throw sourceChanged(document);
    await file.sync();
    return digests;
  } finally {
    await file.close();
  }
}

/** Nothing still uses the file when it is closed after a failure. */
async function allDone<One, Other>(both: readonly [Promise<One>, Promise<Other>]): Promise<[One, Other]> {
  await Promise.allSettled(both);
  return Promise.all(both);
}

async function copyInChunks(
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
    if (size !== document.size || digests.sha256 !== document.sha256) throw sourceChanged(document);
    await file.sync();
    return digests;
  } finally {
    await file.close();
  }
}

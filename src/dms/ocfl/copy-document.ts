import type { FileHandle } from 'node:fs/promises';
import { text } from '../../shared/language.ts';
import { fromSource, sourceChanged, withSource } from '../accepted-source.ts';
import type { NewDocument } from '../adapter.ts';
import { DmsError } from '../errors.ts';
import { digestBytes, digestFile, worthHandingOver } from './digests.ts';
import type { FileOperations } from './file-operations.ts';
import { algorithmsFor, type ContentAlgorithm, type ContentDigests } from './inventory.ts';
import { writeFile } from './write-file.ts';

/** The digests of a stored document, and how it was found when it was read back. */
export interface CopiedDocument {
  readonly digests: ContentDigests;
  /** State of the stored file (`fileState`) whose bytes were read; undefined where they were not. */
  readonly state?: string;
}

/** Whether a document is held in memory as a whole while it is stored. */
export function isSmall({ size }: NewDocument): boolean {
  return size < worthHandingOver;
}

/**
 * Copies the accepted bytes of a document and returns when they are on the disk. Those of a large one are hashed as they
 * are found there: what differs from the accepted bytes was either read so or stored so.
 * @param algorithm that addresses the content
 * @throws DmsError dms.source-changed when these are not the accepted bytes, dms.source-unreadable; dms.store-failed when
 *   the disk gives back other bytes than were written
 */
export async function copyDocument(
  document: NewDocument,
  target: string,
  disk: FileOperations,
  signal: AbortSignal | undefined,
  algorithm: ContentAlgorithm = 'sha512',
): Promise<CopiedDocument> {
  signal?.throwIfAborted();
  if (isSmall(document)) {
    const { bytes, digests } = await readAccepted(document, algorithm);
    await writeFile(target, bytes, disk);
    return { digests };
  }
  await withSource(document, () => copyBytes(document, target, disk, signal));
  signal?.throwIfAborted();
  const { digests, state } = await digestFile(target, algorithmsFor(algorithm), signal);
  if (digests.sha256 !== document.sha256) throw await whoseFault(document, signal);
  return { digests, state };
}

/**
 * The accepted bytes of a small document.
 * @throws DmsError dms.source-changed when these are not the accepted bytes, dms.source-unreadable
 */
export async function readAccepted(
  document: NewDocument,
  algorithm: ContentAlgorithm,
): Promise<{ readonly bytes: Buffer; readonly digests: ContentDigests }> {
  const bytes = await withSource(document, (source) => fromSource(document, () => readWhole(source, document.size)));
  const digests: ContentDigests = digestBytes(bytes, algorithmsFor(algorithm));
  if (digests.sha256 !== document.sha256) throw sourceChanged(document);
  return { bytes, digests };
}

/** @returns one byte more than the size where there is more */
async function readWhole(source: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size + 1);
  let filled = 0;
  for (let read = 1; read > 0 && filled < buffer.length; filled += read) {
    read = (await source.read(buffer, filled, buffer.length - filled, null)).bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function copyBytes(
  document: NewDocument,
  target: string,
  disk: FileOperations,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await disk.copyFile(document.source, target);
  } catch (error) {
    // The system does not tell which of the two files it was.
    await fromSource(document, () => digestFile(document.source, ['sha256'], signal));
    throw error;
  }
}

/** Asks the source once more: is it another one by now, or did the disk not keep what it was given? */
async function whoseFault(document: NewDocument, signal: AbortSignal | undefined): Promise<DmsError> {
  const { digests } = await fromSource(document, () => digestFile(document.source, ['sha256'], signal));
  if (digests.sha256 !== document.sha256) return sourceChanged(document);
  return new DmsError(
    'dms.store-failed',
    text({
      de: `Die Ablage gibt das Dokument „${document.name}“ anders zurück, als es geschrieben wurde.`,
      en: `The store gives back document "${document.name}" other than it was written.`,
    }),
  );
}

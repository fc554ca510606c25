import { createHash } from 'node:crypto';
import { fromSource, sourceChanged, withSource } from '../accepted-source.ts';
import type { NewDocument } from '../adapter.ts';
import { eachChunk } from '../ocfl/digests.ts';
import type { Content } from './multipart.ts';

const mimeTypes: ReadonlyMap<string, string> = new Map<string, string>([
  ['pdf', 'application/pdf'],
  ['tif', 'image/tiff'],
  ['tiff', 'image/tiff'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['jp2', 'image/jp2'],
  ['xml', 'application/xml'],
  ['json', 'application/json'],
  ['csv', 'text/csv'],
  ['txt', 'text/plain'],
]);

/**
 * The accepted bytes, hashed on their way; the request is broken off before its end when they are others.
 * @param fileName the document's name in the system
 */
export function acceptedContent(document: NewDocument, fileName: string, signal: AbortSignal | undefined): Content {
  return {
    fileName,
    mimeType: mimeTypes.get(fileName.split('.').at(-1)?.toLowerCase() ?? '') ?? 'application/octet-stream',
    length: document.size,
    write: (send) => sendAccepted(document, send, signal),
  };
}

/** Bytes in memory, for what we write ourselves. */
export function ownContent(bytes: Buffer, fileName: string, mimeType: string): Content {
  return { fileName, mimeType, length: bytes.length, write: (send) => send(bytes) };
}

async function sendAccepted(
  document: NewDocument,
  send: (bytes: Uint8Array) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  let size = 0;
  let failure: { readonly error: unknown } | undefined;
  await withSource(document, (source) =>
    fromSource(document, () =>
      eachChunk(source, document.size, async (bytes) => {
        size += bytes.length;
        // More than was accepted would spill into the end of the form.
        if (size > document.size) return false;
        hash.update(bytes);
        try {
          signal?.throwIfAborted();
          await send(bytes);
        } catch (error) {
          failure = { error };
        }
        return failure === undefined;
      }),
    ),
  );
  if (failure) throw failure.error;
  if (size !== document.size || hash.digest('hex') !== document.sha256) throw sourceChanged(document);
}

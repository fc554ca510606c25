import { createHash } from 'node:crypto';
import { fromSource, sourceChanged, withSource } from '../accepted-source.ts';
import type { NewDocument } from '../adapter.ts';
import { eachChunk } from '../ocfl/digests.ts';
import { persist } from './back-off.ts';
import type { PropertyValues } from './browser-binding.ts';
import type { Content } from './multipart.ts';
import { type CmisObjectPlan, indexName, type PlannedDocument } from './object-plan.ts';
import type { Repository } from './repository.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  jp2: 'image/jp2',
  xml: 'application/xml',
  json: 'application/json',
  csv: 'text/csv',
  txt: 'text/plain',
};

/** Sends the index and all documents of a file into the folder that was claimed for it. */
export async function uploadAll(
  repository: Repository,
  plan: CmisObjectPlan,
  folderId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const document of plan.documents) {
    await upload(repository, folderId, document.properties, contentOf(document, signal), signal);
  }
  await upload(repository, folderId, plan.indexProperties, indexContent(plan.index), signal);
}

async function upload(
  { binding, types, versioningState, patience }: Repository,
  folderId: string,
  properties: PropertyValues,
  content: Content,
  signal: AbortSignal | undefined,
): Promise<void> {
  const all = new Map([
    ['cmis:objectTypeId', types.document.id] as const,
    ['cmis:name', content.fileName] as const,
    ...properties,
  ]);
  await persist(
    async (before) => {
      // The answer to an earlier attempt was lost: what it left, whole or not, makes room. The folder is ours alone.
      if (before > 0) {
        const left = (await binding.children(folderId, signal)).filter(({ name }) => name === content.fileName);
        for (const { id } of left) await binding.remove(id, signal);
      }
      await binding.createDocument(folderId, all, content, versioningState, signal);
    },
    patience,
    signal,
  );
}

/** The accepted bytes, hashed on their way; the request is broken off before its end when they are others. */
function contentOf(document: PlannedDocument, signal: AbortSignal | undefined): Content {
  return {
    fileName: document.stored,
    mimeType: mimeTypes[document.stored.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
    length: document.size,
    write: (send) => sendAccepted(document, send, signal),
  };
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

function indexContent(bytes: Buffer): Content {
  return { fileName: indexName, mimeType: 'application/json', length: bytes.length, write: (send) => send(bytes) };
}

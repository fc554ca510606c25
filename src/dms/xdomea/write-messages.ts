import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import archiver from 'archiver';
import { requireBatch } from '../../custody/store.ts';
import { loadProfile } from '../../delivery/profile.ts';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { GateError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { packageVersion } from '../../shared/package.ts';
import { type Progress, silentProgress } from '../../shared/progress.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { fromSource, sourceChanged, withSource } from '../accepted-source.ts';
import type { NewDocument } from '../adapter.ts';
import { type AcceptedFile, acceptedDocuments, acceptedFiles } from '../import/store.ts';
import { type FieldMapping, readMapping } from './field-mapping.ts';
import { type HandedOver, type PlannedMessage, planMessages, type WrittenVersion } from './plan-messages.ts';
import { type MessageFrame, messageXml } from './write-xml.ts';

export interface WriteOptions {
  readonly batch: string;
  /** One round only; else all that is accepted of the batch. */
  readonly round?: number | undefined;
  readonly folder: string;
  readonly recipient: string;
  readonly version: WrittenVersion;
  /** Bytes of documents in one message. */
  readonly limit: number;
  readonly progress?: Progress;
  readonly signal: AbortSignal;
}

const pieceSize = 256 * 1024;

/** A message on the disk. */
export interface WrittenMessage {
  readonly path: string;
  readonly message: PlannedMessage;
}

export interface HandOver {
  readonly messages: readonly WrittenMessage[];
  /** Accepted by waiver without a readable document: there is nothing to hand over. */
  readonly leftOut: readonly AcceptedFile[];
}

/**
 * Writes hand-over messages (0401) for the accepted files of a batch, each as a zip with its documents. Bytes are
 * compared with the accepted hash on their way; a message appears under its name only when it is complete.
 * @throws GateError when nothing is accepted or a value does not fit; DmsError dms.source-changed, dms.source-unreadable
 */
export async function writeMessages(workspace: Workspace, options: WriteOptions): Promise<HandOver> {
  const { batch, round, recipient, version, limit, progress = silentProgress } = options;
  const { lot } = await requireBatch(workspace.db, batch);
  const { mapping, objectType } = profileMapping(workspace, lot);
  const accepted = await acceptedFiles(workspace.db, batch);
  const files = await withDocuments(
    workspace,
    round === undefined ? accepted : accepted.filter((file) => file.round === round),
  );
  const handed = files.filter(({ documents }) => documents.length > 0);
  if (handed.length === 0) throw nothingAccepted(batch);
  const { county } = workspace.config;
  const messages = planMessages(handed, { county, recipient, version, limit, mapping, objectType });
  const frame = { version, createdAt: workspace.now(), sender: county, recipient, toolVersion: packageVersion() };
  await mkdir(options.folder, { recursive: true });
  const task = progress.start(
    text({ de: 'Nachrichten schreiben', en: 'Writing messages' }),
    handed.length,
    'caseFiles',
  );
  const written: WrittenMessage[] = [];
  try {
    for (const message of messages) {
      const path = join(options.folder, `${message.name}.zip`);
      await writeFileAtomically(path, (temporary) =>
        writeArchive(temporary, workspace, message, frame, options.signal),
      );
      written.push({ path, message });
      task.advance(message.records.length);
    }
  } finally {
    task.finish();
  }
  const leftOut = files.filter(({ documents }) => documents.length === 0).map(({ file }) => file);
  return { messages: written, leftOut };
}

function profileMapping(
  workspace: Workspace,
  { key, deliveryProfile }: { readonly key: string; readonly deliveryProfile: string | null },
): { readonly mapping: FieldMapping; readonly objectType: string | undefined } {
  if (deliveryProfile === null) return { mapping: new Map(), objectType: undefined };
  const { dms } = loadProfile(join(workspace.paths.profiles, deliveryProfile), { lot: key }).source;
  return { mapping: readMapping(dms?.fields ?? {}), objectType: dms?.objectType };
}

async function withDocuments(workspace: Workspace, files: readonly AcceptedFile[]): Promise<HandedOver[]> {
  const handed: HandedOver[] = [];
  for (const file of files) {
    handed.push({ file, documents: await acceptedDocuments(workspace.db, file.deliveryFileId) });
  }
  return handed;
}

/** One entry after the other, so that one file is open at a time. */
async function writeArchive(
  path: string,
  workspace: Workspace,
  message: PlannedMessage,
  frame: MessageFrame,
  signal: AbortSignal,
): Promise<void> {
  const archive = archiver('zip', { zlib: { level: 1 } });
  const written = pipeline(archive, createWriteStream(path, { flags: 'wx' }), { signal });
  // It is awaited at the end; until then the entry that is being written tells of its failure.
  written.catch(() => undefined);
  const append = async (name: string, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> => {
    const source = Readable.from(content, { objectMode: false });
    const failed = new Promise<never>((_, reject) => source.once('error', reject));
    archive.append(source, { name, date: frame.createdAt });
    await Promise.race([once(archive, 'entry'), failed, written]);
  };
  try {
    await append(`${message.name}.xml`, encoded(messageXml(message, frame)));
    for (const { file, documents } of message.records) {
      const folder = file.inPlace ? file.packagePath : join(workspace.paths.root, file.packagePath);
      for (const { name, document } of documents) {
        const accepted = { ...document, name: document.path, source: resolve(folder, document.path) };
        await withSource(accepted, (source) => append(name, acceptedPieces(source, accepted, signal)));
      }
    }
    await Promise.all([archive.finalize(), written]);
  } catch (error) {
    archive.destroy();
    await written.catch(() => undefined);
    signal.throwIfAborted();
    throw error;
  }
}

function* encoded(pieces: Iterable<string>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece, 'utf8');
}

/** The bytes of a document; that they are the accepted ones is known at their end. */
async function* acceptedPieces(source: FileHandle, document: NewDocument, signal: AbortSignal): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  for (;;) {
    signal.throwIfAborted();
    const room = Buffer.allocUnsafe(pieceSize);
    const { bytesRead } = await fromSource(document, () => source.read(room, 0, pieceSize, size));
    if (bytesRead === 0) break;
    size += bytesRead;
    if (size > document.size) throw sourceChanged(document);
    const piece = room.subarray(0, bytesRead);
    hash.update(piece);
    yield piece;
  }
  if (size !== document.size || hash.digest('hex') !== document.sha256) throw sourceChanged(document);
}

function nothingAccepted(batch: string): GateError {
  return new GateError(
    'xdomea.nothing-accepted',
    text({
      de: `Von der Charge ${batch} ist keine Akte abgenommen, die abgegeben werden könnte.`,
      en: `No file of batch ${batch} is accepted that could be handed over.`,
    }),
    text({ de: 'Die Lieferung zuerst abnehmen (scanlot accept).', en: 'Accept the delivery first (scanlot accept).' }),
  );
}

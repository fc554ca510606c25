import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { text } from '../../shared/language.ts';
import { readXmlTree, type XmlElement, XmlError } from '../../shared/xml/read-tree.ts';
import { mostMessageBytes, readContainer, tooLarge } from './container.ts';
import { interpretMessage } from './interpret.ts';
import { judgeMessage } from './judge-message.ts';
import { allFiles, type XdomeaMessage } from './message.ts';
import { mistakeWords, unreadable } from './unreadable.ts';

/** A file that a message names, and whether it came along. */
export interface MessageFile {
  readonly name: string;
  readonly originalName: string | null;
  /** Id of the object that it belongs to. */
  readonly object: string | null;
  /** null where the message came without an archive: its files are elsewhere. */
  readonly present: boolean | null;
  /** Bytes in the archive. */
  readonly size: number | null;
}

/** A message, as XML or as the zip with its files. */
export interface ReadMessage {
  readonly message: XdomeaMessage;
  /** Path of the message in its archive; null where it came as XML. */
  readonly entry: string | null;
  readonly files: readonly MessageFile[];
  /** Paths of the archive that the message does not name. */
  readonly unnamed: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Reads an xdomea message of version 2, 3 or 4 and compares it with the files that came along.
 * @throws UsageError xdomea.unreadable when the file is none; system errors when it cannot be read
 */
export async function readMessage(path: string, signal: AbortSignal): Promise<ReadMessage> {
  const bytes = await readStart(path);
  if (!isZip(bytes.start)) {
    if (bytes.size > mostMessageBytes) throw unreadable(path, tooLarge());
    const message = interpret(path, await bytes.whole());
    return { message, entry: null, ...judged(message, basename(path), undefined), unnamed: [] };
  }
  const { message, entry, files, findings } = await readContainer(path, signal);
  const folder = entry.slice(0, entry.lastIndexOf('/') + 1);
  const inFolder = new Map([...files].map(([name, size]) => [name.normalize('NFC'), size]));
  const { files: named, findings: own } = judged(message, entry, (name) => inFolder.get(`${folder}${name}`));
  const namedPaths = new Set(named.map(({ name }) => `${folder}${name}`.normalize('NFC')));
  const unnamed = [...files.keys()].filter((name) => !namedPaths.has(name.normalize('NFC')));
  const foreign = unnamed.map((name) => createFinding('xdomea.file-not-named', { path: name }, {}));
  return { message, entry, files: named, unnamed, findings: [...findings, ...own, ...foreign] };
}

type SizeOf = (name: string) => number | undefined;

function judged(
  message: XdomeaMessage,
  path: string,
  sizeOf: SizeOf | undefined,
): { readonly files: MessageFile[]; readonly findings: Finding[] } {
  const files = allFiles(message).map(({ file, object }) => {
    const size = sizeOf?.(file.name.normalize('NFC'));
    const present = sizeOf ? size !== undefined : null;
    return {
      name: file.name,
      originalName: file.originalName,
      object: object?.id ?? null,
      present,
      size: size ?? null,
    };
  });
  const missing = files
    .filter(({ present }) => present === false)
    .map(({ name, object }) => createFinding('xdomea.file-missing', { path }, { name, object: object ?? '' }));
  return { files, findings: [...judgeMessage(message, path), ...missing] };
}

interface Start {
  readonly start: Buffer;
  readonly size: number;
  whole(): Promise<Buffer>;
}

async function readStart(path: string): Promise<Start> {
  const file = await open(path, 'r');
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw unreadable(path, text({ de: 'das ist keine Datei', en: 'it is no file' }));
    const start = Buffer.alloc(4);
    await file.read(start, 0, 4, 0);
    return { start, size: facts.size, whole: () => readWhole(path, facts.size) };
  } finally {
    await file.close();
  }
}

/** No more than the size that was judged, whatever is appended meanwhile. */
async function readWhole(path: string, size: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(size);
    let read = 0;
    for (let got = 1; got > 0 && read < size; read += got) {
      got = (await file.read(bytes, read, size - read, read)).bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}

/** Begins as archives do: with an entry, or with the end of an empty one. */
function isZip(start: Buffer): boolean {
  return start.toString('latin1', 0, 2) === 'PK';
}

function interpret(path: string, bytes: Buffer): XdomeaMessage {
  let root: XmlElement;
  try {
    root = readXmlTree(bytes);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw unreadable(path, mistakeWords(error), { cause: error });
  }
  const found = interpretMessage(root);
  if ('refused' in found) throw unreadable(path, found.refused);
  return found.message;
}

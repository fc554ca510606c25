import { createHash, type Hash, hash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, type Stats } from 'node:fs';
import type { Observation } from '../findings/finding.ts';
import { observe } from '../findings/observe.ts';
import { type ContentPart, PartDamagedError } from './content.ts';
import type { DigestAlgorithm, FileFacts } from './facts.ts';
import { stateOf } from './file-state.ts';
import { inspectBytes } from './inspect-bytes.ts';
import { type FileInspection, inspectionOf, type Look } from './look.ts';
import type { AskPdfium } from './pdfium/pdfium.ts';
import { type OpenContent, partContent, storedContent } from './read-part.ts';

const chunkSize = 1024 * 1024;
/** One buffer for all files of this thread: inspections are synchronous, so that two never share it. */
let chunk: Buffer | undefined;

/** Links are refused where the system can; a pipe must not block the opening. Missing on Windows, where they are 0. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What is wanted of a file. */
export interface Wanted {
  readonly path: string;
  /** The part of the file that is to be looked at; without it, all of it. */
  readonly part?: ContentPart | undefined;
  /** Digests beside SHA-256, which is always taken with them; undefined: none. */
  readonly digests?: readonly DigestAlgorithm[] | undefined;
  /** The facts of its format; undefined: none. */
  readonly facts?: WantedFacts | undefined;
}

export interface WantedFacts {
  /** Another reader for PDFs of which our own has its doubts. */
  readonly ask?: AskPdfium | undefined;
  /** False where of the details only `claimsPdfa` is asked for. */
  readonly described: boolean;
}

/** Reads a file once: digests and facts. Throws nothing for what the file is. @param digests beside SHA-256 */
export function inspectFile(path: string, digests: readonly DigestAlgorithm[], part?: ContentPart): FileInspection {
  return inspectionOf([lookAtFile({ path, part, digests, facts: { described: true } })]);
}

/**
 * Reads a file once: digests and facts come from the same open handle, in constant memory (1 MiB and a small cache).
 * A file that cannot be read, or that changes meanwhile, is an observation; nothing is thrown for what the file is.
 */
export function lookAtFile(wanted: Wanted): Look {
  let handle: number | undefined;
  try {
    handle = openSync(wanted.path, openFlags);
    return lookAtHandle(handle, wanted);
  } catch (error) {
    if (error instanceof PartDamagedError) return { failure: observe('zip.content-damaged', { damage: error.damage }) };
    return { failure: observeFailure(error) };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function lookAtHandle(handle: number, { path, part, digests: algorithms, facts: wanted }: Wanted): Look {
  const before = fstatSync(handle);
  if (!before.isFile()) {
    return { failure: observe('file.not-regular', { type: before.isDirectory() ? 'folder' : 'special' }) };
  }
  chunk ??= Buffer.allocUnsafeSlow(chunkSize);
  const content = part
    ? partContent(handle, part, chunk, algorithms?.some(isStrong) === true)
    : storedContent(handle, 0, before.size, chunk);
  const hashed = algorithms && hashContent(content, algorithms);
  const facts = wanted && inspectBytes(content.source(), wanted.ask, wanted.described);
  const state = stateOf(before);
  if ((hashed && hashed.size !== content.size) || stateOf(fstatSync(handle)) !== state || isReplaced(path, before)) {
    return { failure: observe('file.changed-while-read', {}) };
  }
  return { state, size: content.size, digests: hashed?.digests, facts };
}

/** A digest of these will be compared: it proves more than the CRC-32 of a container. */
function isStrong(algorithm: DigestAlgorithm): boolean {
  return algorithm !== 'md5' && algorithm !== 'sha1';
}

interface Hashed {
  readonly digests: FileFacts['digests'];
  /** Bytes read. */
  readonly size: number;
}

function hashContent(content: OpenContent, digests: readonly DigestAlgorithm[]): Hashed {
  const algorithms = [...new Set<DigestAlgorithm>(['sha256', ...digests])];
  let size = 0;
  let whole: string[] | undefined;
  let hashes: Hash[] | undefined;
  content.readAll((piece) => {
    // Most files come in one piece; a hash that lives on between pieces costs several times as much as a small file's.
    if (size === 0 && piece.length === content.size) whole = algorithms.map((name) => hash(name, piece, 'hex'));
    else {
      hashes ??= algorithms.map((name) => createHash(name));
      for (const each of hashes) each.update(piece);
    }
    size += piece.length;
  });
  const digestAt = (index: number): string => whole?.[index] ?? hashes?.[index]?.digest('hex') ?? '';
  const values = Object.fromEntries(algorithms.map((name, index) => [name, digestAt(index)]));
  return { digests: values as FileFacts['digests'], size };
}

/** A rename onto the path of an open file replaces it without touching the handle. */
function isReplaced(path: string, before: Stats): boolean {
  const named = lstatSync(path, { throwIfNoEntry: false });
  return !named || stateOf(named) !== stateOf(before);
}

function observeFailure(error: unknown): Observation {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return observe('file.missing', {});
    case 'ELOOP':
    case 'EMLINK':
      return observe('file.not-regular', { type: 'link' });
    case 'EISDIR':
      return observe('file.not-regular', { type: 'folder' });
    case 'ENXIO':
      return observe('file.not-regular', { type: 'special' });
    default:
      return observe('file.unreadable', { cause: error.code });
  }
}

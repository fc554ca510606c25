import { createHash, type Hash, hash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import { type Observation, observe } from '../findings/finding.ts';
import { type ContentPart, PartDamagedError } from './content.ts';
import type { DigestAlgorithm, FileFacts } from './facts.ts';
import { inspectBytes } from './inspect-bytes.ts';
import type { AskPdfium } from './pdfium/pdfium.ts';
import { type OpenContent, partContent, storedContent } from './read-part.ts';

/** What one look at a file yields. Plain data: it crosses from the worker to the parent. */
export interface FileInspection {
  /** null where the file could not be read as a whole; then an observation says why. */
  readonly facts: FileFacts | null;
  /** All that was observed, the facts' own observations included. */
  readonly observations: readonly Observation[];
}

const chunkSize = 1024 * 1024;
/** One buffer for all files of this thread: inspections are synchronous, so that two never share it. */
let chunk: Buffer | undefined;

/** Links are refused where the system can; a pipe must not block the opening. Missing on Windows, where they are 0. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file once: digests and facts come from the same open handle, in constant memory (1 MiB and a small cache).
 * A file that cannot be read, or that changes meanwhile, is an observation; nothing is thrown for what the file is.
 * @param digests wanted beside SHA-256, which is always taken
 * @param part the part of the file that is to be inspected; without it, all of it
 * @param ask another reader for PDFs of which our own has its doubts
 * @param described false where of the details only `claimsPdfa` is asked for
 */
export function inspectFile(
  path: string,
  digests: readonly DigestAlgorithm[],
  part?: ContentPart,
  ask?: AskPdfium,
  described = true,
): FileInspection {
  let handle: number | undefined;
  try {
    handle = openSync(path, openFlags);
    return inspectHandle({ path, handle, digests, part, ask, described });
  } catch (error) {
    if (error instanceof PartDamagedError) return unread(observe('zip.content-damaged', { damage: error.damage }));
    return unread(observeFailure(error));
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

interface OpenFile {
  readonly path: string;
  readonly handle: number;
  readonly digests: readonly DigestAlgorithm[];
  readonly part: ContentPart | undefined;
  readonly ask: AskPdfium | undefined;
  readonly described: boolean;
}

function inspectHandle({ path, handle, digests, part, ask, described }: OpenFile): FileInspection {
  const before = fstatSync(handle, { bigint: true });
  if (!before.isFile()) {
    return unread(observe('file.not-regular', { type: before.isDirectory() ? 'folder' : 'special' }));
  }
  chunk ??= Buffer.allocUnsafeSlow(chunkSize);
  const content = part
    ? partContent(handle, part, chunk, digests.some(isStrong))
    : storedContent(handle, 0, Number(before.size), chunk);
  const hashed = hashContent(content, digests);
  const facts = inspectBytes(content.source(), ask, described);
  if (hashed.size !== content.size || hasChanged(path, handle, before)) {
    return unread(observe('file.changed-while-read', {}));
  }
  return { facts: { ...facts, size: content.size, digests: hashed.digests }, observations: facts.observations };
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

/** Compares the file with what it was when opened; a rename onto its path replaces it without touching the handle. */
function hasChanged(path: string, handle: number, before: BigIntStats): boolean {
  const after = fstatSync(handle, { bigint: true });
  const named = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  const isSame = after.size === before.size && after.mtimeNs === before.mtimeNs && after.ctimeNs === before.ctimeNs;
  return !isSame || named?.ino !== before.ino || named.dev !== before.dev;
}

function unread(observation: Observation): FileInspection {
  return { facts: null, observations: [observation] };
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
      return observe('file.unreadable', { cause: describe(error.code) });
  }
}

/** "EACCES, permission denied": the system's name and words, for whoever administers it. */
function describe(code: string): string {
  for (const [name, words] of getSystemErrorMap().values()) if (name === code) return `${code}, ${words}`;
  return code;
}

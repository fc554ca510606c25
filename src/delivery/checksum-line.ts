import type { DigestAlgorithm } from '../inspection/facts.ts';
import { algorithmNamed, algorithmOf, algorithmSaidBy, isDigestOf } from './digests.ts';

/** What one line of a checksum file says. */
export interface ChecksumLine {
  readonly algorithm: DigestAlgorithm;
  /** Lower-case hex. */
  readonly digest: string;
  /** The name as the line means it, escapes undone; leading blanks are kept, for they may belong to the name. */
  readonly name: string;
}

/** Longer lines are no checksum lines: four times the longest path of Linux. */
export const MAXIMUM_LINE_LENGTH = 16_384;

// "SHA256 (name) = hex" as BSD writes it, "SHA2-256(name)= hex" as openssl does.
const tagged = /^([A-Za-z0-9-]{3,12}) ?\((.+)\) ?= ?([0-9A-Fa-f]+)$/s;

const spaced = /^(?:[0-9A-Fa-f]{2} ){15,63}[0-9A-Fa-f]{2}\s*$/;

/**
 * Reads one line of the output of sha256sum, md5sum and their kin (coreutils: text and binary mode, escaped names,
 * --tag), of BSD, openssl and md5deep (sizes before, commas between), and with tabs in place of blanks.
 * @param line without its line end
 * @param path of the checksum file: its name may say an algorithm that the digest's length does not
 * @returns undefined when the line yields no digest with a name
 */
export function readChecksumLine(line: string, path = ''): ChecksumLine | undefined {
  if (line.length > MAXIMUM_LINE_LENGTH) return undefined;
  const escaped = line.startsWith('\\');
  const plain = escaped ? line.slice(1) : line;
  const found = readTagged(plain) ?? readUntagged(plain.replace(sizeBefore, ''), path);
  if (!found || found.name.trim() === '') return undefined;
  if (!escaped) return found;
  const name = unescapeName(found.name);
  return name === undefined ? undefined : { ...found, name };
}

/**
 * Reads a checksum file that belongs to the one file it is named after: "akte.pdf.sha256" with nothing but the digest.
 * @param path of the checksum file
 * @returns undefined when the line is more than a digest, or not of the algorithm that the name says
 */
export function readSidecar(line: string, path: string): ChecksumLine | undefined {
  // certutil of older Windows writes blanks between the bytes.
  const digest = (spaced.test(line) ? line.replaceAll(' ', '') : line).trim().toLowerCase();
  const [, name, ending = ''] = /([^/]+)\.([^./]+)$/.exec(path) ?? [];
  const algorithm = algorithmNamed(ending);
  if (!algorithm || name === undefined || !isDigestOf(digest, algorithm)) return undefined;
  return { algorithm, digest, name };
}

/** Whether a file is by its name the checksum file of one other. */
export function isSidecarName(path: string): boolean {
  return algorithmNamed(/\.([^./]+)$/.exec(path)?.[1] ?? '') !== undefined;
}

// "SHA256-Hash von akte.pdf:", "SHA256 hash of file akte.pdf:", "CertUtil: -hashfile command completed successfully."
const certutilFrame = /^(?:CertUtil: |(?:MD5|SHA-?[0-9]{1,3})[- ][Hh]ash .*:\s*$)/;

/** Whether a line of a sidecar is what certutil writes around the digest. */
export function isSidecarFrame(line: string, path: string): boolean {
  return line.length <= MAXIMUM_LINE_LENGTH && certutilFrame.test(line) && isSidecarName(path);
}

function readTagged(line: string): ChecksumLine | undefined {
  const [, tag = '', name = '', digest = ''] = tagged.exec(line) ?? [];
  const algorithm = algorithmNamed(tag);
  if (!algorithm || !isDigestOf(digest, algorithm)) return undefined;
  return { algorithm, digest: digest.toLowerCase(), name };
}

/** The size that md5deep and hashdeep put before a digest when asked to, with blanks or a comma behind it. */
const sizeBefore = /^ {0,20}[0-9]{1,16}(?: {2}|,)(?=[0-9A-Fa-f]{32,128}[ ,])/;

/** "hex, blank, tab or comma, blank or star, name"; a single blank before the name is accepted as well. */
function readUntagged(line: string, path: string): ChecksumLine | undefined {
  const end = line.search(/[ \t,]/);
  if (end < 0) return undefined;
  const digest = line.slice(0, end);
  const algorithm = algorithmFor(digest, path);
  if (!algorithm) return undefined;
  const rest = line.slice(end + 1);
  if (line[end] === ',') return { algorithm, digest: digest.toLowerCase(), name: rest };
  const name = line[end] === '\t' ? rest.replace(/^[ \t]*\*?/, '') : rest.replace(/^[ \t*]/, '');
  return { algorithm, digest: digest.toLowerCase(), name };
}

/** The algorithm of a digest that nothing is said about but, perhaps, by the name of the file that it stands in. */
export function algorithmFor(digest: string, path: string): DigestAlgorithm | undefined {
  const said = algorithmSaidBy(path);
  return said && isDigestOf(digest, said) ? said : algorithmOf(digest);
}

/** Undoes the escapes of coreutils; undefined when the name holds an escape that they do not write. */
function unescapeName(name: string): string | undefined {
  const plain = name.replaceAll(/\\(.?)/gs, (_, letter: string) => escapes.get(letter) ?? '\0');
  return plain.includes('\0') ? undefined : plain;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['n', '\n'],
  ['r', '\r'],
]);

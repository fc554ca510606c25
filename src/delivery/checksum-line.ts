import type { DigestAlgorithm } from '../inspection/facts.ts';

/** What one line of a checksum file says. */
export interface ChecksumLine {
  readonly algorithm: DigestAlgorithm;
  /** Lower-case hex. */
  readonly digest: string;
  /** The name as the line means it, escapes undone; leading blanks are kept, for they may belong to the name. */
  readonly name: string;
}

/** Length of a digest in hex digits → algorithm. */
const algorithmByLength: Readonly<Record<number, DigestAlgorithm>> = {
  32: 'md5',
  40: 'sha1',
  56: 'sha224',
  64: 'sha256',
  96: 'sha384',
  128: 'sha512',
};

/** Longer lines are no checksum lines: four times the longest path of Linux. */
export const MAXIMUM_LINE_LENGTH = 16_384;

const hex = /^[0-9a-f]+$/i;
// "SHA256 (name) = hex" as BSD writes it, "SHA2-256(name)= hex" as openssl does.
const tagged = /^([A-Za-z0-9-]{3,10}) ?\((.+)\) ?= ?([0-9A-Fa-f]+)$/s;

const spaced = /^(?:[0-9A-Fa-f]{2} ){15,63}[0-9A-Fa-f]{2}\s*$/;

/** The algorithm of a hexadecimal digest, told by its length; undefined when it is none. */
export function algorithmOf(digest: string): DigestAlgorithm | undefined {
  return hex.test(digest) ? algorithmByLength[digest.length] : undefined;
}

/**
 * Reads one line of the output of sha256sum, md5sum and their kin (coreutils: text and binary mode, escaped names,
 * --tag), of BSD and openssl, and with tabs in place of blanks.
 * @param line without its line end
 * @returns undefined when the line yields no digest with a name
 */
export function readChecksumLine(line: string): ChecksumLine | undefined {
  if (line.length > MAXIMUM_LINE_LENGTH) return undefined;
  const escaped = line.startsWith('\\');
  const found = readTagged(escaped ? line.slice(1) : line) ?? readUntagged(escaped ? line.slice(1) : line);
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
  const algorithm = algorithmOf(digest);
  const [, name, ending] = /([^/]+)\.([^./]+)$/.exec(path) ?? [];
  if (!algorithm || name === undefined || algorithmOfTag(ending ?? '') !== algorithm) return undefined;
  return { algorithm, digest, name };
}

/** Whether a file is by its name the checksum file of one other. */
export function isSidecarName(path: string): boolean {
  const ending = /\.([^./]+)$/.exec(path)?.[1] ?? '';
  return Object.values(algorithmByLength).some((algorithm) => algorithm === algorithmOfTag(ending));
}

// "SHA256-Hash von akte.pdf:", "SHA256 hash of file akte.pdf:", "CertUtil: -hashfile command completed successfully."
const certutilFrame = /^(?:CertUtil: |(?:MD5|SHA-?[0-9]{1,3})[- ][Hh]ash .*:\s*$)/;

/** Whether a line of a sidecar is what certutil writes around the digest. */
export function isSidecarFrame(line: string, path: string): boolean {
  return line.length <= MAXIMUM_LINE_LENGTH && certutilFrame.test(line) && isSidecarName(path);
}

function readTagged(line: string): ChecksumLine | undefined {
  const [, tag = '', name = '', digest = ''] = tagged.exec(line) ?? [];
  const algorithm = algorithmOf(digest);
  if (!algorithm || algorithmOfTag(tag) !== algorithm) return undefined;
  return { algorithm, digest: digest.toLowerCase(), name };
}

function algorithmOfTag(tag: string): string {
  return tag
    .toLowerCase()
    .replace(/^sha2-/, 'sha')
    .replace('-', '');
}

/** "hex, blank or tab, blank or star, name"; a single blank before the name is accepted as well. */
function readUntagged(line: string): ChecksumLine | undefined {
  const end = line.search(/[ \t]/);
  if (end < 0) return undefined;
  const digest = line.slice(0, end);
  const algorithm = algorithmOf(digest);
  if (!algorithm) return undefined;
  const rest = line.slice(end + 1);
  const name = line[end] === '\t' ? rest.replace(/^[ \t]*\*?/, '') : rest.replace(/^[ \t*]/, '');
  return { algorithm, digest: digest.toLowerCase(), name };
}

/** Undoes the escapes of coreutils; undefined when the name holds an escape that they do not write. */
function unescapeName(name: string): string | undefined {
  const plain = name.replaceAll(/\\(.?)/gs, (_, letter: string) => escapes[letter] ?? '\0');
  return plain.includes('\0') ? undefined : plain;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r' };

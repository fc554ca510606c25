import { readListedPath, type UnsafePath } from '../listed-path.ts';
import { isStrict } from './bag.ts';

/** A line of a manifest or tag manifest: digest and path, blanks between (RFC 8493, 2.1.3). */
export interface BagLine {
  readonly digest: string;
  readonly path: string;
}

export function readBagLine(line: string): BagLine | undefined {
  const [, digest, path] = /^([0-9A-Fa-f]+)[ \t]+(.*\S.*)$/.exec(line) ?? [];
  return digest === undefined || path === undefined ? undefined : { digest: digest.toLowerCase(), path };
}

/** How a path in a bag is written, each way in which it may be meant, the likeliest first. */
export interface BagPath {
  readonly paths: readonly string[];
  /** Written with a leading "./" or with "*", as md5sum writes binary files. */
  readonly loose: boolean;
}

/**
 * Reads a path as bags write it: relative to the bag's top, line ends and (from 1.0 on) percent signs percent-encoded
 * (RFC 8493, 2.1.3); nothing else is.
 */
export function readBagPath(written: string, version: string): BagPath | { readonly unsafe: UnsafePath } {
  const plain = written.replace(/^\*/, '');
  const decoded = plain.replaceAll(/%(?:0A|0D|25)/gi, (code) => decodeURIComponent(code));
  const listed = readListedPath(decoded.replaceAll(/[\r\n]/g, ''));
  if ('unsafe' in listed && listed.unsafe !== 'control') return listed;
  const tidy = (path: string) => path.replace(/^(?:\.\/)+/, '');
  const candidates = isStrict(version) ? [decoded, plain] : [plain, decoded];
  return { paths: [...new Set(candidates.map(tidy))], loose: written.startsWith('*') || /^\*?\.\//.test(written) };
}

import { type DigestAlgorithm, digestAlgorithms } from '../inspection/facts.ts';

/** Length of a digest in hex digits. */
export const hexLength: Readonly<Record<DigestAlgorithm, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  'sha3-256': 64,
  'sha3-384': 96,
  'sha3-512': 128,
  blake2b512: 128,
};

/** Those that a digest is taken for by its length alone, where nothing says which it is. */
export const usualAlgorithms = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
] as const satisfies readonly DigestAlgorithm[];

const usual: ReadonlyMap<number, DigestAlgorithm> = new Map(usualAlgorithms.map((name) => [hexLength[name], name]));

const hex = /^[0-9a-f]+$/i;

/** The algorithm of a hexadecimal digest, told by its length; undefined when it is none. */
export function algorithmOf(digest: string): DigestAlgorithm | undefined {
  return hex.test(digest) ? usual.get(digest.length) : undefined;
}

/** Whether this may be a digest of the algorithm. */
export function isDigestOf(digest: string, algorithm: DigestAlgorithm): boolean {
  return digest.length === hexLength[algorithm] && hex.test(digest);
}

const algorithmByName: ReadonlyMap<string, DigestAlgorithm> = new Map<string, DigestAlgorithm>([
  ...digestAlgorithms.map((name) => [plain(name), name] as const),
  // As openssl calls them.
  ...(['sha224', 'sha256', 'sha384', 'sha512'] as const).map((name) => [name.replace('sha', 'sha2'), name] as const),
  // b2sum, and the library behind bagit.py.
  ['blake2b', 'blake2b512'],
  ['b2', 'blake2b512'],
]);

/**
 * The algorithm that a name means, whatever stands between its letters and digits ("SHA-256", "sha_256", "SHA2-256",
 * "BLAKE2b"; RFC 8493, 2.4, writes them without anything between); undefined for others.
 */
export function algorithmNamed(name: string): DigestAlgorithm | undefined {
  return algorithmByName.get(plain(name));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/**
 * The algorithm that the name of a checksum file says: by its ending ("akte.pdf.sha3-256"), or, where digests of its
 * length are usually of another, anywhere in it ("SHA3-256SUMS", "B2SUMS").
 */
export function algorithmSaidBy(path: string): DigestAlgorithm | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byEnding = algorithmNamed(name.slice(name.lastIndexOf('.') + 1));
  if (byEnding) return byEnding;
  const sha3 = /sha[-_]?3[-_](256|384|512)(?![0-9])/i.exec(name)?.[1];
  if (sha3) return algorithmNamed(`sha3${sha3}`);
  return /blake2b(?![a-z])|^b2sums?(?:\.|$)|\.b2sums?$/i.test(name) ? 'blake2b512' : undefined;
}

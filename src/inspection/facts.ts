import type { Observation } from '../findings/finding.ts';

/** What the bytes of a file say it is; the name's ending plays no part. */
export const fileFormats = ['pdf', 'tiff', 'jpeg', 'png', 'jp2', 'zip', 'xml', 'text', 'empty', 'unknown'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** Facts of one format: each reader has a type of its own (PdfDetails, TiffDetails, …). */
type Details = Readonly<Record<string, unknown>>;

/** What a format reader tells of one file. Plain data: it crosses from the worker to the parent. */
export interface FormatFacts<D extends Details = Details> {
  /** Pages, or null where none can be vouched for; then an observation says why. */
  readonly pages: number | null;
  readonly observations: readonly Observation[];
  /** Facts of the format, e.g. the PDF version; shown by `inspect`, read by checks. */
  readonly details: D;
}

/** Everything one read of a file's bytes yields. */
export interface FileFacts extends FormatFacts {
  readonly format: FileFormat;
  readonly size: number;
  /** Lower-case hex by algorithm; sha256 always, others when a checksum file asks for them. */
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>> & { readonly sha256: string };
}

/** By the names under which node:crypto knows them. */
export const digestAlgorithms = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'sha3-384',
  'sha3-512',
  'blake2b512',
] as const;
export type DigestAlgorithm = (typeof digestAlgorithms)[number];

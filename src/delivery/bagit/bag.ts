import type { DigestReading, DigestSink } from '../checksum-file.ts';

/** What fetch.txt says is to be found elsewhere (RFC 8493, 2.2.3). */
export interface FetchLine {
  readonly url: string;
  /** Path of the payload file, without "data/". */
  readonly path: string;
  readonly line: number;
}

/** What a bag says of itself. Paths of payload files are without "data/", those of tag files as they are. */
export interface Bag {
  /** As bagit.txt declares it: "0.97", "1.0". */
  readonly version: string;
  /** Paths of the payload manifests. */
  readonly manifests: readonly string[];
  readonly fetch: readonly FetchLine[];
  /** Payload-Oxum of bag-info.txt. */
  readonly oxum?: { readonly bytes: number; readonly files: number };
  /** Reads the payload manifests into `stated`; what is wrong with them is reported. */
  readDigests(stated: DigestSink, reading: DigestReading): Promise<void>;
}

/** Versions with rules of their own: all that were published. */
export const knownVersions: ReadonlySet<string> = new Set(['0.93', '0.94', '0.95', '0.96', '0.97', '1.0']);

/** From 1.0 on the rules of RFC 8493 hold; the drafts before were looser. */
export function isStrict(version: string): boolean {
  return !version.startsWith('0.');
}

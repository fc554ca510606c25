import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One document of a sample package, with what the manifest says of it. */
export interface SampleDocument {
  readonly path: string;
  readonly reference: string;
  readonly volume: string;
  readonly box: string;
  readonly title: string;
  readonly sheets: number;
  readonly pages: number;
  readonly removedBlanks: number;
  readonly bytes: Buffer;
  /** The digest that the manifest's checksum file states, where it is not that of the bytes. */
  readonly statedDigest?: string;
}

/** Writes a package as the sample profile wants it: index.csv, SHA256SUMS, scans/. */
export function writePackage(folder: string, documents: readonly SampleDocument[]): void {
  for (const { path, bytes } of documents) put(join(folder, path), bytes);
  put(join(folder, 'index.csv'), indexFile(documents));
  put(join(folder, 'SHA256SUMS'), checksumFile(documents));
}

export function indexFile(documents: readonly SampleDocument[]): Buffer {
  const header = 'Datei;Aktenzeichen;Band;Karton;Betreff;Blatt;Seiten;Leerseiten';
  const rows = documents.map((row) =>
    [row.path, row.reference, row.volume, row.box, row.title, row.sheets, row.pages, row.removedBlanks].join(';'),
  );
  return Buffer.from(`${[header, ...rows].join('\r\n')}\r\n`, 'utf8');
}

export function checksumFile(documents: readonly SampleDocument[]): Buffer {
  const lines = documents.map(({ path, bytes, statedDigest }) => `${statedDigest ?? sha256(bytes)}  ${path}`);
  return Buffer.from(`${lines.join('\n')}\n`, 'utf8');
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function put(path: string, bytes: Buffer | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

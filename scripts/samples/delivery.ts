import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import { samplePdf, sampleTiff } from './documents.ts';

/** A document of a sample delivery, with what its row in the manifest says. */
export interface DeliveredDocument {
  readonly path: string;
  readonly reference: string;
  readonly volume: string;
  readonly title: string;
  readonly box: string;
  readonly documentType: string;
  readonly date: string;
  readonly sheets: number | string;
  readonly pages: number | string;
  readonly removedBlanks: number | string;
  readonly content: Buffer;
}

/** A file's bytes, or where a symbolic link points. */
export type DeliveryFile = Buffer | { readonly linkTo: string };
/** A whole package: path → content. */
export type DeliveryFiles = ReadonlyMap<string, DeliveryFile>;

/** The delivery profile that the sample deliveries follow: what a public order office agrees on. */
export const sampleProfile: DeliveryProfile = {
  profile: 'public-order',
  version: '1',
  title: 'Ordnungsamt: Bußgeldakten',
  layout: {
    manifests: ['index.csv'],
    checksums: ['SHA256SUMS'],
    files: ['scans/**/*.{pdf,tif}'],
    ignore: ['lieferschein.pdf'],
  },
  manifest: {
    format: 'csv',
    columns: {
      path: 'Dateiname',
      reference: 'Aktenzeichen',
      volume: { column: 'Band', optional: true },
      title: 'Betreff',
      box: 'Karton',
      documentType: 'Dokumentart',
      date: 'Datum',
      sheets: 'Blatt',
      pages: 'Seiten',
      removedBlanks: 'Leerseiten',
    },
  },
  row: {
    type: 'object',
    required: ['reference', 'title', 'documentType'],
    properties: {
      reference: { type: 'string', format: 'file-reference', pattern: '^ORD-[0-9]{4}-[0-9]{3}$' },
      documentType: { type: 'string', enum: ['Bescheid', 'Anhörung', 'Schriftwechsel'] },
      title: { type: 'string', maxLength: 200 },
    },
  },
  files: { formats: ['pdf', 'tiff'], maximumBytes: 50_000_000 },
  checksums: { required: true, algorithms: ['sha256', 'sha512'] },
  pages: { declaredEqualsCounted: true, sheetsTimesTwo: true, tolerance: 0 },
  dms: { objectType: 'Bußgeldakte', fields: { Aktenzeichen: 'reference', Betreff: 'title', Datum: 'date' } },
};

/** Four documents of three files (Akten), as they are sound. */
export function sampleDocuments(): DeliveredDocument[] {
  return [
    document('scans/ORD-2019-001/0001.pdf', 'Bußgeldbescheid Müller', [2, 3, 1], samplePdf(3, 1)),
    document('scans/ORD-2019-001/0002.pdf', 'Zustellnachweis', [1, 1, 1], samplePdf(1, 2)),
    document('scans/ORD-2019-002/0001.pdf', 'Bußgeldbescheid "Eilt"; Kopie', [1, 2, 0], samplePdf(2, 3)),
    document('scans/ORD-2019-003/0001.tif', 'Lichtbild', [1, 2, 0], sampleTiff(2, 4)),
  ];
}

function document(
  path: string,
  title: string,
  [sheets, pages, removedBlanks]: readonly [number, number, number],
  content: Buffer,
): DeliveredDocument {
  const reference = path.split('/')[1] ?? '';
  const constant = { volume: '', box: 'K-0001', documentType: 'Bescheid', date: '14.03.2019' };
  return { path, reference, title, ...constant, sheets, pages, removedBlanks, content };
}

export const sampleHeader = [
  'Dateiname',
  'Aktenzeichen',
  'Band',
  'Betreff',
  'Karton',
  'Dokumentart',
  'Datum',
  'Blatt',
  'Seiten',
  'Leerseiten',
] as const;

/** The cells of a document's row, in the order of `sampleHeader`. */
export function sampleCells(document: DeliveredDocument): string[] {
  const { path, reference, volume, title, box, documentType, date, sheets, pages, removedBlanks } = document;
  return [path, reference, volume, title, box, documentType, date, sheets, pages, removedBlanks].map(String);
}

/** A manifest as spreadsheets of the German language area write it: semicolons, quotes where needed, CRLF. */
export function renderManifest(
  documents: readonly DeliveredDocument[],
  header: readonly string[] = sampleHeader,
  cells: (document: DeliveredDocument) => readonly string[] = sampleCells,
): string {
  const line = (values: readonly string[]) => `${values.map(quote).join(';')}\r\n`;
  return [line(header), ...documents.map((row) => line(cells(row)))].join('');
}

function quote(value: string): string {
  return /[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Lines as sha256sum (or another algorithm's tool) writes them. */
export function renderChecksums(files: Iterable<readonly [string, DeliveryFile]>, algorithm = 'sha256'): string {
  return [...files]
    .filter((file): file is [string, Buffer] => Buffer.isBuffer(file[1]))
    .map(([path, content]) => `${createHash(algorithm).update(content).digest('hex')}  ${path}\n`)
    .join('');
}

/** What may be changed while a delivery is put together. */
export interface DeliveryChanges {
  /** The manifest's text, or null for none. */
  readonly manifest?: string | null;
  /** The checksum file's text, or null for none. */
  readonly checksums?: string | null;
  /** Files added, replaced or (null) removed after manifest and checksums were written. */
  readonly files?: Readonly<Record<string, DeliveryFile | null>>;
}

/** Puts a delivery together: the documents, their manifest, their checksums, then the changes. */
export function sampleDelivery(
  documents: readonly DeliveredDocument[] = sampleDocuments(),
  { manifest = renderManifest(documents), checksums, files = {} }: DeliveryChanges = {},
): DeliveryFiles {
  const all = new Map<string, DeliveryFile>(documents.map(({ path, content }) => [path, content]));
  if (manifest !== null) all.set('index.csv', Buffer.from(manifest));
  const sums = checksums === undefined ? renderChecksums(all) : checksums;
  if (sums !== null) all.set('SHA256SUMS', Buffer.from(sums));
  for (const [path, content] of Object.entries(files)) {
    if (content === null) all.delete(path);
    else all.set(path, content);
  }
  return all;
}

/** Writes a delivery into a folder, which is made where it is missing. */
export async function writeDelivery(folder: string, files: DeliveryFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, content] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (Buffer.isBuffer(content)) await writeFile(target, content);
    else await symlink(content.linkTo, target);
  }
}

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packagePath } from '../../src/shared/package.ts';
import { createRandom, type Random } from './random.ts';
import { createImagePool, createSmallPool, writeScanPdf } from './scan-pdf.ts';

export const packageKinds = ['scans', 'large', 'small', 'rows'] as const;
export type PackageKind = (typeof packageKinds)[number];

export interface GeneratedPackage {
  readonly files: number;
  readonly bytes: number;
}

/** The profile that the packages keep to, as a file in the given folder. */
export const profileFile = packagePath('samples', 'county', 'profile-files.json');

/** Fifty pages of colour are 27 MB; a document of the large kind has some hundred times as many pages. */
const largePages = 1900;

/**
 * Writes a sound delivery of any size with index.csv and SHA256SUMS; the same bytes every time.
 * @param kind scans: PDFs of 20 to 300 pages; large: few of a gigabyte; small: one page of a kB each; rows: a manifest
 * of which only every thousandth file exists
 * @param amount bytes for scans and large, files for small, rows for rows
 */
export function generatePackage(folder: string, kind: PackageKind, amount: number): GeneratedPackage {
  mkdirSync(join(folder, 'scans'), { recursive: true });
  const lists = createLists(folder);
  const random = createRandom(4711);
  const add = kind === 'scans' || kind === 'large' ? scans(folder, kind, random) : small(folder, kind, random);
  let [files, bytes] = [0, 0];
  for (let index = 0; kind === 'scans' || kind === 'large' ? bytes < amount : index < amount; index += 1) {
    const size = add(index, lists);
    if (size > 0) files += 1;
    bytes += size;
  }
  lists.close();
  return { files, bytes };
}

type Add = (index: number, lists: Lists) => number;

function scans(folder: string, kind: 'scans' | 'large', random: Random): Add {
  const pool = createImagePool(random);
  return (index, lists) => {
    const path = preparedPath(folder, index);
    const pages = kind === 'large' ? largePages : random.between(20, 180);
    const isColour = kind === 'large' || index % 2 === 0;
    const pdf = {
      title: referenceOf(index),
      pages,
      kind: isColour ? 'colour' : 'black-white',
      hasText: index % 5 < 2,
    } as const;
    const { sha256, size } = writeScanPdf(join(folder, path), pdf, pool, random);
    lists.add(index, path, pages, sha256);
    return size;
  };
}

/** What is said of a file that does not exist. */
const absent = { sha256: '0'.repeat(64), size: 0 };

function small(folder: string, kind: 'small' | 'rows', random: Random): Add {
  const pool = createSmallPool(random);
  return (index, lists) => {
    const exists = kind === 'small' || index % 1000 === 0;
    const path = exists ? preparedPath(folder, index) : pathOf(index);
    const pdf = { title: referenceOf(index), pages: 1, kind: 'black-white', hasText: false } as const;
    const { sha256, size } = exists ? writeScanPdf(join(folder, path), pdf, pool, random) : absent;
    lists.add(index, path, 1, sha256);
    return size;
  };
}

function pathOf(index: number): string {
  const name = `${String(index).padStart(7, '0')}.pdf`;
  return `scans/${String(Math.floor(index / 1000)).padStart(4, '0')}/${name}`;
}

/** The path of a document whose folder exists: a thousand documents a folder, made with the first of them. */
function preparedPath(folder: string, index: number): string {
  const path = pathOf(index);
  if (index % 1000 === 0) mkdirSync(dirname(join(folder, path)), { recursive: true });
  return path;
}

/** 33.1-0041/2019, as the sample profile asks for. */
function referenceOf(index: number): string {
  const [part, number, year] = [Math.floor(index / 900_000) % 90, Math.floor(index / 90) % 10_000, 1930 + (index % 90)];
  return `${10 + part}.1-${String(number).padStart(4, '0')}/${year}`;
}

interface Lists {
  add(index: number, path: string, pages: number, sha256: string): void;
  close(): void;
}

/** Manifest and checksum file, written as they grow. */
function createLists(folder: string): Lists {
  const [manifest, checksums] = [join(folder, 'index.csv'), join(folder, 'SHA256SUMS')];
  writeFileSync(manifest, 'Datei;Aktenzeichen;Band;Karton;Betreff;Blatt;Seiten;Leerseiten\r\n');
  writeFileSync(checksums, '');
  let [rows, sums] = ['', ''];
  const flush = () => {
    appendFileSync(manifest, rows);
    appendFileSync(checksums, sums);
    [rows, sums] = ['', ''];
  };
  return {
    add: (index, path, pages, sha256) => {
      const reference = referenceOf(index);
      const sheets = Math.ceil(pages / 2);
      rows += `${path};${reference};;K-${Math.floor(index / 20)};Akte ${reference};${sheets};${pages};${pages % 2}\r\n`;
      sums += `${sha256}  ${path}\n`;
      if (rows.length > 1_000_000) flush();
    },
    close: flush,
  };
}

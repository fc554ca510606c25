import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../src/delivery/profile.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { type CheckOptions, checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { tablePdf } from './sample-pdfs.ts';

/** Path in the package → content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export const header = 'Datei;Aktenzeichen;Seiten;Blatt;Leerseiten;Ort';

/** The rules that the tests agree on. */
export const testRules: DeliveryProfile = {
  profile: 'test',
  version: '1',
  title: 'Test',
  layout: { manifests: ['index.csv'], checksums: ['**/SHA256SUMS'], files: ['scans/**/*.{pdf,tif}'] },
  manifest: {
    columns: {
      path: 'Datei',
      reference: 'Aktenzeichen',
      pages: 'Seiten',
      sheets: 'Blatt',
      removedBlanks: 'Leerseiten',
      fields: { place: { column: 'Ort', optional: true } },
    },
  },
  pages: { declaredEqualsCounted: true, sheetsTimesTwo: true },
};

/** These rules fit for use, with some of them replaced. */
export function testProfile(changes: Partial<DeliveryProfile> = {}): LoadedProfile {
  const profile = prepareProfile({ ...testRules, ...changes });
  if (Array.isArray(profile)) throw new Error(profile.map(({ words }) => words.en).join('; '));
  return profile;
}

/** A sound package of two documents, three and two pages long. */
export function soundFiles(): Record<string, string | Uint8Array> {
  const documents = { 'scans/a.pdf': tablePdf(3), 'scans/b.pdf': tablePdf(2) };
  return {
    'index.csv': `${header}\r\nscans/a.pdf;32.1-1;3;2;1;Süd\r\nscans/b.pdf;32.1-2;2;1;0;\r\n`,
    SHA256SUMS: sumsOf(documents),
    ...documents,
  };
}

/** What sha256sum prints. */
export function sumsOf(files: Files): string {
  return Object.entries(files)
    .map(([path, content]) => `${createHash('sha256').update(content).digest('hex')}  ${path}\n`)
    .join('');
}

/** Runs `work` with a folder that holds the files, and removes it. */
export async function withFolder<T>(files: Files, work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-delivery-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Inspects in this thread: quick, and the code as it stands. */
export const directInspector: NonNullable<CheckOptions['inspector']> = {
  inspect: async ({ file, part, digests }) => inspectFile(file, digests, part),
};

export function checkFiles(files: Files, profile = testProfile(), options: CheckOptions = {}): Promise<PackageCheck> {
  return withFolder(files, (folder) => checkPackage(folder, profile, { inspector: directInspector, ...options }));
}

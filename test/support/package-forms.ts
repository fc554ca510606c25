import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bagOf } from '../../scripts/samples/bag.ts';
import { type CraftedArchive, type CraftedEntry, craftEntries, craftZip } from '../../scripts/samples/crafted-zip.ts';
import type { LoadedProfile } from '../../src/delivery/profile.ts';
import { type CheckOptions, checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { directInspector, type Files, withFolder } from './delivery.ts';

/** The files with their content as bytes. */
export function bytesOf(files: Files): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
}

export function zipOf(
  files: ReadonlyMap<string, unknown>,
  how: Omit<CraftedEntry, 'name' | 'content'> = {},
  archive: CraftedArchive = {},
): Buffer {
  return craftZip(craftEntries(files, how), archive);
}

/** Checks a zip file with these bytes. */
export function checkZip(
  bytes: Uint8Array,
  profile: LoadedProfile | null,
  options: CheckOptions = {},
): Promise<PackageCheck> {
  return withFolder({ 'lieferung.zip': bytes }, (folder) =>
    checkPackage(join(folder, 'lieferung.zip'), profile, { inspector: directInspector, ...options }),
  );
}

function half(files: ReadonlyMap<string, Buffer>, rest: number): Map<string, Buffer> {
  return new Map([...files].filter((_, index) => index % 2 === rest));
}

function inFolder(files: ReadonlyMap<string, unknown>, folder: string): Map<string, unknown> {
  return new Map([...files].map(([path, content]) => [`${folder}/${path}`, content]));
}

/** Every form in which a package can arrive: name → the files to write, and the one of them that is checked. */
export const packageForms: Readonly<
  Record<string, (files: Map<string, Buffer>) => { readonly files: Files; readonly target: string }>
> = {
  folder: (files) => ({ files: Object.fromEntries(files), target: '' }),
  'stored zip': (files) => ({ files: { 'a.zip': zipOf(files) }, target: 'a.zip' }),
  'deflated zip': (files) => ({ files: { 'a.zip': zipOf(files, { compression: 'deflate' }) }, target: 'a.zip' }),
  'zip with data descriptors': (files) => ({
    files: { 'a.zip': zipOf(files, { compression: 'deflate', descriptor: 'signed' }) },
    target: 'a.zip',
  }),
  'zip with bare data descriptors': (files) => ({
    files: { 'a.zip': zipOf(files, { descriptor: 'bare' }) },
    target: 'a.zip',
  }),
  'zip of a folder': (files) => ({
    files: { 'lieferung-1.zip': zipOf(inFolder(files, 'lieferung-1')) },
    target: 'lieferung-1.zip',
  }),
  zip64: (files) => ({
    files: { 'a.zip': zipOf(files, { zip64: true, descriptor: 'signed' }, { zip64: true }) },
    target: 'a.zip',
  }),
  'several zips in a folder': (files) => ({
    files: { 'teil-1.zip': zipOf(half(files, 0)), 'teil-2.zip': zipOf(half(files, 1)) },
    target: '',
  }),
  'bag in a folder': (files) => ({ files: Object.fromEntries(bagOf(files)) as Files, target: '' }),
  'bag in a zip': (files) => ({ files: { 'a.zip': zipOf(bagOf(files)) }, target: 'a.zip' }),
  'bag in a folder of a zip': (files) => ({
    files: { 'a.zip': zipOf(inFolder(bagOf(files), 'lieferung-1'), { compression: 'deflate' }) },
    target: 'a.zip',
  }),
};

/** Checks a package in one of these forms. */
export function checkForm(
  form: string,
  files: Map<string, Buffer>,
  profile: LoadedProfile | null,
): Promise<PackageCheck> {
  const made = packageForms[form]?.(files);
  if (!made) throw new RangeError(form);
  return withFolder(made.files, (folder) =>
    checkPackage(join(folder, made.target), profile, { inspector: directInspector }),
  );
}

/** All files below a folder, by their path in it. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)];
    }),
  );
}

/** Writes a zip file. */
export function writeZip(path: string, files: ReadonlyMap<string, unknown>): void {
  writeFileSync(path, zipOf(files));
}

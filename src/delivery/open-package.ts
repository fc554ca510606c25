import { closeSync, openSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import { readFully } from '../inspection/file-source.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { findBag } from './bagit/find-bag.ts';
import { openBag } from './bagit/open-bag.ts';
import { openDirectory } from './directory.ts';
import { isJunk } from './names.ts';
import type { PackageForm, PackageReader } from './package-reader.ts';
import { defaultLimits, type LoadedProfile } from './profile.ts';
import type { ZipLimits } from './zip/limits.ts';
import { findTopFolder, inFolder } from './zip/top-folder.ts';
import { openZips } from './zip/zip-package.ts';

export interface OpenOptions {
  /** The form that it must have; without it, what lies there tells. */
  readonly form?: PackageForm | undefined;
  readonly limits?: ZipLimits | undefined;
  /** Whether a path is one that the package is expected to have: tells whether a zip file has a folder around it. */
  readonly fits?: ((path: string) => boolean) | undefined;
  /** Told what is wrong with the package's form, while it is opened. */
  readonly report: (finding: Finding) => void;
  readonly signal?: AbortSignal | undefined;
}

/** How a package is opened that follows a profile, or none. */
export function openingOf(profile: LoadedProfile | null): Pick<OpenOptions, 'limits' | 'fits'> {
  const { files: entries, unpackedBytes, ratio } = profile?.limits ?? defaultLimits;
  const limits = { entries, unpackedBytes, ratio };
  return profile ? { limits, fits: (path) => !['unexpected', 'junk'].includes(profile.roleOf(path)) } : { limits };
}

/**
 * Opens a package in whatever form it lies at this place: a folder, a zip file, a folder with nothing but zip files
 * (which are one package together), a BagIt bag in any of these. What is wrong with its form is reported.
 * @throws UsageError when there is no package, or none of the form asked for
 */
export async function openPackage(location: string | readonly string[], options: OpenOptions): Promise<PackageReader> {
  const [first = '', ...others] = typeof location === 'string' ? [location] : location;
  return others.length === 0 ? openPlace(first, options) : openSeveral([first, ...others], options);
}

/** Several places can only be zip files. */
async function openSeveral(locations: readonly string[], options: OpenOptions): Promise<PackageReader> {
  for (const location of locations) {
    if (!statOf(location)?.isFile() || options.form === 'folder' || !isZip(location)) throw noPackage(location, 'zip');
  }
  return asBag(await openZips(locations.join(', '), locations, options), locations, options);
}

async function openPlace(location: string, options: OpenOptions): Promise<PackageReader> {
  const zips = zipFiles(location, options.form);
  const base = zips ? await openZips(location, zips, options) : openDirectory(location);
  return asBag(base, zips ?? [location], options);
}

/**
 * A bag lies in one folder or zip file. Of several zip files, one may be a bag, and what is in the others would be beside
 * its payload: only who says that together they are a bag has them read as one.
 */
async function asBag(base: PackageReader, containers: readonly string[], options: OpenOptions): Promise<PackageReader> {
  if (options.form === 'folder' || options.form === 'zip') return withoutTop(base, containers, options);
  if (containers.length > 1 && options.form === undefined) return base;
  const top = await findBag(base, options.signal);
  if (top === undefined && options.form !== 'bagit') return withoutTop(base, containers, options);
  return openBag(base, top ?? '', options);
}

async function withoutTop(
  base: PackageReader,
  [container = '', ...others]: readonly string[],
  { fits }: OpenOptions,
): Promise<PackageReader> {
  if (base.form !== 'zip' || others.length > 0) return base;
  const top = await findTopFolder(base, basename(container), fits);
  return top === undefined ? base : inFolder(base, top);
}

/** The zip files that are the package; undefined where it is a folder. */
function zipFiles(location: string, form: PackageForm | undefined): string[] | undefined {
  const stats = statOf(location);
  if (stats?.isFile()) {
    if (form === 'folder' || !isZip(location)) throw noPackage(location, form);
    return [location];
  }
  if (!stats?.isDirectory() || form === 'folder') return undefined;
  const zips = zipsAlone(location);
  if (form === 'zip' && zips.length === 0) throw noPackage(location, form);
  return zips.length > 0 ? zips : undefined;
}

/** By its name or its first bytes: one that was cut off at its beginning is still meant as one. */
function isZip(location: string): boolean {
  if (/\.zip$/i.test(location)) return true;
  const head = Buffer.alloc(4);
  let handle: number | undefined;
  try {
    handle = openSync(location, 'r');
    readFully(handle, head, head.length, 0);
    return ['504b0304', '504b0506'].includes(head.toString('hex'));
  } catch {
    return false;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** The zip files in a folder that holds nothing else, but for what systems leave behind. */
function zipsAlone(location: string): string[] {
  try {
    const entries = readdirSync(location, { withFileTypes: true }).filter(({ name }) => !isJunk(name));
    if (!entries.every((entry) => entry.isFile() && /\.zip$/i.test(entry.name))) return [];
    return entries.map(({ name }) => join(location, name)).sort();
  } catch {
    // Opening it as a folder will tell why it cannot be read.
    return [];
  }
}

/** undefined where there is nothing to be seen: opening it as a folder will tell why. */
function statOf(location: string): Stats | undefined {
  try {
    return statSync(location);
  } catch {
    return undefined;
  }
}

function noPackage(location: string, form: PackageForm | undefined): UsageError {
  return new UsageError(
    'package.no-package',
    text({
      de: `${location} ist ${form === 'folder' ? 'kein Ordner' : form === 'zip' ? 'kein ZIP' : 'weder Ordner noch ZIP'}.`,
      en: `${location} is ${form === 'folder' ? 'no folder' : form === 'zip' ? 'no zip file' : 'neither a folder nor a zip file'}.`,
    }),
    text({
      de: 'Den Ordner oder die ZIP-Datei der Lieferung angeben.',
      en: 'Name the folder or the zip file of the delivery.',
    }),
  );
}

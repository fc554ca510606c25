import { createFinding, type Finding } from '../../findings/finding.ts';
import type { ContentLocation } from '../../inspection/content.ts';
import { algorithmNamed } from '../digests.ts';
import { isJunk } from '../names.ts';
import type { PackageEntry, PackageReader } from '../package-reader.ts';
import type { SourceFile } from '../source-file.ts';
import type { Bag } from './bag.ts';
import { readBagInfo } from './bag-info.ts';
import { readDeclaration } from './declaration.ts';
import { readFetchFile } from './fetch-file.ts';
import { type BagManifest, readPayloadManifest } from './payload-manifests.ts';
import { checkTagManifest } from './tag-manifests.ts';

type Report = (finding: Finding) => void;

const payloadFolder = 'data/';

/**
 * Opens a bag: the package is its payload, with paths below "data/"; its tag files are read and checked here.
 * @param base the folder or zip files that hold it
 * @param top where it begins in there: "" or "folder/"
 */
export async function openBag(
  base: PackageReader,
  top: string,
  { report, signal }: { readonly report: Report; readonly signal?: AbortSignal | undefined },
): Promise<PackageReader> {
  const payload = top + payloadFolder;
  const tagFiles = await listTagFiles(base, top, report, signal);
  const bag = await readBag(tagFiles, report, signal);
  return {
    form: 'bagit',
    location: base.location,
    bag,
    async *list(signalNow) {
      for await (const entry of base.list(signalNow)) {
        if (entry.path.startsWith(payload)) yield { ...entry, path: entry.path.slice(payload.length) };
      }
    },
    content: (entry) => base.content({ ...entry, path: payload + entry.path }),
    changedContainers: () => base.changedContainers(),
    close: () => base.close(),
  };
}

/** The files of the bag beside its payload, by path; what else lies there is told. */
async function listTagFiles(
  base: PackageReader,
  top: string,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<Map<string, ContentLocation>> {
  const files = new Map<string, ContentLocation>();
  let hasPayload = false;
  for await (const entry of base.list(signal)) {
    if (!entry.path.startsWith(top)) continue;
    const path = entry.path.slice(top.length);
    if (`${path}/`.startsWith(payloadFolder)) hasPayload ||= entry.kind === 'folder' || path.includes('/');
    else if (entry.kind === 'file' && !entry.undecodable) files.set(path, base.content(entry));
    else tellUnusable(entry, path, report);
  }
  if (!hasPayload) report(createFinding('bag.payload-absent', { path: 'data' }, {}));
  return files;
}

function tellUnusable({ kind, cause = 'EIO', undecodable }: PackageEntry, path: string, report: Report): void {
  if (isJunk(path) || kind === 'folder' || kind === 'refused') return;
  if (undecodable) report(createFinding('name.not-utf8', { path }, {}));
  else if (kind === 'link') report(createFinding('package.link', { path }, {}));
  else if (kind === 'unreadable') report(createFinding('package.entry-unreadable', { path }, { cause }));
  else if (kind !== 'file') report(createFinding('package.special-file', { path }, { kind }));
}

async function readBag(
  tagFiles: ReadonlyMap<string, ContentLocation>,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<Bag> {
  const source = (path: string): SourceFile | undefined => {
    const location = tagFiles.get(path);
    return location && { path, ...location };
  };
  const declaration = (await guarded('bagit.txt', report, signal, () =>
    readDeclaration(source('bagit.txt'), report),
  )) ?? { version: '1.0', encoding: 'UTF-8' };
  const manifests = findManifests(tagFiles, 'manifest', report);
  if (manifests.length === 0) report(createFinding('bag.manifest-absent', { path: '' }, {}));
  const listed = new Set<string>();
  for (const manifest of findManifests(tagFiles, 'tagmanifest', report)) {
    await guarded(manifest.path, report, signal, () =>
      checkTagManifest(manifest, declaration, (path) => tagFiles.get(path), listed, { report, signal }),
    );
  }
  tellUnlisted(tagFiles, listed, report);
  const info = source('bag-info.txt') ?? source('package-info.txt');
  const oxum =
    info &&
    (await guarded(info.path, report, signal, () => readBagInfo(info.path, info, declaration.encoding, report)));
  const fetchFile = source('fetch.txt');
  const fetch = fetchFile
    ? ((await guarded('fetch.txt', report, signal, () => readFetchFile(fetchFile, declaration, report))) ?? [])
    : [];
  return {
    version: declaration.version,
    manifests: manifests.map(({ path }) => path),
    fetch,
    ...(oxum ? { oxum } : {}),
    readDigests: async (stated, reading) => {
      for (const manifest of manifests) {
        await guarded(manifest.path, reading.report, reading.signal, () =>
          readPayloadManifest(manifest, declaration, stated, reading),
        );
      }
    },
  };
}

/** Files of the bag's own, which need not be listed. */
const ownFiles = /^(?:bagit|bag-info|package-info|fetch|(?:tag)?manifest-[^/]+)\.txt$/i;

function tellUnlisted(tagFiles: ReadonlyMap<string, unknown>, listed: ReadonlySet<string>, report: Report): void {
  for (const path of tagFiles.keys()) {
    if (ownFiles.test(path) || listed.has(path)) continue;
    if (isJunk(path)) report(createFinding('package.junk', { path }, {}));
    else report(createFinding('bag.tag-file-unlisted', { path }, {}));
  }
}

/** Tells that a tag file cannot be read; anything else that goes wrong is the program's. */
async function guarded<T>(
  path: string,
  report: Report,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (cause === undefined) throw error;
    report(createFinding('checksum.source-unreadable', { path }, { cause }));
    return undefined;
  }
}

/** Manifests by their names: "manifest-sha256.txt" (RFC 8493, 2.1.3, 2.4). */
function findManifests(
  tagFiles: ReadonlyMap<string, ContentLocation>,
  kind: 'manifest' | 'tagmanifest',
  report: Report,
): BagManifest[] {
  const manifests: BagManifest[] = [];
  for (const [path, location] of tagFiles) {
    const [, name, written = ''] = /^(manifest|tagmanifest)-([^/]+)\.txt$/i.exec(path) ?? [];
    if (name?.toLowerCase() !== kind) continue;
    const algorithm = algorithmNamed(written);
    if (algorithm) manifests.push({ path, ...location, algorithm });
    else report(createFinding('bag.algorithm-unsupported', { path }, { algorithm: written }));
  }
  return manifests;
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import archiver from 'archiver';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { packageVersion } from '../../shared/package.ts';
import { DmsError } from '../errors.ts';
import type { InventoriedObject } from './read-object.ts';

/** plain: the files by their names. bagit: a bag that carries their checksums (RFC 8493). */
export const exportForms = ['plain', 'bagit'] as const;
export type ExportForm = (typeof exportForms)[number];

export interface Exported {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes the newest version of an object for somebody else: a folder that did not exist before, or a zip file where the
 * target's name ends like one. Every byte is compared with the inventory on its way; what is written appears whole or
 * not at all.
 * @param at the day of the bag and the time of zip entries
 * @throws DmsError dms.object-damaged when a file is not what the inventory says; system errors
 */
export async function exportObject(
  object: InventoriedObject,
  form: ExportForm,
  target: string,
  { at, signal }: { readonly at: Date; readonly signal?: AbortSignal },
): Promise<Exported> {
  await mkdir(dirname(target), { recursive: true });
  const scratch = await mkdtemp(join(dirname(target), `.${basename(target)}.`));
  try {
    const folder = join(scratch, basename(target).replace(/\.zip$/i, '') || 'object');
    const exported = await writeFolder(object, form, folder, at, signal);
    if (/\.zip$/i.test(target)) await zip(folder, target, at);
    else await rename(folder, target);
    return exported;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Copied {
  /** From the exported folder. */
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

async function writeFolder(
  object: InventoriedObject,
  form: ExportForm,
  folder: string,
  at: Date,
  signal: AbortSignal | undefined,
): Promise<Exported> {
  const payload = form === 'bagit' ? 'data/' : '';
  await mkdir(join(folder, payload), { recursive: true });
  const copied: Copied[] = [];
  for (const [logicalPath, { contentPath, sha256 }] of object.files) {
    signal?.throwIfAborted();
    const path = `${payload}${logicalPath}`;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const copy = await copyFile(join(object.root, contentPath), join(folder, path), signal);
    if (sha256 !== null && copy.sha256 !== sha256) throw damaged(object.id, contentPath);
    copied.push({ path, ...copy });
  }
  const bytes = copied.reduce((sum, { size }) => sum + size, 0);
  if (form === 'bagit') await writeTags(folder, object.id, copied, bytes, at);
  return { files: copied.length, bytes };
}

async function copyFile(from: string, to: string, signal: AbortSignal | undefined): Promise<Omit<Copied, 'path'>> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      size += piece.length;
      done(null, piece);
    },
  });
  await pipeline(createReadStream(from), measure, createWriteStream(to, { flags: 'wx', flush: true }), { signal });
  return { sha256: hash.digest('hex'), size };
}

/** RFC 8493, 2.1.1, 2.1.3, 2.2.1 and 2.2.2. */
async function writeTags(
  folder: string,
  id: string,
  copied: readonly Copied[],
  bytes: number,
  at: Date,
): Promise<void> {
  const tags: readonly (readonly [string, string])[] = [
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    [
      'bag-info.txt',
      `Bag-Software-Agent: scanlot ${packageVersion()}\nBagging-Date: ${at.toISOString().slice(0, 10)}\n` +
        `External-Identifier: ${id}\nPayload-Oxum: ${bytes}.${copied.length}\n`,
    ],
    ['manifest-sha256.txt', copied.map(({ path, sha256 }) => manifestLine(sha256, path)).join('')],
  ];
  for (const [name, content] of tags) await writeFile(join(folder, name), content, { flush: true });
  const lines = tags.map(([name, content]) => manifestLine(createHash('sha256').update(content).digest('hex'), name));
  await writeFile(join(folder, 'tagmanifest-sha256.txt'), lines.join(''), { flush: true });
}

/** Only what would end a line, and the escape itself, is escaped (2.1.3). */
function manifestLine(digest: string, path: string): string {
  const escaped = path.replace(/[%\r\n]/g, (character) => encodeURIComponent(character));
  return `${digest}  ${escaped}\n`;
}

async function zip(folder: string, target: string, at: Date): Promise<void> {
  await writeFileAtomically(target, async (temporary) => {
    const archive = archiver('zip', { zlib: { level: 1 }, forceZip64: false });
    const written = pipeline(archive, createWriteStream(temporary));
    archive.directory(folder, basename(folder), { date: at });
    await Promise.all([archive.finalize(), written]);
  });
}

function damaged(id: string, path: string): DmsError {
  return new DmsError(
    'dms.object-damaged',
    text({
      de: `Die abgelegte Akte „${id}“ ist beschädigt: ${path}`,
      en: `The stored file "${id}" is damaged: ${path}`,
    }),
  );
}

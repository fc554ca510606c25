import type { Dirent } from 'node:fs';
import { constants, copyFile, mkdir, open, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { isJunk } from './names.ts';

const separator = Buffer.from('/');

/**
 * Copies a package as it is, names byte by byte, links as links, and makes every file durable. A zip file is copied into
 * the target folder, where it is the package alone.
 * @param onFile told after each file
 * @throws UsageError when the package holds something that is neither file, folder nor link
 */
export async function copyPackage(
  source: string,
  target: string,
  onFile: () => void,
  signal: AbortSignal,
): Promise<void> {
  if ((await stat(source)).isFile()) {
    await mkdir(target, { recursive: true });
    await copyDurably(Buffer.from(source), Buffer.from(`${target}/${zipName(source)}`));
    onFile();
    return;
  }
  const folders: [Buffer, Buffer][] = [[Buffer.from(source), Buffer.from(target)]];
  for (let pair = folders.pop(); pair; pair = folders.pop()) {
    const [from, to] = pair;
    await mkdir(to, { recursive: true });
    for (const entry of await readdir(from, { withFileTypes: true, encoding: 'buffer' as never })) {
      signal.throwIfAborted();
      const name = Buffer.from((entry as unknown as Dirent<Buffer>).name);
      const [entryFrom, entryTo] = [join(from, name), join(to, name)];
      if (entry.isDirectory()) folders.push([entryFrom, entryTo]);
      else if (entry.isSymbolicLink()) await symlink(await readlink(entryFrom), entryTo);
      else if (entry.isFile()) await copyDurably(entryFrom, entryTo);
      else throw specialFile(entryFrom.toString());
      onFile();
    }
  }
}

/** A name by which it is told to be a zip file, whatever it was called. */
function zipName(source: string): string {
  const name = basename(source);
  return /\.zip$/i.test(name) && !isJunk(name) ? name : 'package.zip';
}

function join(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, separator, name]);
}

async function copyDurably(from: Buffer, to: Buffer): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function specialFile(path: string): UsageError {
  return new UsageError(
    'delivery.special-file',
    text({ de: `${path} ist weder Datei noch Ordner.`, en: `${path} is neither file nor folder.` }),
    text({
      de: 'Die Lieferung ohne Gerätedateien, Sockets und Pipes bereitstellen.',
      en: 'Provide the delivery without devices, sockets and pipes.',
    }),
  );
}

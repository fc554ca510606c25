import { hash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exitCodes, ScanlotError } from './errors.ts';
import { type Text, text } from './language.ts';
import { isRunning } from './process-identity.ts';
import { systemWords } from './system-words.ts';

/** What a file shall hold: its bytes, or a function that writes them to the path it is given. */
export type FileContent = Uint8Array | string | ((temporaryPath: string) => Promise<void>);

/**
 * Writes a file so that its name never stands for half a content: everything goes into a temporary file of the same
 * folder, onto the disk, and only then takes the name. A reader sees the former file or the new one, also after a power
 * failure; when writing fails, the former file is untouched and the temporary one is gone. A link stays a link; a device
 * or pipe (/dev/stdout) is written to as it is, and not replaced by a file.
 * @param among of how many files: among `many`, whoever owns the folder calls `removeLeftTemporaries` now and then, for
 *   with each file the whole folder would have to be listed
 * @throws ScanlotError with exit code 13 when the file system refuses; whatever a content function throws
 */
export async function writeFileAtomically(
  path: string,
  content: FileContent,
  among: 'few' | 'many' = 'few',
): Promise<void> {
  try {
    const present = await stat(path).catch(() => undefined);
    if (present && !present.isFile() && !present.isDirectory()) await writeThrough(path, content);
    else {
      const target = present ? await realpath(path) : path;
      if (among === 'few') await removeLeftTemporaries(dirname(target), `${stem(target)}.`);
      await replace(target, content);
    }
  } catch (error) {
    throw isSystemError(error) ? cannotWrite(path, error) : error;
  }
}

/**
 * Tells beforehand that a file could not be written, as far as its folder tells: for what is written after long work.
 * @throws ScanlotError with exit code 13 when the folder is missing, is none, or refuses
 */
export async function requireWritable(path: string): Promise<void> {
  try {
    // With the slash at its end, a file in place of the folder is told as well.
    await access(join(dirname(path), '/'), constants.W_OK);
  } catch (error) {
    throw isSystemError(error) ? cannotWrite(path, error) : error;
  }
}

/** Writes text piece by piece, as it is made: for contents that shall not stand in memory as a whole. */
export async function writePieces(pieces: Iterable<string>, path: string): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path));
}

async function writeThrough(path: string, content: FileContent): Promise<void> {
  if (typeof content === 'function') await content(path);
  else await withFile(path, 'w', (file) => file.writeFile(content));
}

async function replace(path: string, content: FileContent): Promise<void> {
  const temporary = join(dirname(path), temporaryName(path));
  try {
    await writeTo(temporary, content);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Names of files end at 255 bytes; ours shall not be longer only because it is temporary. */
const LONGEST_STEM = 60;

/** ".report.xlsx.<machine>.<process>.<random>.tmp": tells whose it is, should that process be killed. */
function temporaryName(path: string): string {
  return `${stem(path)}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

function stem(path: string): string {
  return `.${basename(path).slice(0, LONGEST_STEM)}.${machine()}`;
}

function machine(): string {
  return hash('sha256', hostname()).slice(0, 6);
}

/**
 * Removes what processes of this machine left behind in a folder that were killed while they wrote its files.
 * @param start of the names of those that are meant; all by default
 */
export async function removeLeftTemporaries(folder: string, start = '.'): Promise<void> {
  const own = machine();
  for (const name of await readdir(folder)) {
    const [, owner, pid] =
      (name.startsWith(start) && /^\..+\.([0-9a-f]{6})\.(\d+)\.[0-9a-f]{8}\.tmp$/.exec(name)) || [];
    if (owner === own && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

async function writeTo(temporary: string, content: FileContent): Promise<void> {
  if (typeof content === 'function') {
    await content(temporary);
    await withFile(temporary, 'r+', (file) => file.sync());
    return;
  }
  await withFile(temporary, 'wx', async (file) => {
    await file.writeFile(content);
    await file.sync();
  });
}

async function withFile(
  path: string | Buffer,
  flags: string,
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}

/**
 * Makes durable which names a folder holds: a new name is safe only when its folder is on the disk. Windows cannot open
 * folders, and needs no such call.
 */
export async function syncFolder(folder: string | Buffer): Promise<void> {
  if (process.platform === 'win32') return;
  await withFile(folder, 'r', (file) => file.sync());
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

function cannotWrite(path: string, error: NodeJS.ErrnoException): ScanlotError {
  const reason = systemWords(error.code ?? error.message);
  return new ScanlotError(exitCodes.fileSystem, 'file.not-written', {
    message: text({
      de: `${path} konnte nicht geschrieben werden: ${reason.de}.`,
      en: `${path} could not be written: ${reason.en}.`,
    }),
    remedy: remedies[error.code ?? ''] ?? otherCause,
    cause: error,
  });
}

const otherCause = text({
  de: 'Datenträger oder Netzlaufwerk prüfen und wiederholen.',
  en: 'Check the disk or network drive and try again.',
});

const remedies: Readonly<Record<string, Text>> = {
  ENOENT: text({ de: 'Den Ordner gibt es nicht: zuerst anlegen.', en: 'The folder does not exist: create it first.' }),
  ENOTDIR: text({
    de: 'Was im Pfad ein Ordner sein müsste, ist eine Datei: anderen Ort wählen.',
    en: 'What should be a folder in the path is a file: choose another place.',
  }),
  ENOSPC: text({
    de: 'Der Datenträger ist voll: Platz schaffen und wiederholen.',
    en: 'The disk is full: make room and try again.',
  }),
  EDQUOT: text({
    de: 'Das Speicherkontingent ist erschöpft: Platz schaffen und wiederholen.',
    en: 'The disk quota is used up: make room and try again.',
  }),
  EROFS: text({
    de: 'Der Datenträger ist schreibgeschützt: anderen Ort wählen.',
    en: 'The disk is read-only: choose another place.',
  }),
  EACCES: text({
    de: 'Es fehlt das Schreibrecht für diesen Ordner oder diese Datei.',
    en: 'The right to write to this folder or file is missing.',
  }),
  EPERM: text({
    de: 'Die Datei ist schreibgeschützt oder noch in einem anderen Programm geöffnet: dort schließen und wiederholen.',
    en: 'The file is write-protected or still open in another program: close it there and try again.',
  }),
  EBUSY: text({
    de: 'Die Datei ist noch in einem anderen Programm geöffnet: dort schließen und wiederholen.',
    en: 'The file is still open in another program: close it there and try again.',
  }),
  EISDIR: text({
    de: 'Unter diesem Namen gibt es schon einen Ordner.',
    en: 'A folder of this name already exists.',
  }),
};

import type { Observation } from '../findings/finding.ts';
import { observe } from '../findings/observe.ts';

/** Longest name that ext4, NTFS (for its part) and most other file systems store, in bytes of UTF-8. */
const MAXIMUM_NAME_BYTES = 255;
/** Longest path of Windows programs that do not opt in to more (MAX_PATH counts the closing zero). */
const MAXIMUM_PATH_CHARACTERS = 259;

const reservedNames = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;
const forbiddenCharacters = /[<>:"|?*\\]/g;
// Controls of ASCII and Latin-1, and the marks that turn the direction of writing round ("fdp.exe" shown as "exe.pdf").
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const junkNames = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '.ds_store', '.directory', '__macosx']);
/** What every junk name holds: most paths need not be taken apart. */
const junkMarks = /thumbs\.db|desktop\.ini|\.ds_store|\.directory|__macosx|~\$|\._|\.~lock\./i;
const unfinishedTransfer = /\.(?:part|partial|filepart|crdownload|download|tmp|temp|upload)$/i;

/** What the operating system or an office program leaves behind: told, not failed, not imported. */
export function isJunk(path: string): boolean {
  if (!junkMarks.test(path)) return false;
  return path.split('/').some((name) => {
    const lower = name.toLowerCase();
    return junkNames.has(lower) || lower.startsWith('~$') || lower.startsWith('._') || lower.startsWith('.~lock.');
  });
}

/** Names under which programs write until a transfer is complete. */
export function isUnfinishedTransfer(path: string): boolean {
  return unfinishedTransfer.test(path);
}

/** A name that is no UTF-8, made readable without loss: its bytes beyond ASCII as \xE4. */
export function escapeBytes(name: Buffer): string {
  return [...name]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`))
    .join('');
}

/** What is wrong with the last name of a path, and with the path's length; the folders above are judged for themselves. */
export function* nameObservations(path: string): Iterable<Observation> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const composed = name.normalize('NFC');
  if (composed !== name) yield observe('name.decomposed', { composed });
  const controls = distinct(name.match(controlCharacters)).map(codePoint);
  if (controls.length > 0) yield observe('name.control-character', { characters: controls });
  const forbidden = distinct(name.match(forbiddenCharacters));
  if (forbidden.length > 0) yield observe('name.forbidden-character', { characters: forbidden });
  // Windows reserves "nul.txt" as well: what counts is the name before its first dot.
  const stem = (name.split('.')[0] ?? '').trimEnd();
  if (reservedNames.test(stem)) yield observe('name.reserved', { name });
  if (/[. ]$/.test(name)) yield observe('name.trailing-dot-or-space', { name });
  yield* lengthObservations(name, path);
}

function* lengthObservations(name: string, path: string): Iterable<Observation> {
  const bytes = Buffer.byteLength(name);
  if (bytes > MAXIMUM_NAME_BYTES) {
    yield observe('name.too-long', { length: bytes, limit: MAXIMUM_NAME_BYTES, unit: 'bytes' });
  } else if (path.length > MAXIMUM_PATH_CHARACTERS) {
    yield observe('name.too-long', { length: path.length, limit: MAXIMUM_PATH_CHARACTERS, unit: 'characters' });
  }
}

function distinct(found: readonly string[] | null): string[] {
  return [...new Set(found ?? [])];
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import iconv from 'iconv-lite';
import { escapeBytes } from '../names.ts';
import { type DirectoryRecord, extraField } from './records.ts';

/** Flag bit 11: name and comment are UTF-8 (PKWARE APPNOTE 6.3.10, appendix D). */
const utf8Flag = 0x0800;
const unicodePathId = 0x7075;

/** How a name was stored. `assumed`: it says UTF-8 nowhere, and is valid as such; many packers forget to say so. */
export type NameEncoding = 'ascii' | 'utf-8' | 'assumed-utf-8' | 'cp437' | 'invalid';

export interface EntryName {
  readonly name: string;
  readonly encoding: NameEncoding;
  /** The other name that some programs will read, where the entry has two. */
  readonly rival?: string;
}

/**
 * Reads an entry's name: UTF-8 where flag or Unicode path field say so (4.6.9), else CP437, as old packers wrote it (where
 * German umlauts have the same places as in CP850).
 */
export function readEntryName({ flags, name, extra }: Pick<DirectoryRecord, 'flags' | 'name' | 'extra'>): EntryName {
  const stored = readStored(name, (flags & utf8Flag) !== 0);
  const field = extraField(extra, unicodePathId);
  // The field counts only while it belongs to the name: its checksum tells.
  if (!field || field.length < 6 || field[0] !== 1 || field.readUInt32LE(1) !== crc32(name)) return stored;
  const bytes = field.subarray(5);
  if (!isUtf8(bytes)) return stored;
  const unicode: EntryName = { name: bytes.toString(), encoding: 'utf-8' };
  // A name in an old encoding beyond CP437 is no rival: it is what the field is for.
  if (stored.encoding !== 'ascii' && stored.encoding !== 'utf-8') return unicode;
  return stored.name === unicode.name || isPlaceholder(stored.name, unicode.name)
    ? unicode
    : { ...unicode, rival: stored.name };
}

function readStored(name: Buffer, saysUtf8: boolean): EntryName {
  if (name.every((byte) => byte < 0x80)) return { name: name.toString('latin1'), encoding: 'ascii' };
  if (isUtf8(name)) return { name: name.toString(), encoding: saysUtf8 ? 'utf-8' : 'assumed-utf-8' };
  if (saysUtf8) return { name: escapeBytes(name), encoding: 'invalid' };
  return { name: iconv.decode(name, 'cp437'), encoding: 'cp437' };
}

/** Info-ZIP writes "#U00fc" or "_" or "?" where the old encoding has no character. */
function isPlaceholder(stored: string, unicode: string): boolean {
  const letters = (name: string) => name.replaceAll(/#[UL][0-9a-f]{4,8}|[^ -~]|[_?]/g, '');
  return letters(stored) === letters(unicode.replaceAll(/[^ -~]/g, '_'));
}

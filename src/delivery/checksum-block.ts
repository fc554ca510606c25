import { type ChecksumLine, MAXIMUM_LINE_LENGTH } from './checksum-line.ts';
import { readDigest } from './checksum-list.ts';

type Label = 'algorithm' | 'hash' | 'path';

/** A block of PowerShell's Format-List: labels with values, each in a line or, where it is long, in several. */
export interface ChecksumBlock {
  /** Takes the line; false where it belongs to no block that is open, and opens none. */
  take(text: string, line: number): boolean;
  /** What the block said since the last call: undefined where there was none. */
  close(): { readonly line: number; readonly text: string; readonly read: ChecksumLine | undefined } | undefined;
  /** Whether the line begins the next block. */
  startsAnew(text: string): boolean;
}

const labelled = /^(algorithm|hash|path) {0,12}: ?(.*)$/is;

/** "Algorithm : SHA256", "Hash      : E3B0…", "Path      : C:\scans\a.pdf", and what goes on in lines that begin with blanks. */
export function createChecksumBlock(): ChecksumBlock {
  let begun: number | undefined;
  let latest: Label | undefined;
  let values = new Map<Label, string>();
  return {
    startsAnew(text) {
      const label = labelled.exec(text)?.[1]?.toLowerCase() as Label | undefined;
      return label !== undefined && values.has(label);
    },
    take(text, line) {
      const [, label, value = ''] = labelled.exec(text) ?? [];
      if (label !== undefined) {
        begun ??= line;
        latest = label.toLowerCase() as Label;
        values.set(latest, value);
        return true;
      }
      if (!latest || !/^ {4}/.test(text) || text.trim() === '') return false;
      const before = values.get(latest) ?? '';
      if (before.length < MAXIMUM_LINE_LENGTH) values.set(latest, before + text.trimStart());
      return true;
    },
    close() {
      if (begun === undefined) return undefined;
      const [hash = '', path = ''] = [values.get('hash')?.trim(), values.get('path')?.trim()];
      const read = readDigest(hash, values.get('algorithm')?.trim(), path);
      const closed = { line: begun, text: `${hash} ${path}`.trim(), read };
      begun = undefined;
      latest = undefined;
      values = new Map();
      return closed;
    },
  };
}

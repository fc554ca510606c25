import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/findings/catalogue.ts';
import type { FindingCode } from '../../src/findings/finding.ts';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectBytes } from '../../src/inspection/inspect-bytes.ts';
import { corpus } from '../../test/support/corpora.ts';

/** A sound file that mutations start from. */
export interface Seed {
  readonly name: string;
  readonly bytes: Buffer;
  /** Pages of a document or picture, rows of a table. */
  readonly pages: number;
}

/** What one format is fuzzed with. */
export interface FuzzedFormat {
  seeds(): Seed[];
  /** Words that its structure hangs on, where damage tells more than anywhere. */
  readonly words: readonly string[];
  /** What is wrong with how a damaged file was taken; without it the file is inspected, and its pages are compared. */
  readonly complaint?: (damaged: Buffer) => Promise<string | undefined>;
}

/** Larger files spend the time on image data, where nothing is read. */
const largestSeed = 64 * 1024;

/** Findings that say nothing against the bytes: many pictures state no resolution. */
const harmless: ReadonlySet<FindingCode> = new Set(['image.resolution-missing', 'tiff.resolution-missing']);

/** The files of a corpus whose pages are counted without any finding but harmless ones. */
export function soundFiles(name: string, ending: RegExp): Seed[] {
  const folder = corpus(name);
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }))
    .filter(({ bytes }) => bytes.length <= largestSeed)
    .flatMap((file) => {
      const { pages, observations } = inspectBytes(memorySource(file.bytes));
      return pages !== null && observations.every(({ code }) => harmless.has(code)) ? [{ ...file, pages }] : [];
    });
}

/** Whether a finding says more than what a sound file of its kind may have. */
export function warns(code: FindingCode): boolean {
  return catalogue[code].severity !== 'note' && !harmless.has(code);
}

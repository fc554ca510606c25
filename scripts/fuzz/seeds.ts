import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectBytes } from '../../src/inspection/inspect-bytes.ts';
import { corpus } from '../../test/support/corpora.ts';
import { samplePdfs } from '../../test/support/sample-pdfs.ts';
import { samplePdf } from '../samples/documents.ts';

/** A sound file that mutations start from. */
export interface Seed {
  readonly name: string;
  readonly bytes: Buffer;
  readonly pages: number;
}

/** Larger files spend the time on image data, where nothing is read. */
const largestSeed = 64 * 1024;

/** Sound files by format; words that its structure hangs on, where damage tells more than anywhere. */
export const formats: Readonly<Record<string, { seeds(): Seed[]; words: readonly string[] }>> = {
  pdf: {
    seeds: () => [
      ...samplePdfs.map(({ name, pages, bytes }) => ({ name, bytes: bytes(), pages })),
      { name: 'scan of three pages', bytes: samplePdf(3), pages: 3 },
      ...['pdf', 'scan-pdf', 'zugferd'].flatMap((name) => soundFiles(name, /\.pdf$/i)),
      ...soundFiles('pdfa', /-pass-.*\.pdf$/i).filter((_, index) => index % 8 === 0),
    ],
    words: [
      ...['obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref', '%%EOF', ' R', ' n', ' f', '%PDF-'],
      ...['/Kids', '/Count', '/Type', '/Pages', '/Page', '/Parent', '/Root', '/Prev', '/XRefStm', '/Length', '/Filter'],
      ...['/W', '/Index', '/Size', '/N ', '/First', '/Predictor', '/Columns', '/Linearized', '/L ', '/Contents'],
      ...['/Resources', '/XObject', '/ColorSpace', '/Font', '/Metadata', '/Annots', '/MediaBox', '/Info', ' cm', ' Do'],
    ],
  },
};

/** The files of a corpus whose pages are counted without any finding but notes. */
function soundFiles(name: string, ending: RegExp): Seed[] {
  const folder = corpus(name);
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }))
    .filter(({ bytes }) => bytes.length <= largestSeed)
    .flatMap((file) => {
      const { pages, observations } = inspectBytes(memorySource(file.bytes));
      return pages !== null && observations.length === 0 ? [{ ...file, pages }] : [];
    });
}

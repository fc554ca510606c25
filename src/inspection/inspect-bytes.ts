import { observe } from '../findings/observe.ts';
import type { ByteSource } from './byte-source.ts';
import type { FileFormat, FormatFacts } from './facts.ts';
import { detectFormat, formatHeadLength } from './format.ts';
import { inspectJp2 } from './image/inspect-jp2.ts';
import { inspectJpeg } from './image/inspect-jpeg.ts';
import { inspectPng } from './image/inspect-png.ts';
import { inspectPdf } from './pdf/inspect-pdf.ts';
import type { AskPdfium } from './pdfium/pdfium.ts';
import { withSecondOpinion } from './pdfium/second-opinion.ts';
import { inspectTiff } from './tiff/inspect-tiff.ts';

/** The readers by format; a format without one has no pages to count. */
const readers: Readonly<Partial<Record<FileFormat, (source: ByteSource, described: boolean) => FormatFacts>>> = {
  pdf: (source, described) => inspectPdf(source, described),
  tiff: inspectTiff,
  jpeg: inspectJpeg,
  png: inspectPng,
  jp2: inspectJp2,
};

/**
 * Recognises the format of a file and reads its facts.
 * @param ask is asked too where our own reader of PDF has its doubts
 * @param described false where of the details only `claimsPdfa` is asked for; count and observations are the same
 * @throws what the source throws when a read fails (an error of the system, with `syscall`); a reader's own failure is
 * an observation
 */
export function inspectBytes(
  source: ByteSource,
  ask?: AskPdfium,
  described = true,
): FormatFacts & { readonly format: FileFormat } {
  const format = detectFormat(source.read(0, formatHeadLength));
  const read = readers[format];
  if (!read) return { format, pages: null, observations: [observeNoPages(format)], details: {} };
  try {
    const facts = { format, ...read(source, described) };
    return ask ? withSecondOpinion(facts, source, ask) : facts;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    return { format, pages: null, observations: [observe('file.reader-failed', { format, cause })], details: {} };
  }
}

function observeNoPages(format: FileFormat) {
  if (format === 'empty') return observe('file.empty', {});
  return format === 'unknown' ? observe('file.format-unknown', {}) : observe('file.pages-not-countable', { format });
}

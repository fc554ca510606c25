import { scanPdf } from './scan-pdf.ts';
import { scanTiff } from './scan-tiff.ts';

/**
 * A scan as vendors deliver it: one black-and-white image a page. The same pages and seed give the same bytes.
 * @param seed makes documents of equal length differ
 */
export function samplePdf(pages: number, seed = 0): Buffer {
  return scanPdf(pages, seed).finishTable('/Root 1 0 R').bytes();
}

/** The same as a TIFF with one directory a page. */
export function sampleTiff(pages: number, seed = 0): Buffer {
  return scanTiff(pages, seed).bytes;
}

import { PdfWriter } from '../../test/support/pdf-writer.ts';
import { encodeGroup4, pageHeight, pageWidth } from './group4.ts';
import { pageBars } from './page-bars.ts';

/** Object numbers of a scan: the catalog, the page tree, and each page with its content and its image. */
export const objects = {
  catalog: 1,
  pages: 2,
  page: (index: number) => 3 + index * 3,
  content: (index: number) => 4 + index * 3,
  image: (index: number) => 5 + index * 3,
} as const;

export const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
export const mediaBox = '/MediaBox [0 0 595.2 841.92]';

export function pageTree(kids: readonly number[], count = kids.length): string {
  return `<< /Type /Pages /Count ${count} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
}

export function pageBody(index: number, box = mediaBox, parent = objects.pages as number): string {
  const resources = `/Resources << /XObject << /Scan ${objects.image(index)} 0 R >> >>`;
  return `<< /Type /Page /Parent ${parent} 0 R ${box} /Contents ${objects.content(index)} 0 R ${resources} >>`;
}

/**
 * The objects of a scan, one Group 4 image a page, still without a cross-reference.
 * @param replaced bodies that stand in place of the sound ones, by object number
 */
export function scanPdf(
  pages: number,
  seed: number,
  replaced: Readonly<Record<number, string>> = {},
  writer = new PdfWriter(),
): PdfWriter {
  const indexes = Array.from({ length: pages }, (_, index) => index);
  const bodies: Record<number, string> = {
    [objects.catalog]: catalog,
    [objects.pages]: pageTree(indexes.map(objects.page)),
    ...replaced,
  };
  for (const index of indexes) bodies[objects.page(index)] ??= pageBody(index);
  for (const [number, body] of Object.entries(bodies)) writer.object(Number(number), body);
  for (const index of indexes) {
    writer.stream(objects.content(index), '', Buffer.from('q 595.2 0 0 841.92 0 0 cm /Scan Do Q'));
    writer.stream(objects.image(index), imageDictionary, encodeGroup4(pageBars(seed, index)));
  }
  return writer;
}

const imageDictionary =
  `/Type /XObject /Subtype /Image /Width ${pageWidth} /Height ${pageHeight} /BitsPerComponent 1 ` +
  `/ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns ${pageWidth} /Rows ${pageHeight} >>`;

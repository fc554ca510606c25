import { PdfWriter } from './pdf-writer.ts';
import { a4, nodeBody } from './sample-pdfs.ts';

/** What stands in a PDF of one page; entries of dictionaries without their brackets. */
export interface PagePdf {
  readonly content?: string | Uint8Array;
  /** Of the content stream. */
  readonly filter?: string;
  readonly resources?: string;
  readonly page?: string;
  readonly catalog?: string;
  readonly trailer?: string;
  /** Further objects, and streams with their dictionaries, by number from 20 on. */
  readonly objects?: Readonly<Record<number, string>>;
  readonly streams?: Readonly<Record<number, readonly [dictionary: string, data: string | Uint8Array]>>;
}

/** Writes a PDF of one page: 1 catalog, 2 page tree, 10 page, 11 content. */
export function pagePdf(parts: PagePdf): Buffer {
  const { content = '', filter = '', resources = '', page = '', catalog = '', trailer = '' } = parts;
  const writer = new PdfWriter();
  writer.object(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  writer.object(2, nodeBody([10], 1));
  const box = page.includes('/MediaBox') ? '' : a4;
  writer.object(10, `<< /Type /Page /Parent 2 0 R ${box} /Contents 11 0 R /Resources << ${resources} >> ${page} >>`);
  writer.stream(11, filter, Buffer.from(content));
  for (const [number, body] of Object.entries(parts.objects ?? {})) writer.object(Number(number), body);
  for (const [number, [dictionary, data]] of Object.entries(parts.streams ?? {})) {
    writer.stream(Number(number), dictionary, Buffer.from(data));
  }
  return writer.finishTable(`/Root 1 0 R ${trailer}`).bytes();
}

/** The entries of a picture of this size. */
export function pictureEntries(
  width: number,
  height: number,
  more = '/ColorSpace /DeviceGray /BitsPerComponent 1',
): string {
  return `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${more}`;
}

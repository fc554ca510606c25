import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage, PDFRawStream } from 'pdf-lib';

/** A text as it stands on a page; x and y in points from the bottom left. */
interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface PageText {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
}

/** Reads back what was drawn, through the fonts' ToUnicode maps, as a reader's search would. */
export async function readPdf(bytes: Uint8Array): Promise<{ document: PDFDocument; pages: PageText[] }> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const pages = document.getPages().map((page) => ({ ...page.getSize(), texts: textsOf(page) }));
  return { document, pages };
}

/** All texts of all pages, each with its spaces made plain. */
export async function pdfWords(bytes: Uint8Array): Promise<string[]> {
  const { pages } = await readPdf(bytes);
  return pages.flatMap((page) => page.texts.map(({ text }) => text));
}

function textsOf(page: PDFPage): PlacedText[] {
  const fonts = page.node.Resources()?.lookup(PDFName.of('Font'), PDFDict);
  const maps = new Map(
    fonts?.entries().map(([name]) => [name.asString(), unicodeMap(fonts.lookup(name, PDFDict))] as const),
  );
  const pattern = /(\/F\d) ([\d.]+) Tf 1 0 0 1 ([-\d.]+) ([-\d.]+) Tm <([0-9a-fA-F]*)> Tj/g;
  return [...contentOf(page).matchAll(pattern)].map(([, font = '', size, x, y, hex = '']) => {
    const map = maps.get(font);
    const text = (hex.match(/.{4}/g) ?? []).map((glyph) => map?.get(glyph.toLowerCase()) ?? '\u{1F6AB}').join('');
    return { text, x: Number(x), y: Number(y), size: Number(size) };
  });
}

function contentOf(page: PDFPage): string {
  const contents = page.node.Contents();
  if (!(contents instanceof PDFArray)) throw new Error('no contents');
  return contents
    .asArray()
    .map((_, index) => inflate(contents.lookup(index)))
    .join('\n');
}

function unicodeMap(font: PDFDict): Map<string, string> {
  const map = new Map<string, string>();
  const cmap = inflate(font.lookup(PDFName.of('ToUnicode')));
  for (const [, glyph = '', unicode = ''] of cmap.matchAll(/<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>/g)) {
    const units = (unicode.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
    map.set(glyph.toLowerCase(), String.fromCharCode(...units));
  }
  return map;
}

function inflate(stream: unknown): string {
  if (!(stream instanceof PDFRawStream)) throw new Error('no stream');
  return inflateSync(stream.contents).toString('latin1');
}

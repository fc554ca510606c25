import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import fontkit from '@pdf-lib/fontkit';
import { PDFArray, PDFDocument, type PDFFont, PDFName, type PDFPage } from 'pdf-lib';
import type { Language } from '../shared/language.ts';
import { type EncodedText, PdfPage } from './pdf-page.ts';
import { printable } from './safe-text.ts';
import type { Measure } from './text-layout.ts';

/** A4 in points. */
export const a4 = { short: 595.28, long: 841.89 } as const;
export type Orientation = 'portrait' | 'landscape';

export interface PdfProperties {
  readonly title: string;
  readonly subject: string;
  readonly language: Language;
  /** ISO instant; the only clock in the file. */
  readonly createdAt: string;
}

/** A PDF in the making: A4 pages with Open Sans in two weights, of which only the letters used are embedded. */
export interface PdfPaper {
  readonly measure: Measure;
  /** Begins a page; the one before is complete but for what `finish` adds. */
  addPage(orientation: Orientation): PdfPage;
  /** Calls `furnish` for every page (header, footer: now that their number is known) and gives the bytes. May be called once. */
  finish(furnish: (page: PdfPage, index: number, count: number) => void): Promise<Uint8Array>;
}

const require = createRequire(import.meta.url);
const fontFiles = {
  regular: require.resolve('@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/open-sans/600SemiBold/OpenSans_600SemiBold.ttf'),
} as const;

export async function createPaper(properties: PdfProperties): Promise<PdfPaper> {
  const document = await PDFDocument.create({ updateMetadata: false });
  describe(document, properties);
  document.registerFontkit(fontkit);
  const [regular, bold] = [await embedFont(document, fontFiles.regular), await embedFont(document, fontFiles.bold)];
  const [encodeRegular, encodeBold] = [encoderOf(regular), encoderOf(bold)];
  const encode = (words: string, isBold: boolean): EncodedText => (isBold ? encodeBold : encodeRegular)(words);
  const pages: { readonly page: PdfPage; readonly target: PDFPage }[] = [];
  const { context } = document;
  /** Moves what was drawn so far into the file, compressed: a long document would else lie in memory as text. */
  const store = ({ page, target }: { page: PdfPage; target: PDFPage }): void => {
    const content = context.stream(deflateSync(page.takeContent()), { Filter: 'FlateDecode' });
    const parts = target.node.Contents();
    const streams = parts instanceof PDFArray ? parts : context.obj([]);
    streams.push(context.register(content));
    target.node.set(PDFName.of('Contents'), streams);
  };
  return {
    measure: (words, size, isBold) => encode(words, isBold).width * size,
    addPage: (orientation) => {
      const [width, height] = orientation === 'portrait' ? [a4.short, a4.long] : [a4.long, a4.short];
      const page = new PdfPage(width, height, encode);
      const former = pages.at(-1);
      if (former) store(former);
      pages.push({ page, target: document.addPage([width, height]) });
      return page;
    },
    finish: async (furnish) => {
      for (const [index, { page }] of pages.entries()) furnish(page, index, pages.length);
      for (const { page, target } of pages) {
        store({ page, target });
        target.node.setFontDictionary(PDFName.of('F1'), regular.ref);
        target.node.setFontDictionary(PDFName.of('F2'), bold.ref);
      }
      return document.save({ addDefaultPage: false, objectsPerTick: 10_000 });
    },
  };
}

function describe(document: PDFDocument, properties: PdfProperties): void {
  const createdAt = new Date(properties.createdAt);
  document.setTitle(printable(properties.title), { showInWindowTitleBar: true });
  document.setSubject(printable(properties.subject));
  document.setAuthor('scanlot');
  document.setCreator('scanlot');
  document.setProducer('scanlot (pdf-lib)');
  document.setCreationDate(createdAt);
  document.setModificationDate(createdAt);
  document.setLanguage(properties.language);
}

async function embedFont(document: PDFDocument, path: string): Promise<PDFFont> {
  return document.embedFont(readFileSync(path), { subset: true });
}

/**
 * Encodes letter by letter and remembers each: laying out every text anew would take most of the time, and ligatures
 * make a PDF harder to search. Letters that the font lacks become U+FFFD, visibly.
 */
function encoderOf(font: PDFFont): (words: string) => EncodedText {
  const known = new Set(font.getCharacterSet());
  const substitute = known.has(0xfffd) ? '\uFFFD' : '?';
  const letters = new Map<string, EncodedText>();
  const encodeLetter = (letter: string): EncodedText => {
    const drawn = known.has(letter.codePointAt(0) ?? 0) ? letter : /\s/u.test(letter) ? ' ' : substitute;
    const hex = font.encodeText(drawn).asString();
    const encoded = { hex, width: font.widthOfTextAtSize(drawn, 1) };
    letters.set(letter, encoded);
    return encoded;
  };
  return (words) => {
    let [hex, width] = ['', 0];
    for (const letter of printable(words).normalize('NFC')) {
      const encoded = letters.get(letter) ?? encodeLetter(letter);
      hex += encoded.hex;
      width += encoded.width;
    }
    return { hex, width };
  };
}

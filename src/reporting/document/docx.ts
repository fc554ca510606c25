import {
  BorderStyle,
  Document,
  Footer,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import { printable } from '../safe-text.ts';
import { words } from '../words.ts';
import { blockOf, type Placeholder, type SectionBlock } from './docx-blocks.ts';
import { safe } from './docx-line.ts';
import { margins, type Orientation, paper, widths } from './docx-paper.ts';
import type { WrittenDocument } from './model.ts';
import { packZip, readOwnZip, writeZip, type ZipPart } from './zip-file.ts';

/** Fields such as the page number take their size from the style alone. */
const footerStyle = 'Footer';

/** Writes the document as DOCX. Tables are written row by row: a long one is never in memory as a whole. */
export async function writeDocx(document: WrittenDocument, path: string): Promise<void> {
  await writeZip(path, await partsOf(document), new Date(document.createdAt));
}

/** The document as the bytes of a DOCX. */
export async function renderDocx(document: WrittenDocument): Promise<Uint8Array> {
  return packZip(await partsOf(document), new Date(document.createdAt));
}

async function partsOf(document: WrittenDocument): Promise<ZipPart[]> {
  const tables: Placeholder[] = [];
  const sections = sectionsOf(document, tables);
  const file = new Document({
    title: printable(document.title),
    creator: 'scanlot',
    lastModifiedBy: 'scanlot',
    styles: {
      default: { document: { run: { font: 'Arial', size: 21, language: languageOf(document) } } },
      paragraphStyles: [{ id: footerStyle, name: 'footer', basedOn: 'Normal', run: { size: 16, color: '4D4D4D' } }],
    },
    sections,
  });
  return readOwnZip(await Packer.toBuffer(file)).map((part) => completed(part, document, tables));
}

function languageOf({ language }: WrittenDocument) {
  return { value: language === 'de' ? 'de-DE' : 'en-GB' };
}

/** Puts the tables in their places, and the document's own time in that of the writing. */
function completed(part: ZipPart, { createdAt }: WrittenDocument, tables: readonly Placeholder[]): ZipPart {
  if (!(part.content instanceof Uint8Array)) return part;
  const xml = Buffer.from(part.content).toString('utf8');
  if (part.name === 'docProps/core.xml') {
    const at = `${createdAt.slice(0, 19)}Z`;
    return { name: part.name, content: [xml.replace(/(<dcterms:\w+ [^>]*>)[^<]*(<)/g, `$1${at}$2`)] };
  }
  return part.name === 'word/document.xml' ? { name: part.name, content: withTables(xml, tables) } : part;
}

function* withTables(xml: string, tables: readonly Placeholder[]): Iterable<string> {
  let written = 0;
  for (const { mark, xml: content, width } of tables) {
    const at = xml.indexOf(mark, written);
    const start = Math.max(xml.lastIndexOf('<w:p>', at), xml.lastIndexOf('<w:p ', at));
    const end = xml.indexOf('</w:p>', at) + '</w:p>'.length;
    yield xml.slice(written, start);
    yield* content(width);
    written = end;
  }
  yield xml.slice(written);
}

function sectionsOf(document: WrittenDocument, tables: Placeholder[]): ISectionOptions[] {
  const groups: SectionBlock[][] = [[]];
  for (const block of document.blocks) {
    if (block.kind === 'annex') groups.push([]);
    else groups.at(-1)?.push(block);
  }
  return groups.map((blocks, index) => {
    const orientation: Orientation = index === 0 ? 'portrait' : 'landscape';
    const children = blocks.flatMap((block, at) =>
      // A signature alone on a page could be put under anything.
      blockOf(block, { document, orientation, tables, keepNext: blocks[at + 1]?.kind === 'signature' }),
    );
    return {
      properties: {
        page: {
          size: {
            width: paper.short,
            height: paper.long,
            orientation: orientation === 'portrait' ? PageOrientation.PORTRAIT : PageOrientation.LANDSCAPE,
          },
          margin: { ...margins, footer: 567 },
        },
      },
      footers: { default: footerOf(document, widths[orientation]) },
      children,
    };
  });
}

function footerOf({ footer, language }: WrittenDocument, width: number): Footer {
  return new Footer({
    children: [
      new Paragraph({
        style: footerStyle,
        tabStops: [{ type: TabStopType.RIGHT, position: width }],
        border: { top: { style: BorderStyle.SINGLE, size: 4, color: 'BFC7D0', space: 6 } },
        children: [
          new TextRun({ text: safe(footer) }),
          new TextRun({
            children: [
              '\t',
              `${words.page[language]} `,
              PageNumber.CURRENT,
              ` ${words.of[language]} `,
              PageNumber.TOTAL_PAGES,
            ],
          }),
        ],
      }),
    ],
  });
}

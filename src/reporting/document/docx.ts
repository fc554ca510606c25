import {
  BorderStyle,
  Document,
  Footer,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import { printable, visible } from '../safe-text.ts';
import { words } from '../words.ts';
import { chartXml } from './docx-chart.ts';
import { tableXml } from './docx-table.ts';
import type { Block, Letterhead, WrittenDocument } from './model.ts';
import { packZip, readOwnZip, writeZip, type ZipPart } from './zip-file.ts';

/** A4 and its margins in twentieths of a point: 25 mm at the left, 20 mm at the right (DIN 5008). */
const paper = { short: 11_906, long: 16_838 } as const;
const margins = { left: 1417, right: 1134, top: 1134, bottom: 1020 } as const;
const widths = {
  portrait: paper.short - margins.left - margins.right,
  landscape: paper.long - margins.left - margins.right,
} as const;
/** Fields such as the page number take their size from the style alone. */
const footerStyle = 'Footer';
type Orientation = keyof typeof widths;
type SectionBlock = Exclude<Block, { kind: 'annex' }>;

/** The place of a table or chart in the text, until its rows are written there. */
interface Placeholder {
  readonly mark: string;
  /** `width` in twentieths of a point. */
  readonly xml: (width: number) => Iterable<string>;
  readonly width: number;
}

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

interface Place {
  readonly document: WrittenDocument;
  readonly orientation: Orientation;
  readonly tables: Placeholder[];
  readonly keepNext: boolean;
}

function blockOf(block: SectionBlock, place: Place) {
  const { keepNext } = place;
  switch (block.kind) {
    case 'letterhead':
      return letterheadOf(block);
    case 'subject':
      return [line(block.words, { bold: true, size: 23, after: 240 })];
    case 'title':
      return [line(block.words, { bold: true, size: 34, after: 160 })];
    case 'heading':
      return [line(block.words, { bold: true, size: 23, before: 200, after: 80, keepNext: true })];
    case 'paragraph':
      return [
        line(block.words, {
          bold: block.style === 'bold',
          size: block.style === 'quiet' ? 18 : 21,
          after: 140,
          keepNext,
          ...(block.style === 'quiet' ? { color: '4D4D4D' } : {}),
        }),
      ];
    case 'facts':
      return [
        ...block.rows.map(([name, value]) => factOf(name, value)),
        new Paragraph({ spacing: { before: 0, after: 80 } }),
      ];
    case 'signature':
      return signatureOf(block.closing, block.lines);
    case 'table':
      return placeFor(place, (width) => tableXml(block, width));
    case 'chart':
      return placeFor(place, (width) => chartXml(block.chart, place.document.language, width));
  }
}

function placeFor({ tables, orientation }: Place, xml: Placeholder['xml']): Paragraph[] {
  const mark = `@@TABLE-${tables.length}@@`;
  tables.push({ mark, xml, width: widths[orientation] });
  return [new Paragraph({ children: [new TextRun(mark)] })];
}

interface LineStyle {
  readonly bold?: boolean;
  /** In half points. */
  readonly size?: number;
  readonly before?: number;
  readonly after?: number;
  readonly keepNext?: boolean;
  readonly color?: string;
}

function line(text: string, { bold, size, before = 0, after = 0, keepNext, color }: LineStyle = {}): Paragraph {
  return new Paragraph({
    spacing: { before, after },
    ...(keepNext ? { keepNext } : {}),
    children: [
      new TextRun({
        text: safe(text),
        ...(bold ? { bold } : {}),
        ...(size === undefined ? {} : { size }),
        ...(color === undefined ? {} : { color }),
      }),
    ],
  });
}

/** No text of others may look like the place of a table. */
function safe(text: string): string {
  return visible(text).replaceAll('@@TABLE-', '@@ TABLE-');
}

const factIndent = 2600;

function factOf(name: string, value: string): Paragraph {
  return new Paragraph({
    spacing: { before: 0, after: 40 },
    indent: { left: factIndent, hanging: factIndent },
    tabStops: [{ type: TabStopType.LEFT, position: factIndent }],
    children: [new TextRun({ text: safe(name), color: '4D4D4D' }), new TextRun({ children: ['\t', safe(value)] })],
  });
}

function letterheadOf({ sender, returnLine, recipient, references }: Letterhead) {
  const [office = '', ...address] = sender;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
  const borders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  const [left, right] = [5400, widths.portrait - 5400];
  const cell = (width: number, children: Paragraph[]) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { left: 0, right: 0, top: 0, bottom: 0 },
      children,
    });
  return [
    line(office, { bold: true, size: 28 }),
    ...address.map((words) => line(words, { size: 18 })),
    line('', { after: Math.max(0, 900 - address.length * 220) }),
    new Table({
      width: { size: widths.portrait, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      columnWidths: [left, right],
      borders,
      rows: [
        new TableRow({
          children: [
            cell(left, [
              line(returnLine, { size: 13, after: 100 }),
              ...recipient.map((words) => line(words)),
              ...Array.from({ length: Math.max(0, 6 - recipient.length) }, () => line('')),
            ]),
            cell(
              right,
              references.map(
                ([name, value]) =>
                  new Paragraph({
                    spacing: { before: 0, after: 20 },
                    indent: { left: 1500, hanging: 1500 },
                    tabStops: [{ type: TabStopType.LEFT, position: 1500 }],
                    children: [
                      new TextRun({ text: safe(name), size: 18, color: '4D4D4D' }),
                      new TextRun({ children: ['\t', safe(value)], size: 18 }),
                    ],
                  }),
              ),
            ),
          ],
        }),
      ],
    }),
    line('', { after: 300 }),
  ];
}

function signatureOf(closing: string, [office = '', ...below]: readonly string[]): Paragraph[] {
  const quiet = { size: 18, color: '4D4D4D' } as const;
  return [
    line(closing, { before: 160, keepNext: true }),
    line(office, { after: 640, keepNext: true }),
    // One paragraph: the line to sign on and what is below it stay together.
    new Paragraph({
      spacing: { before: 0, after: 160 },
      keepLines: true,
      children: [
        new TextRun('______________________________'),
        ...below.map((words) => new TextRun({ text: safe(words), break: 1, ...quiet })),
      ],
    }),
  ];
}

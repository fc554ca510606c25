import { Paragraph, TabStopType, TextRun } from 'docx';
import { chartXml } from './docx-chart.ts';
import { letterheadOf } from './docx-letterhead.ts';
import { line, safe } from './docx-line.ts';
import { type Orientation, widths } from './docx-paper.ts';
import { tableXml } from './docx-table.ts';
import type { Block, WrittenDocument } from './model.ts';

export type SectionBlock = Exclude<Block, { kind: 'annex' }>;

/** The place of a table or chart in the text, until its rows are written there. */
export interface Placeholder {
  readonly mark: string;
  /** `width` in twentieths of a point. */
  readonly xml: (width: number) => Iterable<string>;
  readonly width: number;
}

/** Where a block stands. */
interface Place {
  readonly document: WrittenDocument;
  readonly orientation: Orientation;
  readonly tables: Placeholder[];
  readonly keepNext: boolean;
}

/** What a block is in a DOCX; a table or chart is a placeholder, kept in `tables`. */
export function blockOf(block: SectionBlock, place: Place) {
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

const factIndent = 2600;

function factOf(name: string, value: string): Paragraph {
  return new Paragraph({
    spacing: { before: 0, after: 40 },
    indent: { left: factIndent, hanging: factIndent },
    tabStops: [{ type: TabStopType.LEFT, position: factIndent }],
    children: [new TextRun({ text: safe(name), color: '4D4D4D' }), new TextRun({ children: ['\t', safe(value)] })],
  });
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

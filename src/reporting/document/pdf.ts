import { writeFile } from 'node:fs/promises';
import { greatestStack, layOutChart, splitChart } from '../chart-layout.ts';
import type { Chart } from '../model.ts';
import { createPaper, type Orientation, type PdfPaper } from '../pdf-document.ts';
import { colours, type PdfPage } from '../pdf-page.ts';
import { visible } from '../safe-text.ts';
import { shorten, wrap } from '../text-layout.ts';
import { pageLabel, words } from '../words.ts';
import type { Block, DocumentTable, Letterhead, WrittenDocument } from './model.ts';

/** Margins in points: 25 mm at the left, 20 mm at the right (DIN 5008). */
const margins = { left: 70.9, right: 56.7, top: 56.7, bottom: 62 } as const;
const size = 10.5;
const tableSize = 8.5;
const cellPadding = 4;
/** A cell longer than this is cut with an ellipsis: a name can be made long enough to fill pages. */
const mostLines = 24;
const signatureHeight = 130;
/** Millimetres in points. */
const mm = 72 / 25.4;

/** Writes the document as PDF on A4, page by page; searchable, with embedded fonts. */
export async function writePdf(document: WrittenDocument, path: string): Promise<void> {
  await writeFile(path, await renderDocumentPdf(document));
}

/** The document as the bytes of a PDF. */
export async function renderDocumentPdf(document: WrittenDocument): Promise<Uint8Array> {
  const { title, language, createdAt } = document;
  const paper = await createPaper({ title: visible(title), subject: visible(title), language, createdAt });
  const sheet = new Sheet(paper);
  for (const [index, block] of document.blocks.entries()) {
    // A signature alone on a page could be put under anything: the paragraph before it goes with it.
    if (document.blocks[index + 1]?.kind === 'signature') sheet.reserve(signatureHeight + 3 * size * 1.4);
    drawBlock(sheet, block, document);
  }
  return paper.finish((page, index, count) => {
    drawFoot(page, visible(document.footer), pageLabel(index + 1, count)[language], paper);
  });
}

/** Where the next block goes. */
class Sheet {
  readonly paper: PdfPaper;
  page: PdfPage;
  orientation: Orientation = 'portrait';
  y: number = margins.top;

  constructor(paper: PdfPaper) {
    this.paper = paper;
    this.page = paper.addPage('portrait');
  }

  get width(): number {
    return this.page.width - margins.left - margins.right;
  }

  turn(orientation = this.orientation): void {
    this.orientation = orientation;
    this.page = this.paper.addPage(orientation);
    this.y = margins.top;
  }

  /** Goes on to the next page unless so much room is left. */
  reserve(height: number): void {
    if (this.y + height > this.page.height - margins.bottom && this.y > margins.top) this.turn();
  }

  lines(text: string, width: number, fontSize: number, bold = false): string[] {
    return wrap(visible(text), width, fontSize, bold, this.paper.measure);
  }

  /** Draws lines one below another from here on. */
  write(text: string, fontSize: number, { bold = false, quiet = false } = {}): void {
    for (const line of this.lines(text, this.width, fontSize, bold)) {
      this.reserve(fontSize * 1.4);
      const colour = quiet ? colours.quiet : colours.ink;
      this.page.text(line, margins.left, this.y + fontSize, { size: fontSize, bold, colour });
      this.y += fontSize * 1.4;
    }
  }
}

function drawBlock(sheet: Sheet, block: Block, document: WrittenDocument): void {
  switch (block.kind) {
    case 'letterhead':
      drawLetterhead(sheet, block);
      break;
    case 'subject':
      sheet.write(block.words, 11.5, { bold: true });
      sheet.y += 12;
      break;
    case 'title':
      sheet.write(block.words, 17, { bold: true });
      sheet.y += 8;
      break;
    case 'heading':
      sheet.y += 10;
      sheet.reserve(80);
      sheet.write(block.words, 11.5, { bold: true });
      sheet.y += 4;
      break;
    case 'paragraph':
      sheet.write(block.words, block.style === 'quiet' ? 9 : size, {
        bold: block.style === 'bold',
        quiet: block.style === 'quiet',
      });
      sheet.y += 7;
      break;
    case 'facts':
      drawFacts(sheet, block.rows);
      break;
    case 'table':
      drawTable(sheet, block, document);
      break;
    case 'chart':
      drawChart(sheet, block.chart, document);
      break;
    case 'signature':
      drawSignature(sheet, block.closing, block.lines);
      break;
    case 'annex':
      sheet.turn('landscape');
      break;
  }
}

function drawLetterhead(sheet: Sheet, { sender, returnLine, recipient, references }: Letterhead): void {
  const { page, paper } = sheet;
  const put = (text: string, x: number, y: number, fontSize: number, bold: boolean, width: number) => {
    page.text(shorten(visible(text), width, fontSize, bold, paper.measure), x, y, { size: fontSize, bold });
  };
  for (const [index, line] of sender.entries()) {
    put(line, margins.left, 42 + index * 13, index === 0 ? 14 : 9.5, index === 0, sheet.width);
  }
  const addressWidth = 80 * mm;
  put(returnLine, margins.left, 52 * mm, 6.5, false, addressWidth);
  for (const [index, line] of recipient.entries()) {
    put(line, margins.left, 60 * mm + index * 14, size, false, addressWidth);
  }
  const left = 120 * mm;
  const nameWidth = Math.max(...references.map(([name]) => paper.measure(visible(name), 9, false))) + 8;
  let y = 52 * mm;
  for (const [name, value] of references) {
    put(name, left, y, 9, false, nameWidth);
    for (const line of sheet.lines(value, page.width - margins.right - left - nameWidth, 9)) {
      page.text(line, left + nameWidth, y, { size: 9 });
      y += 12.5;
    }
  }
  // Marks where the letter is folded (DIN 5008, form B: 105 mm and 210 mm from the top).
  for (const mark of [105, 210]) page.line(12, mark * mm, 20, mark * mm, 0.4, colours.mid);
  sheet.y = Math.max(103 * mm, y + 14, 60 * mm + recipient.length * 14 + 14);
}

function drawFacts(sheet: Sheet, rows: readonly (readonly [string, string])[]): void {
  const { measure } = sheet.paper;
  const nameWidth = Math.max(...rows.map(([name]) => measure(visible(name), size, false))) + 14;
  for (const [name, value] of rows) {
    const lines = sheet.lines(value, sheet.width - nameWidth, size);
    sheet.reserve(lines.length * size * 1.4);
    sheet.page.text(visible(name), margins.left, sheet.y + size, { size, colour: colours.quiet });
    for (const line of lines) {
      sheet.page.text(line, margins.left + nameWidth, sheet.y + size, { size });
      sheet.y += size * 1.4;
    }
  }
  sheet.y += 7;
}

function drawChart(sheet: Sheet, chart: Chart, { language }: WrittenDocument): void {
  const room = sheet.page.height - margins.top - margins.bottom - 40;
  for (const part of splitChart(chart, room)) {
    const drawing = layOutChart(part, sheet.width, language, sheet.paper.measure, greatestStack(chart));
    sheet.reserve(drawing.height + 24);
    sheet.write(chart.title[language], 9, { bold: true });
    sheet.page.marks(drawing.marks, margins.left, sheet.y + 2);
    sheet.y += drawing.height + 8;
  }
}

function drawSignature(sheet: Sheet, closing: string, lines: readonly string[]): void {
  sheet.reserve(signatureHeight);
  sheet.y += 6;
  sheet.write(closing, size);
  const [office, ...below] = lines;
  if (office) sheet.write(office, size);
  sheet.y += 40;
  sheet.page.line(margins.left, sheet.y, margins.left + 190, sheet.y, 0.6, colours.ink);
  sheet.y += 3;
  for (const line of below) sheet.write(line, 9, { quiet: true });
  sheet.y += 10;
}

type RowKind = 'head' | 'body' | 'total';

interface LaidRow {
  readonly cells: readonly (readonly string[])[];
  readonly height: number;
}

function drawTable(sheet: Sheet, table: DocumentTable, { language }: WrittenDocument): void {
  const shares = table.columns.reduce((sum, { share }) => sum + share, 0);
  const widths = table.columns.map(({ share }) => (share / shares) * sheet.width);
  const layOut = (cells: readonly string[], bold: boolean, breaks: typeof breakCell): LaidRow => {
    const lines = widths.map((width, index) => breaks(sheet, cells[index] ?? '', width - 2 * cellPadding, bold, index));
    return { cells: lines, height: Math.max(...lines.map(({ length }) => length)) * tableSize * 1.3 + 5 };
  };
  const head = layOut(
    table.columns.map(({ title }) => title),
    true,
    breakCell,
  );
  const draw = (row: LaidRow, kind: RowKind) => drawRow(sheet, table, widths, row, kind);
  sheet.reserve(head.height * 3);
  draw(head, 'head');
  let drawn = 0;
  const breaks = rememberLast();
  for (const cells of table.rows) {
    const row = layOut(cells, false, breaks);
    if (sheet.y + row.height > sheet.page.height - margins.bottom) {
      sheet.turn();
      draw(head, 'head');
    }
    draw(row, 'body');
    drawn += 1;
  }
  if (table.total) draw(layOut(table.total, true, breakCell), 'total');
  if (drawn === 0) sheet.write(words.empty[language], tableSize);
  sheet.y += 10;
}

function breakCell(sheet: Sheet, cell: string, width: number, bold: boolean, _column: number): readonly string[] {
  const words = visible(cell);
  const { measure } = sheet.paper;
  if (measure(words, tableSize, bold) <= width) return [words];
  return wrap(words, width, tableSize, bold, measure, mostLines);
}

/** Rows below one another often say the same: what was broken into lines for the last row is not broken again. */
function rememberLast(): typeof breakCell {
  const last = new Map<number, readonly [cell: string, lines: readonly string[]]>();
  return (sheet, cell, width, bold, column) => {
    const known = last.get(column);
    if (known?.[0] === cell) return known[1];
    const lines = breakCell(sheet, cell, width, bold, column);
    last.set(column, [cell, lines]);
    return lines;
  };
}

function drawRow(
  sheet: Sheet,
  { columns }: DocumentTable,
  widths: readonly number[],
  row: LaidRow,
  kind: RowKind,
): void {
  const { page } = sheet;
  const bold = kind !== 'body';
  if (kind === 'head') page.area(margins.left, sheet.y, sheet.width, row.height, colours.head);
  let x = margins.left;
  for (const [index, column] of columns.entries()) {
    const width = widths[index] ?? 0;
    const right = column.align === 'right';
    const at = right ? x + width - cellPadding : x + cellPadding;
    for (const [number, line] of (row.cells[index] ?? []).entries()) {
      const base = sheet.y + 2.5 + tableSize + number * tableSize * 1.3;
      page.text(line, at, base, { size: tableSize, bold, anchor: right ? 'end' : 'start' });
    }
    x += width;
  }
  sheet.y += row.height;
  page.line(
    margins.left,
    sheet.y,
    margins.left + sheet.width,
    sheet.y,
    bold ? 0.8 : 0.4,
    bold ? colours.title : colours.rule,
  );
}

function drawFoot(page: PdfPage, footer: string, label: string, { measure }: PdfPaper): void {
  const right = page.width - margins.right;
  const y = page.height - 32;
  page.line(margins.left, y - 12, right, y - 12, 0.4, colours.rule);
  const room = right - margins.left - measure(label, 8, false) - 16;
  const quiet = { size: 8, colour: colours.quiet } as const;
  page.text(shorten(footer, room, 8, false, measure), margins.left, y, quiet);
  page.text(label, right, y, { ...quiet, anchor: 'end' });
}

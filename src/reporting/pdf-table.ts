import type { Language, Text } from '../shared/language.ts';
import { alignment, displayTable } from './display.ts';
import type { Column, ReportTable } from './model.ts';
import { cellPadding, fitTable, type TableFit } from './pdf-columns.ts';
import type { PdfFlow } from './pdf-flow.ts';
import { type Colour, colours } from './pdf-page.ts';
import { singleLine } from './safe-text.ts';
import { shorten, wrap } from './text-layout.ts';
import { listingNote, words } from './words.ts';

/** A row ready to be drawn: the lines of each cell, and its height. */
interface LaidRow {
  readonly cells: readonly (readonly string[])[];
  readonly height: number;
}

const maxLines = 6;
const rowPadding = 2.6;

/** A table on its way through the pages. */
interface Drawn {
  readonly flow: PdfFlow;
  readonly columns: readonly Column[];
  readonly title: string;
  readonly head: LaidRow;
  readonly fit: TableFit;
  readonly language: Language;
}

/** Draws a table with its heading; it breaks between rows, and every page repeats the head. */
export function drawTable(flow: PdfFlow, table: ReportTable, language: Language): void {
  const { columns } = table;
  const displayed = displayTable(table, language);
  const { titles, rows: shown, totals } = displayed;
  const fit = fitTable(columns, displayed, flow.paper.measure);
  if (flow.orientation !== fit.orientation) flow.nextPage(fit.orientation);
  const head = layOutRow(flow, columns, titles, fit, true);
  const drawn: Drawn = { flow, columns, title: singleLine(table.title[language]), head, fit, language };
  const rows = shown.map((cells) => layOutRow(flow, columns, cells, fit, false));
  const last = totals && layOutRow(flow, columns, totals, fit, true);
  begin(drawn, noteOf(table), rows, last);
  for (const [index, row] of rows.entries()) {
    // The totals never stand alone on a page: the last row goes with them.
    const needed = row.height + (index === rows.length - 1 ? (last?.height ?? 0) : 0);
    if (flow.room < needed) continueTable(drawn);
    drawRow(drawn, row);
  }
  if (last) drawTotals(drawn, last);
}

function noteOf(table: ReportTable): Text | undefined {
  if (table.rows.length === 0) return words.empty;
  return table.listing ? listingNote(table) : undefined;
}

/** Heading, note and head, together with the first rows: a head alone at the foot of a page helps nobody. */
function begin(drawn: Drawn, note: Text | undefined, rows: readonly LaidRow[], last: LaidRow | undefined): void {
  const { flow, title, head, language } = drawn;
  const following = [...rows, ...(last ? [last] : [])].slice(0, 3);
  flow.heading(title, following.reduce((sum, row) => sum + row.height, head.height) + (note ? 16 : 0));
  if (note) {
    flow.paragraph(note[language], 8.5);
    flow.y += 4;
  }
  drawHead(drawn);
}

function layOutRow(
  flow: PdfFlow,
  columns: readonly Column[],
  cells: readonly string[],
  { size, widths }: TableFit,
  bold: boolean,
): LaidRow {
  const lines = columns.map((column, index) => {
    const cell = cells[index] ?? '';
    // A number is never broken nor shortened: that would be another number.
    if (alignment(column.type) === 'right' && /^[^\p{L}]*$/u.test(cell)) return [cell];
    return wrap(cell, (widths[index] ?? 0) - 2 * cellPadding, size, bold, flow.paper.measure, maxLines);
  });
  const most = Math.max(1, ...lines.map((cell) => cell.length));
  return { cells: lines, height: most * lineHeight(size) + 2 * rowPadding };
}

function lineHeight(size: number): number {
  return size * 1.3;
}

function continueTable(drawn: Drawn): void {
  const { flow, title, language } = drawn;
  flow.nextPage();
  const label = `${title} (${words.continued[language]})`;
  const shown = shorten(label, flow.width, 9, true, flow.paper.measure);
  flow.page.text(shown, flow.left, flow.y + 9, { size: 9, bold: true, colour: colours.title });
  flow.y += 17;
  drawHead(drawn);
}

function drawHead(drawn: Drawn): void {
  const { flow, head } = drawn;
  flow.page.area(flow.left, flow.y, flow.width, head.height, colours.head);
  drawRule(flow, 0.8, colours.title);
  drawCells(drawn, head, true, 'bottom');
  flow.y += head.height;
  drawRule(flow, 0.8, colours.title);
}

function drawRow(drawn: Drawn, row: LaidRow): void {
  drawCells(drawn, row, false, 'top');
  drawn.flow.y += row.height;
  drawRule(drawn.flow, 0.4, colours.rule);
}

function drawTotals(drawn: Drawn, row: LaidRow): void {
  drawRule(drawn.flow, 1.1, colours.title);
  drawCells(drawn, row, true, 'top');
  drawn.flow.y += row.height;
  drawRule(drawn.flow, 1.1, colours.title);
}

function drawRule(flow: PdfFlow, weight: number, colour: Colour): void {
  flow.page.line(flow.left, flow.y, flow.left + flow.width, flow.y, weight, colour);
}

function drawCells({ flow, columns, fit }: Drawn, row: LaidRow, bold: boolean, vertical: 'top' | 'bottom'): void {
  const { size, widths } = fit;
  let x = flow.left;
  for (const [index, column] of columns.entries()) {
    const width = widths[index] ?? 0;
    const lines = row.cells[index] ?? [];
    const spare = vertical === 'bottom' ? row.height - 2 * rowPadding - lines.length * lineHeight(size) : 0;
    let y = flow.y + rowPadding + spare + size * 1.02;
    const right = alignment(column.type) === 'right';
    for (const line of lines) {
      const room = width - 2 * cellPadding;
      const drawnSize = size * Math.min(1, room / Math.max(room, flow.paper.measure(line, size, bold)));
      const at = right ? x + width - cellPadding : x + cellPadding;
      flow.page.text(line, at, y, { size: drawnSize, bold, anchor: right ? 'end' : 'start' });
      y += lineHeight(size);
    }
    x += width;
  }
}

import { formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { type Barcode, barcodeOf, barcodeWidth, drawBarcode } from './barcode.ts';
import type { PdfFlow } from './pdf-flow.ts';
import { colours } from './pdf-page.ts';
import type { PickListBox, PickListFile } from './pick-list.ts';
import { boxTotals, contentLabel, pickListWords as labels } from './pick-list-words.ts';
import { singleLine } from './safe-text.ts';
import { type Measure, wrap } from './text-layout.ts';
import { words } from './words.ts';

/** Columns in points; together as wide as the page's content. */
const columns = [
  { key: 'reference', width: 148, right: false },
  { key: 'volume', width: 42, right: false },
  { key: 'sheets', width: 52, right: true },
  { key: 'code', width: 148, right: false },
  { key: 'tick', width: 36, right: false },
  { key: 'remarks', width: 71, right: false },
] as const;

type ColumnKey = (typeof columns)[number]['key'];

const padding = 4;
const size = 8.5;
const lineHeight = 11;
/** A bar's width in points: at least 0.18 mm, or cheap scanners give up; no more than 0.28 mm. */
const modules = { least: 0.5, most: 0.8, matrix: 1.15 } as const;
const codeRoom = 148 - padding;
const barHeight = 16;
const boxCodeRoom = 200;

/** A file's row ready to be drawn. */
interface FileRow {
  readonly file: PickListFile;
  readonly reference: readonly string[];
  readonly title: readonly string[];
  readonly volume: readonly string[];
  readonly code: Barcode | undefined;
  readonly height: number;
}

/** Draws the section of one box; over a page's end its head comes again. */
export function drawBox(flow: PdfFlow, box: PickListBox, number: number, count: number, language: Language): void {
  const head = layOutHead(box, number, count, language);
  const totals = boxTotals(box);
  const rows = box.files.map((file) => layOutFile(file, flow.paper.measure));
  const first = rows[0]?.height ?? 0;
  flow.reserve(14 + head.height + 24 + first + (rows.length < 2 ? 22 : 0));
  if (!flow.atTop) flow.y += 14;
  drawHead(flow, head, language);
  for (const [index, row] of rows.entries()) {
    const needed = row.height + (index === rows.length - 1 ? 22 : 0);
    if (flow.room < needed) {
      flow.nextPage();
      drawHead(flow, { ...head, name: `${head.name} (${words.continued[language]})` }, language);
    }
    drawFile(flow, row, language);
  }
  const right = flow.left + flow.width;
  flow.page.line(flow.left, flow.y, right, flow.y, 0.9, colours.title);
  const label = `${words.total[language]}: ${contentLabel(totals.files, totals.sheets)[language]}`;
  flow.page.text(label, flow.left + padding, flow.y + 13, { size, bold: true });
  flow.y += 20;
}

interface BoxHead {
  readonly name: string;
  readonly content: string;
  readonly code: Barcode | undefined;
  readonly module: number;
  readonly height: number;
}

function layOutHead(box: PickListBox, number: number, count: number, language: Language): BoxHead {
  const { files, sheets } = boxTotals(box);
  const format = formats[language];
  const position = `${labels.box[language]} ${format.number(number)} ${words.of[language]} ${format.number(count)}`;
  const code = barcodeOf(box.barcode, boxCodeRoom / modules.least);
  const module = code?.kind === 'matrix' ? 1.4 : Math.min(1, code ? boxCodeRoom / barcodeWidth(code, 1) : 1);
  return {
    name: `${labels.box[language]} ${singleLine(box.barcode)}`,
    content: `${position} · ${contentLabel(files, sheets)[language]}`,
    code,
    module,
    height: code?.kind === 'matrix' ? Math.max(40, barcodeWidth(code, module) + 4) : 40,
  };
}

function drawHead(flow: PdfFlow, head: BoxHead, language: Language): void {
  const { page, left, width, y } = flow;
  page.line(left, y, left + width, y, 1.1, colours.title);
  const room = width - boxCodeRoom - 12;
  let base = y + 15;
  for (const line of wrap(head.name, room, 12, true, flow.paper.measure, 2)) {
    page.text(line, left + padding, base, { size: 12, bold: true, colour: colours.title });
    base += 14;
  }
  page.text(head.content, left + padding, Math.min(base, y + head.height - 5), { size, colour: colours.quiet });
  if (head.code) {
    const x = left + width - barcodeWidth(head.code, head.module);
    const height = head.height - 12;
    drawBarcode(page, head.code, x, head.code.kind === 'bars' ? y + 6 : y + 2, head.module, height);
  }
  flow.y += head.height;
  drawColumnTitles(flow, language);
}

function drawColumnTitles(flow: PdfFlow, language: Language): void {
  const titles = columns.map(({ key, width }) =>
    wrap(labels[key][language], width - 2 * padding, 7.5, true, flow.paper.measure, 2),
  );
  const height = Math.max(...titles.map((lines) => lines.length)) * 10 + 5;
  flow.page.area(flow.left, flow.y, flow.width, height, colours.head);
  flow.page.line(flow.left, flow.y, flow.left + flow.width, flow.y, 0.6, colours.title);
  for (const [index, { key, right, width }] of columns.entries()) {
    const x = flow.left + leftOf(key) + (right ? width - padding : padding);
    for (const [line, title] of (titles[index] ?? []).entries()) {
      flow.page.text(title, x, flow.y + 10 + line * 10, { size: 7.5, bold: true, anchor: right ? 'end' : 'start' });
    }
  }
  flow.y += height;
  flow.page.line(flow.left, flow.y, flow.left + flow.width, flow.y, 0.6, colours.title);
}

function layOutFile(file: PickListFile, measure: Measure): FileRow {
  const code = barcodeOf(file.reference, codeRoom / modules.least);
  // The reference is what the file is known by: it is broken where needed, never shortened to a few lines.
  const reference = wrap(singleLine(file.reference), 148 - 2 * padding, size, true, measure, 12);
  const title = file.title ? wrap(singleLine(file.title), 148 - 2 * padding, 7.5, false, measure, 2) : [];
  const volume = wrap(singleLine(file.volume), 42 - 2 * padding, size, false, measure, 3);
  const textHeight = Math.max(reference.length * lineHeight + title.length * 10, volume.length * lineHeight) + 7;
  const codeHeight = code?.kind === 'matrix' ? barcodeWidth(code, modules.matrix) : barHeight + 8;
  return { file, reference, title, volume, code, height: Math.max(textHeight, codeHeight) };
}

function drawFile(flow: PdfFlow, row: FileRow, language: Language): void {
  const { page, y } = flow;
  const at = (key: ColumnKey): number => flow.left + leftOf(key) + padding;
  let base = y + 12;
  for (const line of row.reference) {
    page.text(line, at('reference'), base, { size, bold: true });
    base += lineHeight;
  }
  for (const line of row.title) {
    page.text(line, at('reference'), base - 1, { size: 7.5, colour: colours.quiet });
    base += 10;
  }
  for (const [line, volume] of row.volume.entries()) {
    page.text(volume, at('volume'), y + 12 + line * lineHeight, { size });
  }
  const sheets = row.file.expectedSheets;
  const shown = sheets === null ? '–' : formats[language].number(sheets);
  page.text(shown, flow.left + leftOf('code') - padding, y + 12, { size, anchor: 'end' });
  if (row.code) drawFileCode(flow, row.code, flow.left + leftOf('code'), row.height);
  page.border(at('tick') + 8, y + 5.5, 11, 11, 0.8, colours.ink);
  flow.y += row.height;
  page.line(flow.left, flow.y, flow.left + flow.width, flow.y, 0.4, colours.rule);
}

function drawFileCode(flow: PdfFlow, code: Barcode, x: number, rowHeight: number): void {
  if (code.kind === 'matrix') {
    const top = flow.y + (rowHeight - barcodeWidth(code, modules.matrix)) / 2;
    drawBarcode(flow.page, code, x, top, modules.matrix, 0);
    return;
  }
  const module = Math.min(modules.most, codeRoom / barcodeWidth(code, 1));
  drawBarcode(flow.page, code, x, flow.y + 4, module, barHeight);
}

function leftOf(key: ColumnKey): number {
  let left = 0;
  for (const column of columns) {
    if (column.key === key) break;
    left += column.width;
  }
  return left;
}

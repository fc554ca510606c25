import type { CalendarDate } from '../shared/dates.ts';
import { formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { barcodeOf, barcodeWidth, drawBarcode } from './barcode.ts';
import { createPaper } from './pdf-document.ts';
import { PdfFlow } from './pdf-flow.ts';
import { drawFooter, drawRunningHead } from './pdf-furniture.ts';
import { colours } from './pdf-page.ts';
import { drawBox } from './pick-list-box.ts';
import { boxTotals, pickListWords as labels, listTotals } from './pick-list-words.ts';
import { singleLine } from './safe-text.ts';
import { wrap } from './text-layout.ts';
import { pageLabel } from './words.ts';

/** What leaves the house on one day (Abholliste): boxes with their files, to be ticked off and signed. */
export interface PickList {
  readonly title: string;
  readonly contract: string;
  readonly lot: string;
  readonly batch: string;
  readonly vendor: string;
  /** The day of the pick-up. */
  readonly date: CalendarDate;
  readonly boxes: readonly PickListBox[];
  readonly language: Language;
}

export interface PickListBox {
  readonly barcode: string;
  readonly files: readonly PickListFile[];
}

export interface PickListFile {
  readonly reference: string;
  /** Empty for a file of one volume. */
  readonly volume: string;
  readonly title?: string;
  /** null where nobody counted or estimated. */
  readonly expectedSheets: number | null;
}

/**
 * The pick list on A4, a section for each box with its barcode and a row for each file with its own; totals and lines
 * for the signatures of both sides at the end. The same list gives the same bytes.
 */
export async function renderPickListPdf(list: PickList): Promise<Uint8Array> {
  const { language } = list;
  const title = singleLine(list.title);
  const origin = singleLine(
    `${labels.contract[language]} ${list.contract} · ${labels.batch[language]} ${list.batch} · ${formats[language].date(list.date)}`,
  );
  const paper = await createPaper({ title, subject: origin, language, createdAt: `${list.date}T00:00:00.000Z` });
  const flow = new PdfFlow(paper, 'portrait');
  drawHead(flow, list, title);
  for (const [index, box] of list.boxes.entries()) drawBox(flow, box, index + 1, list.boxes.length, language);
  drawEnd(flow, list);
  return paper.finish((page, index, count) => {
    if (index > 0) drawRunningHead(page, title, paper.measure);
    drawFooter(page, origin, pageLabel(index + 1, count)[language], paper.measure);
  });
}

const codeWidth = 190;

function drawHead(flow: PdfFlow, list: PickList, title: string): void {
  const { language } = list;
  const { measure } = flow.paper;
  flow.y -= 8;
  const top = flow.y;
  const room = flow.width - codeWidth - 12;
  for (const line of wrap(title, room, 18, true, measure, 3)) {
    flow.page.text(line, flow.left, flow.y + 17, { size: 18, bold: true, colour: colours.title });
    flow.y += 24;
  }
  flow.y += 4;
  const details = [
    [labels.contract, list.contract],
    [labels.lot, list.lot],
    [labels.batch, list.batch],
    [labels.vendor, list.vendor],
    [labels.date, formats[language].date(list.date)],
  ] as const;
  for (const [label, value] of details) {
    flow.page.text(label[language], flow.left, flow.y + 9, { size: 9, colour: colours.quiet });
    for (const line of wrap(singleLine(value) || '–', room - 86, 9, false, measure, 3)) {
      flow.page.text(line, flow.left + 86, flow.y + 9, { size: 9 });
      flow.y += 13;
    }
  }
  flow.page.text(listTotals(list)[language], flow.left, flow.y + 12, { size: 9, bold: true });
  flow.y += 20;
  flow.y = Math.max(flow.y, drawBatchCode(flow, list.batch, top) + 6);
  flow.page.line(flow.left, flow.y, flow.left + flow.width, flow.y, 1.2, colours.title);
  flow.y += 6;
}

/** The batch's code at the top right; gives its lower edge. */
function drawBatchCode(flow: PdfFlow, batch: string, top: number): number {
  const code = barcodeOf(batch, codeWidth / 0.55);
  if (!code) return top;
  const module = Math.min(code.kind === 'bars' ? 1 : 2, codeWidth / barcodeWidth(code, 1));
  const width = barcodeWidth(code, module);
  const height = code.kind === 'bars' ? 38 : width;
  const x = flow.left + flow.width - width;
  drawBarcode(flow.page, code, x, top + 4, module, height);
  const [label = ''] = wrap(singleLine(batch), codeWidth, 8, false, flow.paper.measure, 1);
  flow.page.text(label, x + width / 2, top + height + 13, { size: 8, anchor: 'middle' });
  return top + height + 16;
}

/** Totals and the lines to sign on; they stay together. */
function drawEnd(flow: PdfFlow, list: PickList): void {
  const { language } = list;
  flow.heading(labels.handover[language], 190);
  flow.page.text(listTotals(list)[language], flow.left, flow.y + 9, { size: 9.5, bold: true });
  flow.y += 16;
  const unknown = list.boxes.reduce((sum, box) => sum + boxTotals(box).unknown, 0);
  if (unknown > 0) flow.paragraph(labels.unknown(unknown)[language], 8.5);
  flow.paragraph(labels.statement[language], 9);
  flow.y += 10;
  const gap = 28;
  const width = (flow.width - gap) / 2;
  for (const [index, party] of [labels.handedOver, labels.takenOver].entries()) {
    const x = flow.left + index * (width + gap);
    flow.page.text(party[language], x, flow.y + 9, { size: 9.5, bold: true });
    for (const [line, label] of [labels.name, labels.placeAndDate, labels.signature].entries()) {
      const y = flow.y + 46 + line * 40;
      flow.page.line(x, y, x + width, y, 0.6, colours.ink);
      flow.page.text(label[language], x, y + 10, { size: 7.5, colour: colours.quiet });
    }
  }
  flow.y += 140;
}

import { margins } from './pdf-flow.ts';
import { colours, type PdfPage } from './pdf-page.ts';
import { type Measure, shorten } from './text-layout.ts';

/** Header of every page but the first, which has the title itself. */
export function drawRunningHead(page: PdfPage, title: string, measure: Measure): void {
  const right = page.width - margins.right;
  page.text(shorten(title, right - margins.left, 8, false, measure), margins.left, 34, quiet);
  page.line(margins.left, 39, right, 39, 0.4, colours.rule);
}

/** Origin at the left, page number at the right. */
export function drawFooter(page: PdfPage, origin: string, label: string, measure: Measure): void {
  const right = page.width - margins.right;
  const y = page.height - 32;
  page.line(margins.left, y - 12, right, y - 12, 0.4, colours.rule);
  const room = right - margins.left - measure(label, 8, false) - 16;
  page.text(shorten(origin, room, 8, false, measure), margins.left, y, quiet);
  page.text(label, right, y, { ...quiet, anchor: 'end' });
}

const quiet = { size: 8, colour: colours.quiet } as const;

import type { Orientation, PdfPaper } from './pdf-document.ts';
import { colours, type PdfPage } from './pdf-page.ts';
import { wrap } from './text-layout.ts';

export const margins = { left: 56, right: 42, top: 54, bottom: 58 } as const;

/** Where the next thing goes: content flows down a page and on to the next. */
export class PdfFlow {
  readonly paper: PdfPaper;
  page: PdfPage;
  orientation: Orientation;
  /** Distance from the page's top, where the next thing begins. */
  y: number = margins.top;

  constructor(paper: PdfPaper, orientation: Orientation) {
    this.paper = paper;
    this.orientation = orientation;
    this.page = paper.addPage(orientation);
  }

  get left(): number {
    return margins.left;
  }

  get width(): number {
    return this.page.width - margins.left - margins.right;
  }

  /** What is left of the page. */
  get room(): number {
    return this.page.height - margins.bottom - this.y;
  }

  /** Height of an empty page. */
  get pageRoom(): number {
    return this.page.height - margins.bottom - margins.top;
  }

  get atTop(): boolean {
    return this.y === margins.top;
  }

  nextPage(orientation: Orientation = this.orientation): void {
    this.orientation = orientation;
    this.page = this.paper.addPage(orientation);
    this.y = margins.top;
  }

  /** Goes on to the next page unless so much room is left; a page that is still empty is as good as the next. */
  reserve(height: number): void {
    if (this.room < height && !this.atTop) this.nextPage();
  }

  /** A section's heading; `below` is what must stand on the same page with it. */
  heading(words: string, below: number): void {
    const lines = wrap(words, this.width, 12.5, true, this.paper.measure, 3);
    const height = lines.length * 16 + 8;
    this.reserve(height + 18 + below);
    if (!this.atTop) this.y += 18;
    for (const line of lines) {
      this.page.text(line, this.left, this.y + 12, { size: 12.5, bold: true, colour: colours.title });
      this.y += 16;
    }
    this.y += 6;
  }

  /** A paragraph over the full width, less `indent`; breaks over pages between lines. */
  paragraph(words: string, size: number, indent = 0): void {
    const lineHeight = size * 1.42;
    for (const line of wrap(words, this.width - indent, size, false, this.paper.measure)) {
      this.reserve(lineHeight);
      this.page.text(line, this.left + indent, this.y + size, { size });
      this.y += lineHeight;
    }
  }
}

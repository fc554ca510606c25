import type { Fill, Mark } from './chart-layout.ts';

/** The glyphs of a text, ready for the page, and its width at size 1. */
export interface EncodedText {
  readonly hex: string;
  readonly width: number;
}

/** A colour of the page: red, green, blue from 0 to 1. */
export type Colour = readonly [number, number, number];

export const colours = {
  black: [0, 0, 0],
  ink: [0.1, 0.1, 0.1],
  title: [0.106, 0.227, 0.361],
  quiet: [0.3, 0.3, 0.3],
  rule: [0.75, 0.78, 0.81],
  head: [0.925, 0.943, 0.96],
  light: [0.81, 0.85, 0.895],
  mid: [0.49, 0.576, 0.67],
  white: [1, 1, 1],
} as const satisfies Record<string, Colour>;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: Colour;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/**
 * One page as a list of drawing operators (ISO 32000-1, annex A). Positions are in points from the page's top left
 * corner, as layouts count them; texts stand on their base line.
 */
export class PdfPage {
  readonly width: number;
  readonly height: number;
  readonly #encode: (words: string, bold: boolean) => EncodedText;
  readonly #operators: string[] = [];

  constructor(width: number, height: number, encode: (words: string, bold: boolean) => EncodedText) {
    this.width = width;
    this.height = height;
    this.#encode = encode;
  }

  text(words: string, x: number, y: number, style: TextStyle): void {
    const { size, bold = false, colour = colours.ink, anchor = 'start' } = style;
    const { hex, width } = this.#encode(words, bold);
    if (hex === '') return;
    const shift = anchor === 'end' ? width * size : anchor === 'middle' ? (width * size) / 2 : 0;
    const place = `1 0 0 1 ${n(x - shift)} ${this.#up(y)} Tm`;
    this.#operators.push(`BT ${rgb(colour)} rg /F${bold ? 2 : 1} ${n(size)} Tf ${place} <${hex}> Tj ET`);
  }

  line(x1: number, y1: number, x2: number, y2: number, weight: number, colour: Colour): void {
    this.#operators.push(`${rgb(colour)} RG ${n(weight)} w ${n(x1)} ${this.#up(y1)} m ${n(x2)} ${this.#up(y2)} l S`);
  }

  /** A filled area without border. */
  area(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.#operators.push(`${rgb(colour)} rg ${this.#rectangle(x, y, width, height)} f`);
  }

  /** Many areas of one colour at once; rectangles as [x, y, width, height]. */
  areas(rectangles: readonly (readonly [number, number, number, number])[], colour: Colour): void {
    const paths = rectangles.map(([x, y, width, height]) => this.#rectangle(x, y, width, height));
    if (paths.length > 0) this.#operators.push(`${rgb(colour)} rg ${paths.join(' ')} f`);
  }

  border(x: number, y: number, width: number, height: number, weight: number, colour: Colour): void {
    this.#operators.push(`${rgb(colour)} RG ${n(weight)} w ${this.#rectangle(x, y, width, height)} S`);
  }

  /** Draws marks of a drawing whose top left corner lies at the given point. */
  marks(marks: readonly Mark[], left: number, top: number): void {
    for (const mark of marks) {
      if (mark.kind === 'label') {
        if (mark.clear)
          this.area(
            left + mark.x - 1,
            top + mark.y - 7,
            this.#encode(mark.text, mark.bold).width * mark.size + 2,
            8.5,
            colours.white,
          );
        this.text(mark.text, left + mark.x, top + mark.y, { size: mark.size, bold: mark.bold, anchor: mark.anchor });
      } else if (mark.kind === 'line') {
        const [weight, colour] = mark.strong ? ([0.8, colours.ink] as const) : ([0.4, colours.rule] as const);
        this.line(left + mark.x1, top + mark.y1, left + mark.x2, top + mark.y2, weight, colour);
      } else {
        this.#bar(left + mark.x, top + mark.y, mark.width, mark.height, mark.fill);
      }
    }
  }

  /** What was drawn since the last call, as a content stream. */
  takeContent(): string {
    return `${this.#operators.splice(0).join('\n')}\n`;
  }

  #bar(x: number, y: number, width: number, height: number, fill: Fill): void {
    const ground = { solid: colours.title, light: colours.light, mid: colours.mid }[fill as string] ?? colours.white;
    this.area(x, y, width, height, ground);
    const strokes = hatching(fill, x, y, width, height);
    if (strokes.length > 0) {
      const paths = strokes.map(([x1, y1, x2, y2]) => `${n(x1)} ${this.#up(y1)} m ${n(x2)} ${this.#up(y2)} l`);
      const clip = `${this.#rectangle(x, y, width, height)} W n`;
      this.#operators.push(
        `q ${clip} ${rgb(colours.title)} RG ${fill === 'dots' ? 1.2 : 0.7} w ${paths.join(' ')} S Q`,
      );
    }
    this.border(x, y, width, height, 0.7, colours.title);
  }

  #rectangle(x: number, y: number, width: number, height: number): string {
    return `${n(x)} ${this.#up(y + height)} ${n(width)} ${n(height)} re`;
  }

  #up(y: number): string {
    return n(this.height - y);
  }
}

type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

/** The strokes that fill a bar; they reach beyond it and are clipped. */
function hatching(fill: Fill, x: number, y: number, width: number, height: number): Stroke[] {
  const strokes: Stroke[] = [];
  const distance = 3.6;
  if (fill === 'hatch' || fill === 'cross') {
    for (let at = x - height; at < x + width; at += distance) strokes.push([at, y + height, at + height, y]);
  }
  if (fill === 'cross') {
    for (let at = x - height; at < x + width; at += distance) strokes.push([at, y, at + height, y + height]);
  }
  if (fill === 'dots') {
    for (let at = x + 2; at < x + width; at += distance) {
      for (let down = y + 2; down < y + height; down += distance) strokes.push([at, down, at + 1.2, down]);
    }
  }
  return strokes;
}

function rgb(colour: Colour): string {
  return colour.map(n).join(' ');
}

/** A number as PDF writes it: no exponent, hundredths of a point are fine enough for everything but bars of barcodes. */
function n(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

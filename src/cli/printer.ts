import pc from 'picocolors';

import type { Format } from '../shared/format.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import type { Output } from './io.ts';
import { textWidth } from './text-width.ts';

/** A column of a table for people. */
export interface TableColumn<Row> {
  readonly title: Text;
  value(row: Row, format: Format): string;
  readonly align?: 'left' | 'right';
  /** May be shortened with an ellipsis where the terminal is narrow. */
  readonly shrinks?: boolean;
}

export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'strong';

/** Writes for people: paragraphs, headings, tables that fit the terminal. */
export interface Printer {
  readonly format: Format;
  readonly language: Language;
  line(words?: Text | string, tone?: Tone): void;
  heading(words: Text): void;
  /** Name and value pairs, aligned. */
  pairs(rows: readonly (readonly [Text, string])[]): void;
  table<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): void;
  tone(words: string, tone: Tone): string;
}

const SEPARATOR = '  ';
const LEAST_WIDTH = 8;

export function createPrinter(output: Output, language: Language, format: Format, colours: boolean): Printer {
  const colour = pc.createColors(colours);
  const tones: Record<Tone, (words: string) => string> = {
    good: colour.green,
    bad: colour.red,
    warn: colour.yellow,
    quiet: colour.dim,
    strong: colour.bold,
  };
  const say = (words: Text | string) => printable(typeof words === 'string' ? words : words[language]);
  const write = (line: string) => output.write(`${line.trimEnd()}\n`);
  const printer: Printer = {
    format,
    language,
    tone: (words, tone) => tones[tone](words),
    line: (words = '', tone) => write(tone ? tones[tone](say(words)) : say(words)),
    heading: (words) => {
      write('');
      write(colour.bold(say(words)));
    },
    pairs: (rows) => {
      const width = Math.max(...rows.map(([name]) => textWidth(say(name))));
      for (const [name, words] of rows) write(`${pad(say(name), width, 'left')}${SEPARATOR}${say(words)}`);
    },
    table: (rows, columns) => {
      if (rows.length === 0) return write(colour.dim(say(text({ de: '(keine)', en: '(none)' }))));
      const cells = rows.map((row) => columns.map((column) => printable(column.value(row, format))));
      const titles = columns.map((column) => say(column.title));
      const widths = fitWidths(titles, cells, columns, output.columns);
      const line = (parts: readonly string[]) =>
        parts
          .map((part, index) => pad(shorten(part, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align))
          .join(SEPARATOR);
      write(colour.bold(line(titles)));
      for (const row of cells) write(line(row));
    },
  };
  return printer;
}

/** Vendor names may hold control characters and escape sequences: they must not reach the terminal. */
export function printable(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
  return words.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function fitWidths<Row>(
  titles: readonly string[],
  cells: readonly (readonly string[])[],
  columns: readonly TableColumn<Row>[],
  available: number,
): number[] {
  const widths = titles.map((title, index) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), textWidth(title)),
  );
  if (available === 0) return widths;
  let excess = widths.reduce((sum, width) => sum + width, 0) + SEPARATOR.length * (widths.length - 1) - available;
  while (excess > 0) {
    const widest = columns.reduce(
      (best, column, index) =>
        column.shrinks && (widths[index] ?? 0) > Math.max(LEAST_WIDTH, best < 0 ? 0 : (widths[best] ?? 0))
          ? index
          : best,
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function pad(words: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(words)));
  return align === 'right' ? space + words : words + space;
}

function shorten(words: string, width: number): string {
  if (textWidth(words) <= width) return words;
  let short = '';
  for (const character of words) {
    if (textWidth(short + character) > width - 1) break;
    short += character;
  }
  return `${short}…`;
}

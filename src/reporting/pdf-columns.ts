import { alignment } from './display.ts';
import type { Column } from './model.ts';
import { a4, type Orientation } from './pdf-document.ts';
import { margins } from './pdf-flow.ts';
import type { Measure } from './text-layout.ts';

export const cellPadding = 4;

export interface TableFit {
  readonly orientation: Orientation;
  /** Font size in points. */
  readonly size: number;
  /** Width of each column, padding included. */
  readonly widths: readonly number[];
}

/** How wide a column must and would like to be at font size 1, without padding. */
interface Demand {
  readonly least: number;
  readonly natural: number;
}

const candidates: readonly (readonly [Orientation, number])[] = [
  ['portrait', 8.5],
  ['portrait', 8],
  ['portrait', 7.5],
  ['landscape', 8.5],
  ['landscape', 8],
  ['landscape', 7.5],
  ['landscape', 7],
  ['landscape', 6.5],
];
const smallest = ['landscape', 6] as const;

/**
 * Finds orientation, font size and column widths for a table: upright if it can be, at the largest size that holds the
 * numbers in one line and the longest words unbroken. Beyond that, columns are squeezed and the cells break.
 * @param rows what the cells show, totals included
 */
export function fitTable(
  columns: readonly Column[],
  titles: readonly string[],
  rows: readonly string[][],
  measure: Measure,
): TableFit {
  const demands = columns.map((column, index) => demandOf(column, index, titles[index] ?? '', rows, measure));
  for (const [orientation, size] of candidates) {
    const widths = distribute(demands, size, innerWidth(orientation));
    if (widths) return { orientation, size, widths };
  }
  const [orientation, size] = smallest;
  const least = demands.map((demand) => demand.least * size + 2 * cellPadding);
  const factor = innerWidth(orientation) / sum(least);
  return { orientation, size, widths: least.map((width) => width * factor) };
}

function innerWidth(orientation: Orientation): number {
  return (orientation === 'portrait' ? a4.short : a4.long) - margins.left - margins.right;
}

function demandOf(column: Column, index: number, title: string, rows: readonly string[][], measure: Measure): Demand {
  const titleWord = longestWord(title, true, measure);
  let [widest, word] = [0, 0];
  for (const row of rows) {
    const words = row[index] ?? '';
    widest = Math.max(widest, measure(words, 1, true));
    if (alignment(column.type) === 'left') word = Math.max(word, longestWord(words, true, measure));
  }
  if (alignment(column.type) === 'right' || column.type !== 'text') {
    const least = Math.max(widest, titleWord);
    return { least, natural: least };
  }
  // In ems: a word of more than 14 may break, a column of more than 34 is long enough to be read in lines.
  const least = Math.max(titleWord, Math.min(word, 14));
  return { least, natural: Math.max(least, Math.min(widest, 34), Math.min(measure(title, 1, true), 12)) };
}

function longestWord(words: string, bold: boolean, measure: Measure): number {
  return Math.max(0, ...words.split(/[ \t\r\n]+|(?<=[-/])/).map((word) => measure(word, 1, bold)));
}

function distribute(demands: readonly Demand[], size: number, width: number): number[] | undefined {
  const padded = (length: number): number => length * size + 2 * cellPadding;
  const least = demands.map((demand) => padded(demand.least));
  const natural = demands.map((demand) => padded(demand.natural));
  if (sum(natural) <= width) {
    const spare = (width - sum(natural)) / demands.length;
    return natural.map((length) => length + spare);
  }
  if (sum(least) > width) return undefined;
  const share = (width - sum(least)) / (sum(natural) - sum(least));
  return least.map((length, index) => length + ((natural[index] ?? length) - length) * share);
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

import { alignment, type DisplayedTable } from './display.ts';
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

/** Upright before across, cells in one line before a larger type. */
const candidates: readonly (readonly [Orientation, sizes: readonly number[]])[] = [
  ['portrait', [8.5, 8, 7.5]],
  ['landscape', [8.5, 8, 7.5, 7, 6.5]],
];
const smallest = ['landscape', 6] as const;

/**
 * Finds orientation, font size and column widths for a table: upright if it can be, at the largest size that holds the
 * numbers in one line and the longest words unbroken. Beyond that, columns are squeezed and the cells break.
 */
export function fitTable(
  columns: readonly Column[],
  { titles, rows, totals = [] }: DisplayedTable,
  measure: Measure,
): TableFit {
  const demands = columns.map((column, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    return demandOf(column, titles[index] ?? '', cells, totals[index] ?? '', measure);
  });
  for (const [orientation, sizes] of candidates) {
    for (const spread of [spreadNatural, squeeze]) {
      for (const size of sizes) {
        const widths = spread(demands, size, innerWidth(orientation));
        if (widths) return { orientation, size, widths };
      }
    }
  }
  const [orientation, size] = smallest;
  const least = demands.map((demand) => padded(demand.least, size));
  const factor = innerWidth(orientation) / sum(least);
  return { orientation, size, widths: least.map((width) => width * factor) };
}

function innerWidth(orientation: Orientation): number {
  return (orientation === 'portrait' ? a4.short : a4.long) - margins.left - margins.right;
}

function demandOf({ type }: Column, title: string, cells: readonly string[], total: string, measure: Measure): Demand {
  const widths = cells.map((cell) => measure(cell, 1, false)).sort((a, b) => a - b);
  const titleWord = longestWord(title, true, measure);
  const totalWidth = measure(total, 1, true);
  if (alignment(type) === 'right' || type !== 'text') {
    const least = Math.max(widths.at(-1) ?? 0, titleWord, totalWidth);
    return { least, natural: least };
  }
  const word = cells.reduce((longest, cell) => Math.max(longest, longestWord(cell, false, measure)), 0);
  // In ems: a word of more than 14 may break, a column of more than 34 is long enough to be read in lines.
  const least = Math.max(titleWord, totalWidth, Math.min(word, 14));
  // Three cells in four shall stand in one line; the few long ones shall not take the room from all columns.
  const usual = widths[Math.ceil(widths.length * 0.75) - 1] ?? 0;
  return { least, natural: Math.max(least, Math.min(usual, 34), Math.min(measure(title, 1, true), 12)) };
}

/** Words may part at a hyphen between letters, not in "L-2020-0016": references are read in one piece. */
function longestWord(words: string, bold: boolean, measure: Measure): number {
  let longest = 0;
  for (const word of words.split(/[ \t\r\n]+|(?<=\p{L}[-/])(?=\p{L})/u))
    longest = Math.max(longest, measure(word, 1, bold));
  return longest;
}

/** Every column as wide as it likes, and what is left shared out evenly; undefined when that does not fit. */
function spreadNatural(demands: readonly Demand[], size: number, width: number): number[] | undefined {
  const natural = demands.map((demand) => padded(demand.natural, size));
  const spare = (width - sum(natural)) / demands.length;
  return spare < 0 ? undefined : natural.map((length) => length + spare);
}

/** Columns of text give way, each in proportion to what it can spare; undefined when not even that fits. */
function squeeze(demands: readonly Demand[], size: number, width: number): number[] | undefined {
  const least = demands.map((demand) => padded(demand.least, size));
  const natural = demands.map((demand) => padded(demand.natural, size));
  if (sum(least) > width) return undefined;
  const share = (width - sum(least)) / (sum(natural) - sum(least));
  return least.map((length, index) => length + ((natural[index] ?? length) - length) * share);
}

function padded(length: number, size: number): number {
  return length * size + 2 * cellPadding;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

import { formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { displayCell } from './display.ts';
import { scaleOf } from './figures.ts';
import type { Chart, ChartSeries } from './model.ts';
import { singleLine } from './safe-text.ts';
import { type Measure, wrap } from './text-layout.ts';

/**
 * How a bar is filled: told apart by pattern and not by colour alone, so that a copy in black and white still speaks.
 * "outline" is for what the rest is measured against.
 */
export type Fill = 'outline' | 'solid' | 'hatch' | 'light' | 'cross' | 'mid' | 'dots';

/** What a drawing is made of; the origin is at the top left, lengths are in points. */
export type Mark =
  | {
      readonly kind: 'bar';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: Fill;
    }
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly strong: boolean;
    }
  | {
      readonly kind: 'label';
      /** Position of the base line; `anchor` says which end of the text x names. */
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly text: string;
      readonly bold: boolean;
      /** On a white ground of its own, where lines of the grid would run through it. */
      readonly clear?: boolean;
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

const fillOrder: readonly Fill[] = ['solid', 'hatch', 'light', 'cross', 'mid', 'dots'];
const labelSize = 8;
const lineHeight = 10.5;
const barHeight = 11;
const barGap = 2;
const groupGap = 9;
const swatch = 9;

/**
 * Lays a chart out for the given width: legend, bars with their values, axis. The same marks become SVG and PDF.
 * @param greatest the value that the axis must reach; parts of one chart share it, so that their bars compare
 */
export function layOutChart(
  chart: Chart,
  width: number,
  language: Language,
  measure: Measure,
  greatest = greatestStack(chart),
): Drawing {
  const stacks = stacksOf(chart);
  const fills = fillsOf(chart.series);
  const legend = layOutLegend(chart.series, fills, width, language, measure);
  const longest = Math.max(0, ...chart.categories.map((category) => measure(category[language], labelSize, false)));
  const labelWidth = Math.min(longest, width * 0.3);
  const left = labelWidth + 8;
  const totals = chart.categories.map((_, index) => stacks.map((stack) => stackTotal(chart, stack, index)));
  const show = (value: number): string => displayCell(value, chart.type, language);
  const widestValue = Math.max(0, ...totals.flat().map((total) => measure(show(total), labelSize, true)));
  const ticks = axisTicks(Math.max(1, greatest), chart.type);
  const scale = (width - left - widestValue - 8) / ticks.end;
  const marks: Mark[] = [...legend.marks];
  const top = legend.height + 6;
  let y = top;
  for (const [index, category] of chart.categories.entries()) {
    const label = wrap(singleLine(category[language]), labelWidth, labelSize, false, measure, 3);
    const groupHeight = Math.max(stacks.length * (barHeight + barGap) - barGap, label.length * lineHeight);
    marks.push(...labelLines(label, left - 6, y + groupHeight / 2));
    let barY = y + (groupHeight - (stacks.length * (barHeight + barGap) - barGap)) / 2;
    for (const [stackIndex, stack] of stacks.entries()) {
      let x = left;
      for (const [seriesIndex, series] of chart.series.entries()) {
        const value = series.values[index] ?? 0;
        if (series.stack !== stack || value <= 0) continue;
        const fill = fills[seriesIndex] ?? 'solid';
        marks.push({ kind: 'bar', x, y: barY, width: value * scale, height: barHeight, fill });
        x += value * scale;
      }
      const text = show(totals[index]?.[stackIndex] ?? 0);
      marks.push({
        kind: 'label',
        x: x + 4,
        y: barY + 8.4,
        size: labelSize,
        anchor: 'start',
        text,
        bold: false,
        clear: true,
      });
      barY += barHeight + barGap;
    }
    y += groupHeight + groupGap;
  }
  const bottom = y - groupGap + 5;
  marks.unshift(...layOutGrid(ticks, chart, left, top - 3, bottom, scale, language));
  return { width, height: bottom + 14, marks };
}

/** The length of the longest stack, in the unit of the chart. */
export function greatestStack(chart: Chart): number {
  let greatest = 0;
  for (const stack of stacksOf(chart)) {
    for (const index of chart.categories.keys()) greatest = Math.max(greatest, stackTotal(chart, stack, index));
  }
  return greatest;
}

/** Parts of a chart that are at most so high each; the chart itself when it is low enough. */
export function splitChart(chart: Chart, height: number): Chart[] {
  const groupHeight = Math.max(stacksOf(chart).length * (barHeight + barGap), 3 * lineHeight) + groupGap;
  const perPart = Math.max(1, Math.floor((height - 60) / groupHeight));
  const parts: Chart[] = [];
  for (let from = 0; from < Math.max(1, chart.categories.length); from += perPart) {
    const cut = <T>(values: readonly T[]): T[] => values.slice(from, from + perPart);
    const series = chart.series.map((one) => ({ ...one, values: cut(one.values) }));
    parts.push({ ...chart, categories: cut(chart.categories), series });
  }
  return parts;
}

function stacksOf(chart: Chart): string[] {
  return [...new Set(chart.series.map((series) => series.stack))];
}

/** Patterns by order of the series, so that the same series always looks the same. */
function fillsOf(series: readonly ChartSeries[]): Fill[] {
  let next = 0;
  return series.map((one) => (one.target ? 'outline' : (fillOrder[next++ % fillOrder.length] ?? 'solid')));
}

function stackTotal(chart: Chart, stack: string, category: number): number {
  return chart.series
    .filter((series) => series.stack === stack)
    .reduce((sum, series) => sum + Math.max(0, series.values[category] ?? 0), 0);
}

function labelLines(lines: readonly string[], x: number, middle: number): Mark[] {
  const first = middle - ((lines.length - 1) * lineHeight) / 2 + 3;
  return lines.map((text, index) => {
    return { kind: 'label', x, y: first + index * lineHeight, size: labelSize, anchor: 'end', text, bold: false };
  });
}

function layOutLegend(
  series: readonly ChartSeries[],
  fills: readonly Fill[],
  width: number,
  language: Language,
  measure: Measure,
): { marks: Mark[]; height: number } {
  const marks: Mark[] = [];
  let [x, y] = [0, 0];
  for (const [index, one] of series.entries()) {
    const text = singleLine(one.title[language]);
    const needed = swatch + 5 + measure(text, labelSize, false) + 16;
    if (x > 0 && x + needed > width) [x, y] = [0, y + 15];
    marks.push({ kind: 'bar', x, y: y + 1, width: swatch * 1.6, height: swatch, fill: fills[index] ?? 'solid' });
    const label = { x: x + swatch * 1.6 + 5, y: y + 8.6, size: labelSize, anchor: 'start', text, bold: false } as const;
    marks.push({ kind: 'label', ...label });
    x += needed + swatch * 0.6;
  }
  return { marks, height: y + 15 };
}

interface Ticks {
  readonly step: number;
  readonly end: number;
}

/** Round steps (1, 2, 2.5 or 5 times a power of ten), four to six of them up to the greatest value. */
function axisTicks(greatest: number, type: Chart['type']): Ticks {
  const unit = 10 ** scaleOf(type);
  const rough = greatest / unit / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = factor * power * unit;
  return { step, end: Math.ceil(greatest / step) * step };
}

function layOutGrid(
  { step, end }: Ticks,
  chart: Chart,
  left: number,
  top: number,
  bottom: number,
  scale: number,
  language: Language,
): Mark[] {
  const marks: Mark[] = [];
  const count = Math.round(end / step);
  for (let index = 0; index <= count; index++) {
    const x = left + index * step * scale;
    marks.push({ kind: 'line', x1: x, y1: top, x2: x, y2: bottom, strong: index === 0 });
    const text = tickLabel(index * step, end, chart.type, language);
    marks.push({ kind: 'label', x, y: bottom + 10, size: 7, anchor: 'middle', text, bold: false });
  }
  return marks;
}

/** What an axis counts in, from this end on. */
const tickUnits = [
  { from: 2_000_000, unit: 1_000_000, words: { de: ' Mio.', en: 'm' } },
  { from: 10_000, unit: 1000, words: { de: ' Tsd.', en: 'k' } },
  { from: 0, unit: 1, words: { de: '', en: '' } },
] as const;

/** Short: thousands from 10,000 on, millions from two millions. The exact values stand at the bars. */
function tickLabel(value: number, end: number, type: Chart['type'], language: Language): string {
  const format = formats[language];
  const natural = value / 10 ** scaleOf(type);
  if (type === 'percent') return format.percent(natural, 0);
  const { unit, words } = tickUnits.find(({ from }) => end / 10 ** scaleOf(type) >= from) ?? tickUnits[2];
  const shown = natural / unit;
  const decimals = Number.isInteger(shown) ? 0 : Number.isInteger(shown * 10) ? 1 : 2;
  const number = `${format.number(shown, decimals)}${value > 0 ? words[language] : ''}`;
  if (type === 'money') return language === 'de' ? `${number} €` : `€${number}`;
  return type === 'metres' ? `${number} m` : number;
}

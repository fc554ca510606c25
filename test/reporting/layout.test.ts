import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatestStack, layOutChart, splitChart } from '../../src/reporting/chart-layout.ts';
import type { Chart } from '../../src/reporting/model.ts';
import { shorten, wrap } from '../../src/reporting/text-layout.ts';
import { stampZip } from '../../src/reporting/zip-stamp.ts';
import { verbatim } from '../../src/shared/language.ts';

/** Every character is one point wide at size 1. */
const measure = (words: string, size: number): number => [...words].length * size;
const lines = (words: string, width: number, most?: number) => wrap(words, width, 1, false, measure, most);

describe('text in lines', () => {
  it('breaks at spaces, and keeps breaks that are there', () => {
    expect(lines('Kosten gegen Haushalt', 12)).toEqual(['Kosten gegen', 'Haushalt']);
    expect(lines('a\nb\r\nc', 10)).toEqual(['a', 'b', 'c']);
    expect(lines('', 10)).toEqual(['']);
  });

  it('does not break at protected spaces: an amount stays with its unit', () => {
    expect(lines('nur 12,50\u00A0€', 9)).toEqual(['nur', '12,50\u00A0€']);
  });

  it('breaks words that are too long at joints first, else anywhere, adding nothing', () => {
    expect(lines('Straßenbahn-Verwaltung', 14)).toEqual(['Straßenbahn-', 'Verwaltung']);
    expect(lines('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('ends in an ellipsis where there are too many lines', () => {
    expect(lines('eins zwei drei vier', 5, 2)).toEqual(['eins', 'zwei…']);
    expect(shorten('abcdef', 4, 1, false, measure)).toBe('abc…');
  });

  it('loses nothing and exceeds no width, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 1, max: 30 }), (words, width) => {
        const broken = lines(words, width);
        for (const line of broken) expect(measure(line, 1)).toBeLessThanOrEqual(Math.max(1, width));
        expect(broken.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
      }),
    );
  });
});

describe('the chart', () => {
  const chart: Chart = {
    kind: 'bars',
    key: 'c',
    title: verbatim('c'),
    description: verbatim('c'),
    type: 'count',
    categories: ['A', 'B'].map(verbatim),
    series: [
      { key: 'target', title: verbatim('Ziel'), stack: 't', target: true, values: [100, 50] },
      { key: 'done', title: verbatim('fertig'), stack: 'd', values: [40, 50] },
      { key: 'open', title: verbatim('offen'), stack: 'd', values: [80, 0] },
    ],
  };

  it('draws bars as long as their values, stacked end to end', () => {
    const { marks } = layOutChart(chart, 400, 'de', measure);
    const bars = marks.filter((mark) => mark.kind === 'bar').slice(3);
    const [target, done, open, second] = bars;
    expect(bars).toHaveLength(5);
    expect(target!.width / done!.width).toBeCloseTo(100 / 40);
    expect(open!.x).toBeCloseTo(done!.x + done!.width);
    expect(open!.width / done!.width).toBeCloseTo(2);
    expect(second!.width / target!.width).toBeCloseTo(0.5);
    expect([target!.fill, done!.fill, open!.fill]).toEqual(['outline', 'solid', 'hatch']);
  });

  it('keeps the longest name in one line where there is room for it', () => {
    for (const size of [0.1, 0.37, 0.61, 0.77]) {
      const months = { ...chart, categories: ['2020-05', '2020-06'].map(verbatim) };
      const { marks } = layOutChart(months, 400, 'de', (words, points) => [...words].length * points * size);
      expect(marks.flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []))).toContain('2020-05');
    }
  });

  it('counts its axis in thousands and millions, with the sign where the language has it', () => {
    const axis = (type: Chart['type'], greatest: number, language: 'de' | 'en') =>
      layOutChart({ ...chart, type }, 400, language, measure, greatest)
        .marks.flatMap((mark) => (mark.kind === 'label' && mark.size === 7 ? [mark.text] : []))
        .at(-1);
    expect(axis('count', 5000, 'de')).toBe('5.000');
    expect(axis('count', 50_000, 'de')).toBe('50 Tsd.');
    expect(axis('count', 5_000_000, 'de')).toBe('5 Mio.');
    expect(axis('money', 500_000_000, 'de')).toBe('5 Mio. €');
    expect(axis('money', 500_000_000, 'en')).toBe('€5m');
    expect(axis('money', 5_000_000, 'en')).toBe('€50k');
  });

  it('writes the sum of each stack at its end, and stays within its width', () => {
    const { marks, width, height } = layOutChart(chart, 400, 'de', measure);
    const labels = marks.filter((mark) => mark.kind === 'label');
    expect(labels.filter((label) => label.clear).map((label) => label.text)).toEqual(['100', '120', '50', '50']);
    for (const label of labels) {
      const end = label.x + (label.anchor === 'start' ? measure(label.text, label.size) : 0);
      expect(end).toBeLessThanOrEqual(width);
      expect(label.y).toBeLessThanOrEqual(height);
    }
  });

  it('without any value, or any category, is still a chart', () => {
    const nothing = { ...chart, series: chart.series.map((series) => ({ ...series, values: [0, 0] })) };
    for (const one of [nothing, { ...chart, categories: [], series: [] }]) {
      const { marks, height } = layOutChart(one, 400, 'de', measure);
      expect(Number.isFinite(height)).toBe(true);
      expect(JSON.stringify(marks)).not.toContain('null');
    }
  });

  it('is split into parts that hold all categories', () => {
    const categories = Array.from({ length: 25 }, (_, index) => verbatim(String(index)));
    const long = {
      ...chart,
      categories,
      series: [{ ...chart.series[0]!, values: categories.map((_, index) => index) }],
    };
    const parts = splitChart(long, 300);
    expect(parts.flatMap((part) => part.categories)).toEqual(categories);
    expect(Math.max(...parts.map(greatestStack))).toBe(greatestStack(long));
    for (const part of parts) expect(layOutChart(part, 400, 'de', measure).height).toBeLessThanOrEqual(300);
  });
});

describe('the time in a ZIP archive', () => {
  it('is refused for bytes that are none', () => {
    expect(() => stampZip(Buffer.from('PK'), new Date())).toThrow(TypeError);
    expect(() => stampZip(Buffer.alloc(100), new Date())).toThrow(TypeError);
  });
});

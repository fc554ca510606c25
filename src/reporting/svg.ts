import type { Language } from '../shared/language.ts';
import { type Drawing, type Fill, layOutChart, type Mark } from './chart-layout.ts';
import type { Chart } from './model.ts';
import { escapeMarkup } from './safe-text.ts';

const width = 600;
const ink = '#1b3a5c';

/** Patterns that differ in black and white too. */
const fills: Readonly<Record<Fill, { readonly fill: string; readonly pattern?: string }>> = {
  outline: { fill: '#fff' },
  solid: { fill: ink },
  hatch: { fill: 'url(#scanlot-hatch)', pattern: pattern('hatch', '#fff', 'M-1 1 1 -1M0 5 5 0M4 6 6 4') },
  light: { fill: '#cfd9e4' },
  cross: { fill: 'url(#scanlot-cross)', pattern: pattern('cross', '#fff', 'M0 0 5 5M0 5 5 0') },
  mid: { fill: '#7d93ab' },
  dots: { fill: 'url(#scanlot-dots)', pattern: pattern('dots', '#fff', 'M2 2h1.4v1.4h-1.4z') },
};

/** The chart as inline SVG with title and description; the patterns it refers to are in `svgPatterns`, once a page. */
export function chartSvg(chart: Chart, language: Language): string {
  const drawing = layOutChart(chart, width, language, roughWidth);
  const id = `chart-${escapeMarkup(chart.key)}`;
  return [
    `<svg role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${width} ${round(drawing.height)}"`,
    ` xmlns="http://www.w3.org/2000/svg" font-family="inherit">`,
    `<title id="${id}-title">${escapeMarkup(chart.title[language])}</title>`,
    `<desc id="${id}-text">${escapeMarkup(chart.description[language])}</desc>`,
    marksSvg(drawing),
    '</svg>',
  ].join('');
}

export const svgPatterns = `<svg class="patterns" aria-hidden="true" width="0" height="0"><defs>${Object.values(fills)
  .map((fill) => fill.pattern ?? '')
  .join('')}</defs></svg>`;

function pattern(name: string, ground: string, path: string): string {
  const paper = `<rect width="5" height="5" fill="${ground}"/>`;
  const lines = `<path d="${path}" stroke="${ink}" stroke-width="1" fill="none"/>`;
  return `<pattern id="scanlot-${name}" width="5" height="5" patternUnits="userSpaceOnUse">${paper}${lines}</pattern>`;
}

function marksSvg(drawing: Drawing): string {
  return drawing.marks.map(markSvg).join('');
}

function markSvg(mark: Mark): string {
  switch (mark.kind) {
    case 'bar': {
      const box = `x="${round(mark.x)}" y="${round(mark.y)}" width="${round(mark.width)}" height="${round(mark.height)}"`;
      return `<rect ${box} fill="${fills[mark.fill].fill}" stroke="${ink}" stroke-width="0.8"/>`;
    }
    case 'line': {
      const ends = `x1="${round(mark.x1)}" y1="${round(mark.y1)}" x2="${round(mark.x2)}" y2="${round(mark.y2)}"`;
      return `<line ${ends} stroke="${mark.strong ? '#333' : '#d5d5d5'}" stroke-width="${mark.strong ? 0.9 : 0.6}"/>`;
    }
    default: {
      const place = `x="${round(mark.x)}" y="${round(mark.y)}" font-size="${mark.size}" text-anchor="${mark.anchor}"`;
      const weight = mark.bold ? ' font-weight="600"' : '';
      const halo = mark.clear ? ' stroke="#fff" stroke-width="3" paint-order="stroke"' : '';
      return `<text ${place}${weight}${halo} fill="#1a1a1a">${escapeMarkup(mark.text)}</text>`;
    }
  }
}

/** The reader's font is not known: a width on the safe side for the usual sans-serif fonts. */
function roughWidth(words: string, size: number): number {
  return [...words].length * size * 0.56;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}

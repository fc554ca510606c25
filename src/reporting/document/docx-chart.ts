import type { Language } from '../../shared/language.ts';
import { displayCell } from '../display.ts';
import type { Chart, ChartSeries } from '../model.ts';
import { escapeMarkup, visible } from '../safe-text.ts';

/** Cells that the longest bar is made of. */
const steps = 60;
const shares = { label: 0.3, value: 0.2 } as const;
const ink = '1B3A5C';

/** Shadings that differ in black and white, in the order of the series (ECMA-376, part 1, 17.18.78). */
const shadings = [
  { val: 'clear', color: 'auto', fill: ink },
  { val: 'thinDiagStripe', color: ink, fill: 'FFFFFF' },
  { val: 'clear', color: 'auto', fill: 'CFD9E4' },
  { val: 'thinDiagCross', color: ink, fill: 'FFFFFF' },
  { val: 'clear', color: 'auto', fill: '7D93AB' },
] as const;
const outline = { val: 'clear', color: 'auto', fill: 'FFFFFF' } as const;
type Shading = (typeof shadings)[number] | typeof outline;

interface Bar {
  readonly series: ChartSeries;
  readonly shading: Shading;
}

/**
 * The chart as a table whose shaded cells are the bars: it prints at any size, every word processor shows it, and its
 * figures can be read and edited. `width` in twentieths of a point.
 */
export function* chartXml(chart: Chart, language: Language, width: number): Iterable<string> {
  let next = 0;
  const bars = chart.series.map(
    (series): Bar => ({ series, shading: series.target ? outline : (shadings[next++ % shadings.length] ?? outline) }),
  );
  const stacks = [...new Set(chart.series.map(({ stack }) => stack))];
  const rows = chart.categories.flatMap((category, index) =>
    stacks.map((stack, at) => {
      const own = bars.filter(({ series }) => series.stack === stack);
      const total = own.reduce((sum, { series }) => sum + (series.values[index] ?? 0), 0);
      return { label: at === 0 ? category[language] : '', own, index, total, isLast: at === stacks.length - 1 };
    }),
  );
  const greatest = Math.max(1, ...rows.map(({ total }) => total));
  const grid = gridOf(width);
  yield paragraph(chart.title[language], { bold: true, after: 40 });
  yield legend(bars, language);
  yield `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar><w:tblDescription w:val="${escapeMarkup(visible(chart.description[language]))}"/></w:tblPr><w:tblGrid>${grid.columns.map((one) => `<w:gridCol w:w="${one}"/>`).join('')}</w:tblGrid>`;
  for (const { label, own, index, total, isLast } of rows) {
    const lengths = own.map(({ series }) => lengthOf(series.values[index] ?? 0, greatest));
    const used = lengths.reduce((sum, length) => sum + length, 0);
    const cells = own.map(({ shading }, at) => barCell(lengths[at] ?? 0, shading, grid.step));
    const shown = displayCell(total, chart.type, language);
    const rest = cell(steps - used, grid.step * (steps - used), '', '');
    yield `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="210" w:hRule="atLeast"/></w:trPr>${cell(1, grid.label, label, '')}${cells.join('')}${rest}${cell(1, grid.value, shown, '', true)}</w:tr>`;
    if (isLast) yield gap(grid.columns.length, width);
  }
  yield '</w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="120"/></w:pPr></w:p>';
}

function gridOf(width: number) {
  const label = Math.round(width * shares.label);
  const value = Math.round(width * shares.value);
  const step = Math.floor((width - label - value) / steps);
  return { label, value, step, columns: [label, ...Array.from({ length: steps }, () => step), value] };
}

function lengthOf(value: number, greatest: number): number {
  return value <= 0 ? 0 : Math.max(1, Math.floor((value / greatest) * steps));
}

function barCell(length: number, { val, color, fill }: Shading, step: number): string {
  const border = ['top', 'left', 'bottom', 'right']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${ink}"/>`)
    .join('');
  const shade = `<w:tcBorders>${border}</w:tcBorders><w:shd w:val="${val}" w:color="${color}" w:fill="${fill}"/>`;
  return cell(length, step * length, '', shade);
}

function cell(span: number, width: number, words: string, extra: string, right = false): string {
  if (span <= 0) return '';
  const spanned = span > 1 ? `<w:gridSpan w:val="${span}"/>` : '';
  const run = words === '' ? '' : `<w:r>${small}<w:t xml:space="preserve">${escapeMarkup(visible(words))}</w:t></w:r>`;
  const align = right ? '<w:jc w:val="right"/>' : '';
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${spanned}${extra}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:spacing w:before="0" w:after="0"/>${align}${small}</w:pPr>${run}</w:p></w:tc>`;
}

const small = '<w:rPr><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr>';

function gap(columns: number, width: number): string {
  return `<w:tr><w:trPr><w:trHeight w:val="60" w:hRule="exact"/></w:trPr>${cell(columns, width, '', '')}</w:tr>`;
}

function legend(bars: readonly Bar[], language: Language): string {
  const runs = bars.map(({ series, shading }) => {
    const { val, color, fill } = shading;
    const border = `<w:bdr w:val="single" w:sz="4" w:space="0" w:color="${ink}"/>`;
    const swatch = `<w:r><w:rPr>${border}<w:shd w:val="${val}" w:color="${color}" w:fill="${fill}"/><w:sz w:val="15"/></w:rPr><w:t xml:space="preserve">\u00A0\u00A0\u00A0\u00A0</w:t></w:r>`;
    const name = escapeMarkup(visible(series.title[language]));
    return `${swatch}<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve"> ${name}    </w:t></w:r>`;
  });
  return `<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="80"/></w:pPr>${runs.join('')}</w:p>`;
}

function paragraph(words: string, { bold, after }: { bold: boolean; after: number }): string {
  const style = `<w:rPr>${bold ? '<w:b/>' : ''}<w:sz w:val="18"/></w:rPr>`;
  return `<w:p><w:pPr><w:keepNext/><w:spacing w:before="60" w:after="${after}"/></w:pPr><w:r>${style}<w:t xml:space="preserve">${escapeMarkup(visible(words))}</w:t></w:r></w:p>`;
}

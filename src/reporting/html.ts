import { createHash } from 'node:crypto';
import { formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { alignment, displayCell, displayTable } from './display.ts';
import { htmlStyle } from './html-style.ts';
import type { Chart, Column, KeyFigure, Report, ReportTable } from './model.ts';
import { escapeMarkup } from './safe-text.ts';
import { chartSvg, svgPatterns } from './svg.ts';
import { listingNote, originOf, words } from './words.ts';

/** The report as one HTML file without script, fonts or images from elsewhere; its own policy forbids them too. */
export function renderHtml(report: Report, language: Language): string {
  const style = createHash('sha256').update(htmlStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="scanlot">
<title>${escapeMarkup(report.title[language])}</title>
<style>${htmlStyle}</style>
</head>
<body>
${titleBlock(report, language)}
<main>
${[
  figuresBlock(report.facts, language),
  report.charts.length > 0 ? svgPatterns : '',
  ...report.charts.map((chart) => chartBlock(chart, language)),
  ...report.tables.map((table) => tableBlock(table, language)),
  notesBlock(report, language),
]
  .filter(Boolean)
  .join('\n')}
</main>
</body>
</html>
`;
}

function titleBlock(report: Report, language: Language): string {
  const subtitle = report.subtitle ? `<p class="subtitle">${escapeMarkup(report.subtitle[language])}</p>\n` : '';
  const generated = `${words.generated[language]} ${formats[language].instant(report.generatedAt)}`;
  return `<header>
<h1>${escapeMarkup(report.title[language])}</h1>
${subtitle}<p class="origin">${escapeMarkup(originOf(report)[language])} · ${escapeMarkup(generated)}</p>
</header>`;
}

function figuresBlock(facts: readonly KeyFigure[], language: Language): string {
  if (facts.length === 0) return '';
  const items = facts.map((fact) => {
    const note = fact.note ? `<dd class="note">${escapeMarkup(fact.note[language])}</dd>` : '';
    const value = displayCell(fact.value, fact.type, language) || '–';
    return `<div><dt>${escapeMarkup(fact.title[language])}</dt><dd class="value">${escapeMarkup(value)}</dd>${note}</div>`;
  });
  return `<section>
<h2>${words.keyFigures[language]}</h2>
<dl class="figures">
${items.join('\n')}
</dl>
</section>`;
}

function chartBlock(chart: Chart, language: Language): string {
  return `<section>
<h2>${escapeMarkup(chart.title[language])}</h2>
<figure>${chartSvg(chart, language)}</figure>
</section>`;
}

function tableBlock(table: ReportTable, language: Language): string {
  const { columns } = table;
  const { titles, rows, totals } = displayTable(table, language);
  const head = columns.map((column, index) => headCell(column, titles[index] ?? '')).join('');
  const foot = totals ? `<tfoot>${bodyRow(columns, totals)}</tfoot>\n` : '';
  return `<section${rows.length <= fewRows ? ' class="short"' : ''}>
<h2>${escapeMarkup(table.title[language])}</h2>
<div class="scroll" role="region" aria-label="${escapeMarkup(table.title[language])}" tabindex="0">
<table>
<caption>${escapeMarkup(captionOf(table, language))}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map((row) => `${bodyRow(columns, row)}\n`).join('')}</tbody>
${foot}</table>
</div>
</section>`;
}

/** A table with no more rows is printed on one page, with its heading. */
const fewRows = 15;

/** Longer names may break at their hyphens, in characters. */
const longestName = 16;

function captionOf(table: ReportTable, language: Language): string {
  if (table.rows.length === 0) return words.empty[language];
  if (table.listing) return listingNote(table)[language];
  return `${words.rows[language]}: ${formats[language].number(table.rows.length)}`;
}

function headCell(column: Column, title: string): string {
  return `<th scope="col"${cellClass(column)}>${escapeMarkup(title)}</th>`;
}

function bodyRow(columns: readonly Column[], cells: readonly string[]): string {
  const rendered = columns.map((column, index) => {
    const cell = cells[index] ?? '';
    const [content, kind] = [escapeMarkup(cell), cellClass(column, cell)];
    // The first column names its row; screen readers say it with every cell.
    return index === 0 ? `<th scope="row"${kind}>${content}</th>` : `<td${kind}>${content}</td>`;
  });
  return `<tr>${rendered.join('')}</tr>`;
}

/** Numbers, days and short names such as "RV-2020-017" stand in one line. */
function cellClass({ type }: Column, cell = ''): string {
  if (alignment(type) === 'right') return ' class="number"';
  if (type !== 'text') return ' class="day"';
  return /^[^\s-]+-\S+$/.test(cell) && cell.length <= longestName ? ' class="name"' : '';
}

function notesBlock(report: Report, language: Language): string {
  if (report.notes.length === 0) return '';
  const items = report.notes.map((note) => `<li>${escapeMarkup(note[language])}</li>`).join('\n');
  return `<section>
<h2>${words.notes[language]}</h2>
<ol class="notes">
${items}
</ol>
</section>`;
}

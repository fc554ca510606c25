import { formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { greatestStack, layOutChart, splitChart } from './chart-layout.ts';
import { displayCell } from './display.ts';
import type { Chart, KeyFigure, Report } from './model.ts';
import { createPaper } from './pdf-document.ts';
import { margins, PdfFlow } from './pdf-flow.ts';
import { drawFooter, drawRunningHead } from './pdf-furniture.ts';
import { colours } from './pdf-page.ts';
import { drawTable } from './pdf-table.ts';
import { singleLine } from './safe-text.ts';
import { type Measure, wrap } from './text-layout.ts';
import { originOf, pageLabel, words } from './words.ts';

/** The report on A4: title, key figures, charts, tables, notes; page numbers and origin at the foot of every page. */
export async function renderPdf(report: Report, language: Language): Promise<Uint8Array> {
  const title = singleLine(report.title[language]);
  const origin = singleLine(originOf(report)[language]);
  const paper = await createPaper({ title, subject: origin, language, createdAt: report.generatedAt });
  const flow = new PdfFlow(paper, 'portrait');
  drawTitle(flow, report, language);
  if (report.facts.length > 0) drawFacts(flow, report.facts, language);
  for (const chart of report.charts) drawChart(flow, chart, language);
  for (const table of report.tables) drawTable(flow, table, language);
  if (report.notes.length > 0) drawNotes(flow, report, language);
  return paper.finish((page, index, count) => {
    if (index > 0) drawRunningHead(page, title, paper.measure);
    drawFooter(page, origin, pageLabel(index + 1, count)[language], paper.measure);
  });
}

function drawTitle(flow: PdfFlow, report: Report, language: Language): void {
  const { measure } = flow.paper;
  flow.y = margins.top - 8;
  const lines = (text: string, size: number, bold: boolean): string[] =>
    wrap(singleLine(text), flow.width, size, bold, measure, 4);
  for (const line of lines(report.title[language], 20, true)) {
    flow.page.text(line, flow.left, flow.y + 18, { size: 20, bold: true, colour: colours.title });
    flow.y += 26;
  }
  for (const line of report.subtitle ? lines(report.subtitle[language], 11, false) : []) {
    flow.page.text(line, flow.left, flow.y + 12, { size: 11 });
    flow.y += 16;
  }
  const generated = `${words.generated[language]} ${formats[language].instant(report.generatedAt)}`;
  for (const line of lines(`${originOf(report)[language]} · ${generated}`, 8.5, false)) {
    flow.page.text(line, flow.left, flow.y + 12, { size: 8.5, colour: colours.quiet });
    flow.y += 12;
  }
  flow.y += 10;
  flow.page.line(flow.left, flow.y, flow.left + flow.width, flow.y, 1.2, colours.title);
  flow.y += 8;
}

const factsPerRow = 3;

/** The key figures side by side, each under a fine rule: title, value, remark. */
function drawFacts(flow: PdfFlow, facts: readonly KeyFigure[], language: Language): void {
  const gap = 16;
  const width = (flow.width - (factsPerRow - 1) * gap) / factsPerRow;
  for (let from = 0; from < facts.length; from += factsPerRow) {
    const row = facts
      .slice(from, from + factsPerRow)
      .map((fact) => layOutFact(fact, width, language, flow.paper.measure));
    const height = Math.max(...row.map((lines) => lines.reduce((sum, line) => sum + line.height, 0))) + 14;
    flow.reserve(height);
    for (const [index, lines] of row.entries()) {
      const x = flow.left + index * (width + gap);
      let y = flow.y + 6;
      flow.page.line(x, y, x + width, y, 0.5, colours.mid);
      y += 3;
      for (const { text, size, bold, height: lineHeight } of lines) {
        flow.page.text(text, x, y + lineHeight * 0.78, { size, bold });
        y += lineHeight;
      }
    }
    flow.y += height;
  }
}

interface FactLine {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly height: number;
}

function layOutFact(fact: KeyFigure, width: number, language: Language, measure: Measure): FactLine[] {
  const lines = (text: string, size: number, bold: boolean, height: number): FactLine[] =>
    wrap(singleLine(text), width, size, bold, measure, 4).map((line) => ({ text: line, size, bold, height }));
  const value = singleLine(displayCell(fact.value, fact.type, language)) || '–';
  const valueSize = measure(value, 14, true) <= width ? 14 : 11;
  return [
    ...lines(fact.title[language], 8, false, 12),
    ...lines(value, valueSize, true, valueSize * 1.4),
    ...(fact.note ? lines(fact.note[language], 7.5, false, 10.5) : []),
  ];
}

function drawChart(flow: PdfFlow, chart: Chart, language: Language): void {
  const parts = splitChart(chart, flow.pageRoom - 40);
  for (const [index, part] of parts.entries()) {
    const drawing = layOutChart(part, flow.width, language, flow.paper.measure, greatestStack(chart));
    const title = singleLine(chart.title[language]);
    flow.heading(index === 0 ? title : `${title} (${words.continued[language]})`, drawing.height);
    flow.page.marks(drawing.marks, flow.left, flow.y);
    flow.y += drawing.height;
  }
}

function drawNotes(flow: PdfFlow, report: Report, language: Language): void {
  flow.heading(words.notes[language], 26);
  for (const [index, note] of report.notes.entries()) {
    flow.reserve(13);
    flow.page.text(`${index + 1}.`, flow.left, flow.y + 9, { size: 9 });
    flow.paragraph(note[language], 9, 16);
    flow.y += 3;
  }
}

import { readFileSync } from 'node:fs';
import { UsageError } from '../../shared/errors.ts';
import { formats } from '../../shared/format.ts';
import { type Language, type Text, text, verbatim } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { WorkspaceConfig } from '../../storage/workspace-config.ts';
import { alignment, displayCell, displayTable } from '../display.ts';
import type { Block, WrittenDocument } from '../document/model.ts';
import type { Report, ReportTable } from '../model.ts';
import { originOf } from '../words.ts';
import { type LetterLine, parseLetter } from './parse-letter.ts';

export interface LetterOptions {
  readonly format: 'pdf' | 'docx';
  readonly language: Language;
  readonly config: WorkspaceConfig;
  /** What fills the blanks of the template. */
  readonly blanks: ReadonlyMap<string, string>;
}

/**
 * Renders a report as a letter by its template.
 * @throws UsageError that lists every mistake of the template: lines, blanks, tables and charts that are not known
 */
export async function renderLetter(report: Report, path: string, options: LetterOptions): Promise<Uint8Array> {
  const document = letterDocument(report, readFileSync(path, 'utf8'), path, options);
  if (options.format === 'pdf') return (await import('../document/pdf.ts')).renderDocumentPdf(document);
  return (await import('../document/docx.ts')).renderDocx(document);
}

/** The letter as a document; pure. @throws UsageError as `renderLetter` */
export function letterDocument(
  report: Report,
  template: string,
  path: string,
  { language, config, blanks }: Omit<LetterOptions, 'format'>,
): WrittenDocument {
  const { lines, mistakes: found } = parseLetter(template, language);
  const mistakes = [...found];
  const filler = createFiller(report, config, language, blanks);
  const blocks: Block[] = [];
  for (const line of lines) {
    const block = blockOf(line, report, { language, config, fill: filler.fill, mistakes });
    const last = blocks.at(-1);
    // Facts below one another are one block: their values then stand in one column.
    if (block?.kind === 'facts' && last?.kind === 'facts')
      blocks[blocks.length - 1] = { kind: 'facts', rows: [...last.rows, ...block.rows] };
    else if (block) blocks.push(block);
  }
  mistakes.push(...filler.mistakes());
  if (mistakes.length > 0) throw faulty(path, mistakes);
  const subject = blocks.find((block) => block.kind === 'subject');
  return {
    language,
    title: subject?.kind === 'subject' ? subject.words : report.title[language],
    createdAt: report.generatedAt,
    footer: originOf(report)[language],
    blocks,
  };
}

interface Context {
  readonly language: Language;
  readonly config: WorkspaceConfig;
  readonly fill: (words: string) => string;
  readonly mistakes: Text[];
}

function blockOf(line: LetterLine, report: Report, context: Context): Block | undefined {
  const { language, fill, config, mistakes } = context;
  switch (line.kind) {
    case 'head':
      return {
        kind: 'paragraph',
        style: 'quiet',
        words: [config.county, config.sender?.office].filter(Boolean).join(' · '),
      };
    case 'subject':
      return { kind: 'title', words: fill(line.words) };
    case 'heading':
    case 'paragraph':
      return { kind: line.kind, words: fill(line.words) };
    case 'fact':
      return { kind: 'facts', rows: [[line.name, fill(line.value)]] };
    case 'signature': {
      const town = config.sender?.town;
      const day = formats[language].date(report.asOf);
      const closing = town === undefined ? day : `${town}, ${day}`;
      return { kind: 'signature', closing, lines: ['', fill('{reporter|}') || config.county] };
    }
    case 'chart': {
      const chart = report.charts.find(({ key }) => key === line.key);
      if (!chart) mistakes.push(...notThere('chart', line.key, report.charts, report));
      return chart && { kind: 'chart', chart };
    }
    case 'table': {
      const table = report.tables.find(({ key }) => key === line.key);
      if (!table) mistakes.push(...notThere('table', line.key, report.tables, report));
      return table && tableBlock(table, line, context);
    }
  }
}

function tableBlock(
  table: ReportTable,
  { columns: wanted, rows: most }: Extract<LetterLine, { kind: 'table' }>,
  { language, mistakes }: Context,
): Block {
  const known = table.columns.map(({ key }) => key);
  for (const key of wanted ?? [])
    if (!known.includes(key)) mistakes.push(unknownName(`${table.key}: ${key}`, nearest(key, known)));
  const chosen = (wanted ?? known).map((key) => known.indexOf(key)).filter((index) => index >= 0);
  const shown = displayTable(table, language);
  const pick = (cells: readonly string[]) => chosen.map((index) => cells[index] ?? '');
  const rows = shown.rows.slice(0, most ?? shown.rows.length);
  const left = shown.rows.length - rows.length;
  const rest = { de: `… und ${left} weitere`, en: `… and ${left} more` };
  return {
    kind: 'table',
    columns: chosen.map((index) => {
      const column = table.columns[index];
      const right = column !== undefined && alignment(column.type) === 'right';
      const title = shown.titles[index] ?? '';
      return {
        title,
        share: shareOf(shown.rows, shown.totals, index, title),
        ...(right ? { align: 'right' as const } : {}),
      };
    }),
    rows: [...rows.map(pick), ...(left > 0 ? [[rest[language], ...chosen.slice(1).map(() => '')]] : [])],
    ...(shown.totals ? { total: pick(shown.totals) } : {}),
  };
}

/** A column is as wide as its longest cell wants, within reason. */
function shareOf(
  rows: readonly (readonly string[])[],
  totals: readonly string[] | undefined,
  index: number,
  title: string,
): number {
  const longestWord = Math.max(...title.split(/[\s-]+/).map((word) => word.length));
  const cells = [...rows, ...(totals ? [totals] : [])].map((row) => (row[index] ?? '').length);
  return Math.min(30, Math.max(longestWord + 2, ...cells) + 2);
}

/** Fills blanks, and notes those that nothing fills. */
function createFiller(
  report: Report,
  config: WorkspaceConfig,
  language: Language,
  blanks: ReadonlyMap<string, string>,
) {
  const values = new Map<string, string>([
    ['county', config.county],
    ['asOf', formats[language].date(report.asOf)],
    ...report.facts.map(({ key, type, value }) => [key, displayCell(value, type, language) || '–'] as const),
    ...blanks,
  ]);
  const unknown = new Set<string>();
  return {
    fill: (words: string): string =>
      words.replace(/\{([A-Za-z][\w-]*)(?:\|([^{}]*))?\}/g, (_, name: string, otherwise?: string) => {
        const value = values.get(name) ?? otherwise;
        if (value === undefined) unknown.add(name);
        return value ?? '';
      }),
    mistakes: (): Text[] => [...unknown].map((name) => unknownName(`{${name}}`, nearest(name, values.keys()))),
  };
}

/** A table that is left out while it is empty is no mistake of the template. */
function notThere(kind: string, key: string, all: readonly { key: string }[], { tables }: Report): Text[] {
  if (tables.length === 0) return [];
  return [
    unknownName(
      `[${kind} ${key}]`,
      nearest(
        key,
        all.map((one) => one.key),
      ),
    ),
  ];
}

function unknownName(name: string, near: string | undefined): Text {
  return text({
    de: `${name} gibt es nicht${near === undefined ? '' : `; gemeint „${near}“?`}`,
    en: `there is no ${name}${near === undefined ? '' : `; did you mean "${near}"?`}`,
  });
}

function faulty(path: string, mistakes: readonly Text[]): UsageError {
  return new UsageError(
    'report.template-faulty',
    text({ de: `Die Vorlage ${path} stimmt nicht.`, en: `The template ${path} is not sound.` }),
    text({
      de: 'Die genannten Stellen berichtigen; {name|Worte} setzt Worte ein, wo nichts angegeben ist.',
      en: 'Mend the places named; {name|words} puts words where nothing is stated.',
    }),
    mistakes.map((mistake) => (mistake.de === '' ? verbatim('') : mistake)),
  );
}

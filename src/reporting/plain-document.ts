import { createHash } from 'node:crypto';
import type { Language, Text } from '../shared/language.ts';
import { htmlStyle } from './html-style.ts';
import { escapeMarkup, printable } from './safe-text.ts';

/** A document to be read from beginning to end: sections with paragraphs and tables. */
export interface PlainDocument {
  readonly title: Text;
  readonly subtitle: Text;
  readonly sections: readonly PlainSection[];
}

export interface PlainSection {
  readonly title: Text;
  readonly paragraphs?: readonly Text[];
  readonly table?: PlainTable;
}

export interface PlainTable {
  readonly columns: readonly Text[];
  readonly rows: readonly (readonly Text[])[];
}

/** The document as one HTML file that loads nothing from elsewhere. */
export function renderPlainHtml({ title, subtitle, sections }: PlainDocument, language: Language): string {
  const style = createHash('sha256').update(htmlStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  const say = (words: Text) => escapeMarkup(words[language]);
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="scanlot">
<title>${say(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<header>
<h1>${say(title)}</h1>
<p class="subtitle">${say(subtitle)}</p>
</header>
<main>
${sections.map((section) => htmlSection(section, say)).join('\n')}
</main>
</body>
</html>
`;
}

function htmlSection({ title, paragraphs = [], table }: PlainSection, say: (words: Text) => string): string {
  const text = paragraphs.map((words) => `<p>${say(words)}</p>\n`).join('');
  return `<section>\n<h2>${say(title)}</h2>\n${text}${table ? htmlTable(table, say) : ''}</section>`;
}

function htmlTable({ columns, rows }: PlainTable, say: (words: Text) => string): string {
  const head = columns.map((words) => `<th scope="col">${say(words)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((words) => `<td>${say(words)}</td>`).join('')}</tr>\n`).join('');
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}</tbody>\n</table></div>\n`;
}

/** The document as Markdown (CommonMark with tables). */
export function renderPlainMarkdown({ title, subtitle, sections }: PlainDocument, language: Language): string {
  const say = (words: Text) => escapeMarkdown(words[language]);
  const parts = sections.map(({ title: heading, paragraphs = [], table }) =>
    [`## ${say(heading)}`, ...paragraphs.map(say), ...(table ? [markdownTable(table, say)] : [])].join('\n\n'),
  );
  return `${[`# ${say(title)}`, say(subtitle), ...parts].join('\n\n')}\n`;
}

function markdownTable({ columns, rows }: PlainTable, say: (words: Text) => string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns.map(say)), line(columns.map(() => '---')), ...rows.map((cells) => line(cells.map(say)))].join(
    '\n',
  );
}

/** What Markdown would take for markup, and line breaks, which would end a row. */
function escapeMarkdown(words: string): string {
  return printable(words)
    .replaceAll(/[\\`*_[\]<>|#]/g, '\\$&')
    .replaceAll(/\s*\n\s*/g, ' ');
}

import { createHash } from 'node:crypto';
import { catalogue } from '../../findings/catalogue.ts';
import { severities } from '../../findings/definition.ts';
import { type FindingCode, messageOf, remedyOf, titleOf } from '../../findings/finding.ts';
import { htmlStyle } from '../../reporting/html-style.ts';
import { escapeMarkup, visible } from '../../reporting/safe-text.ts';
import { formats } from '../../shared/format.ts';
import { type Text, text } from '../../shared/language.ts';
import { groupFindings } from '../finding-groups.ts';
import { resultHead } from '../result.ts';
import { htmlScript, htmlTableStyle } from './html-script.ts';
import type { CheckReport } from './report.ts';
import {
  booksWords,
  filesWords,
  filterWords,
  findingsWords,
  labels,
  pagesWords,
  profileText,
  resumedWords,
  severityWords,
  stateWords,
  verdictNames,
  verdictText,
} from './words.ts';

/** A column of a table in the browser; "order" ranks its values, "code" is the column that names the finding code. */
interface BrowserColumn {
  readonly title: Text;
  readonly kind: 'plain' | 'path' | 'sha' | 'number' | 'place' | 'code' | 'message';
  readonly order?: readonly string[];
  readonly code?: number;
}

/** A list to choose one value of a column from. */
interface Choice {
  readonly column: number;
  readonly title: Text;
  readonly values: readonly (readonly [value: string, words: string])[];
}

type RowValues = readonly (string | number | null)[];
/** Rows in one block of JSON: the browser reads them block by block. */
const blockRows = 5000;
const codeColumn = 1;
const numeric: readonly BrowserColumn['kind'][] = ['number', 'place'];

/**
 * The result as one HTML file that works without network: summary and groups as plain tables, findings and items as data
 * that a script of its own pages through. Its policy allows this script and style by their digests and nothing else.
 */
export function* renderCheckHtml(report: CheckReport): Iterable<string> {
  const { language } = report;
  yield head(report);
  yield summary(report);
  yield groups(report);
  yield* section(report, 'findings', text({ de: 'Alle Befunde', en: 'All findings' }), findingTable(report));
  yield* section(report, 'items', text({ de: 'Alle Positionen', en: 'All items' }), itemTable(report));
  yield `<noscript><p>${noScript[language]}</p></noscript>\n</main>\n`;
  yield data('id="words"', browserWords(language));
  yield data('id="codes"', codeWords(report));
  yield `<script>${htmlScript}</script>\n</body>\n</html>\n`;
}

const noScript = text({
  de: 'Die Listen der Befunde und Positionen brauchen JavaScript. Sie stehen auch in der XLSX-, CSV- und JSON-Ausgabe.',
  en: 'The lists of findings and items need JavaScript. They are in the XLSX, CSV and JSON output, too.',
});

function head({ language, check }: CheckReport): string {
  const style = htmlStyle + htmlTableStyle;
  const [styleHash, scriptHash] = [style, htmlScript].map((content) =>
    createHash('sha256').update(content).digest('base64'),
  );
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="scanlot">
<title>${labels.title[language]}: ${verdictNames[check.verdict][language]}</title>
<style>${style}</style>
</head>
<body>
`;
}

function summary(report: CheckReport): string {
  const { language, check } = report;
  const { version, profile, packageHash, finishedAt } = resultHead(report);
  const { counts, verdict } = check;
  const filtered = filterWords(report);
  const resumed = resumedWords(check)?.[language];
  const figures: readonly (readonly [Text, string])[] = [
    [labels.files, filesWords(counts)[language]],
    [labels.pages, pagesWords(counts)[language]],
    [labels.findings, findingsWords(counts)[language]],
    [labels.profile, profileText(report.check)[language]],
    [labels.checkedAt, formats[language].instant(finishedAt)],
    [labels.checkedWith, `scanlot ${version}`],
    ...(resumed === undefined ? [] : [[labels.resumed, resumed] as const]),
  ];
  const list = figures.map(([title, value]) => `<div><dt>${safe(title[language])}</dt><dd>${safe(value)}</dd></div>`);
  return `<header>
<h1>${labels.title[language]}</h1>
<p class="verdict ${verdict}">${safe(verdictText(check)[language])}</p>
</header>
<main>
${filtered ? `<p class="filtered">${safe(filtered[language])}</p>\n` : ''}<p class="books">${safe(booksWords(counts)[language])}</p>
<dl class="figures">
${list.join('\n')}
</dl>
<p class="hash">${labels.packageHash[language]}: ${packageHash}<br>${labels.profileHash[language]}: ${profile.hash}</p>
`;
}

function groups({ findings, language }: CheckReport): string {
  const { number } = formats[language];
  const titles = [
    text({ de: 'Schwere', en: 'Severity' }),
    text({ de: 'Mangel', en: 'Defect' }),
    text({ de: 'Anzahl', en: 'Count' }),
    text({ de: 'Dateien', en: 'Files' }),
    text({ de: 'Was zu tun ist', en: 'What to do' }),
  ];
  const rows = groupFindings(findings, { by: 'code', examples: 0 }).map(
    ({ code, severity, count, files }) =>
      `<tr><td>${severityWords[severity][language]}</td><td><strong>${safe(titleOf(code, language))}</strong><br><button type="button" data-code="${safe(code)}">${safe(code)}</button></td><td class="number">${number(count)}</td><td class="number">${number(files)}</td><td>${safe(remedyOf(code, language))}</td></tr>\n`,
  );
  const none = text({ de: 'Keine Befunde.', en: 'No findings.' })[language];
  return `<section>
<h2>${text({ de: 'Befunde nach Art', en: 'Findings by kind' })[language]}</h2>
${rows.length === 0 ? `<p>${none}</p>` : `<div class="scroll"><table>\n<thead><tr>${titles.map((title, index) => `<th scope="col"${index === 2 || index === 3 ? ' class="number"' : ''}>${title[language]}</th>`).join('')}</tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table></div>`}
</section>
`;
}

interface BrowserTable {
  readonly columns: readonly BrowserColumn[];
  readonly choices: readonly Choice[];
  readonly rows: Iterable<RowValues>;
}

function findingTable({ findings, language }: CheckReport): BrowserTable {
  const ranks = severities.map((severity) => severityWords[severity][language]);
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const severityTitle = text({ de: 'Schwere', en: 'Severity' });
  return {
    columns: [
      { title: severityTitle, kind: 'plain', order: ranks },
      { title: text({ de: 'Kennung', en: 'Code' }), kind: 'code' },
      { title: text({ de: 'Aktenzeichen', en: 'File reference' }), kind: 'plain' },
      { title: text({ de: 'Datei', en: 'File' }), kind: 'path' },
      { title: text({ de: 'Zeile', en: 'Row' }), kind: 'place' },
      { title: text({ de: 'Seite', en: 'Page' }), kind: 'place' },
      { title: text({ de: 'Beschreibung', en: 'Description' }), kind: 'message', code: codeColumn },
    ],
    choices: [
      { column: 0, title: severityTitle, values: ranks.map((rank) => [rank, rank]) },
      {
        column: codeColumn,
        title: text({ de: 'Mangel', en: 'Defect' }),
        values: codes.map((code) => [code, `${titleOf(code, language)} (${code})`]),
      },
    ],
    rows: mapped(findings, (finding) => [
      severityWords[finding.severity][language],
      finding.code,
      visible(finding.reference ?? ''),
      visible(finding.path),
      finding.row ?? null,
      finding.page ?? null,
      visible(messageOf(finding, language)),
    ]),
  };
}

function itemTable({ check, language }: CheckReport): BrowserTable {
  const states = [stateWords.failed, stateWords.errored, stateWords.passed].map((words) => words[language]);
  const stateTitle = labels.result;
  return {
    columns: [
      { title: stateTitle, kind: 'plain', order: states },
      { title: text({ de: 'Aktenzeichen', en: 'File reference' }), kind: 'plain' },
      { title: text({ de: 'Datei', en: 'File' }), kind: 'path' },
      { title: text({ de: 'Begleitliste', en: 'Manifest' }), kind: 'plain' },
      { title: text({ de: 'Zeile', en: 'Row' }), kind: 'place' },
      { title: text({ de: 'Seiten gemeldet', en: 'Pages declared' }), kind: 'number' },
      { title: text({ de: 'Seiten gezählt', en: 'Pages counted' }), kind: 'number' },
      { title: text({ de: 'Format', en: 'Format' }), kind: 'plain' },
      { title: text({ de: 'Bytes', en: 'Bytes' }), kind: 'number' },
      { title: text({ de: 'SHA-256', en: 'SHA-256' }), kind: 'sha' },
    ],
    choices: [{ column: 0, title: stateTitle, values: states.map((state) => [state, state]) }],
    rows: mapped(check.items, ({ state, reference, volume, path, manifest, row, declaredPages, facts }) => [
      stateWords[state][language],
      visible([reference, volume].filter(Boolean).join(' # ')),
      visible(path),
      visible(manifest ?? ''),
      row ?? null,
      declaredPages,
      facts?.pages ?? null,
      facts?.format ?? '',
      facts?.size ?? null,
      facts?.sha256 ?? '',
    ]),
  };
}

function* section(
  { language }: CheckReport,
  id: string,
  title: Text,
  { columns, choices, rows }: BrowserTable,
): Iterable<string> {
  const selects = choices.map(
    (choice) =>
      `<label>${choice.title[language]}<select data-column="${choice.column}"><option value="">${text({ de: '(alle)', en: '(all)' })[language]}</option>${choice.values
        .map(([value, words]) => `<option value="${safe(value)}">${safe(words)}</option>`)
        .join('')}</select></label>`,
  );
  const headCells = columns.map(
    (column) =>
      `<th scope="col"${numeric.includes(column.kind) ? ' class="number"' : ''}><button type="button">${column.title[language]}</button><span class="paper">${column.title[language]}</span></th>`,
  );
  yield `<section id="${id}">
<h2>${title[language]}</h2>
<div class="tools"><label>${text({ de: 'Suchen', en: 'Search' })[language]}<input type="search"></label>${selects.join('')}</div>
<div class="pager"><button type="button">${text({ de: '← zurück', en: '← back' })[language]}</button><button type="button">${text({ de: 'weiter →', en: 'next →' })[language]}</button><span class="status" role="status"></span></div>
<div class="scroll"><table>
<thead><tr>${headCells.join('')}</tr></thead>
<tbody></tbody>
</table></div>
</section>
`;
  yield data(`id="${id}-columns"`, { columns: columns.map(({ kind, order, code }) => ({ kind, order, code })) });
  let block: RowValues[] = [];
  for (const row of rows) {
    block.push(row);
    if (block.length < blockRows) continue;
    yield data(`data-rows="${id}"`, block);
    block = [];
  }
  if (block.length > 0) yield data(`data-rows="${id}"`, block);
}

function browserWords(language: 'de' | 'en'): object {
  const words = {
    none: text({ de: 'Keine Zeile passt (von {all}).', en: 'No row fits (of {all}).' }),
    shown: text({ de: '{from} bis {to} von {of} (insgesamt {all})', en: '{from} to {to} of {of} ({all} in all)' }),
    printed: text({
      de: 'Gedruckt sind die ersten {printed} von {of}; alle stehen in der XLSX- und CSV-Ausgabe.',
      en: 'The first {printed} of {of} are printed; all are in the XLSX and CSV output.',
    }),
  };
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, word[language]]));
}

function codeWords({ findings, language }: CheckReport): object {
  const codes = [...new Set(findings.map(({ code }) => code))] as FindingCode[];
  return Object.fromEntries(
    codes.map((code) => [code, { title: catalogue[code].title[language], remedy: remedyOf(code, language) }]),
  );
}

/** JSON inside a script element: nothing in it can end the element or begin a comment. */
function data(attributes: string, value: unknown): string {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<script type="application/json" ${attributes}>${json}</script>\n`;
}

function* mapped<T>(list: Iterable<T>, present: (element: T) => RowValues): Iterable<RowValues> {
  for (const element of list) yield present(element);
}

function safe(words: string): string {
  return escapeMarkup(visible(words));
}

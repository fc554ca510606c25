import type exceljs from 'exceljs';
import { remedyOf, titleOf } from '../../findings/finding.ts';
import { overviewStyles } from '../../reporting/xlsx-style.ts';
import { type Text, text } from '../../shared/language.ts';
import { groupFindings } from '../finding-groups.ts';
import { resultHead } from '../result.ts';
import type { CheckReport } from './report.ts';
import { booksWords, filterWords, labels, profileText, resumedWords, severityWords, verdictText } from './words.ts';
import { cellValue, type Value } from './xlsx-cell.ts';
import type { Workbook } from './xlsx-sheet.ts';

/** The first sheet: what was checked and with what result, the books, and the groups of findings. */
export function addSummary(workbook: Workbook, report: CheckReport): void {
  const { language, check } = report;
  const sheet = workbook.addWorksheet(text({ de: 'Übersicht', en: 'Summary' })[language], {
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = [{ width: 46 }, { width: 30 }, { width: 12 }, { width: 12 }, { width: 90 }];
  const add = (cells: readonly Value[], style: Partial<exceljs.Style> = {}) => {
    const row = sheet.addRow(cells.map(cellValue));
    row.eachCell((cell) => {
      cell.style = { ...style, alignment: { vertical: 'top', wrapText: false, horizontal: 'left' } };
      if (typeof cell.value === 'number') cell.style = { ...style, numFmt: '#,##0', alignment: { vertical: 'top' } };
    });
    const size = style.font?.size;
    if (size !== undefined) row.height = size * 1.6;
    row.commit();
  };
  add([labels.title[language]], overviewStyles.title);
  add([verdictText(check)[language]], overviewStyles.heading);
  const filtered = filterWords(report);
  if (filtered) add([filtered[language]]);
  add([]);
  const { version, profile, packageHash, startedAt, finishedAt } = resultHead(report);
  const resumed = resumedWords(check)?.[language];
  const facts: readonly (readonly [Text, Value])[] = [
    [labels.profile, `${profileText(check)[language]} (${profile.key})`],
    [labels.profileHash, profile.hash],
    [labels.packageHash, packageHash],
    [labels.checkedWith, `scanlot ${version}`],
    [text({ de: 'Beginn (UTC)', en: 'started (UTC)' }), startedAt],
    [text({ de: 'Ende (UTC)', en: 'finished (UTC)' }), finishedAt],
    ...(resumed === undefined ? [] : [[labels.resumed, resumed] as const]),
  ];
  for (const [name, value] of facts) add([name[language], value]);
  addBooks(add, report);
  addGroups(add, report);
  sheet.commit();
}

type AddRow = (cells: readonly Value[], style?: Partial<exceljs.Style>) => void;

function addBooks(add: AddRow, { check: { counts }, language }: CheckReport): void {
  add([]);
  add([text({ de: 'Summen', en: 'Books' })[language]], overviewStyles.heading);
  for (const [name, title] of Object.entries(countTitles)) {
    add([title[language], counts[name as keyof typeof countTitles]]);
  }
  add([booksWords(counts)[language]]);
}

const countTitles = {
  passed: text({ de: 'Positionen bestanden', en: 'items passed' }),
  failed: text({ de: 'Positionen mangelhaft', en: 'items failed' }),
  errored: text({ de: 'Positionen nicht prüfbar', en: 'items errored' }),
  waived: text({ de: 'Positionen freigegeben', en: 'items waived' }),
  declared: text({ de: 'Positionen gemeldet', en: 'items declared' }),
  unlisted: text({ de: 'Dateien nicht gemeldet', en: 'files unlisted' }),
  declaredPages: text({ de: 'Seiten gemeldet', en: 'pages declared' }),
  countedPages: text({ de: 'Seiten gezählt', en: 'pages counted' }),
  uncounted: text({ de: 'Dateien ohne zählbare Seiten', en: 'files with uncountable pages' }),
  files: text({ de: 'Dateien im Paket', en: 'files in the package' }),
  bytes: text({ de: 'Bytes im Paket', en: 'bytes in the package' }),
  errors: text({ de: 'Fehler', en: 'errors' }),
  warnings: text({ de: 'Warnungen', en: 'warnings' }),
  notes: text({ de: 'Hinweise', en: 'notes' }),
} as const;

function addGroups(add: AddRow, { findings, language }: CheckReport): void {
  const groups = groupFindings(findings, { by: 'code', examples: 0 });
  if (groups.length === 0) return;
  add([]);
  add([text({ de: 'Befunde nach Art', en: 'Findings by kind' })[language]], overviewStyles.heading);
  const titles = [
    text({ de: 'Mangel', en: 'Defect' }),
    text({ de: 'Kennung', en: 'Code' }),
    text({ de: 'Schwere', en: 'Severity' }),
    text({ de: 'Anzahl', en: 'Count' }),
    text({ de: 'Was zu tun ist', en: 'What to do' }),
  ];
  add(
    titles.map((title) => title[language]),
    { font: { ...overviewStyles.heading.font, size: 11 } },
  );
  for (const { code, severity, count } of groups) {
    add([titleOf(code, language), code, severityWords[severity][language], count, remedyOf(code, language)]);
  }
}

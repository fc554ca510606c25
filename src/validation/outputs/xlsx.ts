import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import exceljs from 'exceljs';
import { type Finding, messageOf, remedyOf, titleOf } from '../../findings/finding.ts';
import type { ValueType } from '../../reporting/model.ts';
import { looksLikeFormula, visible } from '../../reporting/safe-text.ts';
import { columnStyles, overviewStyles } from '../../reporting/xlsx-style.ts';
import { type Text, text } from '../../shared/language.ts';
import { groupFindings } from '../finding-groups.ts';
import type { CheckedItem } from '../items.ts';
import { resultHead } from '../result.ts';
import type { CheckReport } from './report.ts';
import { booksWords, filterWords, labels, resumedWords, severityWords, stateWords, verdictText } from './words.ts';

type Value = string | number | null | undefined;
type Workbook = exceljs.stream.xlsx.WorkbookWriter;

interface SheetColumn<Row> {
  readonly title: Text;
  readonly type: ValueType;
  /** In characters. */
  readonly width: number;
  readonly wrapText?: boolean;
  value(row: Row, report: CheckReport): Value;
}

/** Rows of a sheet (Excel's limit) less the header; what is more goes to a further sheet. */
const mostRows = 1_048_575;
/** Characters of a cell (Excel's limit). */
const longestText = 32_767;
/** In points (Excel's limit is 409). */
const highestRow = 300;

/**
 * The result as a workbook, written row by row to a file: a summary with the books and the groups of findings, all
 * findings, and every item with its facts (rows of manifests and files that none names, each once). Numbers are numbers,
 * texts are never formulas.
 */
export async function writeCheckXlsx(report: CheckReport, path: string): Promise<void> {
  const file = createWriteStream(path);
  const written = writeWorkbook(report, file);
  // What waits for a file that cannot be written would wait for ever.
  await Promise.race([written, failureOf(file)]);
}

async function failureOf(file: Writable): Promise<never> {
  const [error] = await once(file, 'error');
  throw error;
}

async function writeWorkbook(report: CheckReport, stream: Writable): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const at = new Date(report.check.finishedAt);
  Object.assign(workbook, { creator: 'scanlot', lastModifiedBy: 'scanlot', created: at, modified: at });
  addSummary(workbook, report);
  await addSheets(workbook, report, text({ de: 'Befunde', en: 'Findings' }), findingColumns, report.findings);
  await addSheets(workbook, report, text({ de: 'Dateien', en: 'Files' }), itemColumns, report.check.items);
  await workbook.commit();
}

const findingColumns: readonly SheetColumn<Finding>[] = [
  {
    title: text({ de: 'Schwere', en: 'Severity' }),
    type: 'text',
    width: 10,
    value: ({ severity }, { language }) => severityWords[severity][language],
  },
  { title: text({ de: 'Kennung', en: 'Code' }), type: 'text', width: 26, value: ({ code }) => code },
  {
    title: text({ de: 'Mangel', en: 'Defect' }),
    type: 'text',
    width: 30,
    wrapText: true,
    value: ({ code }, { language }) => titleOf(code, language),
  },
  {
    title: text({ de: 'Aktenzeichen', en: 'File reference' }),
    type: 'text',
    width: 20,
    value: ({ reference }) => reference,
  },
  { title: text({ de: 'Datei', en: 'File' }), type: 'text', width: 40, wrapText: true, value: ({ path }) => path },
  { title: text({ de: 'Zeile', en: 'Row' }), type: 'count', width: 9, value: ({ row }) => row },
  { title: text({ de: 'Seite', en: 'Page' }), type: 'count', width: 9, value: ({ page }) => page },
  {
    title: text({ de: 'Beschreibung', en: 'Description' }),
    type: 'text',
    width: 70,
    wrapText: true,
    value: (finding, { language }) => messageOf(finding, language),
  },
  {
    title: text({ de: 'Was zu tun ist', en: 'What to do' }),
    type: 'text',
    width: 60,
    wrapText: true,
    value: ({ code }, { language }) => remedyOf(code, language),
  },
];

const itemColumns: readonly SheetColumn<CheckedItem>[] = [
  {
    title: text({ de: 'Ergebnis', en: 'Result' }),
    type: 'text',
    width: 13,
    value: ({ state }, { language }) => stateWords[state][language],
  },
  {
    title: text({ de: 'Aktenzeichen', en: 'File reference' }),
    type: 'text',
    width: 20,
    value: ({ reference }) => reference,
  },
  { title: text({ de: 'Band', en: 'Volume' }), type: 'text', width: 8, value: ({ volume }) => volume },
  { title: text({ de: 'Titel', en: 'Title' }), type: 'text', width: 28, value: ({ title }) => title },
  { title: text({ de: 'Karton', en: 'Box' }), type: 'text', width: 12, value: ({ box }) => box },
  { title: text({ de: 'Datei', en: 'File' }), type: 'text', width: 44, value: ({ path }) => path },
  { title: text({ de: 'Begleitliste', en: 'Manifest' }), type: 'text', width: 16, value: ({ manifest }) => manifest },
  { title: text({ de: 'Zeile', en: 'Row' }), type: 'count', width: 9, value: ({ row }) => row },
  {
    title: text({ de: 'Seiten gemeldet', en: 'Pages declared' }),
    type: 'count',
    width: 11,
    value: ({ declaredPages }) => declaredPages,
  },
  {
    title: text({ de: 'Seiten gezählt', en: 'Pages counted' }),
    type: 'count',
    width: 11,
    value: ({ facts }) => facts?.pages,
  },
  { title: text({ de: 'Blatt', en: 'Sheets' }), type: 'count', width: 9, value: ({ sheets }) => sheets },
  {
    title: text({ de: 'Leerseiten entfernt', en: 'Blanks removed' }),
    type: 'count',
    width: 12,
    value: ({ removedBlanks }) => removedBlanks,
  },
  { title: text({ de: 'Format', en: 'Format' }), type: 'text', width: 9, value: ({ facts }) => facts?.format },
  { title: text({ de: 'Bytes', en: 'Bytes' }), type: 'count', width: 15, value: ({ facts }) => facts?.size },
  { title: text({ de: 'SHA-256', en: 'SHA-256' }), type: 'text', width: 68, value: ({ facts }) => facts?.sha256 },
];

async function addSheets<Row>(
  workbook: Workbook,
  report: CheckReport,
  name: Text,
  columns: readonly SheetColumn<Row>[],
  rows: List<Row>,
): Promise<void> {
  for (let from = 0, number = 1; from < Math.max(1, rows.length); from += mostRows, number += 1) {
    const title = number === 1 ? name[report.language] : `${name[report.language]} ${number}`;
    await addSheet(workbook, report, title, columns, part(rows, from, from + mostRows));
  }
}

interface List<Row> {
  readonly length: number;
  at(place: number): Row | undefined;
}

function* part<Row>(rows: List<Row>, from: number, to: number): Iterable<Row> {
  for (let place = from; place < Math.min(to, rows.length); place += 1) {
    const row = rows.at(place);
    if (row) yield row;
  }
}

async function addSheet<Row>(
  workbook: Workbook,
  report: CheckReport,
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const { language } = report;
  const styles = columns.map(({ type, wrapText = false }) =>
    columnStyles(type, 0, language, { right: type === 'count', wrapText }),
  );
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
    },
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  const head = sheet.addRow(columns.map(({ title }) => title[language]));
  for (const [index, style] of styles.entries()) head.getCell(index + 1).style = style.head;
  head.commit();
  let written = 0;
  for (const row of rows) {
    const line = sheet.addRow(columns.map((column) => cellValue(column.value(row, report))));
    for (const [index, style] of styles.entries()) {
      const cell = line.getCell(index + 1);
      const value = cell.value;
      cell.style = typeof value === 'string' && looksLikeFormula(value) ? style.bodyText : style.body;
    }
    const height = heightOf(line.values, columns);
    if (height !== undefined) line.height = height;
    line.commit();
    if (++written % 500 === 0) await taken(sheet);
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: Math.max(2, written + 1), column: columns.length } };
  sheet.commit();
}

/**
 * Waits until what was written of a sheet is compressed and on its way to the disk. The library itself gathers without
 * end what these have not taken yet; the streams behind it tell when they have taken all that came before.
 */
async function taken(sheet: exceljs.Worksheet): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  const { stream } = sheet as { readonly stream?: { readonly pipes: readonly Writable[] } };
  for (const target of stream?.pipes ?? []) await new Promise((resolve) => target.write('', resolve));
}

/** Rows whose texts are broken into lines are given their height: not every reader makes them grow. */
function heightOf(values: exceljs.CellValue[] | object, columns: readonly { width: number; wrapText?: boolean }[]) {
  const cells = Array.isArray(values) ? values : [];
  const lines = columns.map(({ width, wrapText }, index) => {
    const value = cells[index + 1];
    return wrapText && typeof value === 'string' ? Math.ceil(value.length / (width - 2)) : 1;
  });
  const most = Math.max(...lines);
  return most > 1 ? Math.min(highestRow, most * 15) : undefined;
}

/** Texts as they are, but what hides in them visible; "_x000D_" is an escape in workbooks (ECMA-376, 22.9.2.19). */
function cellValue(value: Value): string | number | null {
  if (typeof value !== 'string') return value ?? null;
  const words = visible(value).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return words.length <= longestText ? words : `${words.slice(0, longestText - 1)}…`;
}

function addSummary(workbook: Workbook, report: CheckReport): void {
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
    [labels.profile, `${profile.title} ${profile.version} (${profile.key})`],
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

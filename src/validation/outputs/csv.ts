import { messageOf, remedyOf, titleOf } from '../../findings/finding.ts';
import { csvLine, csvMark } from '../../reporting/csv.ts';
import { visible } from '../../reporting/safe-text.ts';
import { type Text, text } from '../../shared/language.ts';
import type { CheckedItem } from '../items.ts';
import { resultHead, toResultFinding } from '../result.ts';
import type { CheckCounts } from '../verdict.ts';
import type { CheckReport } from './report.ts';
import { filterWords, labels, profileText, severityWords, stateWords, verdictNames, verdictText } from './words.ts';

type Cells = Readonly<Record<string, string | number | null>>;

/** The columns of the one table; each kind of line fills those that concern it. */
const columns: readonly (readonly [key: string, title: Text])[] = [
  ['record', text({ de: 'Art', en: 'Record' })],
  ['status', text({ de: 'Status', en: 'Status' })],
  ['code', text({ de: 'Kennung', en: 'Code' })],
  ['reference', text({ de: 'Aktenzeichen', en: 'File reference' })],
  ['volume', text({ de: 'Band', en: 'Volume' })],
  ['path', text({ de: 'Datei', en: 'File' })],
  ['row', text({ de: 'Zeile', en: 'Row' })],
  ['page', text({ de: 'Seite', en: 'Page' })],
  ['title', text({ de: 'Bezeichnung', en: 'Title' })],
  ['message', text({ de: 'Beschreibung', en: 'Description' })],
  ['remedy', text({ de: 'Was zu tun ist', en: 'What to do' })],
  ['manifest', text({ de: 'Begleitliste', en: 'Manifest' })],
  ['format', text({ de: 'Format', en: 'Format' })],
  ['declaredPages', text({ de: 'Seiten gemeldet', en: 'Pages declared' })],
  ['countedPages', text({ de: 'Seiten gezählt', en: 'Pages counted' })],
  ['size', text({ de: 'Bytes', en: 'Bytes' })],
  ['sha256', text({ de: 'SHA-256', en: 'SHA-256' })],
];

/**
 * The whole result as one CSV table in the form of reporting/csv.ts. The first column says what a line is: a
 * `result` (a count, the verdict, a hash), a `finding`, or an `item` (a row of a manifest or a file that none names, each once).
 */
export function* renderCheckCsv(report: CheckReport): Iterable<string> {
  const { language, findings, check } = report;
  const line = (cells: Cells) =>
    csvLine(
      columns.map(([key]) => cells[key] ?? null),
      language,
    );
  yield csvMark;
  yield csvLine(
    columns.map(([, title]) => title[language]),
    language,
  );
  for (const cells of resultCells(report)) yield line({ record: recordWords.result[language], ...cells });
  for (const finding of findings) {
    const { severity, code, path, row, page, reference } = toResultFinding(finding, language);
    yield line({
      record: recordWords.finding[language],
      status: severityWords[severity][language],
      code,
      reference: shown(reference),
      path: visible(path),
      row: row ?? null,
      page: page ?? null,
      title: titleOf(code, language),
      message: visible(messageOf(finding, language)),
      remedy: remedyOf(code, language),
    });
  }
  for (const item of check.items) yield line({ record: recordWords.item[language], ...itemCells(item, report) });
}

const recordWords = {
  result: text({ de: 'Ergebnis', en: 'result' }),
  finding: text({ de: 'Befund', en: 'finding' }),
  item: text({ de: 'Position', en: 'item' }),
} as const;

function* resultCells(report: CheckReport): Iterable<Cells> {
  const { language } = report;
  const { version, verdict, counts, profile, packageHash, startedAt, finishedAt } = resultHead(report);
  yield {
    code: 'verdict',
    title: labels.result[language],
    status: verdictNames[verdict][language],
    message: verdictText(report.check)[language],
  };
  const filtered = filterWords(report);
  if (filtered) yield { code: 'filter', title: labels.filter[language], message: filtered[language] };
  // The number stands in a column of numbers: files and bytes are sizes, all else counts.
  for (const [name, title] of countNames) {
    yield { code: `counts.${name}`, title: title[language], status: counts[name] };
  }
  yield { code: 'version', title: labels.checkedWith[language], message: `scanlot ${version}` };
  yield {
    code: 'profile',
    title: labels.profile[language],
    message: profileText(report.check)[language],
    sha256: profile.hash,
  };
  yield { code: 'package', title: labels.packageHash[language], sha256: packageHash };
  yield { code: 'startedAt', title: text({ de: 'Beginn (UTC)', en: 'begun (UTC)' })[language], message: startedAt };
  yield { code: 'finishedAt', title: text({ de: 'Ende (UTC)', en: 'ended (UTC)' })[language], message: finishedAt };
}

const countNames: readonly (readonly [keyof CheckCounts, Text])[] = [
  ['files', text({ de: 'Dateien', en: 'files' })],
  ['bytes', text({ de: 'Bytes', en: 'bytes' })],
  ['declared', text({ de: 'gemeldete Positionen', en: 'declared items' })],
  ['unlisted', text({ de: 'nicht gemeldete Positionen', en: 'unlisted items' })],
  ['passed', text({ de: 'davon bestanden', en: 'of them passed' })],
  ['failed', text({ de: 'davon mangelhaft', en: 'of them failed' })],
  ['errored', text({ de: 'davon nicht prüfbar', en: 'of them errored' })],
  ['waived', text({ de: 'davon freigegeben', en: 'of them waived' })],
  ['declaredPages', text({ de: 'gemeldete Seiten', en: 'declared pages' })],
  ['countedPages', text({ de: 'gezählte Seiten', en: 'counted pages' })],
  ['uncounted', text({ de: 'Positionen mit nicht zählbaren Seiten', en: 'items whose pages cannot be counted' })],
  ['errors', text({ de: 'Fehler', en: 'errors' })],
  ['warnings', text({ de: 'Warnungen', en: 'warnings' })],
  ['notes', text({ de: 'Hinweise', en: 'notes' })],
];

function itemCells(item: CheckedItem, { language }: CheckReport): Cells {
  const { facts } = item;
  return {
    status: stateWords[item.state][language],
    reference: shown(item.reference),
    volume: shown(item.volume),
    path: visible(item.path),
    row: item.row ?? null,
    title: shown(item.title),
    manifest: shown(item.manifest),
    format: facts?.format ?? null,
    declaredPages: item.declaredPages,
    countedPages: facts?.pages ?? null,
    size: facts?.size ?? null,
    sha256: facts?.sha256 ?? null,
  };
}

function shown(words: string | null | undefined): string | null {
  return words === null || words === undefined ? null : visible(words);
}

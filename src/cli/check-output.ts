import { type Finding, messageOf, remedyOf, titleOf } from '../findings/finding.ts';
import { visible } from '../reporting/safe-text.ts';
import { text } from '../shared/language.ts';
import { type FindingGroup, type Grouping, groupFindings } from '../validation/finding-groups.ts';
import type { CheckReport } from '../validation/outputs/report.ts';
import {
  booksWords,
  filesWords,
  filterWords,
  findingsWords,
  labels,
  pagesWords,
  placeWords,
  profileText,
  resumedWords,
  severityWords,
  verdictText,
} from '../validation/outputs/words.ts';
import { resultHead } from '../validation/result.ts';
import type { Printer, Tone } from './printer.ts';

const EXAMPLES = 3;
/** Beyond, a list is longer than anyone reads on a terminal. */
const MOST_GROUPS = 60;
const severityTones: Readonly<Record<Finding['severity'], Tone>> = { error: 'bad', warning: 'warn', note: 'quiet' };

/** A check for people: findings grouped with examples, totals, verdict. */
export function printCheck(printer: Printer, report: CheckReport, by: Grouping = 'code'): void {
  if (report.findings.length > 0) printer.heading(text({ de: 'Befunde', en: 'Findings' }));
  printGroups(printer, report.findings, by);
  const filtered = filterWords(report);
  printTotals(printer, report);
  printer.line();
  if (filtered) printer.line(filtered, 'warn');
  const { verdict } = report.check;
  printer.line(verdictText(report.check), verdict === 'pass' ? 'good' : 'bad');
}

/** Findings put together, each group with its first examples and what to do. */
export function printGroups(printer: Printer, findings: Iterable<Finding>, by: Grouping = 'code'): void {
  const groups = groupFindings(findings, { by, examples: EXAMPLES });
  for (const group of groups.slice(0, MOST_GROUPS)) printGroup(printer, group, by);
  const unshown = groups.length - MOST_GROUPS;
  if (unshown <= 0) return;
  printer.line(
    text({
      de: (f) => `… und ${f.counted(unshown, 'weitere Gruppe', 'weitere Gruppen')}`,
      en: (f) => `… and ${f.counted(unshown, 'more group', 'more groups')}`,
    }),
    'quiet',
  );
}

function printGroup(printer: Printer, group: FindingGroup, by: Grouping): void {
  const { language, format } = printer;
  const { code, severity, count, examples } = group;
  const name = by === 'file' ? visible(group.path) || packageWords[language] : titleOf(code, language);
  const tail = by === 'file' ? '' : `, ${code}`;
  printer.line(
    `${severityWords[severity][language]}: ${name} (${format.number(count)}×${tail})`,
    severityTones[severity],
  );
  for (const finding of examples) printer.line(`  ${exampleWords(finding, by, printer)}`);
  const rest = count - examples.length;
  if (rest > 0) {
    printer.line(
      text({ de: (f) => `  … und ${f.number(rest)} weitere`, en: (f) => `  … and ${f.number(rest)} more` }),
      'quiet',
    );
  }
  if (by !== 'file') printer.line(`  → ${remedyOf(code, language)}`, 'quiet');
}

const packageWords = text({ de: 'Paket', en: 'package' });

function exampleWords(finding: Finding, by: Grouping, { language }: Printer): string {
  const message = visible(messageOf(finding, language));
  const place = placeWords(by === 'file' ? { ...finding, path: '' } : finding, language);
  return place === '' ? message : `${place}: ${message}`;
}

function printTotals(printer: Printer, report: CheckReport): void {
  const { counts } = report.check;
  const { profile, packageHash, engines, pdfa } = resultHead(report);
  const resumed = resumedWords(report.check)?.[printer.language];
  printer.heading(labels.result);
  printer.pairs([
    [labels.items, booksWords(counts)[printer.language]],
    [labels.pages, pagesWords(counts)[printer.language]],
    [labels.files, filesWords(counts)[printer.language]],
    [labels.findings, findingsWords(counts)[printer.language]],
    [labels.profile, `${profileText(report.check)[printer.language]} (${profile.hash.slice(0, 12)})`],
    [text({ de: 'Paket', en: 'package' }), packageHash.slice(0, 12)],
    ...(resumed === undefined ? [] : [[labels.resumed, resumed] as const]),
    ...(engines.length === 0
      ? []
      : [[text({ de: 'auch geprüft mit', en: 'also judged by' }), engines.join(', ')] as const]),
    ...(pdfa.claims === 0 || pdfa.judgedBy === 'veraPDF'
      ? []
      : [[text({ de: 'PDF/A', en: 'PDF/A' }), pdfaWords(pdfa.claims)[printer.language]] as const]),
  ]);
}

function pdfaWords(claims: number) {
  return text({
    de: (f) =>
      `${f.counted(claims, 'Datei', 'Dateien')} mit dieser Angabe, nur auf offensichtliche Widersprüche geprüft (vollständig: --pdfa verapdf)`,
    en: (f) =>
      `${f.counted(claims, 'file claims', 'files claim')} it, checked for plain contradictions only (completely: --pdfa verapdf)`,
  });
}

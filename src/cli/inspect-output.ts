import { sep } from 'node:path';
import type { NamedFile } from '../delivery/named-files.ts';
import { type Finding, messageOf, type Observation, placeObservation, remedyOf } from '../findings/finding.ts';
import type { FileFacts } from '../inspection/facts.ts';
import type { FileInspection } from '../inspection/look.ts';
import { type Language, text, verbatim } from '../shared/language.ts';
import type { OutcomeLine } from './command.ts';
import { printFactSheet } from './fact-sheet.ts';
import { severityWord } from './finding-output.ts';
import type { Printer, Tone } from './printer.ts';

/** Says what was found out of each file, and sums it up. */
export interface InspectOutput {
  line(named: NamedFile, inspection: FileInspection | undefined): OutcomeLine;
  renderEnd(printer: Printer): void;
  readonly hasErrors: boolean;
}

/** @param paths as typed: a single file is shown with all its facts */
export function createInspectOutput(language: Language, paths: readonly string[]): InspectOutput {
  const [only] = paths;
  const isSheet = (path: string) => paths.length === 1 && path === only?.split(sep).join('/');
  const totals = { files: 0, uncounted: 0, pages: 0, bytes: 0, errors: 0, warnings: 0, hasSheet: false };
  return {
    get hasErrors() {
      return totals.errors > 0;
    },
    line({ path, file }, inspection) {
      const facts = inspection?.facts ?? undefined;
      const observations = inspection?.observations ?? (typeof file === 'string' ? [] : [file]);
      const findings = observations.map((observation) => placeObservation(observation, { path }));
      totals.files += 1;
      totals.hasSheet = facts !== undefined && isSheet(path);
      totals.pages += facts?.pages ?? 0;
      totals.uncounted += facts?.pages === null || facts === undefined ? 1 : 0;
      totals.bytes += facts?.size ?? 0;
      totals.errors += countSeverity(findings, 'error');
      totals.warnings += countSeverity(findings, 'warning');
      return {
        get data() {
          return lineData(path, facts, findings, language);
        },
        render: (printer) => {
          if (facts && totals.hasSheet) printFactSheet(printer, path, facts);
          else printFile(printer, path, facts);
          printFindings(printer, findings);
        },
      };
    },
    renderEnd: (printer) => {
      if (totals.hasSheet) return;
      printer.line();
      printer.pairs([
        [
          text({ de: 'Dateien', en: 'files' }),
          `${printer.format.number(totals.files)} (${printer.format.bytes(totals.bytes)})`,
        ],
        [text({ de: 'Seiten', en: 'pages' }), printer.format.number(totals.pages)],
        [text({ de: 'ohne Seitenzahl', en: 'without page count' }), printer.format.number(totals.uncounted)],
        [text({ de: 'Fehler', en: 'errors' }), printer.format.number(totals.errors)],
        [text({ de: 'Warnungen', en: 'warnings' }), printer.format.number(totals.warnings)],
      ]);
    },
  };
}

function countSeverity(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function lineData(
  path: string,
  facts: FileFacts | undefined,
  findings: readonly Finding[],
  language: Language,
): OutcomeLine['data'] {
  return {
    path,
    format: facts?.format ?? null,
    pages: facts?.pages ?? null,
    sha256: facts?.digests.sha256 ?? null,
    size: facts?.size ?? null,
    findings: findings.map(({ path: _, ...finding }) => ({
      ...finding,
      message: messageOf(finding as Observation, language),
      remedy: remedyOf(finding.code, language),
    })),
    details: facts?.details ?? null,
  };
}

const tones: Readonly<Record<Finding['severity'], Tone>> = { error: 'bad', warning: 'warn', note: 'quiet' };

function printFile(printer: Printer, path: string, facts: FileFacts | undefined): void {
  const { format } = printer;
  const pages = facts?.pages ?? undefined;
  const count = pages === undefined ? '?' : format.number(pages);
  const what = facts ? `${facts.format}, ${format.bytes(facts.size)}` : '';
  printer.line(verbatim(`${count.padStart(7)}  ${what.padEnd(16)}  ${path}`));
}

function printFindings(printer: Printer, findings: readonly Finding[]): void {
  const { format, language } = printer;
  for (const finding of findings) {
    const place =
      finding.page === undefined ? '' : `${language === 'de' ? 'Seite' : 'page'} ${format.number(finding.page)}: `;
    printer.line(
      `${' '.repeat(9)}${severityWord(finding.severity, language)}: ${place}${messageOf(finding, language)}`,
      tones[finding.severity],
    );
  }
}

import type { Severity } from '../findings/definition.ts';
import { type Finding, messageOf, remedyOf } from '../findings/finding.ts';
import type { Language } from '../shared/language.ts';
import { severityWords } from '../validation/outputs/words.ts';
import type { Printer, Tone } from './printer.ts';

/** A finding as `--json` shows it, everywhere the same. */
export function findingData(finding: Finding, language: Language) {
  return { ...finding, message: messageOf(finding, language), remedy: remedyOf(finding.code, language) };
}

const tones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', note: 'quiet' };

export function severityWord(severity: Severity, language: Language): string {
  return severityWords[severity][language];
}

/** A finding in two or three lines: what, where, and what to do. */
export function printFinding(printer: Printer, finding: Finding): void {
  const { language } = printer;
  const place = [finding.reference, finding.path].filter((part) => part !== undefined && part !== '').join(', ');
  const message = messageOf(finding, language);
  printer.line(
    `${severityWords[finding.severity][language]}: ${place === '' ? '' : `${place}: `}${message}`,
    tones[finding.severity],
  );
  printer.line(`  → ${remedyOf(finding.code, language)}`, 'quiet');
}

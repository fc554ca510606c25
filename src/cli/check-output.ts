import { type Finding, messageOf, remedyOf, titleOf } from '../findings/finding.ts';
import { type Text, text } from '../shared/language.ts';
import type { PackageCheck } from '../validation/check-package.ts';
import { groupFindings } from '../validation/finding-groups.ts';
import type { Verdict } from '../validation/verdict.ts';
import { severityWord } from './finding-output.ts';
import type { Printer, Tone } from './printer.ts';

const EXAMPLES = 3;
const severityTones: Readonly<Record<Finding['severity'], Tone>> = { error: 'bad', warning: 'warn', note: 'quiet' };

const verdicts: Readonly<Record<Verdict, Text>> = {
  pass: text({
    de: 'Bestanden: das Paket entspricht dem Lieferprofil.',
    en: 'Passed: the package is as the delivery profile demands.',
  }),
  fail: text({
    de: 'Nicht bestanden: das Paket hat Mängel.',
    en: 'Failed: the package has defects.',
  }),
  error: text({
    de: 'Nicht prüfbar: kein Mangel gefunden, aber nicht alles konnte geprüft werden. Das gilt nicht als bestanden.',
    en: 'Not judged: no defect found, but not everything could be checked. This does not count as passed.',
  }),
};

/** A check for people: findings grouped with examples, totals, verdict. */
export function printCheck(printer: Printer, check: PackageCheck): void {
  const groups = groupFindings(check.findings, EXAMPLES);
  if (groups.length > 0) printer.heading(text({ de: 'Befunde', en: 'Findings' }));
  for (const group of groups) {
    const { language, format } = printer;
    const title = `${severityWord(group.severity, language)}: ${titleOf(group.code, language)}`;
    printer.line(`${title} (${format.number(group.count)}×, ${group.code})`, severityTones[group.severity]);
    for (const finding of group.examples)
      printer.line(`  ${placeOf(finding, language)}${messageOf(finding, language)}`);
    const rest = group.count - group.examples.length;
    if (rest > 0) {
      printer.line(
        text({ de: (f) => `  … und ${f.number(rest)} weitere`, en: (f) => `  … and ${f.number(rest)} more` }),
        'quiet',
      );
    }
    printer.line(`  → ${remedyOf(group.code, language)}`, 'quiet');
  }
  printTotals(printer, check);
  printer.line();
  printer.line(verdicts[check.verdict], check.verdict === 'pass' ? 'good' : 'bad');
}

function printTotals(printer: Printer, { profile, profileHash, packageHash, counts }: PackageCheck): void {
  const { format } = printer;
  const numbers = (...values: readonly number[]) => values.map((value) => format.number(value));
  const [passed, failed, errored, declared, unlisted] = numbers(
    counts.passed,
    counts.failed,
    counts.errored,
    counts.declared,
    counts.unlisted,
  );
  const books = text({
    de: `${passed} bestanden + ${failed} mangelhaft + ${errored} nicht prüfbar = ${declared} gemeldet + ${unlisted} nicht gemeldet`,
    en: `${passed} passed + ${failed} failed + ${errored} errored = ${declared} declared + ${unlisted} unlisted`,
  });
  const uncounted = text({
    de: (f) => (counts.uncounted === 0 ? '' : `, bei ${f.number(counts.uncounted)} nicht zählbar`),
    en: (f) => (counts.uncounted === 0 ? '' : `, not countable in ${f.number(counts.uncounted)}`),
  });
  const pages = text({
    de: (f) => `${f.number(counts.countedPages)} gezählt, ${f.number(counts.declaredPages)} gemeldet${uncounted.de}`,
    en: (f) => `${f.number(counts.countedPages)} counted, ${f.number(counts.declaredPages)} declared${uncounted.en}`,
  });
  const found = text({
    de: (f) =>
      `${f.number(counts.errors)} Fehler, ${f.number(counts.warnings)} Warnungen, ${f.number(counts.notes)} Hinweise`,
    en: (f) =>
      `${f.number(counts.errors)} error(s), ${f.number(counts.warnings)} warning(s), ${f.number(counts.notes)} note(s)`,
  });
  printer.heading(text({ de: 'Ergebnis', en: 'Result' }));
  printer.pairs([
    [text({ de: 'Positionen', en: 'items' }), books[printer.language]],
    [text({ de: 'Seiten', en: 'pages' }), pages[printer.language]],
    [text({ de: 'Dateien', en: 'files' }), `${format.number(counts.files)} (${format.bytes(counts.bytes)})`],
    [text({ de: 'Befunde', en: 'findings' }), found[printer.language]],
    [
      text({ de: 'Lieferprofil', en: 'profile' }),
      `${profile.source.title} ${profile.source.version} (${profileHash.slice(0, 12)})`,
    ],
    [text({ de: 'Paket', en: 'package' }), packageHash.slice(0, 12)],
  ]);
}

function placeOf({ path, row, page }: Finding, language: 'de' | 'en'): string {
  const parts = [
    ...(path === '' ? [] : [path]),
    ...(row === undefined ? [] : [language === 'de' ? `Zeile ${row}` : `row ${row}`]),
    ...(page === undefined ? [] : [language === 'de' ? `Seite ${page}` : `page ${page}`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

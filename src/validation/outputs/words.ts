import type { Severity } from '../../findings/definition.ts';
import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../reporting/safe-text.ts';
import { type Language, type Text, text, verbatim } from '../../shared/language.ts';
import type { PackageCheck } from '../check-package.ts';
import type { ItemState } from '../items.ts';
import type { CheckCounts, Verdict } from '../verdict.ts';
import type { CheckReport } from './report.ts';

export const severityWords: Readonly<Record<Severity, Text>> = {
  error: text({ de: 'Fehler', en: 'error' }),
  warning: text({ de: 'Warnung', en: 'warning' }),
  note: text({ de: 'Hinweis', en: 'note' }),
};

export const stateWords: Readonly<Record<ItemState, Text>> = {
  passed: text({ de: 'bestanden', en: 'passed' }),
  failed: text({ de: 'mangelhaft', en: 'failed' }),
  errored: text({ de: 'nicht prüfbar', en: 'errored' }),
};

/** The verdict in a word. */
export const verdictNames: Readonly<Record<Verdict, Text>> = {
  pass: text({ de: 'bestanden', en: 'pass' }),
  fail: text({ de: 'nicht bestanden', en: 'fail' }),
  error: text({ de: 'nicht prüfbar', en: 'error' }),
};

const verdictWords: Readonly<Record<Verdict, Text>> = {
  pass: text({
    de: 'Bestanden: Das Paket entspricht dem Lieferprofil.',
    en: 'Passed: the package is as the delivery profile demands.',
  }),
  fail: text({
    de: 'Nicht bestanden: Das Paket hat Mängel.',
    en: 'Failed: the package has defects.',
  }),
  error: text({
    de: 'Nicht prüfbar: Kein Mangel gefunden, aber nicht alles konnte geprüft werden. Das gilt nicht als bestanden.',
    en: 'Not judged: no defect found, but not everything could be checked. This does not count as passed.',
  }),
};

const integrityVerdicts: Readonly<Record<Verdict, Text>> = {
  pass: text({
    de: 'Unversehrt: Prüfsummen und Form stimmen. Ein Lieferprofil wurde nicht angewandt.',
    en: 'Intact: checksums and form are right. No delivery profile was applied.',
  }),
  fail: text({
    de: 'Nicht bestanden: Das Paket hat Mängel. Ein Lieferprofil wurde nicht angewandt.',
    en: 'Failed: the package has defects. No delivery profile was applied.',
  }),
  error: text({
    de: 'Nicht prüfbar: Nicht alles konnte geprüft werden. Das gilt nicht als bestanden. Ein Lieferprofil wurde nicht angewandt.',
    en: 'Not judged: not everything could be checked. This does not count as passed. No delivery profile was applied.',
  }),
};

/** How the check came out; where no delivery profile was applied, it says so. */
export function verdictText({ verdict, profile }: Pick<PackageCheck, 'verdict' | 'profile'>): Text {
  return (profile.source.profile === 'none' ? integrityVerdicts : verdictWords)[verdict];
}

/** Name and version of the delivery profile; where none was applied, just that, for no one gave it a version. */
export function profileText({ profile }: Pick<PackageCheck, 'profile'>): Text {
  const { profile: key, title, version } = profile.source;
  return key === 'none' ? withoutProfile : verbatim(`${title} ${version}`);
}

const withoutProfile = text({
  de: 'ohne Lieferprofil, nur Unversehrtheit',
  en: 'no delivery profile, integrity only',
});

export const labels = {
  title: text({ de: 'Ergebnis der Lieferungsprüfung', en: 'Result of the delivery check' }),
  result: text({ de: 'Ergebnis', en: 'Result' }),
  items: text({ de: 'Positionen', en: 'items' }),
  pages: text({ de: 'Seiten', en: 'pages' }),
  files: text({ de: 'Dateien', en: 'files' }),
  findings: text({ de: 'Befunde', en: 'findings' }),
  profile: text({ de: 'Lieferprofil', en: 'profile' }),
  profileHash: text({ de: 'Profil-Prüfsumme (SHA-256)', en: 'profile hash (SHA-256)' }),
  packageHash: text({ de: 'Paket-Prüfsumme (SHA-256)', en: 'package hash (SHA-256)' }),
  checkedAt: text({ de: 'geprüft am', en: 'checked at' }),
  checkedWith: text({ de: 'geprüft mit', en: 'checked with' }),
  filter: text({ de: 'Filter', en: 'filter' }),
  resumed: text({ de: 'fortgesetzt', en: 'resumed' }),
} as const;

/** The identity of the books in words: what became of the items is what there was. */
export function booksWords(counts: Pick<CheckCounts, BookMember>): Text {
  const { passed, failed, errored, waived, declared, unlisted } = counts;
  return text({
    de: (f) =>
      `${f.number(passed)} bestanden + ${f.number(failed)} mangelhaft + ${f.number(errored)} nicht prüfbar + ${f.number(waived)} freigegeben = ${f.number(declared)} gemeldet + ${f.number(unlisted)} nicht gemeldet`,
    en: (f) =>
      `${f.number(passed)} passed + ${f.number(failed)} failed + ${f.number(errored)} errored + ${f.number(waived)} waived = ${f.number(declared)} declared + ${f.number(unlisted)} unlisted`,
  });
}
type BookMember = 'passed' | 'failed' | 'errored' | 'waived' | 'declared' | 'unlisted';

export function pagesWords({ countedPages, declaredPages, uncounted }: CheckCounts): Text {
  return text({
    de: (f) =>
      `${f.number(countedPages)} gezählt, ${f.number(declaredPages)} gemeldet${uncounted === 0 ? '' : `, bei ${f.number(uncounted)} nicht zählbar`}`,
    en: (f) =>
      `${f.number(countedPages)} counted, ${f.number(declaredPages)} declared${uncounted === 0 ? '' : `, not countable in ${f.number(uncounted)}`}`,
  });
}

export function filesWords({ files, bytes }: CheckCounts): Text {
  return text({
    de: (f) => `${f.number(files)} (${f.bytes(bytes)})`,
    en: (f) => `${f.number(files)} (${f.bytes(bytes)})`,
  });
}

export function findingsWords({ errors, warnings, notes }: CheckCounts): Text {
  return text({
    de: (f) =>
      `${f.number(errors)} Fehler, ${f.number(warnings)} ${warnings === 1 ? 'Warnung' : 'Warnungen'}, ${f.number(notes)} ${notes === 1 ? 'Hinweis' : 'Hinweise'}`,
    en: (f) =>
      `${f.counted(errors, 'error', 'errors')}, ${f.counted(warnings, 'warning', 'warnings')}, ${f.counted(notes, 'note', 'notes')}`,
  });
}

/** What was not read in this run, and why; undefined where all of it was. */
export function resumedWords({ resumed }: Pick<PackageCheck, 'resumed'>): Text | undefined {
  if (!resumed) return undefined;
  const { files, bytes, startedAt } = resumed;
  return text({
    de: (f) =>
      `nach Unterbrechung (Beginn ${f.instant(startedAt)}); ${f.counted(files, 'seither unveränderte Datei', 'seither unveränderte Dateien')} (${f.bytes(bytes)}) nicht erneut gelesen`,
    en: (f) =>
      `after an interruption (begun ${f.instant(startedAt)}); ${f.counted(files, 'file', 'files')} unchanged since (${f.bytes(bytes)}) not read again`,
  });
}

/** What a filter leaves out, in one sentence; undefined where nothing is filtered. */
export function filterWords({ filter, findings, check }: CheckReport): Text | undefined {
  if (!filter) return undefined;
  const { codes, severities, files, pages } = filter;
  const parts = (language: Language) =>
    (
      [
        [filterNames.code, codes],
        [filterNames.severity, severities.map((severity) => severityWords[severity][language])],
        [filterNames.file, files.map(visible)],
        [filterNames.page, pages.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))],
      ] as const
    )
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => `${name[language]} ${values.join(', ')}`)
      .join('; ');
  const [shown, all] = [findings.length, check.findings.length];
  return text({
    de: (f) =>
      `Gefiltert (${parts('de')}): ${f.number(shown)} von ${f.number(all)} Befunden sind aufgeführt. Ergebnis und Summen gelten für die ganze Prüfung.`,
    en: (f) =>
      `Filtered (${parts('en')}): ${f.number(shown)} of ${f.number(all)} findings are listed. Verdict and counts are those of the whole check.`,
  });
}

const filterNames = {
  code: text({ de: 'Kennung', en: 'code' }),
  severity: text({ de: 'Schweregrad', en: 'severity' }),
  file: text({ de: 'Datei', en: 'file' }),
  page: text({ de: 'Seite', en: 'page' }),
} as const;

/** "scans/a.pdf, Zeile 3, Seite 2"; empty for the package as a whole. */
export function placeWords({ path, row, page }: Pick<Finding, 'path' | 'row' | 'page'>, language: Language): string {
  const parts = [
    ...(path === '' ? [] : [visible(path)]),
    ...(row === undefined ? [] : [`${language === 'de' ? 'Zeile' : 'row'} ${row}`]),
    ...(page === undefined ? [] : [`${language === 'de' ? 'Seite' : 'page'} ${page}`]),
  ];
  return parts.join(', ');
}

import { severities } from '../findings/definition.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import type { FindingFilter, PageRange } from '../validation/finding-filter.ts';
import { groupings } from '../validation/finding-groups.ts';
import { checkForms } from '../validation/outputs/forms.ts';
import { choice, repeated } from './options.ts';

/** Options that choose which findings are shown; the same wherever findings are. */
export const filterOptions = {
  code: repeated(
    'CODE',
    text({
      de: 'nur Befunde dieser Kennung oder dieses Themas (pdf.damaged, pdf), mehrfach möglich',
      en: 'only findings of this code or topic (pdf.damaged, pdf), repeatable',
    }),
  ),
  severity: repeatedChoice(
    severities,
    text({ de: 'nur Befunde dieser Schwere, mehrfach möglich', en: 'only findings of this severity, repeatable' }),
  ),
  file: repeated(
    'PATH',
    text({
      de: 'nur Befunde zu dieser Datei, diesem Ordner oder Muster (scans/**), mehrfach möglich',
      en: 'only findings about this file, folder or pattern (scans/**), repeatable',
    }),
  ),
  page: repeated(
    'N',
    text({
      de: 'nur Befunde zu dieser Seite oder diesen Seiten (3, 3-7), mehrfach möglich',
      en: 'only findings about this page or these (3, 3-7), repeatable',
    }),
    readPages,
  ),
} as const;

/** Options that say what is written where, and how the terminal puts findings together. */
export const outputOptions = {
  out: repeated(
    'FILE',
    text({
      de: 'Ergebnis in diese Datei, mehrfach möglich; die Endung bestimmt die Form (.json .jsonl .csv .xlsx .html .xml .sarif .docx .pdf), „-“ ist stdout',
      en: 'write the result to this file, repeatable; the ending tells the form (.json .jsonl .csv .xlsx .html .xml .sarif .docx .pdf), "-" is stdout',
    }),
  ),
  format: repeatedChoice(
    checkForms,
    text({
      de: 'Form der Ausgabe, wo die Endung sie nicht sagt; ohne --out auf stdout',
      en: 'form of the output where the ending does not tell; without --out on stdout',
    }),
  ),
  groupBy: choice(
    groupings,
    text({
      de: 'Befunde im Terminal zusammenfassen nach Kennung, Datei oder Ursache (sonst code)',
      en: 'put findings on the terminal together by code, file or cause (default: code)',
    }),
  ),
} as const;

/** The filter out of the values of `filterOptions`. */
export function filterOf({
  code,
  severity,
  file,
  page,
}: {
  readonly code: readonly string[];
  readonly severity: FindingFilter['severities'];
  readonly file: readonly string[];
  readonly page: readonly PageRange[];
}): FindingFilter {
  return { codes: code, severities: severity, files: file, pages: page };
}

function repeatedChoice<const C extends readonly string[]>(choices: C, summary: Text) {
  const { read: readOne } = choice(choices, summary);
  const read = (raw: string, name: string) => readOne(raw, name) as C[number];
  return { ...repeated<C[number]>(choices.join('|'), summary, read), choices };
}

function readPages(raw: string, name: string): PageRange {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(raw.trim());
  const from = Number(match?.[1] ?? 0);
  const to = Number(match?.[2] ?? from);
  if (from >= 1 && to >= from) return { from, to };
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({
      de: 'Erwartet: eine Seite ab 1, oder von-bis wie 3-7.',
      en: 'Expected: a page from 1, or a range such as 3-7.',
    }),
  );
}

import type { PdfiumFailure } from '../../inspection/pdfium/pdfium.ts';
import { finding } from '../definition.ts';
import { produceAgain, writeCleanly } from './pdf-words.ts';

/** How many pages a PDF has, and whether they can be counted. */
export const pdfPageFindings = {
  'pdf.pages-encrypted': finding<object>({
    severity: 'error',
    title: { de: 'Seiten nicht zählbar, weil verschlüsselt', en: 'Pages cannot be counted because they are encrypted' },
    message: {
      de: () => 'Die Seiten können nicht gezählt werden: Auch die Struktur der Datei ist verschlüsselt.',
      en: () => 'The pages cannot be counted: the structure of the file is encrypted too.',
    },
    remedy: {
      de: 'Die Datei ohne Kennwort und ohne Einschränkung der Rechte nachliefern.',
      en: 'Redeliver the file without a password and without restricted permissions.',
    },
    reference: 'ISO 32000-2, 7.6',
  }),
  'pdf.no-pages': finding<object>({
    severity: 'error',
    title: { de: 'PDF ohne Seiten', en: 'PDF without pages' },
    message: { de: () => 'Die Datei hat keine Seite.', en: () => 'The file has no page.' },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.count-differs': finding<{ object: number; declared: number | null; counted: number }>({
    severity: 'error',
    title: { de: 'Seitenzahl im Seitenbaum falsch', en: 'Wrong page count in the page tree' },
    message: {
      de: ({ object, declared, counted }, format) =>
        `Der Seitenbaum (Objekt ${object}) nennt ${
          declared === null ? 'keine Seitenzahl' : `die Seitenzahl ${format.number(declared)}`
        }; gezählt: ${format.number(counted)}.`,
      en: ({ object, declared, counted }, format) =>
        `The page tree (object ${object}) announces ${
          declared === null ? 'no page count' : `a page count of ${format.number(declared)}`
        }; counted: ${format.number(counted)}.`,
    },
    remedy: {
      de: 'Prüfen, ob Seiten fehlen; die Datei fehlerfrei neu schreiben und nachliefern.',
      en: 'Check whether pages are missing; write the file again correctly and redeliver it.',
    },
    reference: 'ISO 32000-2, 7.7.3.2',
  }),
  'pdf.count-disputed': finding<{ ours: number; pdfium: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Seitenzahl strittig', en: 'page count disputed' },
    message: {
      de: ({ ours, pdfium }, f) =>
        `Die Datei ist beschädigt, und zwei Programme zählen verschieden: ${f.counted(ours, 'Seite', 'Seiten')}, pdfium (Chrome) ${f.number(pdfium)}.`,
      en: ({ ours, pdfium }, f) =>
        `The file is damaged, and two programs count differently: ${f.counted(ours, 'page', 'pages')}, pdfium (Chrome) ${f.number(pdfium)}.`,
    },
    remedy: produceAgain,
  }),
  'pdf.counted-by-pdfium': finding<{ pages: number }>({
    severity: 'note',
    title: { de: 'nur von pdfium gezählt', en: 'counted by pdfium only' },
    message: {
      de: ({ pages }, f) =>
        `pdfium (Chrome) zeigt ${f.counted(pages, 'Seite', 'Seiten')}; verbürgt ist diese Zahl nicht.`,
      en: ({ pages }, f) =>
        `pdfium (Chrome) shows ${f.counted(pages, 'page', 'pages')}; this count is not vouched for.`,
    },
    remedy: produceAgain,
  }),
  'pdf.unopenable-by-pdfium': finding<{ failure: PdfiumFailure }>({
    severity: 'warning',
    title: { de: 'von pdfium nicht zu öffnen', en: 'not opened by pdfium' },
    message: {
      de: ({ failure }) => `pdfium (Chrome) öffnet die beschädigte Datei nicht (${failure}).`,
      en: ({ failure }) => `pdfium (Chrome) does not open the damaged file (${failure}).`,
    },
    remedy: produceAgain,
  }),
  'pdf.page-missing': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Seiten in der Datei fehlen', en: 'Pages missing in the file' },
    message: {
      de: ({ count }, format) =>
        `Der Seitenbaum verweist auf Seiten oder Zweige, die in der Datei fehlen (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `The page tree refers to pages or branches that are missing in the file (${format.number(count)}).`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-invalid': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Seitenbaum enthält Ungültiges', en: 'Page tree holds what is no page' },
    message: {
      de: ({ count }, format) =>
        `Der Seitenbaum enthält Einträge, die weder Seite noch Zweig sind (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `The page tree has entries that are neither page nor branch (${format.number(count)}).`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-tree-loop': finding<object>({
    severity: 'error',
    title: { de: 'Seitenbaum im Kreis', en: 'Page tree with a loop' },
    message: {
      de: () => 'Ein Zweig des Seitenbaums kommt mehrfach vor oder enthält sich selbst; die Seiten sind nicht zählbar.',
      en: () => 'A branch of the page tree occurs more than once or contains itself; the pages cannot be counted.',
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-repeated': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Dieselbe Seite mehrfach eingebunden', en: 'Same page included more than once' },
    message: {
      de: ({ count }, format) =>
        `Seiten sind keine eigenen Seiten, sondern Wiederholungen anderer (Anzahl: ${format.number(count)}); sie sind mitgezählt.`,
      en: ({ count }, format) =>
        `Pages are not pages of their own but repeat others (${format.number(count)}); they are counted.`,
    },
    remedy: {
      de: 'Prüfen, ob an dieser Stelle andere Blätter fehlen; die Datei ohne Wiederholung nachliefern.',
      en: 'Check whether other sheets are missing there; redeliver the file without the repetition.',
    },
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-type-wrong': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seiten ohne richtige Kennzeichnung', en: 'Pages not marked as such' },
    message: {
      de: ({ count }, format) =>
        `Einträge des Seitenbaums sind nicht als Seite oder Zweig gekennzeichnet (/Type; Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `Entries of the page tree are not marked as page or branch (/Type; ${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-parent-wrong': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seiten mit falschem Rückverweis', en: 'Pages with a wrong parent' },
    message: {
      de: ({ count }, format) =>
        `Einträge des Seitenbaums verweisen nicht auf den Zweig zurück, in dem sie stehen (/Parent; Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `Entries of the page tree do not refer back to the branch that holds them (/Parent; ${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-size-missing': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seitengröße fehlt', en: 'Page size missing' },
    message: {
      de: ({ count }, format) => `Seiten haben keine gültige Größe (/MediaBox; Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) => `Pages have no valid size (/MediaBox; ${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3.3',
  }),
} as const;

import { finding } from '../definition.ts';

type None = Record<never, never>;
interface Counted {
  readonly declared: number;
  readonly counted: number;
}
interface Sides {
  readonly sheets: number;
  readonly pages: number;
  readonly removedBlanks: number;
}

/** Page counts: as declared, as counted, and in proportion to the sheets of paper. */
export const pagesFindings = {
  'pages.count-differs': finding<Counted>({
    severity: 'error',
    title: { de: 'Seitenzahl weicht ab', en: 'Page count differs' },
    message: {
      de: ({ declared, counted }, format) =>
        `Gemeldete Seiten: ${format.number(declared)}, gezählte: ${format.number(counted)}.`,
      en: ({ declared, counted }, format) =>
        `Declared pages: ${format.number(declared)}, counted: ${format.number(counted)}.`,
    },
    remedy: {
      de: 'Mit dem Papier vergleichen: fehlende Seiten nachscannen, überzählige entfernen oder die Begleitliste berichtigen.',
      en: 'Compare with the paper: scan missing pages, remove surplus ones, or correct the manifest.',
    },
    reference: 'BSI TR-03138 A.DV.2, A.NB.3',
  }),
  'pages.count-differs-slightly': finding<Counted & { tolerance: number }>({
    severity: 'note',
    title: { de: 'Seitenzahl weicht im Rahmen der Toleranz ab', en: 'Page count differs within tolerance' },
    message: {
      de: ({ declared, counted, tolerance }, format) =>
        `Gemeldete Seiten: ${format.number(declared)}, gezählte: ${format.number(counted)}; erlaubt ist eine Abweichung von ${tolerance}.`,
      en: ({ declared, counted, tolerance }, format) =>
        `Declared pages: ${format.number(declared)}, counted: ${format.number(counted)}; a difference of ${tolerance} is allowed.`,
    },
    remedy: {
      de: 'Nichts zu tun; für Abrechnung und Bestand gilt die gezählte Seitenzahl.',
      en: 'Nothing to do; the counted pages are what is paid for and kept.',
    },
  }),
  'pages.not-declared': finding<None>({
    severity: 'error',
    title: { de: 'Seitenzahl nicht gemeldet', en: 'Pages not declared' },
    message: {
      de: () => 'Die Begleitliste nennt für dieses Dokument keine Seitenzahl.',
      en: () => 'The manifest declares no pages for this document.',
    },
    remedy: {
      de: 'Seitenzahl in der Begleitliste ergänzen.',
      en: 'Add the number of pages to the manifest.',
    },
  }),
  'pages.sheets-differ': finding<Sides>({
    severity: 'error',
    title: { de: 'Blattzahl und Seitenzahl passen nicht zusammen', en: 'Sheets and pages do not fit' },
    message: {
      de: ({ sheets, pages, removedBlanks }, format) =>
        `${format.counted(sheets, 'Blatt hat', 'Blatt haben')} ${format.number(sheets * 2)} Seiten; gemeldet sind ` +
        `${format.counted(pages, 'Seite', 'Seiten')} und ${format.counted(removedBlanks, 'entfernte Leerseite', 'entfernte Leerseiten')}, zusammen ${format.number(pages + removedBlanks)}.`,
      en: ({ sheets, pages, removedBlanks }, format) =>
        `${format.counted(sheets, 'sheet has', 'sheets have')} ${format.number(sheets * 2)} sides; declared are ` +
        `${format.counted(pages, 'page', 'pages')} and ${format.counted(removedBlanks, 'removed blank', 'removed blanks')}, together ${format.number(pages + removedBlanks)}.`,
    },
    remedy: {
      de: 'Blatt-, Seiten- und Leerseitenzahl am Papier nachzählen und die Begleitliste oder den Scan berichtigen.',
      en: 'Count sheets, pages and blanks on paper again, and correct the manifest or the scan.',
    },
    reference: 'BSI TR-03138 A.DV.2, A.NB.3',
  }),
  'pages.sheets-differ-slightly': finding<Sides & { tolerance: number }>({
    severity: 'note',
    title: { de: 'Blatt- und Seitenzahl passen im Rahmen der Toleranz', en: 'Sheets and pages fit within tolerance' },
    message: {
      de: ({ sheets, pages, removedBlanks, tolerance }, format) =>
        `${format.number(sheets)} Blatt stehen ${format.counted(pages, 'Seite', 'Seiten')} und ` +
        `${format.counted(removedBlanks, 'entfernte Leerseite', 'entfernte Leerseiten')} gegenüber; erlaubt ist eine Abweichung von ${tolerance}.`,
      en: ({ sheets, pages, removedBlanks, tolerance }, format) =>
        `${format.counted(sheets, 'sheet', 'sheets')} against ${format.counted(pages, 'page', 'pages')} and ` +
        `${format.counted(removedBlanks, 'removed blank', 'removed blanks')}; a difference of ${tolerance} is allowed.`,
    },
    remedy: { de: 'Nichts zu tun.', en: 'Nothing to do.' },
  }),
  'pages.sheets-not-declared': finding<{ missing: readonly string[] }>({
    severity: 'error',
    title: { de: 'Blattzahl oder Leerseiten nicht gemeldet', en: 'Sheets or blanks not declared' },
    message: {
      de: ({ missing }) =>
        `Für den Abgleich Blatt × 2 = Seiten + Leerseiten fehlt in der Begleitliste: ${missing.join(', ')}.`,
      en: ({ missing }) => `Comparing sheets × 2 = pages + blanks lacks in the manifest: ${missing.join(', ')}.`,
    },
    remedy: {
      de: 'Die Angaben ergänzen; wo keine Leerseite entfernt wurde, 0 eintragen.',
      en: 'Add the values; write 0 where no blank side was removed.',
    },
  }),
  'pages.none': finding<None>({
    severity: 'error',
    title: { de: 'Dokument ohne Seite', en: 'Document without a page' },
    message: {
      de: () => 'Das Dokument enthält keine einzige Seite.',
      en: () => 'The document holds not a single page.',
    },
    remedy: { de: 'Dokument neu erzeugen und nachliefern.', en: 'Produce the document anew and deliver it again.' },
  }),
  'pages.uncounted': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Seiten nicht zählbar', en: 'Pages not countable' },
    message: {
      de: () => 'Die Seiten dieses Dokuments lassen sich nicht verlässlich zählen.',
      en: () => 'The pages of this document cannot be counted reliably.',
    },
    remedy: {
      de: 'Dokument in einem vereinbarten Format (PDF, TIFF) neu erzeugen und nachliefern.',
      en: 'Produce the document anew in an agreed format (PDF, TIFF) and deliver it again.',
    },
  }),
} as const;

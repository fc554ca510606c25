import { formats } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';
import type { Report, ReportTable } from './model.ts';

/** The words that every report has in common, whatever it is about. */
export const words = {
  asOf: text({ de: 'Stand', en: 'As of' }),
  source: text({ de: 'Quelle', en: 'Source' }),
  generated: text({ de: 'Erstellt am', en: 'Generated on' }),
  overview: text({ de: 'Übersicht', en: 'Overview' }),
  keyFigures: text({ de: 'Kennzahlen', en: 'Key figures' }),
  figure: text({ de: 'Kennzahl', en: 'Figure' }),
  value: text({ de: 'Wert', en: 'Value' }),
  remark: text({ de: 'Erläuterung', en: 'Remark' }),
  notes: text({ de: 'Anmerkungen', en: 'Notes' }),
  sheets: text({ de: 'Blätter', en: 'Sheets' }),
  sheet: text({ de: 'Blatt', en: 'Sheet' }),
  rows: text({ de: 'Zeilen', en: 'Rows' }),
  total: text({ de: 'Summe', en: 'Total' }),
  continued: text({ de: 'Fortsetzung', en: 'continued' }),
  empty: text({ de: 'Keine Einträge.', en: 'No entries.' }),
  page: text({ de: 'Seite', en: 'Page' }),
  of: text({ de: 'von', en: 'of' }),
} as const;

/** "Stand: 31.12.2020 · Quelle: …" */
export function originOf(report: Report): Text {
  const asOf = text({ de: (format) => format.date(report.asOf), en: (format) => format.date(report.asOf) });
  return text({
    de: `${words.asOf.de}: ${asOf.de} · ${words.source.de}: ${report.source.de}`,
    en: `${words.asOf.en}: ${asOf.en} · ${words.source.en}: ${report.source.en}`,
  });
}

/** What PDF and HTML say in place of the rows of a listing. */
export function listingNote(table: ReportTable): Text {
  const count = table.rows.length;
  return text({
    de: (format) =>
      `${count === 1 ? '1 Zeile' : `${format.number(count)} Zeilen`}; die einzelnen Zeilen stehen in der XLSX-, CSV- und JSON-Ausgabe.`,
    en: (format) =>
      `${count === 1 ? '1 row' : `${format.number(count)} rows`}; the single rows are in the XLSX, CSV and JSON output.`,
  });
}

/** "Seite 1 von 12" */
export function pageLabel(page: number, pages: number): Text {
  const show = (language: 'de' | 'en') =>
    `${words.page[language]} ${formats[language].number(page)} ${words.of[language]} ${formats[language].number(pages)}`;
  return { de: show('de'), en: show('en') };
}

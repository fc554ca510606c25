import { catalogue } from '../findings/catalogue.ts';
import { type Finding, messageOf, remedyOf } from '../findings/finding.ts';
import type { Findings } from '../findings/findings.ts';
import { renderCsv } from '../reporting/csv.ts';
import type { ReportTable, Row } from '../reporting/model.ts';
import { visible } from '../reporting/safe-text.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import { severityWords } from './outputs/words.ts';

/** The findings as a table that can be sent to the vendor: what, where, and what to do. */
export function defectTable(findings: Findings): ReportTable {
  return {
    key: 'defects',
    title: text({ de: 'Mängelliste', en: 'Defects' }),
    listing: true,
    totals: false,
    columns: [
      { key: 'severity', title: text({ de: 'Schwere', en: 'Severity' }), type: 'text' },
      { key: 'code', title: text({ de: 'Kennung', en: 'Code' }), type: 'text' },
      { key: 'reference', title: text({ de: 'Aktenzeichen', en: 'File reference' }), type: 'text' },
      { key: 'path', title: text({ de: 'Datei', en: 'File' }), type: 'text' },
      { key: 'row', title: text({ de: 'Zeile', en: 'Row' }), type: 'count', total: 'none' },
      { key: 'page', title: text({ de: 'Seite', en: 'Page' }), type: 'count', total: 'none' },
      { key: 'title', title: text({ de: 'Mangel', en: 'Defect' }), type: 'text' },
      { key: 'message', title: text({ de: 'Beschreibung', en: 'Description' }), type: 'text' },
      { key: 'remedy', title: text({ de: 'Was zu tun ist', en: 'What to do' }), type: 'text' },
    ],
    rows: findings.map(defectRow),
  };
}

/** The defect list as CSV (see reporting/csv.ts: safe against formulas, in the form that Excel of this language reads). */
export function renderDefectList(findings: Findings, language: Language): string {
  return renderCsv(defectTable(findings), language);
}

function defectRow(finding: Finding): Row {
  const { code, severity, path, row = null, page = null, reference = null } = finding;
  const inBoth = (words: (language: Language) => string): Text => ({
    de: visible(words('de')),
    en: visible(words('en')),
  });
  return {
    severity: severityWords[severity],
    code,
    reference: reference === null ? null : visible(reference),
    path: visible(path),
    row,
    page,
    title: catalogue[code].title,
    message: inBoth((language) => messageOf(finding, language)),
    remedy: inBoth((language) => remedyOf(code, language)),
  };
}

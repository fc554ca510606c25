import { type Finding, messageOf, remedyOf, titleOf } from '../findings/finding.ts';
import { csvLine, csvMark } from '../reporting/csv.ts';
import { visible } from '../reporting/safe-text.ts';
import { writeFileAtomically, writePieces } from '../shared/atomic-file.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import { severityWords } from './outputs/words.ts';

const titles: readonly Text[] = [
  text({ de: 'Schwere', en: 'Severity' }),
  text({ de: 'Kennung', en: 'Code' }),
  text({ de: 'Aktenzeichen', en: 'File reference' }),
  text({ de: 'Datei', en: 'File' }),
  text({ de: 'Zeile', en: 'Row' }),
  text({ de: 'Seite', en: 'Page' }),
  text({ de: 'Mangel', en: 'Defect' }),
  text({ de: 'Beschreibung', en: 'Description' }),
  text({ de: 'Was zu tun ist', en: 'What to do' }),
];

/**
 * The findings as a table that can be sent to the vendor, line by line: what, where, and what to do. CSV as in
 * reporting/csv.ts: safe against formulas, in the form that Excel of this language reads.
 */
export function* renderDefectList(findings: Iterable<Finding>, language: Language): Iterable<string> {
  yield csvMark;
  yield csvLine(
    titles.map((title) => title[language]),
    language,
  );
  for (const finding of findings) {
    const { code, severity, path, row = null, page = null, reference = null } = finding;
    const words = [titleOf(code, language), messageOf(finding, language), remedyOf(code, language)].map(visible);
    const place = [reference === null ? null : visible(reference), visible(path), row, page];
    yield csvLine([severityWords[severity][language], code, ...place, ...words], language);
  }
}

/**
 * Writes the defect list; of however many findings, only a few lines are in memory.
 * @throws ScanlotError with exit code 13 when the file cannot be written
 */
export async function writeDefectList(path: string, findings: Iterable<Finding>, language: Language): Promise<void> {
  await writeFileAtomically(path, (temporary) => writePieces(renderDefectList(findings, language), temporary));
}

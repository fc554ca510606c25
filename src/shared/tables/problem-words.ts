import { type Text, text } from '../language.ts';
import { systemWords } from '../system-words.ts';
import {
  damageReasons,
  jsonMistakes,
  type TableProblem,
  type TableProblemCode,
  type TableProblems,
} from './table-problem.ts';

/** What is wrong and what to do, in words. */
export function describeProblem(problem: TableProblem): { message: Text; remedy: Text } {
  // Looked up by the problem's own code: arguments and wording belong together, which the compiler cannot see here.
  const wording = wordings[problem.code] as (args: TableProblem['args']) => { message: Text; remedy: Text };
  return wording(problem.args);
}

const saveAsCsv = text({
  de: 'Öffnen Sie die Datei in der Tabellenkalkulation und speichern Sie sie als „CSV UTF-8“ oder XLSX.',
  en: 'Open the file in a spreadsheet program and save it as "CSV UTF-8" or XLSX.',
});

const exportAnew = text({
  de: 'Datei aus dem erzeugenden Programm neu ausgeben, nicht von Hand bearbeiten.',
  en: 'Write the file anew with the program that made it, do not edit it by hand.',
});

function atPath(path: string): { de: string; en: string } {
  return path === ''
    ? { de: 'auf oberster Ebene', en: 'at the top' }
    : { de: `unter „${path}“`, en: `under "${path}"` };
}

const looksLike = {
  binary: { de: 'eine Binärdatei', en: 'a binary file' },
  pdf: { de: 'eine PDF-Datei', en: 'a PDF file' },
  zip: { de: 'ein ZIP-Archiv, aber keine Excel-Arbeitsmappe', en: 'a zip archive, but not an Excel workbook' },
} as const;

const wordings: { [Code in TableProblemCode]: (args: TableProblems[Code]) => { message: Text; remedy: Text } } = {
  unreadable: ({ cause }) => ({
    message: text({
      de: `Die Datei kann nicht gelesen werden: ${systemWords(cause).de}.`,
      en: `The file cannot be read: ${systemWords(cause).en}.`,
    }),
    remedy: text({
      de: 'Prüfen Sie Pfad, Zugriffsrechte und Netzlaufwerk.',
      en: 'Check the path, the permissions and the network drive.',
    }),
  }),
  empty: () => ({
    message: text({
      de: 'Die Datei enthält keine Tabelle: sie ist leer.',
      en: 'The file holds no table: it is empty.',
    }),
    remedy: text({
      de: 'Die erste Zeile muss die Spaltenüberschriften enthalten. Prüfen Sie, ob der Export vollständig ist.',
      en: 'The first row must hold the column headings. Check whether the export is complete.',
    }),
  }),
  'not-a-table': ({ found }) => ({
    message: text({
      de: `Die Datei ist keine Tabelle, sondern ${looksLike[found].de}.`,
      en: `The file is not a table but ${looksLike[found].en}.`,
    }),
    remedy: saveAsCsv,
  }),
  'old-or-encrypted-workbook': () => ({
    message: text({
      de: 'Die Datei ist eine Excel-Datei im alten Format (XLS) oder mit einem Kennwort geschützt.',
      en: 'The file is an Excel file of the old kind (XLS), or it is protected by a password.',
    }),
    remedy: text({
      de: 'Öffnen Sie die Datei in Excel, entfernen Sie das Kennwort und speichern Sie sie als XLSX.',
      en: 'Open the file in Excel, remove the password, and save it as XLSX.',
    }),
  }),
  'invalid-bytes': ({ encoding, bytes, row, line }) => ({
    message: text({
      de: `Zeile ${row} (Textzeile ${line}) enthält Bytes, die es in ${encoding} nicht gibt: ${bytes}.`,
      en: `Row ${row} (line ${line}) holds bytes that do not exist in ${encoding}: ${bytes}.`,
    }),
    remedy: saveAsCsv,
  }),
  'encoding-contradicted': ({ asked, found }) => ({
    message: text({
      de: `Vorgegeben ist die Kodierung ${asked}, die Datei beginnt aber mit der Kennung von ${found}.`,
      en: `The encoding is set to ${asked}, but the file begins with the mark of ${found}.`,
    }),
    remedy: text({
      de: 'Speichern Sie die Datei in der vereinbarten Kodierung, oder ändern Sie die Vorgabe.',
      en: 'Save the file in the agreed encoding, or change the setting.',
    }),
  }),
  'quote-unclosed': ({ row, line }) => ({
    message: text({
      de: `In Zeile ${row} (Textzeile ${line}) beginnt eine Zelle mit Anführungszeichen, das nie geschlossen wird.`,
      en: `In row ${row} (line ${line}) a cell begins with a quote that is never closed.`,
    }),
    remedy: text({
      de: 'Schließen Sie das Anführungszeichen; innerhalb einer Zelle wird es verdoppelt ("").',
      en: 'Close the quote; inside a cell it is doubled ("").',
    }),
  }),
  'quote-misplaced': ({ row, line }) => ({
    message: text({
      de: `In Zeile ${row} (Textzeile ${line}) folgt auf ein schließendes Anführungszeichen weiterer Text.`,
      en: `In row ${row} (line ${line}) text follows a closing quote.`,
    }),
    remedy: text({
      de: 'Ein Anführungszeichen innerhalb einer Zelle in Anführungszeichen wird verdoppelt ("").',
      en: 'A quote inside a quoted cell is doubled ("").',
    }),
  }),
  'row-too-long': ({ row, line, limit }) => ({
    message: text({
      de: (format) => `Zeile ${row} (Textzeile ${line}) ist länger als ${format.number(limit)} Zeichen.`,
      en: (format) => `Row ${row} (line ${line}) is longer than ${format.number(limit)} characters.`,
    }),
    remedy: text({
      de: 'Meist fehlt ein schließendes Anführungszeichen. Prüfen Sie diese Zeile.',
      en: 'Usually a closing quote is missing. Check this row.',
    }),
  }),
  'too-many-columns': ({ row, limit }) => ({
    message: text({
      de: (format) => `Zeile ${row} hat mehr als ${format.number(limit)} Spalten.`,
      en: (format) => `Row ${row} has more than ${format.number(limit)} columns.`,
    }),
    remedy: text({
      de: 'Prüfen Sie Trennzeichen und Anführungszeichen dieser Zeile.',
      en: 'Check the delimiters and quotes of this row.',
    }),
  }),
  'heading-row-blank': ({ row }) => ({
    message: text({
      de: `Zeile ${row}, in der die Überschriften stehen sollen, ist leer oder fehlt.`,
      en: `Row ${row}, which is to hold the headings, is blank or missing.`,
    }),
    remedy: text({
      de: 'Schreiben Sie die Überschriften in die vereinbarte Zeile, oder berichtigen Sie die Zeile im Lieferprofil (manifest.headingRow).',
      en: 'Write the headings into the agreed row, or correct the row in the profile (manifest.headingRow).',
    }),
  }),
  'header-duplicate': ({ name, columns, row }) => ({
    message: text({
      de: `Die Überschrift „${name}“ kommt in Zeile ${row} mehrfach vor (Spalten ${columns.join(', ')}).`,
      en: `The heading "${name}" occurs more than once in row ${row} (columns ${columns.join(', ')}).`,
    }),
    remedy: text({
      de: 'Geben Sie jeder Spalte eine eigene Überschrift.',
      en: 'Give each column a heading of its own.',
    }),
  }),
  'workbook-damaged': ({ part, reason }) => ({
    message: text({
      de: `Die Arbeitsmappe ist beschädigt (${part}: ${damageReasons[reason].de}).`,
      en: `The workbook is damaged (${part}: ${damageReasons[reason].en}).`,
    }),
    remedy: text({
      de: 'Öffnen Sie die Datei in der Tabellenkalkulation und speichern Sie sie neu, oder lassen Sie sie erneut senden.',
      en: 'Open the file in a spreadsheet program and save it anew, or have it sent again.',
    }),
  }),
  'sheet-unknown': ({ sheet, sheets }) => ({
    message: text({
      de: `Die Arbeitsmappe hat kein Blatt „${sheet}“. Vorhanden: ${sheets.map((name) => `„${name}“`).join(', ')}.`,
      en: `The workbook has no sheet "${sheet}". It has: ${sheets.map((name) => `"${name}"`).join(', ')}.`,
    }),
    remedy: text({ de: 'Nennen Sie eines der vorhandenen Blätter.', en: 'Name one of the sheets it has.' }),
  }),
  'json-invalid': ({ line, column, mistake }) => ({
    message: text({
      de: `Kein gültiges JSON in Textzeile ${line}, Spalte ${column}: ${jsonMistakes[mistake].de}.`,
      en: `Not valid JSON in line ${line}, column ${column}: ${jsonMistakes[mistake].en}.`,
    }),
    remedy: exportAnew,
  }),
  'record-expected': ({ line, path }) => ({
    message: text({
      de: `In Textzeile ${line} steht ${atPath(path).de} etwas anderes als ein Datensatz { … }.`,
      en: `In line ${line} something other than a record { … } stands ${atPath(path).en}.`,
    }),
    remedy: exportAnew,
  }),
  'records-not-found': ({ path }) => ({
    message: text({
      de: `Es gibt ${atPath(path).de} keine Datensätze.`,
      en: `There are no records ${atPath(path).en}.`,
    }),
    remedy: text({
      de: 'Datensätze an der vereinbarten Stelle ausgeben, oder die Stelle im Lieferprofil (manifest.records) berichtigen.',
      en: 'Put the records in the agreed place, or correct the place in the profile (manifest.records).',
    }),
  }),
  'record-too-long': ({ row, limit }) => ({
    message: text({
      de: (format) => `Datensatz ${row} ist länger als ${format.number(limit)} Zeichen.`,
      en: (format) => `Record ${row} is longer than ${format.number(limit)} characters.`,
    }),
    remedy: exportAnew,
  }),
  'value-behind-records': ({ name, row }) => ({
    message: text({
      de: `Die Angabe „${name}“ steht hinter den Datensätzen, für die sie gilt (nach Datensatz ${row}).`,
      en: `The value "${name}" stands behind the records that it is for (after record ${row}).`,
    }),
    remedy: text({
      de: 'Angaben, die für mehrere Datensätze gelten, vor diesen ausgeben.',
      en: 'Put values that are for several records before these.',
    }),
  }),
  'xml-invalid': ({ line, column, detail }) => ({
    message: text({
      de: `Das XML ist in Textzeile ${line}, Spalte ${column} nicht wohlgeformt (${detail}).`,
      en: `The XML is not well-formed in line ${line}, column ${column} (${detail}).`,
    }),
    remedy: exportAnew,
  }),
  'xml-doctype': ({ line }) => ({
    message: text({
      de: `Das XML enthält in Textzeile ${line} eine DOCTYPE-Angabe; sie wird aus Sicherheitsgründen nicht gelesen.`,
      en: `The XML holds a DOCTYPE in line ${line}; for safety it is not read.`,
    }),
    remedy: text({ de: 'Datei ohne DOCTYPE ausgeben.', en: 'Write the file without a DOCTYPE.' }),
  }),
  'xml-too-deep': ({ line, limit }) => ({
    message: text({
      de: `Das XML hat in Textzeile ${line} mehr als ${limit} Ebenen.`,
      en: `The XML has more than ${limit} levels in line ${line}.`,
    }),
    remedy: exportAnew,
  }),
  'encoding-unknown': ({ declared }) => ({
    message: text({
      de: `Das XML nennt die Kodierung „${declared}“, die nicht gelesen wird.`,
      en: `The XML declares the encoding "${declared}", which is not read.`,
    }),
    remedy: text({ de: 'Datei in UTF-8 ausgeben.', en: 'Write the file in UTF-8.' }),
  }),
  'workbook-too-large': ({ part, limit }) => ({
    message: text({
      de: (format) => `Die Arbeitsmappe ist entpackt zu groß (${part}: mehr als ${format.bytes(limit)}).`,
      en: (format) => `The workbook is too large once unpacked (${part}: more than ${format.bytes(limit)}).`,
    }),
    remedy: text({
      de: 'Liefern Sie die Tabelle als CSV, oder teilen Sie sie auf.',
      en: 'Deliver the table as CSV, or split it.',
    }),
  }),
};

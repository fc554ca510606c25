import { UsageError } from '../errors.ts';
import { type Text, text } from '../language.ts';

/**
 * Why a file could not be read as a table. The arguments are typed by the code. Readers throw it as `TableError`;
 * whoever called decides what it means: a usage error for our own imports, a finding for a vendor's manifest.
 * `row` counts as a spreadsheet does (the first row is 1), `line` counts the lines of a text file.
 */
export interface TableProblems {
  /** The file cannot be opened or read; `cause` is the system's error code. */
  unreadable: { cause: string };
  /** The file has no bytes, or no row that holds anything. */
  empty: object;
  /** The bytes are neither text nor an XLSX workbook; `found` names what they look like. */
  'not-a-table': { found: 'binary' | 'pdf' | 'zip' };
  /** An Excel file of the old binary kind (XLS), or an XLSX that is protected by a password: both look the same. */
  'old-or-encrypted-workbook': object;
  /** Bytes that the encoding does not know, in hex. */
  'invalid-bytes': { encoding: string; bytes: string; row: number; line: number };
  /** The byte order mark contradicts the encoding that was asked for. */
  'encoding-contradicted': { asked: string; found: string };
  /** A quoted cell is never closed; it begins in this row. */
  'quote-unclosed': { row: number; line: number };
  /** Something other than a delimiter or the end of the row follows a closing quote. */
  'quote-misplaced': { row: number; line: number };
  /** A row is longer than the limit (in characters): often a quote that is never closed. */
  'row-too-long': { row: number; line: number; limit: number };
  'too-many-columns': { row: number; limit: number };
  /** Two columns have the same name. */
  'header-duplicate': { name: string; columns: readonly number[]; row: number };
  /** The workbook's inside is damaged; `part` is the part's name. */
  'workbook-damaged': { part: string; reason: DamageReason };
  'sheet-unknown': { sheet: string; sheets: readonly string[] };
  /** Not valid JSON at this place. */
  'json-invalid': { row: number; line: number; column: number; mistake: JsonMistake };
  /** Something other than a record (an object) stands among the records. */
  'record-expected': { row: number; line: number; path: string };
  /** There is nothing at the place where the records should be; '' is the top. */
  'records-not-found': { path: string };
  /** A record's names and values are longer than the limit (in characters). */
  'record-too-long': { row: number; limit: number };
  /** A value that surrounds records stands behind them; `row` is the last of these. */
  'value-behind-records': { name: string; row: number };
  /** Not well-formed XML at this place; `detail` is the parser's word on it. */
  'xml-invalid': { row: number; line: number; column: number; detail: string };
  /** The XML has a document type declaration: entities could be anything. */
  'xml-doctype': { line: number };
  'xml-too-deep': { row: number; line: number; limit: number };
  /** The XML declares an encoding that is not read. */
  'encoding-unknown': { declared: string };
  /** The workbook unfolds to more than a table ever needs (zip bomb). */
  'workbook-too-large': { part: string; limit: number };
}
export type TableProblemCode = keyof TableProblems;
export type TableProblem = { [Code in TableProblemCode]: { code: Code; args: TableProblems[Code] } }[TableProblemCode];

/** What is wrong with JSON. */
const jsonMistakes = {
  unexpected: { de: 'hier steht ein Zeichen, das nicht hierher gehört', en: 'a character that does not belong here' },
  string: {
    de: 'eine Zeichenkette enthält ein Steuerzeichen oder eine ungültige Umschreibung mit „\\“',
    en: 'a string holds a control character or a bad escape',
  },
  'number-or-word': {
    de: 'kein Wert: Zeichenketten brauchen Anführungszeichen, Zahlen einen Dezimalpunkt',
    en: 'not a value: strings need quotes, numbers a decimal point',
  },
  ended: { de: 'die Datei endet mitten in einem Wert', en: 'the file ends within a value' },
  'too-deep': { de: 'mehr als 64 Ebenen', en: 'more than 64 levels' },
  'too-long': { de: 'eine Zeichenkette ist zu lang', en: 'a string is too long' },
} as const;
type JsonMistake = keyof typeof jsonMistakes;

/** What is damaged in a workbook. */
const damageReasons = {
  'cut-off': { de: 'die Datei endet zu früh', en: 'the file ends too early' },
  'directory-invalid': { de: 'das Verzeichnis des Archivs stimmt nicht', en: "the archive's directory is wrong" },
  missing: { de: 'fehlt', en: 'missing' },
  'stored-twice': { de: 'doppelt vorhanden', en: 'stored twice' },
  encrypted: { de: 'verschlüsselt', en: 'encrypted' },
  'method-unknown': { de: 'unbekanntes Packverfahren', en: 'unknown compression method' },
  'not-unpackable': { de: 'lässt sich nicht entpacken', en: 'cannot be unpacked' },
  'checksum-differs': { de: 'Prüfsumme oder Größe weicht ab', en: 'checksum or size differs' },
  'xml-invalid': { de: 'kein gültiges XML', en: 'not valid XML' },
  'xml-doctype': { de: 'enthält eine DOCTYPE-Angabe', en: 'holds a DOCTYPE' },
  'shared-string-missing': { de: 'verweist auf fehlenden Text', en: 'refers to a missing text' },
  'rows-out-of-order': { de: 'Zeilen in falscher Reihenfolge', en: 'rows out of order' },
  'reference-invalid': { de: 'ungültiger Zellbezug', en: 'invalid cell reference' },
  'no-sheet': { de: 'kein Tabellenblatt', en: 'no worksheet' },
} as const;
export type DamageReason = keyof typeof damageReasons;

/** A file is not the table that it should be. */
export class TableError extends Error {
  override readonly name = 'TableError';
  readonly problem: TableProblem;

  constructor(problem: TableProblem, options?: { cause?: unknown }) {
    super(describeProblem(problem).message.en, options);
    this.problem = problem;
  }
}

/** What is wrong and what to do, in words. */
export function describeProblem(problem: TableProblem): { message: Text; remedy: Text } {
  // Looked up by the problem's own code: arguments and wording belong together, which the compiler cannot see here.
  const wording = wordings[problem.code] as (args: TableProblem['args']) => { message: Text; remedy: Text };
  return wording(problem.args);
}

/** A table that a user gave us for import cannot be read: tells which file, and what to do. */
export function tableUsageError(error: TableError, path: string): UsageError {
  const { message, remedy } = describeProblem(error.problem);
  return new UsageError(
    `table.${error.problem.code}`,
    { de: `${path}: ${message.de}`, en: `${path}: ${message.en}` },
    remedy,
  );
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
      de: `Die Datei kann nicht gelesen werden (${cause}).`,
      en: `The file cannot be read (${cause}).`,
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

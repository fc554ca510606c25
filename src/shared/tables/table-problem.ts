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
  /** The row that is to hold the headings holds nothing, or is not there. */
  'heading-row-blank': { row: number };
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
export const jsonMistakes = {
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
export const damageReasons = {
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

import { describeProblem } from '../../shared/tables/problem-words.ts';
import type { TableProblem } from '../../shared/tables/table-problem.ts';
import { finding } from '../definition.ts';
import { describeRule, type RowRule } from './row-rule.ts';

type None = Record<never, never>;

const kinds = {
  count: { de: 'eine ganze Zahl ab 0', en: 'a whole number from 0' },
  integer: { de: 'eine ganze Zahl', en: 'a whole number' },
  decimal: { de: 'eine Zahl, etwa 1.234,50', en: 'a number, for example 1.234,50' },
  'yes-no': { de: 'ja oder nein', en: 'yes or no (ja, nein)' },
  date: { de: 'ein Datum (TT.MM.JJJJ oder JJJJ-MM-TT)', en: 'a date (DD.MM.YYYY or YYYY-MM-DD)' },
  digest: { de: 'eine hexadezimale Prüfsumme dieses Verfahrens', en: 'a hexadecimal digest of this algorithm' },
  cell: { de: 'ein Wert: die Formel der Zelle ist fehlerhaft', en: 'a value: the formula of the cell fails' },
  single: { de: 'ein einziger Wert: die Angabe kommt mehrfach vor', en: 'a single value: it is given several times' },
  plain: {
    de: 'ein einfacher Wert: hier steht eine Liste oder ein zusammengesetzter Wert',
    en: 'a plain value: a list or a compound value stands here',
  },
} as const;

/** Index files: whether they can be read, their columns, rows and values. */
export const manifestFindings = {
  'manifest.absent': finding<{ patterns: readonly string[] }>({
    severity: 'error',
    title: { de: 'Begleitliste fehlt', en: 'Manifest is absent' },
    message: {
      de: ({ patterns }) => `Das Paket enthält keine Begleitliste (erwartet: ${patterns.join(', ')}).`,
      en: ({ patterns }) => `The package holds no manifest (expected: ${patterns.join(', ')}).`,
    },
    remedy: {
      de: 'Begleitliste unter dem vereinbarten Namen mitliefern.',
      en: 'Deliver the manifest under the agreed name.',
    },
  }),
  'manifest.unreadable': finding<{ problem: TableProblem }>({
    severity: 'error',
    title: { de: 'Begleitliste nicht lesbar', en: 'Manifest not readable' },
    message: {
      de: ({ problem }) => describeProblem(problem).message.de,
      en: ({ problem }) => describeProblem(problem).message.en,
    },
    remedy: {
      de: 'Begleitliste in der vereinbarten Form neu ausgeben, nicht von Hand bearbeiten, und nachliefern.',
      en: 'Write the manifest anew in the agreed form, do not edit it by hand, and deliver it again.',
    },
  }),
  'manifest.format-not-agreed': finding<{ found: string; agreed: string }>({
    severity: 'error',
    title: { de: 'Format der Begleitliste nicht vereinbart', en: 'Format of the manifest not agreed' },
    message: {
      de: ({ found, agreed }) => `Die Begleitliste hat das Format ${found}; vereinbart ist ${agreed}.`,
      en: ({ found, agreed }) => `The manifest is ${found}; agreed is ${agreed}.`,
    },
    remedy: {
      de: 'Begleitliste im vereinbarten Format ausgeben und nachliefern.',
      en: 'Write the manifest in the agreed format and deliver it again.',
    },
  }),
  'manifest.empty': finding<None>({
    severity: 'error',
    title: { de: 'Begleitliste ohne Zeile', en: 'Manifest without a row' },
    message: {
      de: () => 'Die Begleitliste enthält keine einzige Zeile unter den Spaltenüberschriften.',
      en: () => 'The manifest holds not a single row below its headers.',
    },
    remedy: {
      de: 'Begleitliste vollständig ausgeben und nachliefern.',
      en: 'Write the complete manifest and deliver it again.',
    },
  }),
  'manifest.column-missing': finding<{ field: string; column: string; present: readonly string[] }>({
    severity: 'error',
    title: { de: 'Spalte fehlt', en: 'Column is missing' },
    message: {
      de: ({ column, present }) =>
        `Die Spalte „${column}“ fehlt. Vorhanden: ${present.map((name) => `„${name}“`).join(', ')}.`,
      en: ({ column, present }) =>
        `The column "${column}" is missing. Present: ${present.map((name) => `"${name}"`).join(', ')}.`,
    },
    remedy: {
      de: 'Spalte mit der vereinbarten Überschrift ergänzen oder die Überschrift berichtigen.',
      en: 'Add the column under the agreed header, or correct the header.',
    },
  }),
  'manifest.heading-lower': finding<{ rows: number }>({
    severity: 'note',
    title: { de: 'Zeilen über den Überschriften', en: 'Rows above the headings' },
    message: {
      de: ({ rows }, format) =>
        rows === 1
          ? 'Die Überschriften stehen in dieser Zeile; die Zeile darüber wurde übergangen.'
          : `Die Überschriften stehen in dieser Zeile; ${format.number(rows)} Zeilen darüber wurden übergangen.`,
      en: ({ rows }, format) =>
        rows === 1
          ? 'The headings stand in this row; the row above it was passed over.'
          : `The headings stand in this row; ${format.number(rows)} rows above it were passed over.`,
    },
    remedy: {
      de: 'Nichts zu tun, wenn darüber nur Titel und Hinweise stehen; sonst die Überschriften in die erste Zeile schreiben. Das Lieferprofil kann die Zeile festlegen (manifest.headingRow).',
      en: 'Nothing to do when only titles and remarks stand above; otherwise write the headings into the first row. The profile can fix the row (manifest.headingRow).',
    },
  }),
  'manifest.columns-unused': finding<{ columns: readonly string[] }>({
    severity: 'note',
    title: { de: 'Spalten ohne Verwendung', en: 'Columns without use' },
    message: {
      de: ({ columns }) =>
        `Diese Spalten kennt das Lieferprofil nicht: ${columns.map((name) => `„${name}“`).join(', ')}.`,
      en: ({ columns }) => `The profile does not know these columns: ${columns.map((name) => `"${name}"`).join(', ')}.`,
    },
    remedy: {
      de: 'Nichts zu tun, wenn die Angaben nicht gebraucht werden; sonst im Lieferprofil als Feld aufnehmen.',
      en: 'Nothing to do when the values are not needed; otherwise add them to the profile as fields.',
    },
  }),
  'manifest.too-many-rows': finding<{ limit: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Zu viele Zeilen', en: 'Too many rows' },
    message: {
      de: ({ limit }, format) =>
        `Die Begleitlisten haben mehr als ${format.number(limit)} Zeilen; die übrigen sind ungeprüft.`,
      en: ({ limit }, format) => `The manifests have more than ${format.number(limit)} rows; the others are unchecked.`,
    },
    remedy: {
      de: 'Lieferung auf mehrere Pakete aufteilen oder die Grenze im Lieferprofil (limits.rows) anheben.',
      en: 'Split the delivery into several packages, or raise the limit in the delivery profile (limits.rows).',
    },
  }),
  'manifest.row-width': finding<{ cells: number; columns: number }>({
    severity: 'error',
    title: { de: 'Zeile mit falscher Spaltenzahl', en: 'Row with a wrong number of cells' },
    message: {
      de: ({ cells, columns }) =>
        `Die Zeile hat ${cells} Zellen, die Überschrift ${columns}; welcher Wert zu welcher Spalte gehört, ist unklar.`,
      en: ({ cells, columns }) =>
        `The row has ${cells} cells, the header ${columns}; which value belongs where is unclear.`,
    },
    remedy: {
      de: 'Trennzeichen innerhalb eines Werts in Anführungszeichen setzen oder fehlende Zellen ergänzen.',
      en: 'Put values that hold the delimiter into quotes, or add the missing cells.',
    },
  }),
  'manifest.mark-inside': finding<{ rows: number }>({
    severity: 'warning',
    title: { de: 'Byte-Reihenfolge-Marke innerhalb der Begleitliste', en: 'Byte order mark inside the manifest' },
    message: {
      de: ({ rows }, format) =>
        `${format.number(rows)} ${rows === 1 ? 'Zeile enthält' : 'Zeilen (die erste ist genannt) enthalten'} die Marke U+FEFF, die nur am Anfang einer Datei stehen darf; sie wird überlesen.`,
      en: ({ rows }, format) =>
        `${format.number(rows)} ${rows === 1 ? 'row holds' : 'rows (the first is named) hold'} the mark U+FEFF, which may only stand at the beginning of a file; it is passed over.`,
    },
    remedy: {
      de: 'Prüfen, ob mehrere Dateien aneinandergehängt wurden; Begleitliste in einem Stück ausgeben.',
      en: 'Check whether several files were joined; write the manifest in one piece.',
    },
  }),
  'manifest.line-ends-mixed': finding<{ crlf: number; lf: number; cr: number }>({
    severity: 'note',
    title: { de: 'Zeilenenden gemischt', en: 'Line ends mixed' },
    message: {
      de: ({ crlf, lf, cr }, format) =>
        `Die Zeilen enden verschieden: ${format.number(crlf)} mit CR LF, ${format.number(lf)} mit LF, ${format.number(cr)} mit CR.`,
      en: ({ crlf, lf, cr }, format) =>
        `The rows end in different ways: ${format.number(crlf)} with CR LF, ${format.number(lf)} with LF, ${format.number(cr)} with CR.`,
    },
    remedy: {
      de: 'Prüfen, ob mehrere Dateien aneinandergehängt wurden oder ein Wert einen Zeilenumbruch ohne Anführungszeichen enthält.',
      en: 'Check whether several files were joined, or a value holds a line break without quotes.',
    },
    reference: 'RFC 4180, section 2',
  }),
  'manifest.row-invalid': finding<{ field: string; column: string; value: string } & RowRule>({
    severity: 'error',
    title: { de: 'Angabe entspricht nicht der Vereinbarung', en: 'Value is not as agreed' },
    message: {
      de: ({ column, value, rule, limit }) =>
        `${column === '' ? 'Zeile' : `Spalte „${column}“`}: ${describeRule({ rule, limit }).de}` +
        (value === '' ? '.' : `; angegeben ist „${value}“.`),
      en: ({ column, value, rule, limit }) =>
        `${column === '' ? 'Row' : `Column "${column}"`}: ${describeRule({ rule, limit }).en}` +
        (value === '' ? '.' : `; given is "${value}".`),
    },
    remedy: {
      de: 'Angabe in der Begleitliste berichtigen; was gilt, steht im Lieferprofil (row).',
      en: 'Correct the value in the manifest; the profile (row) says what holds.',
    },
  }),
  'manifest.value-unreadable': finding<{ field: string; column: string; value: string; expected: keyof typeof kinds }>({
    severity: 'error',
    title: { de: 'Wert nicht lesbar', en: 'Value not readable' },
    message: {
      de: ({ column, value, expected }) => `Spalte „${column}“: „${value}“ ist nicht lesbar als ${kinds[expected].de}.`,
      en: ({ column, value, expected }) => `Column "${column}": "${value}" cannot be read as ${kinds[expected].en}.`,
    },
    remedy: { de: 'Wert in der Begleitliste berichtigen.', en: 'Correct the value in the manifest.' },
  }),
} as const;

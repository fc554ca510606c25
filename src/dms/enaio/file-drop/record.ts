import { text } from '../../../shared/language.ts';
import { DmsError } from '../../errors.ts';
import type { FileDropSettings } from './settings.ts';

/** One document on its way through the import: a line of a text file, or a row of an XML file. */
export interface DropRecord {
  /** Tells the document from all others in enaio. */
  readonly documentKey: string;
  /** Of the file, of the document, and the path of its bytes, in the order of the columns. */
  readonly values: readonly string[];
}

export interface Column {
  /** The object type whose field it is; none for the path. */
  readonly object: 'file' | 'document' | undefined;
  readonly name: string;
}

/** Between two values of a line; enaio checks neither whether one occurs in a value nor how many there are. */
export const separator = ';';
const lineEnd = '\r\n';
const byteOrderMark = '\ufeff';
/** What would end a value or a line early. */
const breaking = /[;\r\n\0]/;

/**
 * The records as text in UTF-16 with a byte order mark, one a line, without a line of headings.
 * @throws DmsError dms.value-refused for a value with a separator or a line break: enaio would skip the record silently
 */
export function writeText(records: readonly DropRecord[], columns: readonly Column[]): Buffer {
  for (const { values } of records) {
    const at = values.findIndex((value) => breaking.test(value));
    if (at >= 0) throw unwritable(columns[at]?.name ?? '', values[at] ?? '');
  }
  const lines = records.map(({ values }) => values.join(separator));
  return Buffer.from(`${byteOrderMark}${lines.join(lineEnd)}${lineEnd}`, 'utf16le');
}

/** The lines of a log, which has the form of the data that were imported: UTF-16 with its mark, else ANSI or UTF-8. */
export function readLines(bytes: Buffer): readonly string[] {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const utf8 = bytes.toString('utf8');
  const words = isWide ? bytes.toString('utf16le') : utf8.includes('\ufffd') ? bytes.toString('latin1') : utf8;
  return words
    .replace(byteOrderMark, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '');
}

/** The records in enaio's linear object model (DMSContent, format LOL). */
export function writeXml(records: readonly DropRecord[], columns: readonly Column[], { names }: FileDropSettings) {
  const column = ({ object, name }: Column) =>
    object === undefined
      ? `<Column name="${escaped(name)}" type="TEXT" ostype="X" size="255" system="0"/>`
      : `<Column object="${escaped(names[object])}" name="${escaped(name)}" type="TEXT" ostype="X" system="0"/>`;
  const row = ({ values }: DropRecord) =>
    `<Row>${values.map((value) => `<Value>${escaped(value)}</Value>`).join('')}</Row>`;
  return Buffer.from(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<DMSContent format="LOL">',
      `<Archive name="${escaped(names.cabinet)}">`,
      `<ObjectType name="${escaped(names.document)}" type="DOCUMENT">`,
      '<Rowset>',
      `<Columns>${columns.map(column).join('')}</Columns>`,
      '<Rows>',
      ...records.map(row),
      '</Rows>',
      '</Rowset>',
      '</ObjectType>',
      '</Archive>',
      '</DMSContent>',
      '',
    ].join('\n'),
  );
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 section 2.2: control characters have no form in it. */
function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replace(/(?![\t\n\r])\p{Control}/gu, '\ufffd');
}

function unwritable(name: string, value: string): DmsError {
  const shown = value.replace(/\s+/g, ' ').slice(0, 60);
  return new DmsError(
    'dms.value-refused',
    text({
      de: `„${shown}“ passt nicht in „${name}“: In Textdateien für den Import sind „${separator}“ und Zeilenumbrüche nicht erlaubt.`,
      en: `"${shown}" does not fit "${name}": text files for the import take neither "${separator}" nor line breaks.`,
    }),
  );
}

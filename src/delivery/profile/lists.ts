import { type Text, text } from '../../shared/language.ts';
import { createCsvReader, csvLimits, detectDelimiter } from '../../shared/tables/csv-rows.ts';
import type { ListSource } from './rule-source.ts';

/** A reference list that is read: the values that are agreed. */
export interface ReferenceList {
  readonly name: string;
  /** Trimmed, in NFC. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A reference list with more rows is a database, and none that is agreed with a vendor. */
const MAXIMUM_ROWS = 1_000_000;

/** What is wrong with a list. */
export class ListMistake extends Error {
  override readonly name = 'ListMistake';
  readonly words: Text;
  constructor(words: Text) {
    super(words.en);
    this.words = words;
  }
}

/**
 * Reads a reference list: a CSV file (UTF-8 or Windows-1252, its delimiter recognised) with a header, or the rows as the
 * profile writes them out.
 * @param read the bytes of a file beside the profile
 * @throws ListMistake
 */
export function readList(name: string, source: ListSource, read: (file: string) => Buffer): ReferenceList {
  const [header = [], ...rows] = 'file' in source ? readCsv(read(source.file)) : [source.header, ...source.rows];
  const keys = header.map(normal);
  if (keys.length === 0 || rows.length === 0) {
    throw new ListMistake(text({ de: `die Liste „${name}“ ist leer`, en: `the list "${name}" is empty` }));
  }
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw new ListMistake(
      text({
        de: `die Liste „${name}“ hat die Spalte „${twice}“ zweimal`,
        en: `the list "${name}" has the column "${twice}" twice`,
      }),
    );
  }
  return { name, header: keys, rows: rows.map((cells) => keys.map((_, index) => normal(cells[index] ?? ''))) };
}

function normal(cell: string): string {
  return cell.trim().normalize('NFC');
}

function readCsv(bytes: Buffer): string[][] {
  const source = decode(bytes);
  const delimiter = detectDelimiter(source.slice(0, 64 * 1024), source.length <= 64 * 1024, '"') ?? ';';
  const reader = createCsvReader({ delimiter, quote: '"' }, csvLimits, 1);
  const rows: string[][] = [];
  for (const { cells } of [...reader.write(source), ...reader.end()]) {
    const words = cells.map(String);
    if (words.some((cell) => cell.trim() !== '')) rows.push(words);
    if (rows.length > MAXIMUM_ROWS) {
      throw new ListMistake(
        text({
          de: `die Liste hat mehr als ${MAXIMUM_ROWS} Zeilen`,
          en: `the list has more than ${MAXIMUM_ROWS} rows`,
        }),
      );
    }
  }
  return rows;
}

function decode(bytes: Buffer): string {
  const withoutMark = bytes.subarray(bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? 3 : 0);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(withoutMark);
  } catch {
    return new TextDecoder('windows-1252').decode(withoutMark);
  }
}

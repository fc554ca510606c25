import { type Text, text } from '../shared/language.ts';
import { type CellParser, textCell, wholeNumberCell } from '../shared/tables/cell-parsers.ts';
import { type Columns, optional, required, type ValuesOf } from '../shared/tables/columns.ts';
import { importTable, type ReportMistake } from '../shared/tables/import-table.ts';
import { fileKey, referenceKey, volumeKey } from './reference.ts';

/** A file as the pick list names it. */
export interface PickedFile {
  /** Row of the table, as a spreadsheet counts. */
  readonly row: number;
  /** As written, trimmed. */
  readonly reference: string;
  readonly referenceKey: string;
  /** '' where the file has no volumes. */
  readonly volume: string;
  /** Barcode of the box; null where the list names none. */
  readonly box: string | null;
  /** Sheets of paper, counted or estimated; null where the list does not tell. */
  readonly expectedSheets: number | null;
  readonly title: string;
}

export interface PickList {
  readonly files: readonly PickedFile[];
  /** Headings of columns that were not used. */
  readonly ignored: readonly string[];
}

const longest = { reference: 200, volume: 40, box: 48, title: 500 } as const;
const mostSheets = 1_000_000;

/** The columns of a pick list; the first alias of each is the heading that our own lists have. */
const pickListColumns = {
  reference: required(
    [
      'Aktenzeichen',
      'AZ',
      'Aktennummer',
      'Akten-Nr.',
      'Geschäftszeichen',
      'Akte',
      'file reference',
      'reference',
      'file',
    ],
    nameCell(longest.reference),
  ),
  volume: optional(['Band', 'Bandnummer', 'Band-Nr.', 'volume', 'vol.'], nameCell(longest.volume)),
  box: optional(
    ['Karton', 'Kartonnummer', 'Karton-Nr.', 'Behälter', 'Kiste', 'Barcode', 'box', 'box barcode', 'container'],
    barcodeCell(),
  ),
  expectedSheets: optional(
    ['Blatt', 'Blattzahl', 'Blätter', 'Anzahl Blatt', 'Blatt geschätzt', 'sheets', 'expected sheets', 'sheet count'],
    wholeNumberCell({ min: 1, max: mostSheets }),
  ),
  title: optional(['Titel', 'Betreff', 'Bezeichnung', 'title', 'subject'], titleCell),
} as const satisfies Columns;

type PickListValues = ValuesOf<typeof pickListColumns>;

/**
 * Reads a pick list from CSV or XLSX.
 * @param sheet the workbook's sheet; without it, the first
 * @throws UsageError that lists every mistake by row and column
 */
export async function readPickList(path: string, sheet?: string): Promise<PickList> {
  const { rows, ignored } = await importTable(path, pickListColumns, {
    ...(sheet === undefined ? {} : { sheet }),
    check: refuseSecondMention(),
  });
  return { files: rows.map(({ row, values }) => pickedFile(row, values)), ignored };
}

function refuseSecondMention() {
  const seen = new Map<string, number>();
  return (values: Partial<PickListValues>, report: ReportMistake<keyof PickListValues>, row: number): void => {
    const { reference, volume } = values;
    if (reference === undefined) return;
    const key = fileKey({ reference, volume: volume ?? '' });
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, row);
    else report(volume === undefined ? 'reference' : 'volume', onlyOnce(earlier));
  };
}

function onlyOnce(row: number): Text {
  return text({
    de: `jede Akte (jeder Band) nur einmal; steht schon in Zeile ${row}`,
    en: `each file (each volume) only once; it stands in row ${row} already`,
  });
}

function pickedFile(row: number, { reference, volume, box, expectedSheets, title }: PickListValues): PickedFile {
  return {
    row,
    reference,
    referenceKey: referenceKey(reference),
    volume: volumeKey(volume ?? ''),
    box: box ?? null,
    expectedSheets: expectedSheets ?? null,
    title: title ?? '',
  };
}

/** A reference or volume. Spreadsheets turn 12/2020 into a date: what was written is lost then, and must not be guessed. */
function nameCell(most: number): CellParser<string> {
  return (cell) => {
    if (typeof cell === 'object' && 'date' in cell) return { expected: madeIntoDate };
    if (typeof cell === 'boolean') return { expected: plainWords };
    return shortText(most)(cell);
  };
}

function barcodeCell(): CellParser<string> {
  return (cell) => {
    const parsed = nameCell(longest.box)(cell);
    if ('expected' in parsed || /^[\x20-\x7e]+$/.test(parsed.value)) return parsed;
    return { expected: barcodeCharacters };
  };
}

function titleCell(cell: Parameters<CellParser<string>>[0]): ReturnType<CellParser<string>> {
  const parsed = textCell(cell);
  return 'expected' in parsed ? parsed : shortText(longest.title)(parsed.value.replace(/\s+/gu, ' '));
}

function shortText(most: number): CellParser<string> {
  return (cell) => {
    const parsed = textCell(cell);
    if ('expected' in parsed) return parsed;
    // Our own CSV files guard what a spreadsheet would take for a formula with an apostrophe.
    const value = parsed.value.replace(/^'(?=[=+\-@＝＋－＠])/u, '');
    if (value.length > most) return { expected: tooLong(most) };
    return unreadable.test(value) ? { expected: plainWords } : { value };
  };
}

/** Control characters, line breaks, marks that turn the direction of writing, invisible and unassigned code points. */
const unreadable = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

const plainWords = text({
  de: 'ein lesbarer Text in einer Zeile, ohne Steuerzeichen',
  en: 'a readable text on one line, without control characters',
});
const barcodeCharacters = text({
  de: 'ein Barcode aus Buchstaben ohne Umlaute, Ziffern und einfachen Satzzeichen',
  en: 'a barcode of plain letters, digits and punctuation (ASCII)',
});
const madeIntoDate = text({
  de: 'ein Text; die Tabellenkalkulation hat daraus ein Datum gemacht (Spalte als Text formatieren und Wert neu eingeben)',
  en: 'a text; the spreadsheet has made a date of it (format the column as text and enter the value again)',
});

function tooLong(most: number): Text {
  return text({ de: `höchstens ${most} Zeichen`, en: `at most ${most} characters` });
}

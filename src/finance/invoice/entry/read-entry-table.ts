import { UsageError } from '../../../shared/errors.ts';
import { text } from '../../../shared/language.ts';
import { type Cell, cellText, isBlank } from '../../../shared/tables/cell.ts';
import type { Parsed } from '../../../shared/tables/cell-parsers.ts';
import { recogniseColumns } from '../../../shared/tables/columns.ts';
import { createMistakes, type Mistakes } from '../../../shared/tables/mistakes.ts';
import { readRows } from '../../../shared/tables/raw-rows.ts';
import type { RawRow } from '../../../shared/tables/raw-table.ts';
import type { EntryDiscount, EntryLine, InvoiceEntry } from './entry.ts';
import { type HeadKey, headColumns, type LineKey, lineColumns } from './entry-columns.ts';

/** An entry, and what of its table was not used. */
export interface ReadEntryTable {
  readonly entry: InvoiceEntry;
  /** Headings. */
  readonly ignored: readonly string[];
}

const columns = { ...headColumns, ...lineColumns };
type Key = HeadKey | LineKey;

/** An invoice of more lines did not come on paper. */
const mostRows = 10_000;

/**
 * Reads an invoice out of a table (CSV, XLSX): a row for each line below the row of headings. What is said once stands in
 * rows above ("Rechnungsnummer;R-17"), or in columns, in the first row or in all.
 * @throws UsageError that lists every mistake by row and column, or says why it is no such table
 */
export async function readEntryTable(path: string): Promise<ReadEntryTable> {
  const rows = await readRows(path, mostRows);
  const at = rows.findIndex(({ cells }) => hasLineHeadings(cells));
  const header = rows[at];
  if (!header) throw noHeadings(path);
  const reading = new Reading(path);
  for (const row of rows.slice(0, at)) reading.headRow(row);
  reading.headings(header);
  for (const row of rows.slice(at + 1)) reading.lineRow(row);
  return { entry: reading.finish(header.row), ignored: reading.ignored };
}

function hasLineHeadings(cells: readonly Cell[]): boolean {
  const { positions } = recogniseColumns(namesOf(cells), lineColumns);
  return positions.has('quantity') && positions.has('price');
}

function namesOf(cells: readonly Cell[]): string[] {
  return cells.map((cell) => cellText(cell).trim().normalize('NFC'));
}

interface HeadValue {
  readonly value: string;
  readonly row: number;
}

/** Gathers an entry row by row, and every mistake in it. */
class Reading {
  readonly ignored: string[] = [];
  readonly #path: string;
  readonly #mistakes: Mistakes = createMistakes();
  readonly #head = new Map<Key, HeadValue>();
  readonly #lines: EntryLine[] = [];
  #names: readonly string[] = [];
  #positions: ReadonlyMap<Key, number> = new Map();

  constructor(path: string) {
    this.#path = path;
  }

  /** "Rechnungsnummer;R-17": a heading and its value. */
  headRow({ row, cells }: RawRow): void {
    const [label, cell, more] = cells.filter((one) => !isBlank(one));
    const name = namesOf([label ?? ''])[0] ?? '';
    const [key] = recogniseColumns([name], columns).positions.keys();
    if (key === undefined || !(key in headColumns || key === 'vatRate')) this.ignored.push(name);
    else if (more !== undefined) this.#mistakes.addRow(row, tooMany);
    else if (cell !== undefined) this.#say(key, row, name, cell);
  }

  headings({ cells }: RawRow): void {
    this.#names = namesOf(cells);
    const { positions, ignored, mistakes } = recogniseColumns(this.#names, columns);
    if (mistakes.length > 0) throw ambiguousHeadings(this.#path, mistakes);
    this.#positions = positions;
    this.ignored.push(...ignored.filter((name) => !name.startsWith('#')));
  }

  lineRow({ row, cells }: RawRow): void {
    const values = new Map<LineKey, string>();
    for (const [key, position] of this.#positions) {
      const cell = cells[position] ?? '';
      if (isBlank(cell)) continue;
      const name = this.#names[position] ?? '';
      if (key in headColumns) this.#say(key, row, name, cell);
      else this.#read(key, row, name, cell, (value) => values.set(key as LineKey, value));
    }
    for (const key of ['quantity', 'price'] as const) if (!this.#has(key, cells)) this.#missing(key, row);
    if (!values.has('name') && !values.has('buyerItem')) this.#mistakes.addRow(row, unnamed);
    const get = (key: LineKey) => values.get(key) ?? '';
    this.#lines.push({
      id: get('id'),
      buyerItem: get('buyerItem'),
      name: get('name'),
      quantity: get('quantity'),
      unit: get('unit'),
      price: get('price'),
      baseQuantity: get('baseQuantity'),
      net: get('lineNet'),
      vatRate: get('vatRate'),
      ...(values.has('allowance') ? { allowances: [{ kind: 'allowance', amount: get('allowance') }] } : {}),
    });
  }

  /** @throws UsageError when anything was wrong */
  finish(headerRow: number): InvoiceEntry {
    for (const key of ['number', 'issueDate', 'seller'] as const) {
      if (!this.#head.has(key)) this.#mistakes.addRow(headerRow, missingHead(key));
    }
    this.#mistakes.refuse(this.#path);
    if (this.#lines.length === 0) throw noLines(this.#path);
    const get = (key: Key) => this.#head.get(key)?.value ?? '';
    return {
      number: get('number'),
      issueDate: get('issueDate'),
      type: get('type'),
      dueDate: get('dueDate'),
      deliveryDate: get('deliveryDate'),
      period: { start: get('periodStart'), end: get('periodEnd') },
      references: {
        buyerReference: get('buyerReference'),
        contract: get('contract'),
        order: get('order'),
        deliveryNote: get('deliveryNote'),
        lot: get('lot'),
        preceding: numbersIn(get('preceding')).map((number) => ({ number })),
      },
      seller: { name: get('seller'), vatIdentifier: get('vatIdentifier') },
      payment: { accounts: [get('account')], discounts: discountsIn(get('discount')) },
      lines: this.#lines,
      vatRate: get('vatRate'),
      totals: {
        net: get('net'),
        tax: get('tax'),
        gross: get('gross'),
        prepaid: get('prepaid'),
        payable: get('payable'),
      },
    };
  }

  /** What is said about the whole is the same wherever it stands. */
  #say(key: Key, row: number, name: string, cell: Cell): void {
    this.#read(key, row, name, cell, (value) => {
      const former = this.#head.get(key);
      if (!former) this.#head.set(key, { value, row });
      else if (former.value !== value) {
        const expected = text({ de: `dasselbe wie in Zeile ${former.row}`, en: `the same as in row ${former.row}` });
        this.#mistakes.add({ row, column: name, cell, expected });
      }
    });
  }

  #read(key: Key, row: number, column: string, cell: Cell, take: (value: string) => void): void {
    const failed = typeof cell === 'object' && 'error' in cell;
    const parsed: Parsed<string> = failed ? { expected: aResult } : columns[key].parse(cell);
    if ('value' in parsed) take(parsed.value);
    else this.#mistakes.add({ row, column, cell, expected: parsed.expected });
  }

  #has(key: LineKey, cells: readonly Cell[]): boolean {
    return !isBlank(cells[this.#positions.get(key) ?? -1]);
  }

  #missing(key: LineKey, row: number): void {
    const column = this.#names[this.#positions.get(key) ?? -1] ?? key;
    this.#mistakes.add({ row, column, cell: '', expected: text({ de: 'ein Wert', en: 'a value' }) });
  }
}

const aResult = text({ de: 'ein Wert, kein Fehler einer Formel', en: "a value, not a formula's error" });
const tooMany = text({
  de: 'über den Positionen stehen je Zeile eine Angabe und ihr Wert',
  en: 'above the lines each row has one heading and its value',
});
const unnamed = text({
  de: 'die Leistung fehlt (Preisposition oder Bezeichnung)',
  en: 'the item is missing (price position or description)',
});

function missingHead(key: HeadKey) {
  const [de, en] = headColumns[key].aliases;
  return text({
    de: `die Angabe „${de}“ fehlt: als eigene Zeile darüber oder als Spalte`,
    en: `"${en ?? de}" is missing: in a row of its own above, or as a column`,
  });
}

/** "14 2;7 3": what the column gives. */
function discountsIn(words: string): EntryDiscount[] {
  return words.split(';').flatMap((part) => {
    const [days, percent] = part.split(' ');
    return percent === undefined ? [] : [{ days: Number(days), percent }];
  });
}

/** "R-1, R-2": numbers do not hold commas or semicolons. */
function numbersIn(words: string): string[] {
  return words
    .split(/[,;\n]/)
    .map((number) => number.trim())
    .filter((number) => number !== '');
}

function noHeadings(path: string): UsageError {
  return new UsageError(
    'invoice.entry-unreadable',
    text({
      de: `${path} ist keine erfasste Rechnung: Eine Zeile mit den Spalten „Menge“ und „Einzelpreis“ fehlt.`,
      en: `${path} is no recorded invoice: a row with the columns "quantity" and "unit price" is missing.`,
    }),
    useTemplate,
  );
}

function noLines(path: string): UsageError {
  return new UsageError(
    'invoice.entry-unreadable',
    text({ de: `${path} hat keine Positionen.`, en: `${path} has no lines.` }),
    useTemplate,
  );
}

const useTemplate = text({
  de: 'Eine leere Vorlage schreibt: scanlot invoice template --out rechnung.csv',
  en: 'To write an empty one: scanlot invoice template --out rechnung.csv',
});

function ambiguousHeadings(path: string, mistakes: ConstructorParameters<typeof UsageError>[3]): UsageError {
  return new UsageError(
    'table.columns',
    text({ de: `${path}: Die Spalten sind nicht eindeutig.`, en: `${path}: the columns are ambiguous.` }),
    text({ de: 'Die Überschriften berichtigen.', en: 'Correct the headings.' }),
    mistakes,
  );
}

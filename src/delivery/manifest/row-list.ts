import { bareObject } from '../../shared/bare.ts';
import { IntColumn } from '../../shared/columns/numbers.ts';
import { NameTable, TextColumn } from '../../shared/columns/texts.ts';
import type { EntryIndex } from '../entry-index.ts';
import type { PackageEntry } from '../package-reader.ts';
import type { RowValues } from '../row-schema.ts';
import type { ManifestRow, NewRow } from './row.ts';

/** U+001F, the separator of units: what a value may hold of it is no loss to anybody. */
const SEPARATOR = '\u001f';

/** The rows of all manifests, in the order of their coming; there may be a million, each takes little memory. */
export class RowList implements Iterable<ManifestRow> {
  /** Fields that rows may have. */
  readonly fields: readonly string[];
  readonly #columns: RowColumns;

  /** @param fields all fields that rows may have */
  constructor(fields: readonly string[], index: Pick<EntryIndex, 'entries' | 'paths' | 'placeOf'>) {
    this.fields = fields;
    this.#columns = {
      fields,
      entries: index.entries,
      placeOf: (path) => index.placeOf(path),
      paths: index.paths,
      pathNumbers: new IntColumn(),
      places: new IntColumn(),
      manifests: new IntColumn(0),
      manifestNames: new NameTable(),
      rows: new IntColumn(),
      values: new TextColumn(),
      latest: undefined,
    };
  }

  get length(): number {
    return this.#columns.rows.length;
  }

  /** Adds a row; only those of its values are kept whose fields the list has. */
  push({ manifest, row, path, entry, broken, values }: NewRow): void {
    const columns = this.#columns;
    columns.pathNumbers.push(columns.paths.numberOf(path));
    columns.places.push(entry ? columns.placeOf(entry.path) : -1);
    columns.manifests.push(columns.manifestNames.numberOf(manifest) * 2 + (broken ? 1 : 0));
    columns.rows.push(row);
    columns.values.push(pack(values, path, this.fields));
  }

  at(index: number): ManifestRow | undefined {
    return index >= 0 && index < this.length ? new RowAt(this.#columns, index) : undefined;
  }

  *[Symbol.iterator](): Iterator<ManifestRow> {
    for (let index = 0; index < this.length; index += 1) yield new RowAt(this.#columns, index);
  }

  /** Forgets the rows from `length` on. */
  truncate(length: number): void {
    const { pathNumbers, places, manifests, rows, values } = this.#columns;
    for (const column of [pathNumbers, places, manifests, rows, values]) column.truncate(length);
  }
}

interface RowColumns extends Pick<EntryIndex, 'entries' | 'paths' | 'placeOf'> {
  readonly fields: readonly string[];
  readonly pathNumbers: IntColumn;
  /** Places of the rows' entries among the entries, -1 where there is none. */
  readonly places: IntColumn;
  /** Twice the number of the manifest; one more where the row is broken. Sound rows of the first take no memory. */
  readonly manifests: IntColumn;
  readonly manifestNames: NameTable;
  readonly rows: IntColumn;
  /** The values in the order of the fields; that of the path is left out where it is the row's path. */
  readonly values: TextColumn;
  /** The values that were asked for last: checks ask for them again and again. */
  latest: { readonly index: number; readonly values: RowValues } | undefined;
}

/** A row where it stands in its list; what of it is asked for is read there. */
class RowAt implements ManifestRow {
  readonly index: number;
  readonly #columns: RowColumns;

  constructor(columns: RowColumns, index: number) {
    this.#columns = columns;
    this.index = index;
  }

  get manifest(): string {
    return this.#columns.manifestNames.at(this.#columns.manifests.get(this.index) >> 1);
  }

  get row(): number {
    return this.#columns.rows.get(this.index);
  }

  get pathNumber(): number {
    return this.#columns.pathNumbers.get(this.index);
  }

  get path(): string {
    return this.entry?.path ?? this.#columns.paths.at(this.pathNumber);
  }

  get entry(): PackageEntry | undefined {
    return this.#columns.entries[this.#columns.places.get(this.index)];
  }

  get broken(): boolean {
    return this.#columns.manifests.get(this.index) % 2 === 1;
  }

  get values(): RowValues {
    const { latest, values, fields } = this.#columns;
    if (latest?.index === this.index) return latest.values;
    const unpacked = unpack(values.at(this.index), this.path, fields);
    this.#columns.latest = { index: this.index, values: unpacked };
    return unpacked;
  }
}

function pack(values: RowValues, path: string, fields: readonly string[]): string {
  let packed = '';
  for (const [place, field] of fields.entries()) {
    const value = values[field] ?? '';
    if (place > 0) packed += SEPARATOR;
    if (field === 'path' && value === path) continue;
    packed += value.includes(SEPARATOR) ? value.replaceAll(SEPARATOR, ' ') : value;
  }
  return packed;
}

function unpack(packed: string, path: string, fields: readonly string[]): RowValues {
  const values = bareObject<string>();
  let start = 0;
  for (const field of fields) {
    const end = packed.indexOf(SEPARATOR, start);
    const written = packed.slice(start, end < 0 ? undefined : end);
    const value = field === 'path' && written === '' ? path : written;
    if (value !== '') values[field] = value;
    if (end < 0) break;
    start = end + 1;
  }
  return values;
}

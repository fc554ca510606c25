import { type Text, text } from '../language.ts';
import { nearest } from '../suggest.ts';
import type { CellParser } from './cell-parsers.ts';

/** A column of an import of ours. */
export interface Column<Value, Required extends boolean = boolean> {
  /** Headings by which it is recognised, German and English; the first is what we call it ourselves. */
  readonly aliases: readonly [string, ...string[]];
  readonly parse: CellParser<Value>;
  /** The column must be there, and every row must have a value in it. */
  readonly required: Required;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The values of one row; columns that are not required may have none. */
export type ValuesOf<Definition extends Columns> = {
  readonly [Key in keyof Definition]: Definition[Key] extends Column<infer Value, true>
    ? Value
    : Definition[Key] extends Column<infer Value>
      ? Value | undefined
      : never;
};

export function required<Value>(aliases: Column<Value>['aliases'], parse: CellParser<Value>): Column<Value, true> {
  return { aliases, parse, required: true };
}

export function optional<Value>(aliases: Column<Value>['aliases'], parse: CellParser<Value>): Column<Value, false> {
  return { aliases, parse, required: false };
}

/** Which column of the file holds what. */
export interface Recognition<Key extends string> {
  /** Position in the header (from 0) by column. */
  readonly positions: ReadonlyMap<Key, number>;
  /** Headings that belong to no column; "#3" is the third column, where it has no heading. */
  readonly ignored: readonly string[];
  /** Columns that are missing or stand twice; without any, all required ones are there. */
  readonly mistakes: readonly Text[];
}

/** Finds the columns by their headings: case, spaces, punctuation, units in brackets, ä or ae make no difference. */
export function recogniseColumns<Definition extends Columns>(
  header: readonly string[],
  columns: Definition,
): Recognition<keyof Definition & string> {
  const keys = Object.keys(columns) as (keyof Definition & string)[];
  const known = new Map(keys.flatMap((key) => columns[key]?.aliases.map((alias) => [fold(alias), key] as const) ?? []));
  const positions = new Map<keyof Definition & string, number>();
  const ignored: string[] = [];
  const mistakes: Text[] = [];
  for (const [position, heading] of header.entries()) {
    const key = known.get(fold(heading)) ?? known.get(fold(heading.replace(/[([].*?[)\]]/g, '')));
    const earlier = key && positions.get(key);
    if (key === undefined) ignored.push(heading || `#${position + 1}`);
    else if (earlier !== undefined) mistakes.push(standsTwice(header[earlier] ?? '', heading));
    else positions.set(key, position);
  }
  for (const key of keys) {
    const column = columns[key];
    if (column?.required && !positions.has(key)) mistakes.push(missing(column.aliases, ignored));
  }
  return { positions, ignored, mistakes };
}

/** A heading reduced to what counts: lower case, umlauts spelled out, letters and digits only. */
function fold(heading: string): string {
  return heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '');
}

function standsTwice(first: string, second: string): Text {
  return text({
    de: `Die Spalten „${first}“ und „${second}“ bedeuten dasselbe; lassen Sie eine weg.`,
    en: `The columns "${first}" and "${second}" mean the same; leave one out.`,
  });
}

function missing(aliases: readonly string[], candidates: readonly string[]): Text {
  const byFolded = new Map(candidates.map((heading) => [fold(heading), heading]));
  const near = aliases
    .flatMap((alias) => nearest(fold(alias), byFolded.keys()) ?? [])
    .map((key) => byFolded.get(key))[0];
  const names = aliases.map((alias) => `„${alias}“`).join(', ');
  const englishNames = aliases.map((alias) => `"${alias}"`).join(', ');
  return text({
    de: `Die Spalte „${aliases[0]}“ fehlt (erkannt werden: ${names}).${near === undefined ? '' : ` Ist „${near}“ gemeint?`}`,
    en: `The column "${aliases[0]}" is missing (recognised: ${englishNames}).${near === undefined ? '' : ` Did you mean "${near}"?`}`,
  });
}

/** What is said of columns that are not used. */
export function ignoredColumnsText(ignored: readonly string[]): Text | undefined {
  if (ignored.length === 0) return undefined;
  return text({ de: `Nicht verwendete Spalten: ${ignored.join(', ')}`, en: `Columns not used: ${ignored.join(', ')}` });
}

import type { CalendarDate } from '../shared/dates.ts';
import type { Text } from '../shared/language.ts';

/**
 * What a report says, independent of the format it is read in. Every renderer (XLSX, PDF, HTML, CSV, JSON) takes its
 * figures from here and from `figures.ts`, so that all of them show the same numbers. A report is plain data: it can be
 * built from the database, from a test, from a plan.
 */
export interface Report {
  /** Stable name in kebab-case: "cost-against-budget". */
  readonly name: string;
  readonly title: Text;
  readonly subtitle?: Text;
  /** The day whose state the figures show. */
  readonly asOf: CalendarDate;
  /** Where the figures come from, in the words of a footnote. */
  readonly source: Text;
  /** ISO instant of the making. Documents carry no other clock, so that the same report gives the same bytes. */
  readonly generatedAt: string;
  /** The few figures a hurried reader needs, in order of weight. */
  readonly facts: readonly KeyFigure[];
  /** The first table is the main one: it is what CSV gives when no table is named. */
  readonly tables: readonly ReportTable[];
  readonly charts: readonly Chart[];
  readonly notes: readonly Text[];
}

/**
 * What a figure is; it settles the unit of the value and how people see it.
 *
 * | type    | value                                     | people see (de)  | JSON          |
 * | ------- | ----------------------------------------- | ---------------- | ------------- |
 * | text    | string, or Text where it is translated    | as it is         | string        |
 * | count   | integer                                   | 13.000.000       | number        |
 * | money   | Cents                                     | 1.165.000,00 €   | "1165000.00"  |
 * | price   | Micros                                    | 0,0235 €         | "0.0235"      |
 * | percent | integer, millionths of the whole          | 89,3 %           | "0.892857"    |
 * | metres  | integer, millimetres of shelf             | 330,00 m         | "330.000"     |
 * | date    | CalendarDate                              | 31.12.2020       | "2020-12-31"  |
 * | year    | integer, not grouped                      | 2020             | number        |
 */
export type ValueType = 'text' | 'count' | 'money' | 'price' | 'percent' | 'metres' | 'date' | 'year';

/** A value by the table of `ValueType`; null where there is none (which is not the same as 0). */
export type Cell = string | number | Text | null;

export interface KeyFigure {
  readonly key: string;
  readonly title: Text;
  readonly type: ValueType;
  readonly value: Cell;
  /** Half a sentence that says what the figure means: "89,3 % des Ansatzes". */
  readonly note?: Text;
}

export interface ReportTable {
  readonly key: string;
  readonly title: Text;
  /** At most 31 characters, for the tab of a workbook's sheet; without it the title is cut. */
  readonly shortTitle?: Text;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Whether a totals row follows; true unless it is switched off or no column has a total. */
  readonly totals?: boolean;
  /**
   * A listing to work on rather than to read (movements, files): in full in XLSX, CSV and JSON, in PDF and HTML only its
   * totals with the number of rows.
   */
  readonly listing?: boolean;
}

/** Values by column key. Cells of columns with a rule are left out: they are computed. A missing key is null. */
export type Row = Readonly<Record<string, Cell>>;

export interface Column {
  readonly key: string;
  readonly title: Text;
  readonly type: ValueType;
  /** Computes the column from others of the same row; also applied to the totals. */
  readonly formula?: Rule;
  /** Decimals that a ratio of the column is rounded to, no more than its type carries. Default: 4 for a price, else all. */
  readonly decimals?: number;
  /**
   * The cell of the totals row. Default: the rule for a column with a formula, the sum for money, counts and metres,
   * nothing for the rest. A rule of its own where the rows are given but the total is no sum (an average price).
   */
  readonly total?: 'sum' | 'none' | Rule;
}

/**
 * A rule over other columns of the row, exact, rounded once (half away from zero) to the decimals of the column.
 * - ratio: numerator ÷ denominator; null when either is null or the denominator is 0
 * - difference: the first less the others; sum: all together. A null operand counts 0, only nulls give null.
 *   All operands have the column's own type.
 */
export type Rule =
  | { readonly ratio: readonly [numerator: string, denominator: string] }
  | { readonly difference: readonly [from: string, ...less: string[]] }
  | { readonly sum: readonly string[] };

/** Horizontal bars: one group for each category; series of one stack lie end to end, different stacks one below another. */
export interface Chart {
  readonly kind: 'bars';
  readonly key: string;
  readonly title: Text;
  /** One sentence for those who cannot see the chart. */
  readonly description: Text;
  readonly type: 'money' | 'count' | 'percent' | 'metres';
  readonly categories: readonly Text[];
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly key: string;
  readonly title: Text;
  readonly stack: string;
  /** What the other stacks are measured against (the budget): drawn as an outline. */
  readonly target?: boolean;
  /** One value for each category, in the unit of the chart's type; none negative (a bar has no length below nothing). */
  readonly values: readonly number[];
}

import type { Text } from '../../shared/language.ts';
import type { Rule, ValueType } from '../model.ts';

/** A report described as data: schemas/report-definition-1.schema.json. It names datasets, and says what to make of them. */
export interface ReportDefinition {
  /** Kebab-case; the same as its file's name. */
  readonly name: string;
  readonly title: Text;
  /** One line for the list of reports. */
  readonly summary: Text;
  /** A report of the program that comes first: its figures, charts, tables and notes. */
  readonly base?: string;
  readonly facts?: readonly FactDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly charts?: readonly ChartDefinition[];
  readonly notes?: readonly Text[];
  /** File name of the letter template (beside the definition), for the PDF and DOCX of the report. */
  readonly letter?: string;
}

/** A value that a field must have, or one of several; null is "empty". */
export type Wanted = string | number | null | readonly (string | number | null)[];

/** Conditions by field; all must hold. `not` turns one around. */
export type Conditions = Readonly<Record<string, Wanted | { readonly not: Wanted }>>;

export interface TableDefinition {
  readonly key: string;
  readonly title: Text;
  readonly shortTitle?: Text;
  readonly dataset: string;
  readonly where?: Conditions;
  /** Fields that rows are put together by; without it every row of the dataset is a row of the table. */
  readonly groupBy?: readonly string[];
  readonly columns: readonly ColumnDefinition[];
  /** Column keys; "-" before one turns its order around. Default: the order of the dataset. */
  readonly sort?: readonly string[];
  readonly totals?: boolean;
  readonly listing?: boolean;
  /** Left out of the report while it has no rows. */
  readonly onlyWithRows?: boolean;
}

interface ColumnBase {
  readonly key: string;
  /** Default: the title of the field. */
  readonly title?: Text;
  readonly total?: 'sum' | 'none' | Rule;
  readonly decimals?: number;
}

/** One of: a field as it is, something added up, a rule over other columns, a traffic light. */
export type ColumnDefinition = ColumnBase &
  (FieldColumn | SumColumn | CountColumn | ExtremeColumn | FormulaColumn | LightColumn);

interface FieldColumn {
  readonly field: string;
}
interface SumColumn {
  readonly sum: string;
  readonly where?: Conditions;
  /** What stands there when no row is added up: 0, or nothing (the default). */
  readonly empty?: 'zero';
}
interface CountColumn {
  readonly count: true;
  readonly where?: Conditions;
}
interface ExtremeColumn {
  readonly min?: string;
  readonly max?: string;
  readonly where?: Conditions;
}
interface FormulaColumn {
  readonly formula: Rule;
  readonly type: ValueType;
}
interface LightColumn {
  readonly light: Light;
}

/** A traffic light by the share of one column in another: told by a word and a mark, so that it needs no colour. */
export interface Light {
  readonly of: string;
  readonly against: string;
  /** Shares from which it is yellow and red, as decimals: "0.9". */
  readonly yellow: string;
  readonly red: string;
}

/** A key figure: a sum or count over a dataset, or the ratio of two of them. */
export interface FactDefinition {
  readonly key: string;
  readonly title: Text;
  readonly dataset: string;
  readonly where?: Conditions;
  readonly sum?: string;
  readonly count?: true;
  readonly min?: string;
  readonly max?: string;
  /** Divided by the sum of this field; needs `type`. */
  readonly per?: string;
  readonly type?: ValueType;
  readonly decimals?: number;
  readonly note?: Text;
}

/** Bars from the rows of one of the report's tables. */
export interface ChartDefinition {
  readonly key: string;
  readonly title: Text;
  readonly description: Text;
  readonly table: string;
  /** Columns whose values, joined, name a bar. */
  readonly category: readonly string[];
  readonly series: readonly {
    readonly column: string;
    readonly title?: Text;
    readonly stack: string;
    readonly target?: boolean;
  }[];
}

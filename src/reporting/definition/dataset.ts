import type { Text } from '../../shared/language.ts';
import type { Cell, ValueType } from '../model.ts';

/** Rows of one kind that a report definition can choose, group and add up: acceptances, invoices, open items. */
export interface Dataset {
  /** The fields of its rows, in the order in which a reader would want them. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly rows: readonly DatasetRow[];
  /** What a reader must know about the figures: rules, assumptions. */
  readonly notes?: readonly DatasetNote[];
}

export interface DatasetNote {
  readonly words: Text;
  /** The fields that it is about; told only where a report has one of them. Default: all. */
  readonly about?: readonly string[];
}

export interface Field {
  readonly title: Text;
  readonly type: ValueType;
}

export interface DatasetRow {
  /** By field; a missing one is null. Units by `ValueType`. */
  readonly values: Readonly<Record<string, Cell>>;
  /** What the row is made of; every figure made of the row can be traced to it. */
  readonly origins: readonly Origin[];
}

/** Something recorded in the ledger that a figure is made of. */
export interface Origin {
  readonly kind:
    | 'acceptance'
    | 'opening-balance'
    | 'delivery'
    | 'call-off'
    | 'invoice'
    | 'invoice-line'
    | 'budget-line'
    | 'budget-change'
    | 'holding'
    | 'contract';
  /** As people know it: "B-2021-001/2", "R-17, line 3", "2021 · 12210.527100 · 3210". */
  readonly name: string;
  /** The delivery that it is about: by it the single files are found. */
  readonly delivery?: { readonly batch: string; readonly round: number };
  /** ISO date; null where it has none. */
  readonly on: string | null;
  readonly pages: number | null;
  /** Gross, in cents; null where it bears no amount. */
  readonly gross: number | null;
}

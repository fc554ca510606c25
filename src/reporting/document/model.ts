import type { Language } from '../../shared/language.ts';
import type { Chart } from '../model.ts';

/** A letter or list to be read on paper: plain texts in the order in which they stand, the same for DOCX and PDF. */
export interface WrittenDocument {
  readonly language: Language;
  readonly title: string;
  /** ISO instant; the only clock in the file. */
  readonly createdAt: string;
  /** At the foot of every page, beside the page number. */
  readonly footer: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | Letterhead
  /** The line that says what a letter is about. */
  | { readonly kind: 'subject'; readonly words: string }
  | { readonly kind: 'title'; readonly words: string }
  | { readonly kind: 'heading'; readonly words: string }
  | { readonly kind: 'paragraph'; readonly words: string; readonly style?: 'bold' | 'quiet' }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | DocumentTable
  | { readonly kind: 'chart'; readonly chart: Chart }
  /** Never parted: the first line above the line to sign on, the others below it. */
  | { readonly kind: 'signature'; readonly closing: string; readonly lines: readonly string[] }
  /** What follows begins on a new page, across. */
  | { readonly kind: 'annex' };

/** The head of a letter by DIN 5008, form B: an address for the window of the envelope, and the references beside it. */
export interface Letterhead {
  readonly kind: 'letterhead';
  readonly sender: readonly string[];
  /** Sender in one line, small above the address. */
  readonly returnLine: string;
  readonly recipient: readonly string[];
  readonly references: readonly (readonly [name: string, value: string])[];
}

export interface DocumentTable {
  readonly kind: 'table';
  readonly columns: readonly DocumentColumn[];
  /** Walked once by each renderer, row by row: a table may be long. */
  readonly rows: Iterable<readonly string[]>;
  /** A last row that adds the others up. */
  readonly total?: readonly string[];
}

export interface DocumentColumn {
  readonly title: string;
  /** Share of the width; only their ratio counts. */
  readonly share: number;
  readonly align?: 'right';
}

import type { CalendarDate } from '../shared/dates.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, centsToDecimal } from '../shared/money.ts';

/** An appropriation, known by fiscal year, account and cost centre. Amounts are gross. */
export interface BudgetLine {
  readonly fiscalYear: number;
  /** Produktsachkonto. */
  readonly account: string;
  readonly costCentre: string;
  /** The department that manages it. */
  readonly department: string;
  readonly title: string;
  /** Haushaltsansatz. */
  readonly appropriation: Cents;
  /** Ermächtigungsübertragung out of former years. */
  readonly carryOver: Cents;
  /** Ergebnishaushalt (the default) or Finanzhaushalt. */
  readonly section?: Section | undefined;
  /** What may be carried over into the next year: nothing, what call-offs have committed (the default), or all. */
  readonly transferable?: Transferable | undefined;
}

export const sections = ['result', 'finance'] as const;
export type Section = (typeof sections)[number];
export const transferables = ['none', 'committed', 'all'] as const;
export type Transferable = (typeof transferables)[number];

/** A supplement or a leg of a transfer. */
export interface BudgetChange extends BudgetKey {
  readonly kind: 'supplement' | 'transfer';
  /** Negative where it takes away. */
  readonly amount: Cents;
  readonly decidedOn: CalendarDate;
  /** Number of the decision; both legs of a transfer have the same. */
  readonly reference: string;
  readonly reason: string;
}

/** Where an amount is charged. */
export type BudgetKey = Pick<BudgetLine, 'fiscalYear' | 'account' | 'costCentre'>;

/** The key as one text: the same for the same line. */
export function budgetKey({ fiscalYear, account, costCentre }: BudgetKey): string {
  return JSON.stringify([fiscalYear, account, costCentre]);
}

/** "2021 · 12210.527100 · 3210" */
export function budgetName({ fiscalYear, account, costCentre }: BudgetKey): string {
  return `${fiscalYear} · ${account} · ${costCentre}`;
}

/** The line as machines read it: amounts are decimal EUR. */
export function budgetRecord({ appropriation, carryOver, ...line }: BudgetLine) {
  return { ...line, appropriation: centsToDecimal(appropriation), carryOver: centsToDecimal(carryOver) };
}

/** How the members of a line are called. */
export const budgetFields: Readonly<Record<keyof Required<BudgetLine>, Text>> = {
  fiscalYear: text({ de: 'Haushaltsjahr', en: 'fiscal year' }),
  account: text({ de: 'Produktsachkonto', en: 'account' }),
  costCentre: text({ de: 'Kostenstelle', en: 'cost centre' }),
  department: text({ de: 'Amt', en: 'department' }),
  title: text({ de: 'Bezeichnung', en: 'title' }),
  appropriation: text({ de: 'Ansatz', en: 'appropriation' }),
  carryOver: text({ de: 'Ermächtigungsübertragung', en: 'carry-over' }),
  section: text({ de: 'Haushalt', en: 'budget section' }),
  transferable: text({ de: 'Übertragbarkeit', en: 'transferable' }),
};

import type { Dataset, DatasetRow, Origin } from '../../reporting/definition/dataset.ts';
import type { Cell } from '../../reporting/model.ts';
import { proportion } from '../../reporting/ratio.ts';
import { type CalendarDate, daysBetween, yearOf } from '../../shared/dates.ts';
import { type Text, text } from '../../shared/language.ts';
import type { AcceptedService } from '../accepted.ts';
import { type BudgetUse, chargedTo, useOfBudget } from '../budget.ts';
import { type BudgetKey, budgetKey } from '../budget-line.ts';
import type { Commitment } from '../commitments.ts';
import { chosenLines, type ReportBooks } from '../report-books.ts';
import { common, field } from './fields.ts';
import { ofBudgetLine, ofCallOff, ofPosting, ofService } from './origins.ts';
import { type Pace, paceOf, speedNotes } from './pace.ts';

const lineFields = {
  year: common.year,
  account: common.account,
  costCentre: common.costCentre,
  department: common.department,
  title: field('text', 'Bezeichnung', 'Title'),
  appropriation: common.appropriation,
  carryOver: common.carryOver,
  changes: common.changes,
  funds: common.funds,
  committed: common.committed,
  accrued: common.accrued,
  invoiced: common.invoiced,
  paid: common.paid,
  used: field('money', 'Belastung', 'Charged'),
  available: common.available,
} as const;

export const budgetLineFields = { ...lineFields, cause: field('text', 'Ursache', 'Cause') } as const;

/** A budget line with all that is charged to it, whoever charges it. */
export interface LineState extends BudgetUse {
  readonly invoiced: number;
  readonly paid: number;
  readonly services: readonly AcceptedService[];
  readonly orders: readonly Commitment[];
}

/** The chosen budget lines, and charges without one, with their state. */
export function lineStates(books: ReportBooks): LineState[] {
  const { budget, changes, allServices, allCommitments, postings } = books;
  const services = groupByKey(allServices, chargedTo);
  const orders = groupByKey(allCommitments, ({ callOff }) => callOff);
  const posted = groupByKey(postings, (posting) => posting);
  return chosenLines(useOfBudget(budget, allCommitments, allServices, changes), books).map((use) => {
    const own = posted.get(budgetKey(use)) ?? [];
    return {
      ...use,
      invoiced: own.reduce((sum, { gross }) => sum + gross, 0),
      paid: own.reduce((sum, { paid }) => sum + paid, 0),
      services: services.get(budgetKey(use)) ?? [],
      orders: orders.get(budgetKey(use)) ?? [],
    };
  });
}

function groupByKey<T>(values: readonly T[], keyOf: (value: T) => BudgetKey): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = budgetKey(keyOf(value));
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** One row for each budget line, with its stages and the cause where it is overdrawn. */
export function budgetLines(books: ReportBooks): Dataset {
  return {
    fields: budgetLineFields,
    rows: lineStates(books).map((line) => ({
      values: { ...lineValues(line), cause: causeOf(line) },
      origins: lineOrigins(books, line),
    })),
  };
}

export function lineValues(line: LineState): Record<string, Cell> {
  const { fiscalYear: year, account, costCentre, department, title, appropriation, carryOver, changes } = line;
  const { funds, committed, accrued, invoiced, paid, available } = line;
  const head = { year, account, costCentre, department, title };
  const used = committed + accrued;
  return {
    ...head,
    ...{ appropriation, carryOver, changes, funds, committed, accrued, invoiced, paid, used, available },
  };
}

export function lineOrigins({ postings, invoices }: ReportBooks, line: LineState): Origin[] {
  const own = postings.filter((posting) => budgetKey(posting) === budgetKey(line));
  return [
    ...(line.appropriation === null ? [] : [ofBudgetLine(line, line.funds)]),
    ...line.services.map(ofService),
    ...line.orders.filter(({ open }) => open > 0).map(({ callOff }) => ofCallOff(callOff)),
    ...own.flatMap((posting) => ofPosting(posting, invoices.get(posting.invoiceId))),
  ];
}

/** Why a line is overdrawn, or stays unused: told only where the figures show it. */
function causeOf({ appropriation, funds, available, accrued, committed, orders }: LineState): Text | null {
  if (appropriation === null) return text({ de: 'ohne Ansatz belastet', en: 'charged without an appropriation' });
  if (available >= 0) {
    if (funds > 0 && committed + accrued === 0) return text({ de: 'noch nichts abgerufen', en: 'nothing ordered yet' });
    return null;
  }
  const more = orders.filter(({ callOff, accepted }) => accepted > callOff.gross);
  if (more.length > 0) {
    const numbers = more.map(({ callOff }) => callOff.number).join(', ');
    return text({ de: `mehr abgenommen als abgerufen: ${numbers}`, en: `more accepted than ordered: ${numbers}` });
  }
  return accrued > funds
    ? text({ de: 'Abgenommenes übersteigt die Mittel', en: 'accepted exceeds the funds' })
    : text({ de: 'Abrufe binden mehr als die Mittel', en: 'call-offs commit more than the funds' });
}

export const forecastFields = {
  ...lineFields,
  further: field('money', 'Erwartet bis Jahresende', 'Expected until year-end'),
  low: field('money', 'Jahr mindestens', 'Year at least'),
  expected: field('money', 'Jahr erwartet', 'Year expected'),
  high: field('money', 'Jahr höchstens', 'Year at most'),
} as const;

/** The budget lines of one year with what is to be expected by its end: the chosen year, else the present one. */
export function forecastLines(books: ReportBooks): Dataset {
  const year = books.selection.year ?? yearOf(books.today);
  const states = lineStates({ ...books, selection: { ...books.selection, year } });
  const end = `${year}-12-31` as CalendarDate;
  const begun = `${year - 1}-12-31` as CalendarDate;
  const daysLeft = Math.min(Math.max(0, daysBetween(books.today, end)), daysBetween(begun, end));
  return {
    fields: forecastFields,
    rows: states.map((line) => {
      const own = books.allServices.filter(
        ({ account, costCentre }) => account === line.account && costCentre === line.costCentre,
      );
      const pace = paceOf(own, ({ gross }) => gross, books.today);
      const further = (rate: keyof Pace['rates']) =>
        proportion(pace.rates[rate].amount, daysLeft, pace.rates[rate].days);
      const values = {
        ...lineValues(line),
        further: further('expected'),
        low: line.accrued + further('low'),
        expected: line.accrued + further('expected'),
        high: line.accrued + further('high'),
      };
      return { values, origins: [...lineOrigins(books, line), ...own.map(ofService)].filter(once()) };
    }),
    notes: [
      ...speedNotes(books).map((words) => ({ words })),
      {
        words: text({
          de: 'Jahr erwartet: Abgenommenes des Jahres und das Tempo dieses Kontos (mit Kostenstelle), fortgeschrieben bis zum 31.12.; nicht begrenzt durch Mittel oder Abrufe, damit eine Überschreitung sichtbar wird.',
          en: 'Year expected: what was accepted in the year, and the pace of this account (with cost centre) carried on to 31 December; not capped by funds or call-offs, so that an excess shows.',
        }),
      },
    ],
  };
}

function once(): (origin: Origin) => boolean {
  const seen = new Set<string>();
  return ({ kind, name }) => {
    const key = `${kind} ${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

export const yearFields = {
  year: common.year,
  account: common.account,
  funds: common.funds,
  fundsBefore: field('money', 'Mittel Vorjahr', 'Funds, year before'),
  accrued: common.accrued,
  accruedBefore: field('money', 'Abgenommen Vorjahr', 'Accepted, year before'),
  pages: common.pages,
  pagesBefore: field('count', 'Seiten Vorjahr', 'Pages, year before'),
} as const;

/** Each year and account beside the year before, by what the selection has accepted. */
export function years(books: ReportBooks): Dataset {
  const { selection } = books;
  const lines = lineStates({ ...books, selection: { ...selection, year: undefined } });
  const keys = new Map(lines.map(({ fiscalYear, account }) => [`${fiscalYear} ${account}`, { fiscalYear, account }]));
  const { lot, department } = selection;
  const chosen = books.allServices.filter(
    (one) =>
      (lot === undefined || one.lot.id === lot.id) && (department === undefined || one.department === department),
  );
  const of = (year: number, account: string) => {
    const services = chosen.filter((one) => yearOf(one.performedOn) === year && one.account === account);
    const own = lines.filter((line) => line.fiscalYear === year && line.account === account);
    return {
      services,
      funds: own.length === 0 ? null : own.reduce((sum, { funds }) => sum + funds, 0),
      accrued: services.length === 0 ? null : services.reduce((sum, { gross }) => sum + gross, 0),
      pages: services.length === 0 ? null : services.reduce((sum, { pages }) => sum + pages, 0),
    };
  };
  const rows = [...keys.values()]
    .filter(({ fiscalYear }) => selection.year === undefined || fiscalYear === selection.year)
    .map(({ fiscalYear, account }): DatasetRow => {
      const [now, before] = [of(fiscalYear, account), of(fiscalYear - 1, account)];
      return {
        values: {
          year: fiscalYear,
          account,
          funds: now.funds,
          fundsBefore: before.funds,
          accrued: now.accrued,
          accruedBefore: before.accrued,
          pages: now.pages,
          pagesBefore: before.pages,
        },
        origins: [...now.services, ...before.services].map(ofService),
      };
    });
  return { fields: yearFields, rows };
}

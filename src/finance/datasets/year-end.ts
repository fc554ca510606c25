import type { Dataset, DatasetRow } from '../../reporting/definition/dataset.ts';
import { yearOf } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { chosenLines, type ReportBooks } from '../report-books.ts';
import { yearEndLines } from '../year-end.ts';
import { common, field } from './fields.ts';
import { ofBudgetLine, ofCallOff, ofService } from './origins.ts';

export const yearEndFields = {
  year: common.year,
  account: common.account,
  costCentre: field('text', 'KSt', 'Centre'),
  department: common.department,
  title: field('text', 'Bezeichnung', 'Title'),
  section: field('text', 'Haushalt', 'Section'),
  rule: field('text', 'Übertragbar', 'Transferable'),
  funds: common.funds,
  accrued: field('money', 'Aufwand', 'Expense'),
  invoiced: field('money', 'davon berechnet', 'of it invoiced'),
  provision: field('money', 'abzugrenzen (nicht berechnet)', 'to accrue (not invoiced)'),
  committed: common.committed,
  carriedCommitted: field('money', 'Übertragung für Abrufe', 'Carried for call-offs'),
  carriedFree: field('money', 'Übertragung frei', 'Carried free'),
  carried: field('money', 'Übertragung', 'Carried over'),
  lapses: field('money', 'Verfällt', 'Lapses'),
  overdrawn: field('money', 'Überzogen', 'Overdrawn'),
} as const;

const sectionNames = {
  result: text({ de: 'Ergebnis', en: 'result' }),
  finance: text({ de: 'Finanz', en: 'finance' }),
};
const ruleNames = {
  none: text({ de: 'nein', en: 'no' }),
  committed: text({ de: 'gebunden', en: 'committed' }),
  all: text({ de: 'alles', en: 'all' }),
};

/** What becomes of each budget line at the end of its year. */
export function yearEnd(books: ReportBooks): Dataset {
  return {
    fields: yearEndFields,
    notes,
    rows: yearEndLines(books).map((line): DatasetRow => {
      const { state, ...figures } = line;
      const { fiscalYear, account, costCentre, department, title } = state;
      const head = { year: fiscalYear, account, costCentre, department, title };
      return {
        values: {
          ...head,
          ...figures,
          section: sectionNames[state.section ?? 'result'],
          rule: ruleNames[state.transferable ?? 'committed'],
        },
        origins: [
          ofBudgetLine(state, state.funds),
          ...state.services.map(ofService),
          ...state.orders.filter(({ open }) => open > 0).map(({ callOff }) => ofCallOff(callOff)),
        ],
      };
    }),
  };
}

const notes = [
  {
    words: text({
      de: 'Jahresende: Mittel = Aufwand + Übertragung + Verfall − Überziehung. Übertragen wird nach der Regel des Ansatzes: nichts, was offene Abrufe binden, oder alles; nie mehr als nach Abzug des Aufwands bleibt.',
      en: 'Year-end: funds = expense + carried over + lapsing − overdrawn. Carried over by the rule of the line: nothing, what open call-offs commit, or all; never more than the expense leaves.',
    }),
  },
  {
    words: text({
      de: 'Abzugrenzen ist, was im Jahr abgenommen und bis zum Stichtag nicht berechnet ist (Rückstellung für ausstehende Rechnungen).',
      en: 'To accrue is what was accepted in the year and not invoiced by the day shown (provision for outstanding invoices).',
    }),
    about: ['provision', 'invoiced'],
  },
];

export const authorityFields = {
  year: common.year,
  account: common.account,
  costCentre: common.costCentre,
  department: common.department,
  forYear: field('year', 'zulasten von', 'At the cost of'),
  authority: field('money', 'Verpflichtungsermächtigung', 'Commitment authority'),
  ordered: field('money', 'in Anspruch genommen', 'Used'),
} as const;

/** Authority to order at the cost of later years, and the call-offs that have used it. */
export function authorities(books: ReportBooks): Dataset {
  const departments = new Map(books.budget.map((line) => [`${line.account} ${line.costCentre}`, line.department]));
  const lines = books.authorities.map((one) => ({
    ...one,
    department: departments.get(`${one.account} ${one.costCentre}`) ?? '',
  }));
  return {
    fields: authorityFields,
    rows: chosenLines(lines, books).map((one) => {
      const orders = books.ledger.callOffs.filter(
        ({ orderedOn, fiscalYear, account, costCentre }) =>
          yearOf(orderedOn) === one.fiscalYear &&
          fiscalYear === one.forYear &&
          account === one.account &&
          costCentre === one.costCentre,
      );
      const { fiscalYear: year, account, costCentre, department, forYear, amount } = one;
      const ordered = orders.reduce((sum, { gross }) => sum + gross, 0);
      return {
        values: { year, account, costCentre, department, forYear, authority: amount, ordered },
        origins: orders.map(ofCallOff),
      };
    }),
  };
}

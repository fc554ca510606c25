import { budgetName } from '../../finance/budget-line.ts';
import { carryOver, yearEndOf } from '../../finance/carry-over.ts';
import type { YearEndLine } from '../../finance/year-end.ts';
import { text, verbatim } from '../../shared/language.ts';
import { type Cents, centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { argument, flag } from '../options.ts';
import type { TableColumn } from '../printer.ts';
import { readYear } from '../year.ts';

const amounts = ['funds', 'accrued', 'invoiced', 'provision', 'committed', 'carried', 'lapses', 'overdrawn'] as const;

export default defineCommand({
  name: 'budget year-end',
  summary: text({
    de: 'Jahresabschluss: was abzugrenzen ist, übertragen wird und verfällt',
    en: 'year-end: what is to be accrued, is carried over, and lapses',
  }),
  details: text({
    de: 'Mittel = Aufwand + Übertragung + Verfall − Überziehung. Übertragen wird nach der Regel des Ansatzes (transferable): nichts, was offene Abrufe binden (üblich), oder alles. Abzugrenzen ist, was abgenommen und noch nicht berechnet ist. Mit --apply wird die Übertragung gebucht: beim alten Ansatz als Änderung „Ü-JAHR“ abgezogen, beim selben Konto des Folgejahrs gutgeschrieben; offene Abrufe gehen mit ihren Mitteln ins Folgejahr. Als Datei: scanlot report year-end --year JAHR.',
    en: 'Funds = expense + carried over + lapsing − overdrawn. Carried over by the rule of the line (transferable): nothing, what open call-offs commit (the usual), or all. To accrue is what was accepted and is not invoiced yet. With --apply the carry-over is booked: taken from the old line as the change "Ü-YEAR", added to the same account of the next year; open call-offs go along with their funds. As a file: scanlot report year-end --year YEAR.',
  }),
  examples: [
    'scanlot budget year-end 2020',
    'scanlot budget year-end 2020 --apply',
    'scanlot report year-end --year 2020 --format pdf',
  ],
  workspace: 'write',
  readsOnly: ({ apply }) => !apply,
  arguments: { year: argument('YEAR', text({ de: 'das Haushaltsjahr', en: 'the fiscal year' })) },
  options: {
    apply: flag(text({ de: 'die Übertragung buchen', en: 'book the carry-over' })),
  },
  output: {
    schema: 'budget-year-end-1',
    members: {
      year: 'the fiscal year',
      applied: 'whether the carry-over was booked',
      lines:
        'fiscalYear, account, costCentre, department, title, transferable, funds, accrued (expense), invoiced, provision (to accrue), committed, carriedCommitted, carriedFree, carried, lapses, overdrawn; decimal EUR, gross',
      totals: 'funds, accrued, invoiced, provision, committed, carried, lapses, overdrawn',
      carried: 'with --apply: line, into (the line of the next year), amount, callOffs that went along; else empty',
    },
  },
  run: async (context, { year: raw, apply }) => {
    const { workspace } = context;
    const year = readYear(raw, 'YEAR');
    const lines = await yearEndOf(workspace, year);
    const sum = (key: (typeof amounts)[number]) => lines.reduce((total, line) => total + line[key], 0) as Cents;
    if (apply && sum('carried') > 0) {
      await context.confirm(
        text({
          de: (f) => `${f.money(sum('carried'))} von ${year} nach ${year + 1} übertragen?`,
          en: (f) => `Carry ${f.money(sum('carried'))} over from ${year} to ${year + 1}?`,
        }),
      );
    }
    const carried = apply ? await carryOver(workspace, year) : [];
    return {
      data: {
        year,
        applied: apply,
        lines: lines.map(lineRecord),
        totals: Object.fromEntries(amounts.map((key) => [key, centsToDecimal(sum(key))])),
        carried: carried.map(({ line, into, callOffs }) => ({
          line: budgetName(line.state),
          into: budgetName(into),
          amount: centsToDecimal(line.carried as Cents),
          callOffs,
        })),
      },
      render: (printer) => {
        printer.table(lines, columns);
        printer.line();
        printer.pairs(amounts.map((key) => [names[key], printer.format.money(sum(key))]));
        for (const { line, into, callOffs } of carried) {
          const amount = printer.format.money(line.carried as Cents);
          const orders = callOffs.length === 0 ? '' : ` (${callOffs.join(', ')})`;
          printer.line(verbatim(`${budgetName(line.state)} → ${budgetName(into)}: ${amount}${orders}`), 'good');
        }
        if (apply && carried.length === 0) {
          printer.line(text({ de: 'Es ist nichts zu übertragen.', en: 'There is nothing to carry over.' }), 'warn');
        }
      },
    };
  },
});

const names = {
  funds: text({ de: 'Mittel', en: 'funds' }),
  accrued: text({ de: 'Aufwand', en: 'expense' }),
  invoiced: text({ de: 'davon berechnet', en: 'of it invoiced' }),
  provision: text({ de: 'abzugrenzen', en: 'to accrue' }),
  committed: text({ de: 'gebunden', en: 'committed' }),
  carried: text({ de: 'Übertragung', en: 'carried over' }),
  lapses: text({ de: 'verfällt', en: 'lapses' }),
  overdrawn: text({ de: 'überzogen', en: 'overdrawn' }),
};

const columns: readonly TableColumn<YearEndLine>[] = [
  { title: text({ de: 'Konto', en: 'account' }), value: ({ state }) => state.account },
  { title: text({ de: 'KSt', en: 'centre' }), value: ({ state }) => state.costCentre },
  { title: text({ de: 'Amt', en: 'department' }), value: ({ state }) => state.department, shrinks: true },
  ...amounts.map(
    (key): TableColumn<YearEndLine> => ({
      title: names[key],
      value: (line, format) => format.money(line[key] as Cents),
      align: 'right',
    }),
  ),
];

function lineRecord({ state, ...figures }: YearEndLine) {
  const { fiscalYear, account, costCentre, department, title, transferable = 'committed' } = state;
  const decimals = Object.fromEntries(
    Object.entries(figures).map(([key, amount]) => [key, centsToDecimal(amount as Cents)]),
  );
  return { fiscalYear, account, costCentre, department, title, transferable, ...decimals };
}

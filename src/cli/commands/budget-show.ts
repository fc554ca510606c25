import { type BudgetUse, budgetUse } from '../../finance/budget.ts';
import { budgetFields, budgetKey, budgetName } from '../../finance/budget-line.ts';
import { type InvoiceStages, invoiceStages } from '../../finance/invoice-matching/budget-stages.ts';
import { text } from '../../shared/language.ts';
import { add, type Cents, centsToDecimal, zero } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';
import type { TableColumn } from '../printer.ts';
import { readYear } from '../year.ts';

const amounts = ['funds', 'committed', 'accrued', 'invoiced', 'paid', 'available'] as const;

/** A budget line with what is charged to it, and how much of that is invoiced and paid. */
type ShownLine = BudgetUse & InvoiceStages;

export default defineCommand({
  name: 'budget show',
  summary: text({
    de: 'Haushaltsansätze mit dem, was gebunden, abgenommen, berechnet und bezahlt ist',
    en: 'budget lines with what is committed, accepted, invoiced and paid',
  }),
  details: text({
    de: 'Alle Beträge brutto. Gebunden: offene Abrufe des Haushaltsjahres, soweit noch nicht abgenommen. Abgenommen: Leistungen mit Leistungstag im Haushaltsjahr; berechnet und bezahlt ist, was davon in freigegebenen Rechnungen steht. Kosten ohne Ansatz stehen in einer eigenen Zeile.',
    en: 'All amounts gross. Committed: open call-offs of the fiscal year, as far as not yet accepted. Accepted: services performed in the fiscal year; invoiced and paid is what approved invoices hold of them. Cost without an appropriation has a line of its own.',
  }),
  examples: ['scanlot budget show', 'scanlot budget show --year 2021 --json'],
  workspace: 'read',
  options: {
    year: value('YEAR', text({ de: 'nur dieses Haushaltsjahr', en: 'this fiscal year only' }), readYear),
  },
  output: {
    schema: 'budget-show-1',
    members: {
      lines:
        'fiscalYear, account, costCentre, department, title, section, transferable (where recorded), appropriation and carryOver (null without a budget line), changes (supplements and transfers), funds (their sum), committed, accrued, invoiced and paid (of what is accrued), available; decimal EUR, gross',
      totals: 'funds, committed, accrued, invoiced, paid, available of these lines',
    },
  },
  run: async ({ workspace }, { year }) => {
    const stages = await invoiceStages(workspace.db);
    const lines = (await budgetUse(workspace.db))
      .filter(({ fiscalYear }) => year === undefined || fiscalYear === year)
      .map((line): ShownLine => ({ ...line, ...(stages.get(budgetKey(line)) ?? { invoiced: zero, paid: zero }) }));
    const total = (key: (typeof amounts)[number]): Cents => add(...lines.map((line) => line[key]));
    return {
      data: {
        lines: lines.map(useRecord),
        totals: Object.fromEntries(amounts.map((key) => [key, centsToDecimal(total(key))])),
      },
      render: (printer) => {
        printer.table(lines, columns);
        if (lines.length === 0) return;
        const { format } = printer;
        printer.line();
        printer.pairs([
          [text({ de: 'Mittel', en: 'funds' }), format.money(total('funds'))],
          [text({ de: 'gebunden', en: 'committed' }), format.money(total('committed'))],
          [text({ de: 'abgenommen', en: 'accepted' }), format.money(total('accrued'))],
          [text({ de: 'berechnet', en: 'invoiced' }), format.money(total('invoiced'))],
          [text({ de: 'bezahlt', en: 'paid' }), format.money(total('paid'))],
          [text({ de: 'verfügbar', en: 'available' }), format.money(total('available'))],
        ]);
        for (const line of lines.filter(({ available }) => available < 0)) printer.line(overdrawn(line), 'warn');
      },
    };
  },
});

const money = (amount: (line: ShownLine) => Cents | null): Pick<TableColumn<ShownLine>, 'value' | 'align'> => ({
  value: (line, format) => {
    const cents = amount(line);
    return cents === null ? '–' : format.money(cents);
  },
  align: 'right',
});

const columns: readonly TableColumn<ShownLine>[] = [
  { title: text({ de: 'Jahr', en: 'year' }), value: ({ fiscalYear }) => String(fiscalYear) },
  { title: text({ de: 'Konto', en: 'account' }), value: ({ account }) => account },
  { title: text({ de: 'KSt', en: 'centre' }), value: ({ costCentre }) => costCentre },
  { title: budgetFields.department, value: ({ department }) => department, shrinks: true },
  { title: budgetFields.title, value: ({ title }) => title || '–', shrinks: true },
  { title: budgetFields.appropriation, ...money(({ appropriation }) => appropriation) },
  { title: text({ de: 'Übertragung', en: 'carried over' }), ...money(({ carryOver }) => carryOver) },
  { title: text({ de: 'Änderungen', en: 'changes' }), ...money(({ changes }) => (changes === 0 ? null : changes)) },
  { title: text({ de: 'gebunden', en: 'committed' }), ...money(({ committed }) => committed) },
  { title: text({ de: 'abgenommen', en: 'accepted' }), ...money(({ accrued }) => accrued) },
  { title: text({ de: 'berechnet', en: 'invoiced' }), ...money(({ invoiced }) => invoiced) },
  { title: text({ de: 'bezahlt', en: 'paid' }), ...money(({ paid }) => paid) },
  { title: text({ de: 'verfügbar', en: 'available' }), ...money(({ available }) => available) },
];

function useRecord(use: ShownLine) {
  const decimal = (amount: Cents | null) => (amount === null ? null : centsToDecimal(amount));
  return {
    ...use,
    appropriation: decimal(use.appropriation),
    carryOver: decimal(use.carryOver),
    changes: decimal(use.changes),
    funds: decimal(use.funds),
    committed: decimal(use.committed),
    accrued: decimal(use.accrued),
    invoiced: decimal(use.invoiced),
    paid: decimal(use.paid),
    available: decimal(use.available),
  };
}

function overdrawn(line: BudgetUse) {
  const name = budgetName(line);
  return line.appropriation === null
    ? text({ de: `Ohne Haushaltsansatz: ${name}`, en: `Without an appropriation: ${name}` })
    : text({
        de: (f) => `Überschritten: ${name} um ${f.money(-line.available as Cents)}`,
        en: (f) => `Overdrawn: ${name} by ${f.money(-line.available as Cents)}`,
      });
}

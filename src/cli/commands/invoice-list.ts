import { ageOf } from '../../finance/invoice-matching/pay.ts';
import { listInvoices } from '../../finance/invoice-matching/store.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { invoiceRowData, invoiceRowMembers, stateWords } from '../invoice-state-output.ts';
import { choice } from '../options.ts';

const states = ['checked', 'approved', 'paid', 'rejected'] as const;

export default defineCommand({
  name: 'invoice list',
  summary: text({ de: 'erfasste Rechnungen mit Stand und Alter', en: 'recorded invoices with state and age' }),
  details: text({
    de: 'Das Alter zählt in Tagen von der Erfassung bis zur Zahlung, bei offenen Rechnungen bis heute.',
    en: 'The age counts the days from recording to payment, or to today while an invoice is open.',
  }),
  examples: ['scanlot invoice list', 'scanlot invoice list --state approved --json'],
  workspace: 'read',
  options: { state: choice(states, text({ de: 'nur in diesem Stand', en: 'in this state only' })) },
  output: {
    schema: 'invoice-list-1',
    members: { invoices: `${invoiceRowMembers}; age (days, null once rejected), overdue (open after its due date)` },
  },
  run: async ({ workspace, io }, { state }) => {
    const today = localDate(io.now());
    const rows = (await listInvoices(workspace.db))
      .filter((row) => state === undefined || row.state === state)
      .map((row) => ({ ...row, age: ageOf(row, today), overdue: isOpen(row) && (row.due_on ?? today) < today }));
    return {
      data: { invoices: rows.map((row) => ({ ...invoiceRowData(row), age: row.age, overdue: row.overdue })) },
      render: (printer) =>
        printer.table(rows, [
          { title: text({ de: 'Rechnung', en: 'invoice' }), value: (row) => row.number },
          { title: text({ de: 'Rechnungssteller', en: 'seller' }), value: (row) => row.seller, shrinks: true },
          {
            title: text({ de: 'Datum', en: 'date' }),
            value: (row, f) => (row.issued_on === null ? '–' : f.date(row.issued_on)),
          },
          { title: text({ de: 'brutto', en: 'gross' }), value: (row, f) => f.money(row.stated_gross), align: 'right' },
          { title: text({ de: 'zu zahlen', en: 'payable' }), value: (row, f) => f.money(row.payable), align: 'right' },
          { title: text({ de: 'Stand', en: 'state' }), value: (row, f) => stateWords[row.state][f.language] },
          {
            title: text({ de: 'Tage', en: 'days' }),
            value: (row, f) => (row.age === null ? '–' : `${f.number(row.age)}${row.overdue ? ' !' : ''}`),
            align: 'right',
          },
        ]),
    };
  },
});

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'checked' || state === 'approved';
}

import type { GrantedDiscount } from '../../finance/invoice-matching/cash-discount.ts';
import { ageOf } from '../../finance/invoice-matching/pay.ts';
import { discountsOf, paymentsOf } from '../../finance/invoice-matching/payment-store.ts';
import { listInvoices } from '../../finance/invoice-matching/store.ts';
import { type CalendarDate, daysBetween, localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { type Cents, centsToDecimal } from '../../shared/money.ts';
import { discountData, discountWords } from '../cash-discount-output.ts';
import { defineCommand } from '../command.ts';
import { invoiceRowData, invoiceRowMembers, stateWords } from '../invoice-state-output.ts';
import { choice } from '../options.ts';

const states = ['checked', 'approved', 'paid', 'rejected'] as const;

export default defineCommand({
  name: 'invoice list',
  summary: text({ de: 'erfasste Rechnungen mit Stand und Alter', en: 'recorded invoices with state and age' }),
  details: text({
    de: 'Das Alter zählt in Tagen von der Erfassung bis zur Zahlung, bei offenen Rechnungen bis heute. Zu offenen Rechnungen steht der nächste Tag, bis zu dem Skonto gilt; sind es keine sechs Tage mehr, wird gewarnt.',
    en: 'The age counts the days from recording to payment, or to today while an invoice is open. Open invoices are listed with the next day until which a cash discount holds; when less than six days are left, a warning tells so.',
  }),
  examples: ['scanlot invoice list', 'scanlot invoice list --state approved --json'],
  workspace: 'read',
  options: { state: choice(states, text({ de: 'nur in diesem Stand', en: 'in this state only' })) },
  output: {
    schema: 'invoice-list-1',
    members: {
      invoices: `${invoiceRowMembers}; age (days, null once rejected), overdue (open after its due date), discount (of an open one, the next to end, or null: lastDay, percent, amount, vat, due, near), paid (amount and discount taken, null as long as it is open or where only the day is known)`,
    },
  },
  run: async ({ workspace, io }, { state }) => {
    const today = localDate(io.now());
    const discounts = await discountsOf(workspace.db);
    const payments = await paymentsOf(workspace.db);
    const rows = (await listInvoices(workspace.db))
      .filter((row) => state === undefined || row.state === state)
      .map((row) => ({
        ...row,
        age: ageOf(row, today),
        overdue: isOpen(row) && (row.due_on ?? today) < today,
        discount: isOpen(row) ? nextDiscount(discounts.get(row.id) ?? [], today) : undefined,
      }));
    return {
      data: {
        invoices: rows.map((row) => ({
          ...invoiceRowData(row),
          age: row.age,
          overdue: row.overdue,
          discount: row.discount ? { ...discountData(row.discount, row), near: isNear(row.discount, today) } : null,
          paid: paidData(payments.get(row.id)),
        })),
      },
      render: (printer) => {
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
          {
            title: text({ de: 'Skonto bis', en: 'discount until' }),
            value: ({ discount }, f) =>
              discount ? `${f.date(discount.lastDay)}${isNear(discount, today) ? ' !' : ''}` : '–',
          },
        ]);
        for (const row of rows) {
          if (!row.discount || !isNear(row.discount, today)) continue;
          const words = discountWords(row.discount, row);
          printer.line(text({ de: `${row.number}: ${words.de}`, en: `${row.number}: ${words.en}` }), 'warn');
        }
      },
    };
  },
});

/** The one that ends next, of those that still hold. */
function nextDiscount(discounts: readonly GrantedDiscount[], today: CalendarDate): GrantedDiscount | undefined {
  return discounts.find(({ lastDay }) => lastDay >= today);
}

/** Whether less than six days are left: a payment run a week is common. */
function isNear({ lastDay }: GrantedDiscount, today: CalendarDate): boolean {
  return daysBetween(today, lastDay) < 6;
}

function paidData(payment: { readonly amount: Cents; readonly discount: Cents } | undefined) {
  return payment ? { amount: centsToDecimal(payment.amount), discount: centsToDecimal(payment.discount) } : null;
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'checked' || state === 'approved';
}

import { payInvoice } from '../../finance/invoice-matching/pay.ts';
import { text } from '../../shared/language.ts';
import { centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { invoiceRowData, invoiceRowMembers } from '../invoice-state-output.ts';
import { argument, readDate, readMoney, requiredValue, value } from '../options.ts';

export default defineCommand({
  name: 'invoice pay',
  summary: text({ de: 'eine freigegebene Rechnung als bezahlt vermerken', en: 'mark an approved invoice as paid' }),
  details: text({
    de: 'Zahlt, was am Tag der Zahlung fällig ist: abzüglich des Skontos, das an diesem Tag gilt. Ein anderer Betrag (--amount) wird verweigert, es sei denn, --reason nennt den Grund. Als gezahlt zählt im Haushalt der Betrag nach Skonto.',
    en: 'Pays what is due on the day of payment: less the cash discount that holds on that day. Another amount (--amount) is refused unless --reason states why. In the budget the amount less discount counts as paid.',
  }),
  examples: [
    'scanlot invoice pay R-2021-0117 --on 2021-04-28',
    'scanlot invoice pay R-2021-0117 --on 2021-04-20 --amount 479.45',
  ],
  workspace: 'write',
  arguments: { number: argument('NUMBER', text({ de: 'Nummer der Rechnung', en: 'number of the invoice' })) },
  options: {
    on: requiredValue('DATE', text({ de: 'Tag der Zahlung', en: 'day of payment' }), readDate),
    amount: value(
      'AMOUNT',
      text({ de: 'gezahlter Betrag (sonst der fällige)', en: 'amount paid (default: what is due)' }),
      readMoney,
    ),
    reason: value(
      'REASON',
      text({ de: 'Grund, aus dem ein anderer Betrag gezahlt wird', en: 'why another amount is paid' }),
    ),
    seller: value(
      'NAME',
      text({
        de: 'Rechnungssteller, wo mehrere diese Nummer verwenden',
        en: 'the seller, where several use that number',
      }),
    ),
  },
  output: {
    schema: 'invoice-pay-1',
    members: {
      invoice: invoiceRowMembers,
      amount: 'paid; decimal EUR',
      discount: 'cash discount taken: amount, vat in it; decimal EUR',
      reason: 'why another amount than was due',
    },
  },
  run: async ({ workspace }, { number, on, amount: wanted, reason: why, seller }) => {
    const request = { number, on, amount: wanted, reason: why, seller };
    const { invoice, amount, discount, discountVat, reason } = await payInvoice(workspace, request);
    return {
      data: {
        invoice: invoiceRowData(invoice),
        amount: centsToDecimal(amount),
        discount: { amount: centsToDecimal(discount), vat: centsToDecimal(discountVat) },
        reason,
      },
      render: (printer) => {
        printer.line(
          text({
            de: (f) => `Rechnung ${number}: ${f.money(amount)} am ${f.date(on)} bezahlt.`,
            en: (f) => `Invoice ${number}: ${f.money(amount)} paid on ${f.date(on)}.`,
          }),
          'good',
        );
        if (discount === 0) return;
        printer.line(
          text({
            de: (f) =>
              `Skonto gezogen: ${f.money(discount)} von ${f.money(invoice.payable)}, darin ${f.money(discountVat)} Umsatzsteuer.`,
            en: (f) =>
              `Cash discount taken: ${f.money(discount)} of ${f.money(invoice.payable)}, ${f.money(discountVat)} of it VAT.`,
          }),
        );
      },
    };
  },
});

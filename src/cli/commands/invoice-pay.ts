import { payInvoice } from '../../finance/invoice-matching/pay.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { invoiceRowData, invoiceRowMembers } from '../invoice-state-output.ts';
import { argument, readDate, requiredValue, value } from '../options.ts';

export default defineCommand({
  name: 'invoice pay',
  summary: text({ de: 'eine freigegebene Rechnung als bezahlt vermerken', en: 'mark an approved invoice as paid' }),
  examples: ['scanlot invoice pay R-2021-0117 --on 2021-04-28'],
  workspace: 'write',
  arguments: { number: argument('NUMBER', text({ de: 'Nummer der Rechnung', en: 'number of the invoice' })) },
  options: {
    on: requiredValue('DATE', text({ de: 'Tag der Zahlung', en: 'day of payment' }), readDate),
    seller: value(
      'NAME',
      text({
        de: 'Rechnungssteller, wo mehrere diese Nummer verwenden',
        en: 'the seller, where several use that number',
      }),
    ),
  },
  output: { schema: 'invoice-pay-1', members: { invoice: invoiceRowMembers } },
  run: async ({ workspace }, { number, on, seller }) => {
    const invoice = await payInvoice(workspace, { number, on, seller });
    return {
      data: { invoice: invoiceRowData(invoice) },
      render: (printer) =>
        printer.line(
          text({
            de: (f) => `Rechnung ${number}: ${f.money(invoice.payable)} am ${f.date(on)} bezahlt.`,
            en: (f) => `Invoice ${number}: ${f.money(invoice.payable)} paid on ${f.date(on)}.`,
          }),
          'good',
        ),
    };
  },
});

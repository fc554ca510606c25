import { datasetReport } from '../../finance/dataset-report.ts';
import { listInvoices } from '../../finance/invoice-matching/store.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import { defineCommand } from '../command.ts';
import { optionalArgument, value } from '../options.ts';
import { tableOptions, tableOutcome } from '../table-file.ts';
import { readYear } from '../year.ts';

export default defineCommand({
  name: 'invoice postings',
  summary: text({
    de: 'Buchungsliste freigegebener Rechnungen ausgeben (CSV, XLSX)',
    en: 'write the postings of approved invoices (CSV, XLSX)',
  }),
  details: text({
    de: 'Je Rechnung, Haushaltsansatz, Abruf und Steuersatz eine Zeile; die Zeilen einer Rechnung ergeben ihren Netto-, Steuer- und Bruttobetrag auf den Cent. Haushaltsjahr ist das der Leistung. Felder für --column: invoice, vendor, kind, issuedOn, approvedOn, due, paidOn, year, account, costCentre, department, contract, lot, callOff, net, vatRate, vat, gross.',
    en: 'One row for each invoice, budget line, call-off and VAT rate; the rows of an invoice sum to its net, VAT and gross amount to the cent. The fiscal year is that of performance. Fields for --column: invoice, vendor, kind, issuedOn, approvedOn, due, paidOn, year, account, costCentre, department, contract, lot, callOff, net, vatRate, vat, gross.',
  }),
  examples: [
    'scanlot invoice postings',
    'scanlot invoice postings R-2021-17 --format xlsx --out buchung.xlsx',
    'scanlot invoice postings --column invoice=Beleg --column account=PSK --column gross=Betrag --out -',
  ],
  workspace: 'read',
  arguments: { number: optionalArgument('NUMBER', text({ de: 'nur diese Rechnung', en: 'this invoice only' })) },
  options: {
    year: value('YEAR', text({ de: 'nur dieses Haushaltsjahr', en: 'this fiscal year only' }), readYear),
    ...tableOptions,
  },
  output: {
    schema: 'invoice-postings-1',
    members: {
      format: 'csv or xlsx',
      file: 'absolute path; null for stdout',
      rows: 'number of postings',
      content: 'the text, only for stdout; else null',
    },
  },
  run: async (context, { number, year, format, out, column }) => {
    if (number !== undefined) {
      const known = (await listInvoices(context.workspace.db)).map((one) => one.number);
      if (!known.includes(number)) throw unknownInvoice(number, known);
    }
    const report = await datasetReport(context.workspace, {
      name: 'invoice-postings',
      title: text({ de: 'Buchungen', en: 'Postings' }),
      dataset: 'postings',
      columns: new Map(column),
      ...(number === undefined ? {} : { where: { invoice: number } }),
      year,
    });
    return tableOutcome(context, report, { format, out }, text({ de: 'Buchungen', en: 'postings' }));
  },
});

function unknownInvoice(number: string, known: readonly string[]): UsageError {
  return new UsageError(
    'invoice.unknown',
    text({ de: `Die Rechnung „${number}“ ist nicht erfasst.`, en: `The invoice "${number}" is not recorded.` }),
    didYouMean(number, known, 'scanlot invoice list'),
  );
}

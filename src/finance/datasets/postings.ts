import type { Dataset, DatasetRow } from '../../reporting/definition/dataset.ts';
import type { ReportBooks } from '../report-books.ts';
import { chosenPostings, lotValues } from './entries.ts';
import { common, field } from './fields.ts';
import { ofPosting } from './origins.ts';

export const postingFields = {
  invoice: common.invoice,
  vendor: common.vendor,
  kind: field('text', 'Art', 'Kind'),
  issuedOn: field('date', 'Rechnungsdatum', 'Invoice date'),
  approvedOn: field('date', 'Freigabe', 'Approved'),
  due: field('date', 'Fällig', 'Due'),
  paidOn: field('date', 'Bezahlt am', 'Paid on'),
  year: common.year,
  account: common.account,
  costCentre: common.costCentre,
  department: common.department,
  contract: common.contract,
  lot: common.lot,
  callOff: common.callOff,
  net: common.net,
  vatRate: field('percent', 'USt-Satz', 'VAT rate'),
  vat: common.vat,
  gross: common.gross,
} as const;

/** What approved invoices charge, by budget line, call-off and VAT rate: what the finance system is to post. */
export function postings(books: ReportBooks): Dataset {
  return {
    fields: postingFields,
    rows: chosenPostings(books).flatMap(({ posting, callOff, lot }): DatasetRow[] => {
      const invoice = books.invoices.get(posting.invoiceId);
      if (!invoice) return [];
      const { fiscalYear: year, account, costCentre, net, vatRate, vat, gross } = posting;
      return [
        {
          values: {
            ...lotValues(books, lot),
            invoice: invoice.number,
            vendor: invoice.seller,
            kind: invoice.kind,
            issuedOn: invoice.issued_on,
            approvedOn: invoice.approved_on,
            due: invoice.due_on,
            paidOn: posting.uses[0]?.paidOn ?? null,
            year,
            account,
            costCentre,
            department: callOff.department,
            callOff: callOff.number,
            net,
            vatRate: vatRate * 100,
            vat,
            gross,
          },
          origins: ofPosting(posting, invoice),
        },
      ];
    }),
  };
}

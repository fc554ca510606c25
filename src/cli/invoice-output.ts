import type { CashDiscount, Invoice, InvoiceLine, Party } from '../finance/invoice/normal-form.ts';
import type { Finding } from '../findings/finding.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { Format } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';
import { printFinding } from './finding-output.ts';
import type { Printer } from './printer.ts';

const kinds: Readonly<Record<Invoice['kind'], Text>> = {
  invoice: text({ de: 'Rechnung', en: 'Invoice' }),
  creditNote: text({ de: 'Gutschrift', en: 'Credit note' }),
  correction: text({ de: 'Rechnungskorrektur', en: 'Corrected invoice' }),
};

/** The argument of all commands that read an invoice. */
export const invoiceFileWords = text({
  de: 'die Rechnung: XML, PDF, oder von Papier erfasst (JSON, CSV, XLSX)',
  en: 'the invoice: XML, PDF, or recorded from paper (JSON, CSV, XLSX)',
});

/** Shows an invoice as people read one: head, references, lines, totals, and what contradicts. */
export function printInvoice(printer: Printer, invoice: Invoice, findings: readonly Finding[]): void {
  const { format } = printer;
  const title = `${invoice.number ?? '?'}${invoice.type === null ? '' : ` (${invoice.type})`}`;
  const kind = kinds[invoice.kind];
  printer.heading(text({ de: `${kind.de} ${title}`, en: `${kind.en} ${title}` }));
  printer.pairs(headPairs(invoice, format));
  printer.line();
  printer.table(invoice.lines, lineColumns(format));
  printer.line();
  printer.pairs(totalPairs(invoice, format));
  if (findings.length > 0) printer.line();
  for (const finding of findings) printFinding(printer, finding);
}

function headPairs(invoice: Invoice, format: Format): (readonly [Text, string])[] {
  const { references, seller, buyer, payment } = invoice;
  const pairs: (readonly [Text, string | null])[] = [
    [text({ de: 'Datum', en: 'Date' }), day(invoice.issueDate, format)],
    [text({ de: 'Fällig', en: 'Due' }), day(invoice.dueDate, format)],
    [text({ de: 'Leistung', en: 'Performance' }), performance(invoice, format)],
    [text({ de: 'Rechnungssteller', en: 'Seller' }), partyLine(seller)],
    [text({ de: 'Empfänger', en: 'Buyer' }), partyLine(buyer)],
    [text({ de: 'Leitweg-ID', en: 'Buyer reference' }), references.buyerReference],
    [text({ de: 'Vertrag', en: 'Contract' }), references.contract],
    [text({ de: 'Los', en: 'Lot' }), references.lot],
    [text({ de: 'Abruf', en: 'Order' }), references.order],
    [text({ de: 'Lieferschein', en: 'Delivery note' }), references.deliveryNote],
    [
      text({ de: 'Vorherige Rechnung', en: 'Preceding invoice' }),
      references.preceding.map(({ number }) => number).join(', ') || null,
    ],
    [text({ de: 'Konto', en: 'Account' }), payment.accounts.join(', ') || null],
    [text({ de: 'Zahlung', en: 'Terms' }), payment.terms?.replace(/\s+/g, ' ') ?? null],
    ...payment.discounts.map(
      (discount) => [text({ de: 'Skonto', en: 'Cash discount' }), discountTerms(discount, format)] as const,
    ),
    [text({ de: 'Währung', en: 'Currency' }), invoice.currency],
  ];
  return pairs.flatMap(([name, words]) => (words === null ? [] : [[name, words] as const]));
}

/** "2 % bis 26.04.2021 (14 Tage)". */
function discountTerms({ percent, base, amount, days, lastDay }: CashDiscount, format: Format): string {
  const isGerman = format.language === 'de';
  const what = percent === null ? plain(amount, format) : `${plain(percent, format)} %`;
  const of = base === null ? '' : ` ${isGerman ? 'von' : 'of'} ${plain(base, format)}`;
  const until = lastDay === null ? '' : ` ${isGerman ? 'bis' : 'until'} ${format.date(lastDay)}`;
  return `${what}${of}${until}${days === null ? '' : ` (${days} ${isGerman ? 'Tage' : 'days'})`}`;
}

function day(date: CalendarDate | null, format: Format): string | null {
  return date && format.date(date);
}

function performance({ period, deliveryDate }: Invoice, format: Format): string | null {
  if (!period) return day(deliveryDate, format);
  return [period.start, period.end].map((date) => day(date, format) ?? '…').join(' – ');
}

function partyLine({ name, address, vatIdentifier }: Party): string | null {
  const place = [address?.postCode, address?.city].filter(Boolean).join(' ');
  return [name, place, vatIdentifier].filter(Boolean).join(', ') || null;
}

function lineColumns(format: Format) {
  return [
    {
      title: text({ de: 'Pos.', en: 'Line' }),
      value: ({ id, parent }: InvoiceLine) => `${parent === null ? '' : '  '}${id ?? ''}`,
    },
    { title: text({ de: 'Leistung', en: 'Item' }), value: ({ name }: InvoiceLine) => name ?? '', shrinks: true },
    {
      title: text({ de: 'Menge', en: 'Quantity' }),
      value: ({ quantity, unit }: InvoiceLine) => `${plain(quantity, format)} ${unit ?? ''}`,
      align: 'right' as const,
    },
    {
      title: text({ de: 'Preis', en: 'Price' }),
      value: ({ price, baseQuantity }: InvoiceLine) =>
        plain(price, format) +
        (baseQuantity === null || baseQuantity === '1' ? '' : ` / ${plain(baseQuantity, format)}`),
      align: 'right' as const,
    },
    {
      title: text({ de: 'USt.', en: 'VAT' }),
      value: ({ vatRate, vatCategory }: InvoiceLine) =>
        vatRate === null ? (vatCategory ?? '') : `${plain(vatRate, format)} %`,
      align: 'right' as const,
    },
    {
      title: text({ de: 'Netto', en: 'Net' }),
      value: ({ net }: InvoiceLine) => plain(net, format),
      align: 'right' as const,
    },
  ];
}

function totalPairs({ totals, allowances, vat }: Invoice, format: Format): (readonly [Text, string])[] {
  const rates = vat.map(
    ({ category, rate, taxable, tax }) =>
      [
        text({ de: `USt. ${category ?? ''} ${rate ?? ''} %`, en: `VAT ${category ?? ''} ${rate ?? ''} %` }),
        `${plain(tax, format)}  (${plain(taxable, format)})`,
      ] as const,
  );
  const pairs: (readonly [Text, string | null])[] = [
    [text({ de: 'Summe der Positionen', en: 'Sum of lines' }), totals.lineNet],
    ...(allowances.length === 0
      ? []
      : ([
          [text({ de: 'Nachlässe', en: 'Allowances' }), totals.allowances],
          [text({ de: 'Zuschläge', en: 'Charges' }), totals.charges],
        ] as const)),
    [text({ de: 'Netto', en: 'Net' }), totals.net],
  ];
  const after: (readonly [Text, string | null])[] = [
    [text({ de: 'Umsatzsteuer', en: 'VAT' }), totals.tax],
    [text({ de: 'Brutto', en: 'Gross' }), totals.gross],
    [text({ de: 'Bereits gezahlt', en: 'Prepaid' }), totals.prepaid === '0.00' ? null : totals.prepaid],
    [text({ de: 'Rundung', en: 'Rounding' }), totals.rounding === '0.00' ? null : totals.rounding],
    [text({ de: 'Zahlbetrag', en: 'Amount due' }), totals.payable],
  ];
  const shown = (rows: typeof pairs) =>
    rows.flatMap(([name, amount]) => (amount === null ? [] : [[name, plain(amount, format)] as const]));
  return [...shown(pairs), ...rates, ...shown(after)];
}

/** A decimal string in the reader's form with as many decimals as it has; what is too long for a number stays. */
function plain(decimal: string | null, format: Format): string {
  if (decimal === null) return '';
  const number = Number(decimal);
  const decimals = decimal.split('.')[1]?.length ?? 0;
  return Math.abs(number) < 1e12 && decimals <= 10 ? format.number(number, decimals) : decimal;
}

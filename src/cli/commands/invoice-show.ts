import { openInvoice } from '../../finance/invoice/open-invoice.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { findingData } from '../finding-output.ts';
import { invoiceFileWords, printInvoice } from '../invoice-output.ts';
import { argument } from '../options.ts';

export default defineCommand({
  name: 'invoice show',
  summary: text({
    de: 'eine Rechnung lesbar machen und nachrechnen',
    en: 'make an invoice readable and recompute it',
  }),
  details: text({
    de: 'Liest XRechnung und EN 16931 in UBL und CII und das XML aus ZUGFeRD- und Factur-X-PDF, dazu von Papier erfasste Rechnungen (invoice template). Zeigt die Rechnung in einer Form, gleich in welcher Syntax sie kam, und rechnet sie aus ihren Positionen nach. Braucht keinen Arbeitsbereich und ändert nichts. Endet mit 1, wenn die Rechnung sich selbst widerspricht.',
    en: 'Reads XRechnung and EN 16931 in UBL and CII, and the XML inside ZUGFeRD and Factur-X PDFs, and invoices recorded from paper (invoice template). Shows the invoice in one form whatever its syntax, and recomputes it from its lines. Needs no workspace and changes nothing. Ends with 1 when the invoice contradicts itself.',
  }),
  examples: ['scanlot invoice show rechnung.xml --lang de', 'scanlot invoice show rechnung.pdf --json'],
  workspace: 'none',
  arguments: {
    file: argument('FILE', invoiceFileWords),
  },
  output: {
    schema: 'invoice-1',
    members: {
      file: 'the file as named',
      attachment: 'name of the XML inside a PDF, or null',
      syntax: 'ubl-invoice, ubl-credit-note, cii or entry (recorded from paper)',
      specification: 'BT-24',
      process: 'BT-23',
      number: 'BT-1',
      type: 'BT-3, code of UNTDID 1001',
      kind: 'invoice, creditNote or correction',
      issueDate: 'BT-2, ISO date',
      dueDate: 'BT-9',
      taxPointDate: 'BT-7',
      deliveryDate: 'BT-72',
      period: 'BG-14: start, end',
      currency: 'BT-5',
      taxCurrency: 'BT-6',
      notes: 'BG-1: subject, text',
      references:
        'buyerReference BT-10, project BT-11, contract BT-12, order BT-13, salesOrder BT-14, receipt BT-15, deliveryNote BT-16, lot BT-17, object BT-18, account BT-19, preceding BG-3',
      seller:
        'BG-4: name, tradingName, identifiers, legalIdentifier, vatIdentifier, taxNumber, electronicAddress, address',
      buyer: 'BG-7, as seller',
      payee: 'BG-10, as seller, or null',
      payment:
        'means BT-81, remittance BT-83, accounts BT-84, terms BT-20, discounts (cash discounts of the terms: days after the date, lastDay, percent, base, amount)',
      allowances: 'BG-20, BG-21: kind, amount, base, percent, vatCategory, vatRate, reason',
      lines:
        'BG-25: id, parent, counts, note, name, description, sellerItem, buyerItem, standardItem, orderLine, account, period, quantity, unit, price, baseQuantity, allowances, net, vatCategory, vatRate',
      vat: 'BG-23: category, rate, taxable, tax, exemption',
      totals:
        'decimal strings: lineNet BT-106, allowances BT-107, charges BT-108, net BT-109, tax BT-110, gross BT-112, prepaid BT-113, rounding BT-114, payable BT-115',
      attachments: 'BG-24: id, description, location, name, mediaType, bytes',
      recomputed: 'lineNet, net, tax, gross, payable by our own arithmetic from the lines',
      findings: 'what contradicts: code, severity, args, message, remedy',
    },
  },
  run: async (context, { file }) => {
    const { invoice, attachment, recomputed, findings } = await openInvoice(context.path(file));
    const described = findings.map((finding) => findingData(finding, context.language));
    return {
      data: { file, attachment, ...invoice, recomputed, findings: described },
      exitCode: findings.some(({ severity }) => severity === 'error') ? 1 : 0,
      render: (printer) => printInvoice(printer, invoice, findings),
    };
  },
});

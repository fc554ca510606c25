import { type Amounts, type InvoiceCheck, isError } from '../finance/invoice-matching/check.ts';
import type { CheckedLine } from '../finance/invoice-matching/check-line.ts';
import type { Causes } from '../finance/invoice-matching/line-causes.ts';
import type { Format } from '../shared/format.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import { type Cents, centsToDecimal, microsToDecimal } from '../shared/money.ts';
import { findingData, printFinding } from './finding-output.ts';
import type { Printer, TableColumn } from './printer.ts';

/** What the documents of invoice check and approve hold about the check. */
export const invoiceCheckMembers = {
  number: 'BT-1',
  kind: 'invoice, creditNote or correction',
  issueDate: 'BT-2',
  seller: 'BT-27',
  contract: 'number of the contract, or null',
  orders: 'numbers of the call-offs that it may bill',
  billed: 'net, vat, gross as the invoice states them; negative for credit notes; decimal EUR',
  expected: 'net, vat, gross as we would have billed for what its lines may use',
  difference: 'billed less expected: net, vat, gross',
  lines:
    'line, name, position (price position or null), matchedBy (BT-156, BT-132, BT-155, BT-153 or null), quantity and matched (decimal), net, expected, difference, causes (quantity, price, allowances, notAgreed, rounding: they sum to the difference), uses (order, lot, batch, round, performedOn, vatRate, quantity, price), sound',
  replaced: 'numbers of earlier invoices (BT-25) in whose place it stands: it lists anew what they billed',
  already: 'net, vat, gross that they billed',
  findings: 'code, severity, args, message, remedy',
} as const;

export function invoiceCheckData(check: InvoiceCheck, language: Language) {
  const { invoice, scope, billed, expected } = check;
  return {
    number: invoice.number,
    kind: invoice.kind,
    issueDate: invoice.issueDate,
    seller: invoice.seller.name,
    contract: scope.contract?.number ?? null,
    orders: scope.callOffs.map(({ number }) => number),
    billed: decimals(billed),
    expected: decimals(expected),
    difference: decimals(differenceOf(check)),
    lines: check.lines.map(lineData),
    replaced: check.replaced.map(({ number }) => number),
    already: decimals(check.already),
    findings: check.findings.map((finding) => findingData(finding, language)),
  };
}

export function decimals({ net, vat, gross }: Amounts) {
  return { net: centsToDecimal(net), vat: centsToDecimal(vat), gross: centsToDecimal(gross) };
}

function differenceOf({ billed, expected }: InvoiceCheck): Amounts {
  const less = (member: keyof Amounts) => (billed[member] - expected[member]) as Cents;
  return { net: less('net'), vat: less('vat'), gross: less('gross') };
}

function lineData(line: CheckedLine) {
  return {
    line: line.id,
    name: line.line.name,
    position: line.position?.key ?? null,
    matchedBy: line.matchedBy ?? null,
    quantity: quantityText(line.quantity),
    matched: quantityText(matchedOf(line)),
    net: centsToDecimal(line.net),
    expected: centsToDecimal(line.expected),
    difference: centsToDecimal((line.net - line.expected) as Cents),
    causes: Object.fromEntries(Object.entries(line.causes).map(([cause, cents]) => [cause, centsToDecimal(cents)])),
    uses: line.uses.map(({ item, quantity }) => ({
      order: item.callOff.number,
      lot: item.lot.key,
      batch: item.batch,
      round: item.round,
      performedOn: item.performedOn,
      vatRate: item.vatRate / 100,
      quantity: quantityText(quantity),
      price: microsToDecimal(item.position.price),
    })),
    sound: !line.findings.some(isError),
  };
}

function matchedOf({ uses }: CheckedLine): number {
  return uses.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Thousandths as a decimal without needless zeros. */
function quantityText(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return `${thousandths < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The invoice line by line beside what we would have billed, the sums, and what is wrong with it. */
export function printInvoiceCheck(printer: Printer, check: InvoiceCheck): void {
  const { invoice, scope } = check;
  const number = invoice.number ?? '?';
  printer.heading(text({ de: `Rechnung ${number}`, en: `Invoice ${number}` }));
  printer.pairs([
    [text({ de: 'Rechnungssteller', en: 'Seller' }), invoice.seller.name ?? '–'],
    [text({ de: 'Vertrag', en: 'Contract' }), scope.contract?.number ?? '–'],
    [text({ de: 'Abruf', en: 'Order' }), invoice.references.order ?? '–'],
    [text({ de: 'Datum', en: 'Date' }), invoice.issueDate === null ? '–' : printer.format.date(invoice.issueDate)],
  ]);
  printer.line();
  printer.table(check.lines, columns);
  printer.line();
  printer.table(sums(check), sumColumns);
  if (check.findings.length > 0) printer.line();
  for (const finding of check.findings) printFinding(printer, finding);
  if (!check.findings.some(isError)) {
    printer.line(
      text({
        de: 'Die Rechnung stimmt mit dem Abgenommenen überein.',
        en: 'The invoice agrees with what was accepted.',
      }),
      'good',
    );
  }
}

const columns: readonly TableColumn<CheckedLine>[] = [
  { title: text({ de: 'Pos.', en: 'Line' }), value: ({ id }) => id },
  { title: text({ de: 'Leistung', en: 'Item' }), value: ({ line }) => line.name ?? '', shrinks: true },
  { title: text({ de: 'Preisposition', en: 'Position' }), value: ({ position }) => position?.key ?? '–' },
  {
    title: text({ de: 'Menge', en: 'Quantity' }),
    value: ({ quantity }, format) => quantityWords(quantity, format),
    align: 'right',
  },
  {
    title: text({ de: 'davon offen', en: 'open of it' }),
    value: (line, format) => quantityWords(matchedOf(line), format),
    align: 'right',
  },
  { title: text({ de: 'berechnet', en: 'billed' }), value: ({ net }, format) => format.money(net), align: 'right' },
  {
    title: text({ de: 'richtig', en: 'right' }),
    value: ({ expected }, format) => format.money(expected),
    align: 'right',
  },
  {
    title: text({ de: 'Unterschied', en: 'difference' }),
    value: ({ net, expected }, format) => format.money((net - expected) as Cents),
    align: 'right',
  },
  { title: text({ de: 'wegen', en: 'because of' }), value: ({ causes }, format) => causeWords(causes, format) },
];

const causeNames: Readonly<Record<keyof Causes, Text>> = {
  quantity: text({ de: 'Menge', en: 'quantity' }),
  price: text({ de: 'Preis', en: 'price' }),
  allowances: text({ de: 'Nachlass/Zuschlag', en: 'allowance/charge' }),
  notAgreed: text({ de: 'nicht vereinbart', en: 'not agreed' }),
  rounding: text({ de: 'Rundung', en: 'rounding' }),
};

/** "Preis 12,50 €, Menge 3,00 €": what makes up the difference. */
export function causeWords(causes: Causes, format: Format): string {
  const parts = Object.entries(causes).filter(([, cents]) => cents !== 0);
  const words = parts.map(
    ([cause, cents]) => `${causeNames[cause as keyof Causes][format.language]} ${format.money(cents)}`,
  );
  return words.join(', ');
}

export function quantityWords(thousandths: number, format: Format): string {
  return format.number(thousandths / 1000, thousandths % 1000 === 0 ? 0 : 3);
}

interface SumRow {
  readonly title: Text;
  readonly amounts: Amounts;
}

function sums(check: InvoiceCheck): SumRow[] {
  return [
    { title: text({ de: 'berechnet', en: 'billed' }), amounts: check.billed },
    { title: text({ de: 'richtig', en: 'right' }), amounts: check.expected },
    { title: text({ de: 'Unterschied', en: 'difference' }), amounts: differenceOf(check) },
    ...(check.replaced.length === 0 ? [] : [alreadyRow(check)]),
  ];
}

function alreadyRow({ replaced, already }: InvoiceCheck): SumRow {
  const numbers = replaced.map(({ number }) => number).join(', ');
  return { title: text({ de: `schon berechnet: ${numbers}`, en: `billed before: ${numbers}` }), amounts: already };
}

const sumColumns: readonly TableColumn<SumRow>[] = [
  { title: text({ de: 'Summe', en: 'Total' }), value: ({ title }, format) => title[format.language] },
  {
    title: text({ de: 'netto', en: 'net' }),
    value: ({ amounts }, format) => format.money(amounts.net),
    align: 'right',
  },
  {
    title: text({ de: 'Umsatzsteuer', en: 'VAT' }),
    value: ({ amounts }, format) => format.money(amounts.vat),
    align: 'right',
  },
  {
    title: text({ de: 'brutto', en: 'gross' }),
    value: ({ amounts }, format) => format.money(amounts.gross),
    align: 'right',
  },
];

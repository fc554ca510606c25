import { type GrantedDiscount, vatShare } from '../finance/invoice-matching/cash-discount.ts';
import type { InvoiceRow } from '../finance/invoice-matching/store.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, centsToDecimal } from '../shared/money.ts';

/** What documents about an approved invoice hold of each cash discount. */
export const discountMembers =
  'cash discounts: lastDay, percent (null where only the amount is stated), amount, vat (in it), due (what is then paid); decimal EUR';

export function discountData({ lastDay, percent, amount }: GrantedDiscount, invoice: InvoiceRow) {
  return {
    lastDay,
    percent: percent === null ? null : percent / 100,
    amount: centsToDecimal(amount),
    vat: centsToDecimal(vatShare(amount, invoice)),
    due: centsToDecimal((invoice.payable - amount) as Cents),
  };
}

/** "Skonto 2 %: bis 26.04.2021 sind 479,45 € zu zahlen (9,78 € weniger, darin 1,56 € Umsatzsteuer)". */
export function discountWords({ lastDay, percent, amount }: GrantedDiscount, invoice: InvoiceRow): Text {
  const rate = (number: (value: number, decimals: number) => string) =>
    percent === null ? '' : ` ${number(percent / 100, percent % 100 === 0 ? 0 : 2)} %`;
  const [due, vat] = [(invoice.payable - amount) as Cents, vatShare(amount, invoice)];
  return text({
    de: (f) =>
      `Skonto${rate(f.number)}: bis ${f.date(lastDay)} sind ${f.money(due)} zu zahlen (${f.money(amount)} weniger, darin ${f.money(vat)} Umsatzsteuer).`,
    en: (f) =>
      `Cash discount${rate(f.number)}: until ${f.date(lastDay)} ${f.money(due)} is to be paid (${f.money(amount)} less, ${f.money(vat)} of it VAT).`,
  });
}

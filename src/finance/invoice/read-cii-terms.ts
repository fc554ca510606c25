import { addDays, addMonths, type CalendarDate } from '../../shared/dates.ts';
import { elementAt, elementsAt, textAt } from '../../shared/xml/element.ts';
import type { XmlElement } from '../../shared/xml/read-tree.ts';
import { statedDiscounts } from './cash-discount.ts';
import type { CashDiscount, Payment } from './normal-form.ts';
import type { ValueReader } from './value-reader.ts';

/** Payment terms of CII: the text (BT-20) with its `#SKONTO#` lines, and the discount terms of ZUGFeRD EXTENDED. */
export function readPaymentTerms(
  settlement: XmlElement | undefined,
  issueDate: CalendarDate | null,
  values: ValueReader,
): Pick<Payment, 'terms' | 'discounts'> {
  const terms = textAt(settlement, 'SpecifiedTradePaymentTerms/Description');
  const structured = elementsAt(settlement, 'SpecifiedTradePaymentTerms').flatMap((element) => {
    const dueDate = values.date(element, 'DueDateDateTime/DateTimeString', 'BT-9');
    return elementsAt(element, 'ApplicableTradePaymentDiscountTerms').map((discount) =>
      readDiscount(discount, issueDate, dueDate, values),
    );
  });
  return { terms, discounts: [...statedDiscounts(terms, issueDate).discounts, ...structured] };
}

const term = 'ApplicableTradePaymentDiscountTerms';

/** Percent (or amount) within a period from a basis date, else from the invoice's; else until the due date. */
function readDiscount(
  element: XmlElement,
  issueDate: CalendarDate | null,
  dueDate: CalendarDate | null,
  values: ValueReader,
): CashDiscount {
  const basis = values.date(element, 'BasisDateTime/DateTimeString', term);
  const measure = elementAt(element, 'BasisPeriodMeasure');
  const length = wholeNumber(values.decimal(element, 'BasisPeriodMeasure', term));
  const lastDay = length === null ? dueDate : after(basis ?? issueDate, length, measure?.attributes.unitCode ?? 'DAY');
  const isInDays = length !== null && basis === null && (measure?.attributes.unitCode ?? 'DAY') === 'DAY';
  return {
    days: isInDays ? length : null,
    lastDay,
    percent: values.decimal(element, 'CalculationPercent', term, 2),
    base: values.amount(element, 'BasisAmount', term),
    amount: values.amount(element, 'ActualDiscountAmount', term),
  };
}

function wholeNumber(decimal: string | null): number | null {
  return decimal !== null && /^\d{1,4}$/.test(decimal) ? Number(decimal) : null;
}

/** UN/ECE recommendation 20: DAY, WEE (week), MON (month). */
function after(from: CalendarDate | null, length: number, unit: string): CalendarDate | null {
  if (from === null) return null;
  if (unit === 'MON') return addMonths(from, length);
  if (unit === 'DAY' || unit === 'WEE') return addDays(from, unit === 'WEE' ? 7 * length : length);
  return null;
}

import type { Language } from '../../shared/language.ts';
import { finding } from '../definition.ts';
import { day, decimal, returnIt } from './invoice-words.ts';

/** A line of the invoice (BT-126) and the price position of the contract that it bills. */
interface Position {
  readonly line: string;
  readonly position: string;
}
interface Priced extends Position {
  /** Decimal EUR for one unit. */
  readonly billed: string;
  readonly agreed: string;
  /** ISO date. */
  readonly performedOn: string;
}

/** An amount off without a quantity; "" for the line: on the whole. */
interface Reduction {
  readonly line: string;
  readonly amount: string;
  readonly reason: string;
}

function place(line: string, language: Language): string {
  if (line === '') return language === 'de' ? 'Auf das Ganze' : 'On the whole';
  return `${language === 'de' ? 'Position' : 'Line'} ${line}`;
}

const askForCorrection = {
  de: 'Die Rechnung zurückgeben und eine berichtigte anfordern (scanlot invoice reject), oder nur die richtigen Positionen freigeben (scanlot invoice approve --partial).',
  en: 'Return the invoice and ask for a corrected one (scanlot invoice reject), or approve the right lines only (scanlot invoice approve --partial).',
};
/** What an invoice bills, line by line, and what that does to maxima and budget. */
export const invoiceLineFindings = {
  'invoice.line-unmatched': finding<{ readonly line: string; readonly name: string }>({
    severity: 'error',
    title: { de: 'Position nicht vereinbart', en: 'line not agreed' },
    message: {
      de: ({ line, name }) => `Position ${line} („${name}“) entspricht keiner Preisposition des Vertrags.`,
      en: ({ line, name }) => `Line ${line} ("${name}") corresponds to no price position of the contract.`,
    },
    remedy: askForCorrection,
    reference: 'EN 16931-1, BT-156, BT-132, BT-155, BT-153',
  }),
  'invoice.unit-differs': finding<Position & { readonly unit: string; readonly expected: string }>({
    severity: 'error',
    title: { de: 'Einheit stimmt nicht', en: 'unit is wrong' },
    message: {
      de: ({ line, position, unit, expected }) =>
        `Position ${line} (${position}): berechnet in „${unit}“, vereinbart ist „${expected}“.`,
      en: ({ line, position, unit, expected }) =>
        `Line ${line} (${position}): billed in "${unit}", agreed is "${expected}".`,
    },
    remedy: askForCorrection,
    reference: 'EN 16931-1, BT-130; UN/ECE recommendations 20 and 21',
  }),
  'invoice.quantity-above-accepted': finding<Position & { readonly billed: string; readonly open: string }>({
    severity: 'error',
    title: { de: 'Mehr berechnet als abgenommen', en: 'more billed than accepted' },
    message: {
      de: ({ line, position, billed, open }) =>
        `Position ${line} (${position}): berechnet ${decimal(billed, 'de')}, abgenommen und noch nicht berechnet ${decimal(open, 'de')}.`,
      en: ({ line, position, billed, open }) =>
        `Line ${line} (${position}): ${decimal(billed, 'en')} billed, ${decimal(open, 'en')} accepted and not yet billed.`,
    },
    remedy: askForCorrection,
    reference: 'EN 16931-1, BT-129; § 640 BGB',
  }),
  'invoice.quantity-billed-before': finding<
    Position & { readonly billed: string; readonly open: string; readonly invoices: string }
  >({
    severity: 'error',
    title: { de: 'Menge schon berechnet', en: 'quantity billed before' },
    message: {
      de: ({ line, position, billed, open, invoices }) =>
        `Position ${line} (${position}): berechnet ${decimal(billed, 'de')}, noch nicht berechnet ${decimal(open, 'de')}; die übrige Menge steht schon in Rechnung ${invoices}.`,
      en: ({ line, position, billed, open, invoices }) =>
        `Line ${line} (${position}): ${decimal(billed, 'en')} billed, ${decimal(open, 'en')} not yet billed; the rest is in invoice ${invoices} already.`,
    },
    remedy: askForCorrection,
    reference: 'EN 16931-1, BT-129',
  }),
  'invoice.price-above': finding<Priced>({
    severity: 'error',
    title: { de: 'Preis über dem Vertragspreis', en: 'price above the contract price' },
    message: {
      de: ({ line, position, billed, agreed, performedOn }) =>
        `Position ${line} (${position}): berechnet ${decimal(billed, 'de')} €, am Leistungstag ${day(performedOn, 'de')} vereinbart ${decimal(agreed, 'de')} €.`,
      en: ({ line, position, billed, agreed, performedOn }) =>
        `Line ${line} (${position}): EUR ${decimal(billed, 'en')} billed, EUR ${decimal(agreed, 'en')} agreed on the day of performance, ${day(performedOn, 'en')}.`,
    },
    remedy: askForCorrection,
    reference: 'EN 16931-1, BT-146, BT-149',
  }),
  'invoice.price-below': finding<Priced>({
    severity: 'warning',
    title: { de: 'Preis unter dem Vertragspreis', en: 'price below the contract price' },
    message: {
      de: ({ line, position, billed, agreed, performedOn }) =>
        `Position ${line} (${position}): berechnet ${decimal(billed, 'de')} €, am Leistungstag ${day(performedOn, 'de')} vereinbart ${decimal(agreed, 'de')} €.`,
      en: ({ line, position, billed, agreed, performedOn }) =>
        `Line ${line} (${position}): EUR ${decimal(billed, 'en')} billed, EUR ${decimal(agreed, 'en')} agreed on the day of performance, ${day(performedOn, 'en')}.`,
    },
    remedy: {
      de: 'Zu unseren Gunsten: prüfen, ob ein Nachlass vereinbart ist oder eine Nachberechnung droht.',
      en: 'In our favour: see whether a discount is agreed or a further bill is to be expected.',
    },
  }),
  'invoice.vat-rate-differs': finding<
    Position & { readonly billed: string; readonly due: string; readonly performedOn: string }
  >({
    severity: 'error',
    title: { de: 'Steuersatz passt nicht zum Leistungstag', en: 'VAT rate does not fit the day of performance' },
    message: {
      de: ({ line, position, billed, due, performedOn }) =>
        `Position ${line} (${position}): berechnet ${decimal(billed, 'de')} % Umsatzsteuer, am Leistungstag ${day(performedOn, 'de')} gelten ${decimal(due, 'de')} %.`,
      en: ({ line, position, billed, due, performedOn }) =>
        `Line ${line} (${position}): ${decimal(billed, 'en')} % VAT billed, on the day of performance, ${day(performedOn, 'en')}, it is ${decimal(due, 'en')} %.`,
    },
    remedy: askForCorrection,
    reference: '§ 12 (1), § 27 (1), § 28 (1) UStG',
  }),
  'invoice.amount-above-accepted': finding<Position & { readonly billed: string; readonly left: string }>({
    severity: 'error',
    title: { de: 'Betrag über dem Abgenommenen', en: 'amount above what was accepted' },
    message: {
      de: ({ line, position, billed, left }) =>
        `Position ${line} (${position}): berechnet ${decimal(billed, 'de')} € netto, für die abgenommene Menge sind noch ${decimal(left, 'de')} € zu zahlen.`,
      en: ({ line, position, billed, left }) =>
        `Line ${line} (${position}): EUR ${decimal(billed, 'en')} net billed, EUR ${decimal(left, 'en')} is left to pay for what was accepted.`,
    },
    remedy: askForCorrection,
  }),
  'invoice.quantity-not-counted': finding<Position & { readonly billed: string }>({
    severity: 'warning',
    title: { de: 'Menge wird bei der Abnahme nicht gezählt', en: 'quantity is not counted at acceptance' },
    message: {
      de: ({ line, position, billed }) =>
        `Position ${line} (${position}): ${decimal(billed, 'de')} berechnet; belegt ist nur die im Abruf vereinbarte Menge.`,
      en: ({ line, position, billed }) =>
        `Line ${line} (${position}): ${decimal(billed, 'en')} billed; only the quantity agreed in the order stands behind it.`,
    },
    remedy: {
      de: 'Leistungsnachweis des Dienstleisters ansehen (etwa Abholscheine), bevor freigegeben wird.',
      en: 'See the vendor’s proof of performance (such as pick-up notes) before approving.',
    },
  }),
  'invoice.charge-not-agreed': finding<{ readonly amount: string; readonly reason: string }>({
    severity: 'error',
    title: { de: 'Zuschlag nicht vereinbart', en: 'charge not agreed' },
    message: {
      de: ({ amount, reason }) => `Ein Zuschlag von ${decimal(amount, 'de')} € („${reason}“) ist nicht vereinbart.`,
      en: ({ amount, reason }) => `A charge of EUR ${decimal(amount, 'en')} ("${reason}") is not agreed.`,
    },
    remedy: returnIt,
    reference: 'EN 16931-1, BG-21, BG-28',
  }),
  'invoice.maximum-exceeded': finding<{ readonly of: string; readonly accepted: string; readonly maximum: string }>({
    severity: 'error',
    title: { de: 'Obergrenze des Rahmenvertrags überschritten', en: 'maximum of the framework exceeded' },
    message: {
      de: ({ of, accepted, maximum }) =>
        `${of}: abgenommen ${decimal(accepted, 'de')}, Obergrenze ${decimal(maximum, 'de')}.`,
      en: ({ of, accepted, maximum }) =>
        `${of}: ${decimal(accepted, 'en')} accepted, the maximum is ${decimal(maximum, 'en')}.`,
    },
    remedy: {
      de: 'Nicht freigeben; die Vergabestelle einschalten: Der Rahmenvertrag wirkt nur bis zu seiner Obergrenze.',
      en: 'Do not approve; ask the procurement office: the framework has effect only up to its maximum.',
    },
    reference: 'ECJ C-23/20',
  }),
  'invoice.budget-exceeded': finding<{ readonly budget: string; readonly overdrawn: string }>({
    severity: 'warning',
    title: { de: 'Haushaltsansatz überschritten', en: 'budget line overdrawn' },
    message: {
      de: ({ budget, overdrawn }) => `Haushaltsansatz ${budget}: um ${decimal(overdrawn, 'de')} € überschritten.`,
      en: ({ budget, overdrawn }) => `Budget line ${budget}: overdrawn by EUR ${decimal(overdrawn, 'en')}.`,
    },
    remedy: {
      de: 'Vor der Zahlung Deckung beschaffen (überplanmäßige Bewilligung, Übertragung) und den Haushalt fortschreiben.',
      en: 'Provide cover before paying (supplementary funds, transfer) and update the budget.',
    },
  }),
  'invoice.reduction': finding<Reduction>({
    severity: 'note',
    title: { de: 'Abzug aus vereinbartem Grund', en: 'reduction for an agreed reason' },
    message: {
      de: ({ line, amount, reason }) => `${place(line, 'de')}: ${decimal(amount, 'de')} € netto weniger, „${reason}“.`,
      en: ({ line, amount, reason }) => `${place(line, 'en')}: EUR ${decimal(amount, 'en')} net less, "${reason}".`,
    },
    remedy: {
      de: 'Die Höhe mit dem Vertrag vergleichen (scanlot contract penalties).',
      en: 'Compare the amount with the contract (scanlot contract penalties).',
    },
  }),
  'invoice.reduction-unnamed': finding<Reduction>({
    severity: 'warning',
    title: { de: 'Abzug, den der Vertrag nicht nennt', en: 'reduction that the contract does not name' },
    message: {
      de: ({ line, amount, reason }) =>
        `${place(line, 'de')}: ${decimal(amount, 'de')} € netto weniger, „${reason}“; einen solchen Grund nennt der Vertrag nicht.`,
      en: ({ line, amount, reason }) =>
        `${place(line, 'en')}: EUR ${decimal(amount, 'en')} net less, "${reason}"; the contract names no such reason.`,
    },
    remedy: {
      de: 'Zu unseren Gunsten: klären, was vereinbart ist, und es im Vertrag festhalten (penalties).',
      en: 'In our favour: find out what was agreed, and put it into the contract (penalties).',
    },
  }),
  'invoice.credit-above-billed': finding<Position & { readonly credited: string; readonly billed: string }>({
    severity: 'error',
    title: { de: 'Mehr gutgeschrieben als berechnet', en: 'more credited than billed' },
    message: {
      de: ({ line, position, credited, billed }) =>
        `Position ${line} (${position}): gutgeschrieben ${decimal(credited, 'de')}, berechnet waren ${decimal(billed, 'de')}.`,
      en: ({ line, position, credited, billed }) =>
        `Line ${line} (${position}): ${decimal(credited, 'en')} credited, ${decimal(billed, 'en')} was billed.`,
    },
    remedy: askForCorrection,
  }),
  'invoice.credit-price-differs': finding<Position & { readonly credited: string; readonly billed: string }>({
    severity: 'error',
    title: { de: 'Gutschrift zu anderem Preis', en: 'credit at another price' },
    message: {
      de: ({ line, position, credited, billed }) =>
        `Position ${line} (${position}): gutgeschrieben zu ${decimal(credited, 'de')} €, vereinbart ist ${decimal(billed, 'de')} €.`,
      en: ({ line, position, credited, billed }) =>
        `Line ${line} (${position}): credited at EUR ${decimal(credited, 'en')}, agreed is EUR ${decimal(billed, 'en')}.`,
    },
    remedy: askForCorrection,
  }),
};

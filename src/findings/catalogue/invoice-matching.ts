import { formats } from '../../shared/format.ts';
import type { Language } from '../../shared/language.ts';
import { finding } from '../definition.ts';

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

const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'BT-10': { de: 'Leitweg-ID', en: 'buyer reference' },
  'BT-12': { de: 'Vertrag', en: 'contract' },
  'BT-13': { de: 'Abruf', en: 'order' },
  'BT-17': { de: 'Los', en: 'lot' },
  'BT-25': { de: 'vorherige Rechnung', en: 'preceding invoice' },
};

function term(code: string, language: Language): string {
  const name = words[code]?.[language];
  return name ? `${name} (${code})` : code;
}

/** A decimal string in the reader's form, with as many decimals as it has. */
function decimal(value: string, language: Language): string {
  const number = Number(value);
  const decimals = value.split('.')[1]?.length ?? 0;
  return Number.isFinite(number) && Math.abs(number) < 1e13 ? formats[language].number(number, decimals) : value;
}

function day(date: string, language: Language): string {
  return formats[language].date(date as Parameters<(typeof formats)['de']['date']>[0]);
}

const askForCorrection = {
  de: 'Die Rechnung zurückgeben und eine berichtigte anfordern (scanlot invoice reject), oder nur die richtigen Positionen freigeben (scanlot invoice approve --partial).',
  en: 'Return the invoice and ask for a corrected one (scanlot invoice reject), or approve the right lines only (scanlot invoice approve --partial).',
};
const returnIt = {
  de: 'Nicht freigeben; die Rechnung zurückgeben (scanlot invoice reject).',
  en: 'Do not approve; return the invoice (scanlot invoice reject).',
};

export const invoiceMatchingFindings = {
  'invoice.contract-unclear': finding<Record<never, never>>({
    severity: 'error',
    title: { de: 'Vertrag nicht bestimmbar', en: 'contract cannot be told' },
    message: {
      de: () => 'Weder Vertrag (BT-12) noch Abruf (BT-13) noch Rechnungssteller führen zu genau einem Vertrag.',
      en: () => 'Neither contract (BT-12) nor order (BT-13) nor seller lead to exactly one contract.',
    },
    remedy: {
      de: 'Die Rechnung zurückgeben: Sie muss Vertrag und Abruf nennen.',
      en: 'Return the invoice: it has to name contract and order.',
    },
    reference: 'EN 16931-1, BT-12, BT-13',
  }),
  'invoice.reference-unknown': finding<{ readonly term: string; readonly value: string }>({
    severity: 'error',
    title: { de: 'Bezug unbekannt', en: 'reference unknown' },
    message: {
      de: ({ term: code, value }) => `${term(code, 'de')}: „${value}“ ist nicht bekannt.`,
      en: ({ term: code, value }) => `${term(code, 'en')}: "${value}" is not known.`,
    },
    remedy: {
      de: 'Die Nummer mit dem Vertrag und den Abrufen vergleichen (scanlot order list) und eine berichtigte Rechnung anfordern.',
      en: 'Compare the number with contract and orders (scanlot order list) and ask for a corrected invoice.',
    },
    reference: 'EN 16931-1, BT-12, BT-13, BT-17, BT-25',
  }),
  'invoice.reference-contradicts': finding<{
    readonly term: string;
    readonly value: string;
    readonly expected: string;
  }>({
    severity: 'error',
    title: { de: 'Bezug widerspricht sich', en: 'reference contradicts' },
    message: {
      de: ({ term: code, value, expected }) => `${term(code, 'de')}: angegeben „${value}“, richtig wäre „${expected}“.`,
      en: ({ term: code, value, expected }) => `${term(code, 'en')}: states "${value}", right would be "${expected}".`,
    },
    remedy: returnIt,
    reference: 'EN 16931-1, BT-10, BT-12, BT-17',
  }),
  'invoice.reference-missing': finding<{ readonly term: string }>({
    severity: 'warning',
    title: { de: 'Bezug fehlt', en: 'reference missing' },
    message: {
      de: ({ term: code }) => `Die Rechnung nennt nicht: ${term(code, 'de')}.`,
      en: ({ term: code }) => `The invoice does not name: ${term(code, 'en')}.`,
    },
    remedy: {
      de: 'Prüfen, ob die Zuordnung stimmt; beim Dienstleister die Angabe für künftige Rechnungen verlangen.',
      en: 'See whether the matching is right; ask the vendor to state it on further invoices.',
    },
  }),
  'invoice.seller-differs': finding<{ readonly seller: string; readonly vendor: string }>({
    severity: 'error',
    title: { de: 'Rechnungssteller ist nicht der Auftragnehmer', en: 'seller is not the vendor' },
    message: {
      de: ({ seller, vendor }) => `Rechnungssteller ist „${seller}“, Auftragnehmer des Vertrags ist „${vendor}“.`,
      en: ({ seller, vendor }) => `The seller is "${seller}", the contract's vendor is "${vendor}".`,
    },
    remedy: {
      de: 'Nicht zahlen; klären, ob abgetreten oder der Vertrag übergegangen ist, und den Vertrag dann fortschreiben.',
      en: 'Do not pay; find out whether the claim or contract was transferred, and amend the contract then.',
    },
    reference: 'EN 16931-1, BT-27, BT-31',
  }),
  'invoice.currency-not-euro': finding<{ readonly currency: string }>({
    severity: 'error',
    title: { de: 'Währung ist nicht Euro', en: 'currency is not the euro' },
    message: {
      de: ({ currency }) => `Die Rechnung lautet auf ${currency}, der Vertrag auf EUR.`,
      en: ({ currency }) => `The invoice is in ${currency}, the contract in EUR.`,
    },
    remedy: returnIt,
    reference: 'EN 16931-1, BT-5',
  }),
  'invoice.number-known': finding<{ readonly number: string; readonly recordedOn: string }>({
    severity: 'error',
    title: { de: 'Rechnung liegt schon vor', en: 'invoice was taken before' },
    message: {
      de: ({ number, recordedOn }) =>
        `Die Rechnung ${number} dieses Rechnungsstellers wurde am ${day(recordedOn, 'de')} schon erfasst.`,
      en: ({ number, recordedOn }) =>
        `Invoice ${number} of this seller was recorded on ${day(recordedOn, 'en')} already.`,
    },
    remedy: {
      de: 'Nicht noch einmal zahlen. Den Stand zeigt: scanlot invoice list',
      en: 'Do not pay again. To see where it stands: scanlot invoice list',
    },
    reference: 'EN 16931-1, BT-1; § 14 (4) no. 4 UStG',
  }),
  'invoice.content-known': finding<{ readonly number: string }>({
    severity: 'error',
    title: { de: 'Gleicher Inhalt unter anderer Nummer', en: 'same content under another number' },
    message: {
      de: ({ number }) => `Bis auf ihre Nummer gleicht sie der schon erfassten Rechnung ${number}.`,
      en: ({ number }) => `But for its number it equals invoice ${number}, which is recorded already.`,
    },
    remedy: returnIt,
  }),
  'invoice.no-lines': finding<Record<never, never>>({
    severity: 'error',
    title: { de: 'Rechnung ohne Positionen', en: 'invoice without lines' },
    message: {
      de: () => 'Die Rechnung hat keine Positionen: Sie lässt sich mit nichts Abgenommenem vergleichen.',
      en: () => 'The invoice has no lines: it cannot be compared with anything accepted.',
    },
    remedy: returnIt,
    reference: 'EN 16931-1, BR-16',
  }),
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
  'invoice.preceding-replaced': finding<{ readonly number: string; readonly by: string }>({
    severity: 'error',
    title: { de: 'Vorherige Rechnung ist schon abgelöst', en: 'preceding invoice is replaced already' },
    message: {
      de: ({ number, by }) => `An die Stelle der Rechnung ${number} ist schon die Rechnung ${by} getreten.`,
      en: ({ number, by }) => `Invoice ${by} stands in the place of invoice ${number} already.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben; sie muss sich auf die genannte Rechnung beziehen.',
      en: 'Return the invoice; it has to refer to the invoice named.',
    },
    reference: 'EN 16931-1, BT-25',
  }),
  'invoice.preceding-open': finding<{ readonly number: string }>({
    severity: 'error',
    title: { de: 'Vorherige Rechnung ist noch nicht freigegeben', en: 'preceding invoice is not approved yet' },
    message: {
      de: ({ number }) => `Die Rechnung ${number} ist geprüft, aber noch nicht freigegeben.`,
      en: ({ number }) => `Invoice ${number} is checked, but not approved yet.`,
    },
    remedy: {
      de: 'Zuerst die vorherige Rechnung freigeben oder zurückweisen, dann diese prüfen.',
      en: 'Approve or reject the preceding invoice first, then check this one.',
    },
    reference: 'EN 16931-1, BT-25',
  }),
  'invoice.preceding-credited': finding<{ readonly number: string }>({
    severity: 'error',
    title: { de: 'Gutschrift ist nicht genannt', en: 'credit note is not named' },
    message: {
      de: ({ number }) =>
        `Was die vorherigen Rechnungen berechneten, hat ${number} zum Teil gutgeschrieben; die Rechnung nennt sie nicht.`,
      en: ({ number }) =>
        `${number} credited a part of what the preceding invoices billed; the invoice does not name it.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben; sie muss die Gutschrift unter den vorherigen Rechnungen nennen und mitrechnen.',
      en: 'Return the invoice; it has to name the credit note among the preceding invoices and count it.',
    },
    reference: 'EN 16931-1, BT-25',
  }),
  'invoice.prepaid-differs': finding<{ readonly stated: string; readonly billed: string; readonly invoices: string }>({
    severity: 'error',
    title: { de: 'Abzug stimmt nicht', en: 'deduction is wrong' },
    message: {
      de: ({ stated, billed, invoices }) =>
        `Abgezogen sind ${decimal(stated, 'de')} € (BT-113); die vorherigen Rechnungen (${invoices}) wurden mit ${decimal(billed, 'de')} € brutto freigegeben.`,
      en: ({ stated, billed, invoices }) =>
        `EUR ${decimal(stated, 'en')} is deducted (BT-113); the preceding invoices (${invoices}) were approved with EUR ${decimal(billed, 'en')} gross.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben: Abzuziehen ist brutto, was die Teilrechnungen abrechnen, abzüglich der Gutschriften.',
      en: 'Return the invoice: what the part invoices bill, gross and less credits, has to be deducted.',
    },
    reference: 'EN 16931-1, BT-113; § 14 (5) UStG',
  }),
  'invoice.prepaid-unproven': finding<{ readonly stated: string }>({
    severity: 'warning',
    title: { de: 'Anzahlung ohne Beleg', en: 'prepayment without proof' },
    message: {
      de: ({ stated }) =>
        `${decimal(stated, 'de')} € sind als gezahlt abgezogen, aber keine vorherige Rechnung ist genannt.`,
      en: ({ stated }) => `EUR ${decimal(stated, 'en')} is deducted as paid, but no preceding invoice is named.`,
    },
    remedy: {
      de: 'Prüfen, ob dieser Betrag gezahlt wurde und wofür; beim Dienstleister den Bezug (BT-25) verlangen.',
      en: 'See whether that amount was paid, and for what; ask the vendor for the reference (BT-25).',
    },
    reference: 'EN 16931-1, BT-113, BT-25',
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
} as const;

import type { Language } from '../../shared/language.ts';
import { finding } from '../definition.ts';
import { day, decimal, returnIt } from './invoice-words.ts';

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

/** What an invoice names: its contract and order, itself, the invoices before it. */
export const invoiceReferenceFindings = {
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
};

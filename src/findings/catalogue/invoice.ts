import type { Format } from '../../shared/format.ts';
import { finding } from '../definition.ts';

/** Business terms by which totals are named to people (EN 16931-1). */
const terms: Readonly<Record<string, { readonly de: string; readonly en: string }>> = {
  'BT-106': { de: 'Summe der Positionen', en: 'sum of line net amounts' },
  'BT-107': { de: 'Summe der Nachlässe', en: 'sum of allowances' },
  'BT-108': { de: 'Summe der Zuschläge', en: 'sum of charges' },
  'BT-109': { de: 'Gesamtbetrag netto', en: 'total without VAT' },
  'BT-110': { de: 'Umsatzsteuer gesamt', en: 'total VAT' },
  'BT-112': { de: 'Gesamtbetrag brutto', en: 'total with VAT' },
  'BT-115': { de: 'Zahlbetrag', en: 'amount due for payment' },
  'BT-116': { de: 'steuerpflichtiger Betrag', en: 'taxable amount' },
  'BT-117': { de: 'Steuerbetrag', en: 'tax amount' },
  'BT-130': { de: 'Einheit, als Stück genommen', en: 'unit, taken as piece' },
  'BT-131': { de: 'Positionsbetrag', en: 'line amount' },
};

interface Difference {
  readonly stated: string;
  readonly computed: string;
}
interface TotalDifference extends Difference {
  readonly term: string;
  readonly rule: string;
}
interface VatDifference extends Difference {
  readonly term: string;
  readonly category: string;
  readonly rate: string;
}

function named(term: string, language: 'de' | 'en'): string {
  const words = terms[term]?.[language];
  return words ? `${words} (${term})` : term;
}

/** "BT-109 BT-112" in words. */
function listed(codes: string, language: 'de' | 'en'): string {
  return codes
    .split(' ')
    .map((code) => named(code, language))
    .join(', ');
}

function amount(decimal: string, format: Format): string {
  const number = Number(decimal);
  return Number.isFinite(number) && Math.abs(number) < 1e13 ? format.number(number, 2) : decimal;
}

export const invoiceFindings = {
  'invoice.total-differs': finding<TotalDifference>({
    severity: 'error',
    title: { de: 'Rechnungssumme stimmt nicht', en: 'invoice total is wrong' },
    message: {
      de: ({ term, rule, stated, computed }, f) =>
        `${named(term, 'de')}: angegeben ${amount(stated, f)}, nach ${rule} ergibt sich ${amount(computed, f)}.`,
      en: ({ term, rule, stated, computed }, f) =>
        `${named(term, 'en')}: states ${amount(stated, f)}, by ${rule} it is ${amount(computed, f)}.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben und eine berichtigte anfordern.',
      en: 'Return the invoice and ask for a corrected one.',
    },
    reference: 'EN 16931-1, BR-CO-10 to BR-CO-16',
  }),
  'invoice.line-differs': finding<Difference & { readonly line: string }>({
    severity: 'error',
    title: { de: 'Positionsbetrag stimmt nicht', en: 'line amount is wrong' },
    message: {
      de: ({ line, stated, computed }, f) =>
        `Position ${line}: angegeben ${amount(stated, f)}, Menge × Preis mit Nachlässen und Zuschlägen ergibt ${amount(computed, f)}.`,
      en: ({ line, stated, computed }, f) =>
        `Line ${line}: states ${amount(stated, f)}, quantity × price with allowances and charges is ${amount(computed, f)}.`,
    },
    remedy: {
      de: 'Menge, Preis und Nachlässe der Position mit dem Auftrag vergleichen und eine berichtigte Rechnung anfordern.',
      en: 'Compare the line’s quantity, price and allowances with the order and ask for a corrected invoice.',
    },
    reference: 'EN 16931-1, BT-131',
  }),
  'invoice.line-rounding': finding<Difference & { readonly line: string }>({
    severity: 'note',
    title: { de: 'Position anders gerundet', en: 'line rounded differently' },
    message: {
      de: ({ line, stated, computed }, f) =>
        `Position ${line}: angegeben ${amount(stated, f)}, kaufmännisch gerundet ${amount(computed, f)}.`,
      en: ({ line, stated, computed }, f) =>
        `Line ${line}: states ${amount(stated, f)}, rounded half up it is ${amount(computed, f)}.`,
    },
    remedy: { de: 'Nichts: Es geht um einen Cent.', en: 'Nothing: it is a matter of one cent.' },
  }),
  'invoice.vat-differs': finding<VatDifference>({
    severity: 'error',
    title: { de: 'Umsatzsteuer stimmt nicht', en: 'VAT is wrong' },
    message: {
      de: ({ term, category, rate, stated, computed }, f) =>
        `Umsatzsteuer ${category} ${rate} %: ${named(term, 'de')} angegeben ${amount(stated, f)}, errechnet ${amount(computed, f)}.`,
      en: ({ term, category, rate, stated, computed }, f) =>
        `VAT ${category} ${rate} %: ${named(term, 'en')} states ${amount(stated, f)}, computed ${amount(computed, f)}.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben: Nur eine richtig ausgewiesene Steuer darf gezahlt werden.',
      en: 'Return the invoice: only tax that is stated rightly may be paid.',
    },
    reference: 'EN 16931-1, BR-CO-17, BR-S-08',
  }),
  'invoice.vat-rounding': finding<VatDifference>({
    severity: 'note',
    title: { de: 'Umsatzsteuer anders gerundet', en: 'VAT rounded differently' },
    message: {
      de: ({ term, category, rate, stated, computed }, f) =>
        `Umsatzsteuer ${category} ${rate} %: ${named(term, 'de')} angegeben ${amount(stated, f)}, kaufmännisch gerundet ${amount(computed, f)}.`,
      en: ({ term, category, rate, stated, computed }, f) =>
        `VAT ${category} ${rate} %: ${named(term, 'en')} states ${amount(stated, f)}, rounded half up it is ${amount(computed, f)}.`,
    },
    remedy: { de: 'Nichts: Es geht um einen Cent.', en: 'Nothing: it is a matter of one cent.' },
  }),
  'invoice.vat-group-missing': finding<{
    readonly category: string;
    readonly rate: string;
    readonly computed: string;
  }>({
    severity: 'error',
    title: { de: 'Steuersatz fehlt in der Aufschlüsselung', en: 'VAT rate is missing in the breakdown' },
    message: {
      de: ({ category, rate, computed }, f) =>
        `Positionen über ${amount(computed, f)} haben den Steuersatz ${category} ${rate} %, die Aufschlüsselung der Umsatzsteuer nennt ihn nicht.`,
      en: ({ category, rate, computed }, f) =>
        `Lines of ${amount(computed, f)} have VAT ${category} ${rate} %, which the VAT breakdown does not have.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben und eine berichtigte anfordern.',
      en: 'Return the invoice and ask for a corrected one.',
    },
    reference: 'EN 16931-1, BR-CO-18',
  }),
  'invoice.value-missing': finding<{ readonly term: string }>({
    severity: 'error',
    title: { de: 'Pflichtangabe fehlt', en: 'required value is missing' },
    message: {
      de: ({ term }) => `Die Angabe ${named(term, 'de')} fehlt.`,
      en: ({ term }) => `The value ${named(term, 'en')} is missing.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben und eine vollständige anfordern.',
      en: 'Return the invoice and ask for a complete one.',
    },
    reference: 'EN 16931-1, BR-02 to BR-15',
  }),
  'invoice.value-malformed': finding<{ readonly term: string; readonly value: string }>({
    severity: 'error',
    title: { de: 'Zahl oder Datum unlesbar', en: 'number or date cannot be read' },
    message: {
      de: ({ term, value }) =>
        `${named(term, 'de')}: „${value}“ ist weder Zahl noch Datum in der vorgeschriebenen Form.`,
      en: ({ term, value }) => `${named(term, 'en')}: "${value}" is no number or date in the prescribed form.`,
    },
    remedy: {
      de: 'Die Rechnung zurückgeben; Zahlen haben einen Punkt vor den Nachkommastellen, Tage die Form 2020-12-31.',
      en: 'Return the invoice; numbers have a point before their decimals, days the form 2020-12-31.',
    },
    reference: 'XML Schema part 2, decimal and date; UNTDID 2379 format 102',
  }),
  'invoice.discount-malformed': finding<{ readonly words: string }>({
    severity: 'warning',
    title: { de: 'Skonto nicht lesbar', en: 'cash discount cannot be read' },
    message: {
      de: ({ words }) => `Zahlungsbedingungen (BT-20): „${words}“ ist keine Skontoangabe in der vorgeschriebenen Form.`,
      en: ({ words }) => `Payment terms (BT-20): "${words}" is no cash discount in the prescribed form.`,
    },
    remedy: {
      de: 'Beim Rechnungssteller klären, welches Skonto gilt; die Form ist #SKONTO#TAGE=14#PROZENT=2.00# (am Ende auch #BASISBETRAG=1000.00#). So wie es dasteht, wird nichts abgezogen.',
      en: 'Ask the seller which discount is meant; the form is #SKONTO#TAGE=14#PROZENT=2.00# (at its end #BASISBETRAG=1000.00#, too). As it stands, nothing is taken.',
    },
    reference: 'XRechnung 3.0, BR-DE-18',
  }),
  'invoice.entry-computed': finding<{ readonly terms: string }>({
    severity: 'note',
    title: { de: 'Von Papier erfasst, Summen ergänzt', en: 'recorded from paper, sums completed' },
    message: {
      de: ({ terms: codes }) => `Nicht erfasst und daher errechnet: ${listed(codes, 'de')}.`,
      en: ({ terms: codes }) => `Not recorded and therefore computed: ${listed(codes, 'en')}.`,
    },
    remedy: {
      de: 'Das Errechnete mit der Rechnung auf Papier vergleichen, besonders den Zahlbetrag.',
      en: 'Compare what was computed with the invoice on paper, the amount due above all.',
    },
    reference: 'EN 16931-1, BR-CO-10 to BR-CO-17',
  }),
  'invoice.entry-unused': finding<{ readonly headings: string }>({
    severity: 'note',
    title: { de: 'Angaben der Tabelle nicht verwendet', en: 'parts of the table not used' },
    message: {
      de: ({ headings }) => `Nicht verwendet: ${headings}.`,
      en: ({ headings }) => `Not used: ${headings}.`,
    },
    remedy: {
      de: 'Prüfen, ob eine Überschrift verschrieben ist; die bekannten zeigt: scanlot invoice template',
      en: 'See whether a heading is misspelt; those known are in: scanlot invoice template',
    },
  }),
} as const;

import { decimalText } from '../../../shared/decimal.ts';
import { type Text, text } from '../../../shared/language.ts';
import { centsToDecimal } from '../../../shared/money.ts';
import { cellText } from '../../../shared/tables/cell.ts';
import {
  type CellParser,
  choiceCell,
  dateCell,
  decimalCell,
  moneyCell,
  textCell,
} from '../../../shared/tables/cell-parsers.ts';
import { optional } from '../../../shared/tables/columns.ts';

/** A parser whose value is the decimal as the entry states it. */
function scaledCell(scale: number, least: number, expected: Text): CellParser<string> {
  const parse = decimalCell(scale, expected);
  return (cell) => {
    const parsed = parse(cell);
    return 'value' in parsed ? { value: decimalText({ units: BigInt(parsed.value), scale }, least) } : parsed;
  };
}

const amountCell: CellParser<string> = (cell) => {
  const parsed = moneyCell(cell);
  return 'value' in parsed ? { value: centsToDecimal(parsed.value) } : parsed;
};

const reductionCell: CellParser<string> = (cell) => {
  const parsed = moneyCell(cell);
  if (!('value' in parsed) || parsed.value >= 0) return amountCell(cell);
  return { expected: text({ de: 'ein Betrag ohne Minuszeichen', en: 'an amount without a minus sign' }) };
};

const quantityCell = scaledCell(
  3,
  0,
  text({ de: 'eine Menge wie 408 oder 12,5', en: 'a quantity such as 408 or 12.5' }),
);
const plainPrice = scaledCell(6, 2, text({ de: 'ein Preis wie 0,115', en: 'a price such as 0.115' }));
const priceCell: CellParser<string> = (cell) =>
  plainPrice(typeof cell === 'string' ? cell.trim().replace(/\s*(€|eur|euro)$/i, '') : cell);

const plainPercent = scaledCell(2, 0, text({ de: 'ein Steuersatz wie 19', en: 'a rate such as 19' }));
/** Spreadsheets store 19 % as 0.19; no rate is less than one percent. */
const rateCell: CellParser<string> = (cell) => {
  if (typeof cell === 'number' && cell > 0 && cell < 1) return plainPercent(Number((cell * 100).toFixed(2)));
  const parsed = plainPercent(typeof cell === 'string' ? cell.trim().replace(/\s*%$/, '') : cell);
  if ('value' in parsed && !/^\d{1,2}(\.|$)/.test(parsed.value)) return plainPercent('?');
  return parsed;
};

/** "14 Tage 2 %", "2 % bis 14 Tage", several with a semicolon or line break between them; its value is "14 2;…". */
const discountCell: CellParser<string> = (cell) => {
  const parts = cellText(cell)
    .slice(0, 500)
    .split(/[;/\n]|\bund\b|\band\b/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const read = parts.map((part) => {
    const [, days, percent] = /^(\d{1,4})\s?(?:Tage?|days?)\s?[:=]?\s?(\d{1,2}(?:[.,]\d{1,2})?)\s?%$/i.exec(part) ?? [];
    const [, first, last] =
      /^(\d{1,2}(?:[.,]\d{1,2})?)\s?%\s?(?:bis|in|innerhalb von|within)?\s?(\d{1,4})\s?(?:Tagen?|Tage|days?)$/i.exec(
        part,
      ) ?? [];
    const [day, rate] = [days ?? last, percent ?? first];
    return day === undefined || rate === undefined ? undefined : `${Number(day)} ${rate.replace(',', '.')}`;
  });
  if (read.every((part) => part !== undefined)) return { value: read.join(';') };
  return { expected: text({ de: 'Skonto wie 14 Tage 2 %', en: 'a cash discount such as 14 days 2 %' }) };
};

const typeCell = choiceCell({
  '380': ['Rechnung', 'Schlussrechnung', 'invoice', 'final invoice'],
  '326': ['Teilrechnung', 'Abschlagsrechnung', 'part invoice', 'partial invoice'],
  '381': ['Gutschrift', 'credit note'],
  '384': ['Rechnungskorrektur', 'Korrekturrechnung', 'corrected invoice'],
});

/**
 * What is said once about the invoice: in rows of their own above the lines ("Rechnungsnummer;R-17"), or in columns that
 * every line repeats. The first heading is German, the second English: those that a template has.
 */
export const headColumns = {
  number: optional(
    ['Rechnungsnummer', 'invoice number', 'Rechnungs-Nr.', 'Rechnung Nr.', 'Rechnung', 'Beleg-Nr.', 'BT-1'],
    textCell,
  ),
  issueDate: optional(['Rechnungsdatum', 'invoice date', 'Datum', 'issue date', 'date', 'BT-2'], dateCell),
  type: optional(['Rechnungsart', 'invoice type', 'Belegart', 'type', 'BT-3'], typeCell),
  seller: optional(
    [
      'Rechnungssteller',
      'seller',
      'Lieferant',
      'Kreditor',
      'Auftragnehmer',
      'Dienstleister',
      'vendor',
      'supplier',
      'BT-27',
    ],
    textCell,
  ),
  vatIdentifier: optional(['USt-IdNr.', 'VAT number', 'Umsatzsteuer-ID', 'USt-ID', 'VAT id', 'BT-31'], textCell),
  contract: optional(['Vertrag', 'contract', 'Vertragsnummer', 'Rahmenvertrag', 'contract number', 'BT-12'], textCell),
  order: optional(
    ['Abruf', 'order', 'Abrufnummer', 'Auftrag', 'Auftragsnummer', 'Bestellung', 'Bestellnummer', 'call-off', 'BT-13'],
    textCell,
  ),
  lot: optional(['Los', 'lot', 'BT-17'], textCell),
  deliveryNote: optional(['Lieferschein', 'delivery note', 'Lieferscheinnummer', 'BT-16'], textCell),
  buyerReference: optional(['Leitweg-ID', 'buyer reference', 'BT-10'], textCell),
  preceding: optional(
    ['Vorherige Rechnungen', 'preceding invoices', 'Vorherige Rechnung', 'zu Rechnung', 'preceding invoice', 'BT-25'],
    textCell,
  ),
  deliveryDate: optional(
    ['Leistungsdatum', 'performed on', 'Leistungstag', 'Lieferdatum', 'delivery date', 'BT-72'],
    dateCell,
  ),
  periodStart: optional(['Leistung von', 'period start', 'Zeitraum von', 'BT-73'], dateCell),
  periodEnd: optional(['Leistung bis', 'period end', 'Zeitraum bis', 'BT-74'], dateCell),
  dueDate: optional(['Fällig am', 'due date', 'Fälligkeit', 'Zahlbar bis', 'BT-9'], dateCell),
  discount: optional(['Skonto', 'cash discount'], discountCell),
  account: optional(['IBAN', 'bank account', 'Bankverbindung', 'BT-84'], textCell),
  net: optional(['Summe netto', 'total net', 'Nettosumme', 'Gesamt netto', 'Nettobetrag', 'BT-109'], amountCell),
  tax: optional(
    ['Summe Umsatzsteuer', 'total VAT', 'Umsatzsteuerbetrag', 'USt-Betrag', 'MwSt-Betrag', 'BT-110'],
    amountCell,
  ),
  gross: optional(
    ['Summe brutto', 'total gross', 'Bruttosumme', 'Gesamt brutto', 'Rechnungsbetrag', 'Bruttobetrag', 'BT-112'],
    amountCell,
  ),
  prepaid: optional(
    ['Bereits gezahlt', 'prepaid', 'Anzahlungen', 'Abschlagszahlungen', 'abzüglich Abschläge', 'BT-113'],
    amountCell,
  ),
  payable: optional(['Zahlbetrag', 'amount due', 'zu zahlen', 'Zahlungsbetrag', 'BT-115'], amountCell),
};

/** What every line says. */
export const lineColumns = {
  id: optional(['Pos.', 'line', 'Position', 'Positionsnummer', 'Pos.-Nr.', 'BT-126'], textCell),
  buyerItem: optional(
    ['Preisposition', 'price position', 'LV-Position', 'Artikelnummer', 'item number', 'BT-156'],
    textCell,
  ),
  name: optional(['Leistung', 'item', 'Bezeichnung', 'Artikel', 'Text', 'description', 'name', 'BT-153'], textCell),
  quantity: optional(['Menge', 'quantity', 'Anzahl', 'BT-129'], quantityCell),
  unit: optional(['Einheit', 'unit', 'ME', 'Mengeneinheit', 'BT-130'], textCell),
  price: optional(
    ['Einzelpreis', 'unit price', 'Preis', 'EP', 'E-Preis', 'Preis je Einheit', 'price', 'BT-146'],
    priceCell,
  ),
  baseQuantity: optional(['Preismenge', 'price base quantity', 'Preis für Menge', 'BT-149'], quantityCell),
  allowance: optional(['Nachlass', 'allowance', 'Rabatt', 'discount', 'BT-136'], reductionCell),
  lineNet: optional(
    ['Netto', 'net', 'Gesamtpreis', 'GP', 'G-Preis', 'Positionsbetrag', 'Betrag', 'amount', 'BT-131'],
    amountCell,
  ),
  vatRate: optional(
    ['Steuersatz', 'VAT rate', 'USt-Satz', 'MwSt-Satz', 'USt.', 'MwSt.', 'Umsatzsteuer', 'VAT', 'BT-152'],
    rateCell,
  ),
};

export type HeadKey = keyof typeof headColumns;
export type LineKey = keyof typeof lineColumns;

import type { Field } from '../../reporting/definition/dataset.ts';
import type { ValueType } from '../../reporting/model.ts';
import { text } from '../../shared/language.ts';

function field(type: ValueType, de: string, en: string): Field {
  return { type, title: text({ de, en }) };
}

/** Fields that several datasets have, called the same everywhere. */
export const common = {
  year: field('year', 'Jahr', 'Year'),
  month: field('text', 'Monat', 'Month'),
  account: field('text', 'Konto', 'Account'),
  costCentre: field('text', 'Kostenstelle', 'Cost centre'),
  department: field('text', 'Amt', 'Department'),
  vendor: field('text', 'Auftragnehmer', 'Vendor'),
  contract: field('text', 'Vertrag', 'Contract'),
  lot: field('text', 'Los', 'Lot'),
  lotTitle: field('text', 'Losbezeichnung', 'Title of the lot'),
  callOff: field('text', 'Abruf', 'Call-off'),
  batch: field('text', 'Charge', 'Batch'),
  round: field('count', 'Lieferung', 'Round'),
  pages: field('count', 'Seiten', 'Pages'),
  files: field('count', 'Akten', 'Files'),
  millimetres: field('metres', 'Laufende Meter', 'Running metres'),
  net: field('money', 'Netto', 'Net'),
  vat: field('money', 'USt', 'VAT'),
  gross: field('money', 'Brutto', 'Gross'),
  invoice: field('text', 'Rechnung', 'Invoice'),
  funds: field('money', 'Mittel', 'Funds'),
  appropriation: field('money', 'Ansatz', 'Appropriation'),
  carryOver: field('money', 'Übertragung', 'Carry-over'),
  changes: field('money', 'Nachträge, Umbuchungen', 'Supplements, transfers'),
  committed: field('money', 'Gebunden', 'Committed'),
  accrued: field('money', 'Abgenommen', 'Accepted'),
  invoiced: field('money', 'Berechnet', 'Invoiced'),
  paid: field('money', 'Bezahlt', 'Paid'),
  available: field('money', 'Verfügbar', 'Available'),
} as const satisfies Record<string, Field>;

export { field };

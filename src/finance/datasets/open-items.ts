import { priceQuantities } from '../../contract/prices.ts';
import type { Dataset, DatasetRow } from '../../reporting/definition/dataset.ts';
import type { Cell } from '../../reporting/model.ts';
import { proportion } from '../../reporting/ratio.ts';
import { type CalendarDate, daysBetween, yearOf } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { type Cents, vatOn } from '../../shared/money.ts';
import { isWithin } from '../cost-report/costs.ts';
import { acceptedItems, orderedItems } from '../invoice-matching/billable-items.ts';
import type { BillableItem } from '../invoice-matching/books.ts';
import { itemKey, keyOf } from '../invoice-matching/books.ts';
import { isAmount, openAmounts } from '../invoice-matching/pool.ts';
import type { InvoiceRow } from '../invoice-matching/store.ts';
import type { ReportBooks } from '../report-books.ts';
import type { CallOff, FinanceLot } from '../store.ts';
import { lotValues } from './entries.ts';
import { common, field } from './fields.ts';
import { ofCallOff, ofInvoice } from './origins.ts';

const stages = {
  delivered: text({ de: '1 nicht abgenommen', en: '1 not accepted' }),
  accepted: text({ de: '2 nicht berechnet', en: '2 not invoiced' }),
  invoiced: text({ de: '3 nicht freigegeben', en: '3 not approved' }),
  approved: text({ de: '4 nicht bezahlt', en: '4 not paid' }),
} as const;

export const openItemFields = {
  stage: field('text', 'Stufe (Schlüssel)', 'Stage (key)'),
  stageName: field('text', 'Stufe', 'Stage'),
  subject: field('text', 'Gegenstand', 'Subject'),
  vendor: common.vendor,
  contract: common.contract,
  lot: common.lot,
  department: common.department,
  callOff: common.callOff,
  account: common.account,
  costCentre: common.costCentre,
  year: common.year,
  since: field('date', 'Seit', 'Since'),
  days: field('count', 'Tage', 'Days'),
  ageGroup: field('text', 'Alter', 'Age'),
  due: field('date', 'Fällig', 'Due'),
  pages: common.pages,
  files: common.files,
  net: common.net,
  gross: common.gross,
} as const;

/** What has begun and is not done: one row for each delivery, acceptance and invoice that waits. */
export function openItems(books: ReportBooks): Dataset {
  const rows = [...deliveredRows(books), ...acceptedRows(books), ...invoiceRows(books)];
  return { fields: openItemFields, rows, notes };
}

const notes = [
  {
    words: text({
      de: 'Geliefert, nicht abgenommen: die jüngste Lieferung jeder Charge ohne Entscheidung, bewertet mit den Preisen des Eingangstages. Zurückgewiesene Akten sind beim Auftragnehmer und zählen erst mit der Nachlieferung.',
      en: 'Delivered, not accepted: the newest delivery of each batch without a decision, at the prices of the day it came. Files sent back are with the vendor and count with their redelivery.',
    }),
  },
  {
    words: text({
      de: 'Abgenommen, nicht berechnet: abgenommene Mengen, die keine Rechnung verwendet, in ihrem Anteil am Nettobetrag der Abnahme. Positionen ohne Zählung (Fahrten, Kartons) gelten mit der ersten Abnahme des Abrufs als erbracht.',
      en: 'Accepted, not invoiced: accepted quantities that no invoice uses, with their share in the net amount of the acceptance. Positions that are not counted (trips, boxes) are taken as performed with the first acceptance of the call-off.',
    }),
  },
];

/** Values that say how old something is. */
function ageValues(books: ReportBooks, since: CalendarDate): Record<string, Cell> {
  const days = Math.max(0, daysBetween(since, books.today));
  return { since, days, ageGroup: ageGroupOf(days) };
}

function ageGroupOf(days: number) {
  if (days <= 30) return text({ de: 'bis 30 Tage', en: 'up to 30 days' });
  if (days <= 60) return text({ de: '31 bis 60 Tage', en: '31 to 60 days' });
  if (days <= 90) return text({ de: '61 bis 90 Tage', en: '61 to 90 days' });
  return text({ de: 'über 90 Tage', en: 'over 90 days' });
}

function isMeant({ selection }: ReportBooks, callOff: CallOff, day: CalendarDate): boolean {
  const { year, lot, department } = selection;
  return (
    isWithin(day, selection) &&
    (year === undefined || yearOf(day) === year) &&
    (lot === undefined || callOff.lotId === lot.id) &&
    (department === undefined || callOff.department === department)
  );
}

function orderValues(books: ReportBooks, callOff: CallOff, lot: FinanceLot | undefined): Record<string, Cell> {
  const { department, number, account, costCentre } = callOff;
  return { ...lotValues(books, lot), department, callOff: number, account, costCentre };
}

function deliveredRows(books: ReportBooks): DatasetRow[] {
  const { ledger, undecided } = books;
  const callOffs = new Map(ledger.callOffs.map((callOff) => [callOff.id, callOff]));
  const lots = new Map(ledger.lots.map((lot) => [lot.id, lot]));
  return undecided.flatMap((delivery) => {
    const callOff = callOffs.get(delivery.callOffId);
    const { batch, round, receivedOn, pages, files } = delivery;
    if (!callOff || !isMeant(books, callOff, receivedOn)) return [];
    const lot = lots.get(callOff.lotId);
    const { net, gross } = priceQuantities(ledger.prices.get(callOff.lotId) ?? [], delivery, receivedOn);
    const name = `${batch}/${round}`;
    const head = { stage: 'delivered', stageName: stages.delivered, subject: name, year: yearOf(receivedOn) };
    const values = { ...head, ...orderValues(books, callOff, lot), ...ageValues(books, receivedOn) };
    return [
      {
        values: { ...values, pages, files, net, gross },
        origins: [{ kind: 'delivery', name, delivery: { batch, round }, on: receivedOn, pages, gross }],
      },
    ];
  });
}

/** An item with what no invoice has taken of it. */
export interface OpenItem {
  readonly item: BillableItem;
  /** Thousandths of the unit; 0 for an amount without a quantity (a minimum charge, a tier that was reached). */
  readonly quantity: number;
  readonly net: Cents;
}

/** What was accepted and not invoiced, by item; uses fill the parts of an acceptance in turn. */
export function uninvoiced({ ledger, uncounted, uses }: ReportBooks): OpenItem[] {
  const items = [...acceptedItems(ledger), ...orderedItems(ledger, uncounted)];
  const amounts = openAmounts(items, uses);
  const used = new Map<string, number>();
  for (const use of uses) used.set(itemKey(use), (used.get(itemKey(use)) ?? 0) + use.quantity);
  return items.flatMap((item) => {
    if (isAmount(item)) return amounts.has(item) ? [{ item, quantity: 0, net: item.net }] : [];
    const taken = Math.min(item.quantity, Math.max(0, used.get(keyOf(item)) ?? 0));
    used.set(keyOf(item), (used.get(keyOf(item)) ?? 0) - taken);
    const quantity = item.quantity - taken;
    return quantity === 0 ? [] : [{ item, quantity, net: proportion(item.net, quantity, item.quantity) as Cents }];
  });
}

function acceptedRows(books: ReportBooks): DatasetRow[] {
  const groups = new Map<string, [OpenItem, ...OpenItem[]]>();
  for (const open of uninvoiced(books)) {
    const { callOff, decisionId, performedOn } = open.item;
    if (!isMeant(books, callOff, performedOn)) continue;
    const key = `${callOff.id} ${decisionId}`;
    const group = groups.get(key);
    if (group) group.push(open);
    else groups.set(key, [open]);
  }
  return [...groups.values()].map((group) => acceptedRow(books, group));
}

function acceptedRow(books: ReportBooks, group: readonly [OpenItem, ...OpenItem[]]): DatasetRow {
  const [{ item }] = group;
  const { callOff, lot, batch, round, performedOn, vatRate } = item;
  const net = group.reduce((sum, one) => sum + one.net, 0) as Cents;
  const gross = net + vatOn(net, vatRate);
  const count = (unit: string) => {
    const own = group.filter((one) => one.item.position.unit === unit);
    return own.length === 0 ? null : Math.round(own.reduce((sum, one) => sum + one.quantity, 0) / 1000);
  };
  const pages = count('page');
  const name = batch === null ? `${callOff.number}: ${item.position.title}` : `${batch}/${round}`;
  const head = { stage: 'accepted', stageName: stages.accepted, subject: name, year: yearOf(performedOn) };
  const delivered = batch !== null && round !== null ? { delivery: { batch, round } } : {};
  return {
    values: {
      ...head,
      ...orderValues(books, callOff, lot),
      ...ageValues(books, performedOn),
      pages,
      files: count('file'),
      net,
      gross,
    },
    origins:
      batch === null
        ? [ofCallOff(callOff)]
        : [{ kind: 'acceptance', name, ...delivered, on: performedOn, pages, gross }],
  };
}

/** Invoices that wait for the second pair of eyes, or for payment; each as a whole. */
function invoiceRows(books: ReportBooks): DatasetRow[] {
  return [...books.invoices.values()].flatMap((invoice) => {
    const state = stateOn(invoice, books.today);
    if (state === undefined || !isInvoiceMeant(books, invoice)) return [];
    const since = state === 'approved' ? (invoice.approved_on ?? invoice.recorded_on) : invoice.recorded_on;
    const row = books.contracts.get(invoice.contract_id ?? -1);
    const values = {
      stage: state,
      stageName: stages[state],
      subject: invoice.number,
      vendor: row?.vendor ?? invoice.seller,
      contract: row?.number ?? null,
      year: yearOf(since),
      ...ageValues(books, since),
      due: invoice.due_on,
      net: invoice.net,
      gross: invoice.gross,
    };
    return [{ values, origins: [ofInvoice(invoice)] }];
  });
}

function stateOn({ approved_on, paid_on }: InvoiceRow, day: CalendarDate): 'invoiced' | 'approved' | undefined {
  if (paid_on !== null && paid_on <= day) return undefined;
  return approved_on !== null && approved_on <= day ? 'approved' : 'invoiced';
}

/** An invoice belongs to all lots and departments that it bills. */
function isInvoiceMeant(books: ReportBooks, { number, recorded_on }: InvoiceRow): boolean {
  const { lot, department, year } = books.selection;
  if (!isWithin(recorded_on, books.selection) || (year !== undefined && yearOf(recorded_on) !== year)) return false;
  if (lot === undefined && department === undefined) return true;
  const callOffs = new Map(books.ledger.callOffs.map((callOff) => [callOff.id, callOff]));
  return books.uses.some(({ invoice, callOffId }) => {
    const callOff = callOffs.get(callOffId);
    return (
      invoice === number &&
      callOff !== undefined &&
      (lot === undefined || callOff.lotId === lot.id) &&
      (department === undefined || callOff.department === department)
    );
  });
}

import { unitNames } from '../../contract/price-unit.ts';
import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { termsText } from '../../contract/pricing/terms-text.ts';
import type { Opening } from '../../finance/accepted.ts';
import type { CallOffState } from '../../finance/call-off-overview.ts';
import type { Amounts } from '../../finance/consumption.ts';
import { type ShownLot, showLot } from '../../finance/show-lot.ts';
import { metresDecimal } from '../../holdings/fields.ts';
import type { Format } from '../../shared/format.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { type Cents, centsToDecimal, microsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { basisNames, orDash, printLimitWarnings, usageRecord } from '../lot-output.ts';
import { argument } from '../options.ts';
import type { Printer, TableColumn } from '../printer.ts';

export default defineCommand({
  name: 'lot show',
  summary: text({
    de: 'ein Los mit Grenzen, Preisen, Abrufen und Verbrauch',
    en: 'a lot with limits, prices, call-offs and consumption',
  }),
  examples: ['scanlot lot show L1', 'scanlot lot show RV-2020-017/L1 --json'],
  workspace: 'read',
  arguments: { lot: argument('LOT', text({ de: 'das Los', en: 'the lot' })) },
  output: {
    schema: 'lot-show-1',
    members: {
      contract: 'number of the contract',
      key: 'key of the lot',
      title: 'title',
      department: 'department',
      pages: 'ordered, accepted, opening, rework, consumed, estimate, maximum',
      runningMetres: 'the same in metres (decimal); accepted where the shelf was measured',
      value: 'the same in decimal EUR; basis: net or gross, as the contract states its values',
      share: 'greatest share of a maximum, 1 is all of it; null without a maximum',
      warnings:
        'maxima consumed to the first share that the contract wants a warning at (80 % where it says nothing): measure, share, state (near or reached)',
      prices:
        'price positions: key, title, unit, price (net, decimal EUR), validFrom, validTo, terms (tiers, allowances and the like in words)',
      callOffs: 'number, orderedOn, closedOn, pages, acceptedPages, gross, acceptedGross, openGross (decimal EUR)',
      openingBalances: 'performedOn, account, costCentre, pages, files, runningMetres, net, vat, gross, source',
    },
  },
  run: async ({ workspace, language }, { lot: name }) => {
    const shown = await showLot(workspace.db, name);
    const { key, title, department, contract } = shown.lot;
    return {
      data: {
        contract: contract.number,
        key,
        title,
        department,
        ...usageRecord(shown, contract.valueBasis, shown.estimate),
        prices: shown.prices.map(({ terms, ...position }) => ({
          ...position,
          price: microsToDecimal(position.price),
          terms: termsText(terms)[language],
        })),
        callOffs: shown.callOffs.map(callOffRecord),
        openingBalances: shown.openings.map(openingRecord),
      },
      render: (printer) => {
        printer.heading(verbatim(`${contract.number} / ${key} ${title}`));
        printer.line(text({ de: `Amt: ${department}`, en: `department: ${department}` }));
        printer.line();
        printUsage(printer, shown);
        printLimitWarnings(printer, text({ de: `Los ${key}`, en: `Lot ${key}` }), shown);
        printer.heading(text({ de: 'Preise (netto)', en: 'Prices (net)' }));
        printer.table(shown.prices, priceColumns);
        printer.heading(text({ de: 'Abrufe (brutto)', en: 'Call-offs (gross)' }));
        printer.table(shown.callOffs, callOffColumns);
        if (shown.openings.length === 0) return;
        printer.heading(text({ de: 'Anfangsbestände', en: 'Opening balances' }));
        printer.table(shown.openings, openingColumns);
      },
    };
  },
});

interface UsageRow {
  readonly title: Text;
  readonly pages: number | null;
  readonly millimetres: number | null;
  readonly value: Cents | null;
}

function printUsage(printer: Printer, shown: ShownLot): void {
  const basis = shown.lot.contract.valueBasis;
  const row = (title: Text, { pages, millimetres, ...amounts }: Amounts): UsageRow => ({
    title,
    pages,
    // Nobody measured it: none of it is no statement about the shelf.
    millimetres: millimetres === 0 ? null : millimetres,
    value: amounts[basis],
  });
  const rows: UsageRow[] = [
    row(text({ de: 'Anfangsbestand', en: 'opening balance' }), shown.opening),
    row(text({ de: 'abgerufen', en: 'ordered' }), shown.ordered),
    row(text({ de: 'abgenommen', en: 'accepted' }), shown.accepted),
    ...(shown.rework.pages > 0 ? [row(text({ de: 'in Nachbesserung', en: 'in rework' }), shown.rework)] : []),
    row(text({ de: 'beansprucht', en: 'consumed' }), shown.consumed),
    { title: text({ de: 'Schätzung', en: 'estimate' }), ...shown.estimate },
    { title: text({ de: 'Höchstgrenze', en: 'maximum' }), ...shown.maximum },
  ];
  const basisName = basisNames[basis];
  printer.table(rows, [
    { title: verbatim(''), value: ({ title }, f) => title[f.language] },
    { title: text({ de: 'Seiten', en: 'pages' }), value: ({ pages }, f) => orDash(pages, f.number), align: 'right' },
    {
      title: text({ de: 'lfd. Meter', en: 'metres' }),
      value: ({ millimetres }, f) => orDash(millimetres, f.metres),
      align: 'right',
    },
    {
      title: text({ de: `Wert ${basisName.de}`, en: `value ${basisName.en}` }),
      value: ({ value }, f) => orDash(value, f.money),
      align: 'right',
    },
  ]);
}

function validity({ validFrom, validTo }: PricePosition, format: Format): string {
  if (!validFrom && !validTo) return text({ de: 'immer', en: 'always' })[format.language];
  return `${orDash(validFrom, format.date)} … ${orDash(validTo, format.date)}`;
}

const priceColumns: readonly TableColumn<PricePosition>[] = [
  { title: text({ de: 'Position', en: 'position' }), value: ({ key }) => key },
  { title: text({ de: 'Bezeichnung', en: 'title' }), value: ({ title }) => title, shrinks: true },
  { title: text({ de: 'je', en: 'per' }), value: ({ unit }, f) => unitNames[unit][f.language] },
  { title: text({ de: 'Preis', en: 'price' }), value: ({ price }, f) => f.price(price), align: 'right' },
  { title: text({ de: 'Leistungstage', en: 'days of performance' }), value: validity },
  {
    title: text({ de: 'dazu gilt', en: 'terms' }),
    value: ({ terms }, f) => termsText(terms)[f.language],
    shrinks: true,
  },
];

const callOffColumns: readonly TableColumn<CallOffState>[] = [
  { title: text({ de: 'Abruf', en: 'call-off' }), value: ({ number }) => number },
  { title: text({ de: 'vom', en: 'of' }), value: ({ orderedOn }, f) => f.date(orderedOn) },
  { title: text({ de: 'Seiten', en: 'pages' }), value: ({ pages }, f) => f.number(pages), align: 'right' },
  {
    title: text({ de: 'abgenommen', en: 'accepted' }),
    value: ({ acceptedPages }, f) => f.number(acceptedPages),
    align: 'right',
  },
  { title: text({ de: 'Betrag', en: 'amount' }), value: ({ gross }, f) => f.money(gross), align: 'right' },
  {
    title: text({ de: 'abgenommen', en: 'accepted' }),
    value: ({ acceptedGross }, f) => f.money(acceptedGross),
    align: 'right',
  },
  { title: text({ de: 'gebunden', en: 'committed' }), value: ({ openGross }, f) => f.money(openGross), align: 'right' },
  { title: text({ de: 'beendet', en: 'closed' }), value: ({ closedOn }, f) => orDash(closedOn, f.date) },
];

const openingColumns: readonly TableColumn<Opening>[] = [
  { title: text({ de: 'Leistungstag', en: 'performed' }), value: ({ performedOn }, f) => f.date(performedOn) },
  { title: text({ de: 'Konto', en: 'account' }), value: ({ account }) => account },
  { title: text({ de: 'Kostenstelle', en: 'cost centre' }), value: ({ costCentre }) => costCentre },
  { title: text({ de: 'Seiten', en: 'pages' }), value: ({ pages }, f) => f.number(pages), align: 'right' },
  { title: text({ de: 'netto', en: 'net' }), value: ({ net }, f) => f.money(net), align: 'right' },
  { title: text({ de: 'brutto', en: 'gross' }), value: ({ gross }, f) => f.money(gross), align: 'right' },
  { title: text({ de: 'Quelle', en: 'source' }), value: ({ source }) => source, shrinks: true },
];

function callOffRecord(state: CallOffState) {
  return {
    number: state.number,
    orderedOn: state.orderedOn,
    closedOn: state.closedOn,
    pages: state.pages,
    acceptedPages: state.acceptedPages,
    gross: centsToDecimal(state.gross),
    acceptedGross: centsToDecimal(state.acceptedGross),
    openGross: centsToDecimal(state.openGross),
  };
}

function openingRecord(opening: Opening) {
  return {
    performedOn: opening.performedOn,
    account: opening.account,
    costCentre: opening.costCentre,
    pages: opening.pages,
    files: opening.files,
    runningMetres: opening.millimetres === null ? null : metresDecimal(opening.millimetres),
    net: centsToDecimal(opening.net),
    vat: centsToDecimal(opening.vat),
    gross: centsToDecimal(opening.gross),
    source: opening.source,
  };
}

import type { Dataset } from '../../reporting/definition/dataset.ts';
import { proportion } from '../../reporting/ratio.ts';
import { text } from '../../shared/language.ts';
import type { AcceptedService } from '../accepted.ts';
import type { ReportBooks } from '../report-books.ts';
import { lotValues } from './entries.ts';
import { common, field } from './fields.ts';
import { ofService } from './origins.ts';

export const holdingFields = {
  holding: field('text', 'Bestand', 'Holding'),
  title: field('text', 'Bezeichnung', 'Title'),
  department: common.department,
  vendor: common.vendor,
  contract: common.contract,
  lot: common.lot,
  lotTitle: common.lotTitle,
  millimetres: common.millimetres,
  estimatedPages: field('count', 'Seiten laut Bestand', 'Pages as surveyed'),
  countedPages: field('count', 'Seiten gezählt (Los)', 'Pages counted (lot)'),
  countedMillimetres: field('metres', 'auf Metern (Los)', 'on metres (lot)'),
  reestimatedPages: field('count', 'Seiten neu geschätzt', 'Pages re-estimated'),
  reestimatedGross: field('money', 'Kosten neu geschätzt', 'Cost re-estimated'),
  dmsGoLive: field('date', 'DMS-Start', 'DMS go-live'),
  state: field('text', 'Neuschätzung', 'Re-estimate'),
} as const;

/** What is on the shelf, with pages and cost as what was accepted of its lot lets expect. */
export function holdings(books: ReportBooks): Dataset {
  const { lot: chosen, department } = books.selection;
  const lots = new Map(books.ledger.lots.map((lot) => [lot.id, lot]));
  const meant = books.holdings.filter(
    (one) =>
      (chosen === undefined || one.lotId === chosen.id) && (department === undefined || one.department === department),
  );
  return {
    fields: holdingFields,
    notes,
    rows: meant.map((holding) => {
      const services = books.allServices.filter(({ lot }) => lot.id === holding.lotId);
      const measured = services.filter(hasLength);
      const sum = (of: (service: AcceptedService) => number) =>
        measured.reduce((total, service) => total + of(service), 0);
      const [pages, millimetres] = [sum((one) => one.pages), sum((one) => one.millimetres ?? 0)];
      const known = millimetres > 0 && pages > 0;
      const expected = known ? proportion(holding.millimetres, pages, millimetres) : holding.pages;
      const { key, title, department: office, millimetres: length, dmsGoLive } = holding;
      return {
        values: {
          holding: key,
          title,
          department: office,
          ...lotValues(books, lots.get(holding.lotId ?? -1)),
          millimetres: length,
          estimatedPages: holding.pages,
          countedPages: known ? pages : null,
          countedMillimetres: known ? millimetres : null,
          reestimatedPages: expected,
          reestimatedGross: costOf(expected, services),
          dmsGoLive,
          state: known ? text({ de: 'gezählt', en: 'counted' }) : text({ de: 'wie Bestand', en: 'as surveyed' }),
        },
        origins: [
          { kind: 'holding', name: key, on: null, pages: holding.pages, gross: null },
          ...measured.map(ofService),
        ],
      };
    }),
  };
}

const notes = [
  {
    words: text({
      de: 'Neuschätzung des Bestands: laufende Meter mal Seiten je Meter, die im selben Los gezählt wurden; ohne gemessene Lieferung die Seiten des Bestandsverzeichnisses. Kosten: zu den Bruttokosten je Seite des Loses; ohne Abnahme leer.',
      en: 'Re-estimate of the shelf: running metres times the pages a metre counted in the same lot; without a measured delivery the pages of the survey. Cost: at the lot’s gross cost per page; empty without an acceptance.',
    }),
  },
];

function hasLength({ millimetres }: AcceptedService): boolean {
  return millimetres !== null && millimetres > 0;
}

/** Pages at the mean gross cost of a page of the lot. */
function costOf(expected: number, services: readonly AcceptedService[]): number | null {
  const pages = services.reduce((sum, one) => sum + one.pages, 0);
  const gross = services.reduce((sum, one) => sum + one.gross, 0);
  return pages === 0 ? null : proportion(gross, expected, pages);
}

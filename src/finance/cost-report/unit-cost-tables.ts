import type { Column, ReportTable, Row } from '../../reporting/model.ts';
import { text } from '../../shared/language.ts';
import type { AcceptedService } from '../accepted.ts';
import type { Costs } from './costs.ts';
import { sumOf } from './sums.ts';

const lotColumns: readonly Column[] = [
  { key: 'contract', title: text({ de: 'Vertrag', en: 'Contract' }), type: 'text' },
  { key: 'lot', title: text({ de: 'Los', en: 'Lot' }), type: 'text' },
  { key: 'title', title: text({ de: 'Bezeichnung', en: 'Title' }), type: 'text' },
];
const pagesColumn: Column = { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' };
const grossColumn: Column = { key: 'gross', title: text({ de: 'Brutto', en: 'Gross' }), type: 'money' };

/** What a page, a file and a running metre have cost: each of those services whose pages, files or metres are known. */
export function unitCostTables(costs: Costs): ReportTable[] {
  return [pageCosts(costs), fileCosts(costs), metreCosts(costs)];
}

function pageCosts(costs: Costs): ReportTable {
  return {
    key: 'cost-per-page',
    title: text({ de: 'Kosten je Seite', en: 'Cost per page' }),
    columns: [
      ...lotColumns,
      pagesColumn,
      { key: 'net', title: text({ de: 'Netto', en: 'Net' }), type: 'money' },
      grossColumn,
      {
        key: 'netPerPage',
        title: text({ de: 'je Seite netto', en: 'per page, net' }),
        type: 'price',
        formula: { ratio: ['net', 'pages'] },
      },
      {
        key: 'grossPerPage',
        title: text({ de: 'je Seite brutto', en: 'per page, gross' }),
        type: 'price',
        formula: { ratio: ['gross', 'pages'] },
      },
    ],
    rows: byLot(
      costs,
      ({ pages }) => pages > 0,
      (services) => ({
        pages: sumOf(services, ({ pages }) => pages),
        net: sumOf(services, ({ net }) => net),
        gross: sumOf(services, ({ gross }) => gross),
      }),
    ),
  };
}

function fileCosts(costs: Costs): ReportTable {
  return {
    key: 'cost-per-file',
    title: text({ de: 'Kosten je Akte', en: 'Cost per file' }),
    columns: [
      ...lotColumns,
      { key: 'files', title: text({ de: 'Akten', en: 'Files' }), type: 'count' },
      pagesColumn,
      grossColumn,
      {
        key: 'pagesPerFile',
        title: text({ de: 'Seiten je Akte', en: 'Pages per file' }),
        type: 'count',
        formula: { ratio: ['pages', 'files'] },
      },
      {
        key: 'grossPerFile',
        title: text({ de: 'je Akte brutto', en: 'per file, gross' }),
        type: 'price',
        decimals: 2,
        formula: { ratio: ['gross', 'files'] },
      },
    ],
    rows: byLot(
      costs,
      ({ files }) => files > 0,
      (services) => ({
        files: sumOf(services, ({ files }) => files),
        pages: sumOf(services, ({ pages }) => pages),
        gross: sumOf(services, ({ gross }) => gross),
      }),
    ),
  };
}

function metreCosts(costs: Costs): ReportTable {
  return {
    key: 'cost-per-metre',
    title: text({ de: 'Kosten je laufendem Meter', en: 'Cost per running metre' }),
    columns: [
      ...lotColumns,
      { key: 'metres', title: text({ de: 'Laufende Meter', en: 'Running metres' }), type: 'metres' },
      pagesColumn,
      grossColumn,
      {
        key: 'pagesPerMetre',
        title: text({ de: 'Seiten je Meter', en: 'Pages per metre' }),
        type: 'count',
        formula: { ratio: ['pages', 'metres'] },
      },
      {
        key: 'grossPerMetre',
        title: text({ de: 'je Meter brutto', en: 'per metre, gross' }),
        type: 'price',
        decimals: 2,
        formula: { ratio: ['gross', 'metres'] },
      },
    ],
    rows: byLot(costs, hasShelf, (services) => ({
      metres: sumOf(services, ({ millimetres }) => millimetres ?? 0),
      pages: sumOf(services, ({ pages }) => pages),
      gross: sumOf(services, ({ gross }) => gross),
    })),
  };
}

/** The number of files; null where opening balances do not state it. */
export function knownFiles({ files }: AcceptedService): number | null {
  return files > 0 ? files : null;
}

/** Whether the shelf that the service came from is known. */
export function hasShelf({ millimetres }: AcceptedService): boolean {
  return millimetres !== null && millimetres > 0;
}

function byLot(
  { lots, services }: Costs,
  isKnown: (service: AcceptedService) => boolean,
  figures: (services: readonly AcceptedService[]) => Row,
): Row[] {
  return lots.flatMap((lot) => {
    const own = services.filter((service) => service.lot.id === lot.id && isKnown(service));
    return own.length === 0 ? [] : [{ contract: lot.contract.number, lot: lot.key, title: lot.title, ...figures(own) }];
  });
}

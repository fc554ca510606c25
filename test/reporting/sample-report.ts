import type { Report, ReportTable, Row } from '../../src/reporting/model.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { type Text, text, verbatim } from '../../src/shared/language.ts';

/** A cost report with the proportions of a county: five lots, a budget of EUR 420,000, every type of column. */
export function sampleReport(): Report {
  return {
    name: 'cost-against-budget',
    title: text({ de: 'Kosten gegen Haushalt', en: 'Cost against budget' }),
    subtitle: text({ de: 'Rahmenvertrag 2019-104', en: 'Framework contract 2019-104' }),
    asOf: '2020-12-31' as CalendarDate,
    source: text({ de: 'scanlot, Landkreis Musterland', en: 'scanlot, county of Musterland' }),
    generatedAt: '2021-01-04T08:15:00.000Z',
    facts: [
      {
        key: 'appropriation',
        title: text({ de: 'Haushaltsansatz 2020', en: 'Appropriation 2020' }),
        type: 'money',
        value: 42_000_000,
        note: text({ de: 'fünf Fachbereiche', en: 'five departments' }),
      },
      {
        key: 'pages',
        title: text({ de: 'Abgenommene Seiten', en: 'Accepted pages' }),
        type: 'count',
        value: 8_250_821,
      },
      { key: 'perPage', title: text({ de: 'Kosten je Seite', en: 'Cost per page' }), type: 'price', value: 33_782 },
      {
        key: 'used',
        title: text({ de: 'Höchstwert ausgeschöpft', en: 'Maximum used' }),
        type: 'percent',
        value: 239_257,
      },
      { key: 'last', title: text({ de: 'Letzte Abnahme', en: 'Last acceptance' }), type: 'date', value: '2020-12-18' },
      { key: 'none', title: text({ de: 'Ohne Wert', en: 'Without value' }), type: 'money', value: null },
    ],
    charts: [
      {
        kind: 'bars',
        key: 'lots',
        type: 'money',
        title: text({ de: 'Ansatz und Kosten nach Losen', en: 'Budget and cost by lot' }),
        description: text({ de: 'Ansatz neben Kosten', en: 'Appropriation beside cost' }),
        categories: lots.map(([lot]) => verbatim(lot)),
        series: [
          {
            key: 'budget',
            title: text({ de: 'Ansatz', en: 'Appropriation' }),
            stack: 'budget',
            target: true,
            values: lots.map((lot) => lot[4]),
          },
          {
            key: 'accrued',
            title: text({ de: 'abgenommen', en: 'accepted' }),
            stack: 'cost',
            values: lots.map((lot) => lot[6]),
          },
          {
            key: 'open',
            title: text({ de: 'beauftragt, offen', en: 'ordered, open' }),
            stack: 'cost',
            values: lots.map((lot) => Math.max(0, (lot[5] ?? 0) - lot[6])),
          },
        ],
      },
    ],
    tables: [lotTable(), deliveryTable(70), emptyTable],
    notes: [text({ de: 'Alle Beträge brutto.', en: 'All amounts gross.' })],
  };
}

/** lot, department, account, year, budget, committed, accrued, pages, shelf in millimetres */
const lots: readonly (readonly [string, string, string, number, number, number | null, number, number, number])[] = [
  ['Los 1', 'Ordnungsamt', '12210.5431000', 2020, 9_300_000, 6_120_033, 5_011_020, 3_150_400, 91_500],
  ['Los 2', 'Gesundheitsamt', '41410.5431000', 2020, 4_200_000, 3_950_000, 3_800_000, 1_410_221, 58_250],
  ['Los 3', 'Sozialamt', '31110.5431000', 2020, 6_500_000, 6_700_000, 6_612_345, 2_210_000, 84_000],
  ['Los 4', 'Personalakten', '11130.5431000', 2020, 3_000_000, null, 0, 0, 0],
  ['Los 5', 'Ausländerbehörde', '12270.5431000', 2020, 19_000_000, 18_845_000, 12_450_033, 1_480_200, 330_000],
];

function lotTable(): ReportTable {
  return {
    key: 'lots',
    title: text({ de: 'Kosten nach Losen und Haushaltsjahren', en: 'Cost by lot and fiscal year' }),
    shortTitle: text({ de: 'Lose', en: 'Lots' }),
    columns: [
      { key: 'lot', title: text({ de: 'Los', en: 'Lot' }), type: 'text' },
      { key: 'department', title: text({ de: 'Fachbereich', en: 'Department' }), type: 'text' },
      { key: 'account', title: text({ de: 'Produktsachkonto', en: 'Account' }), type: 'text' },
      { key: 'year', title: text({ de: 'Jahr', en: 'Year' }), type: 'year' },
      { key: 'budget', title: text({ de: 'Haushaltsansatz', en: 'Appropriation' }), type: 'money' },
      { key: 'committed', title: text({ de: 'Beauftragt', en: 'Committed' }), type: 'money' },
      { key: 'accrued', title: text({ de: 'Abgenommen', en: 'Accepted' }), type: 'money' },
      {
        key: 'available',
        title: text({ de: 'Verfügbar', en: 'Available' }),
        type: 'money',
        formula: { difference: ['budget', 'committed'] },
      },
      {
        key: 'share',
        title: text({ de: 'Ausschöpfung', en: 'Used' }),
        type: 'percent',
        formula: { ratio: ['accrued', 'budget'] },
      },
      { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' },
      {
        key: 'perPage',
        title: text({ de: 'Kosten je Seite', en: 'Cost per page' }),
        type: 'price',
        formula: { ratio: ['accrued', 'pages'] },
      },
      { key: 'metres', title: text({ de: 'Regal', en: 'Shelf' }), type: 'metres' },
    ],
    rows: lots.map(([lot, department, account, year, budget, committed, accrued, pages, metres]) => {
      return { lot, department, account, year, budget, committed, accrued, pages, metres };
    }),
  };
}

/** Deliveries of a year; with 70 rows it needs several pages. */
export function deliveryTable(count: number, vendor = 'Łukasz Şahin Scanservice GmbH & Co. KG'): ReportTable {
  return {
    key: 'deliveries',
    title: text({ de: 'Abgenommene Lieferungen', en: 'Accepted deliveries' }),
    columns: [
      { key: 'date', title: text({ de: 'Abnahme', en: 'Accepted' }), type: 'date' },
      { key: 'delivery', title: text({ de: 'Lieferung', en: 'Delivery' }), type: 'text' },
      { key: 'vendor', title: text({ de: 'Auftragnehmer', en: 'Vendor' }), type: 'text' },
      { key: 'state', title: text({ de: 'Zustand', en: 'State' }), type: 'text' },
      { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' },
      { key: 'net', title: text({ de: 'Netto', en: 'Net' }), type: 'money' },
      { key: 'tax', title: text({ de: 'Umsatzsteuer', en: 'VAT' }), type: 'money' },
      { key: 'gross', title: text({ de: 'Brutto', en: 'Gross' }), type: 'money', formula: { sum: ['net', 'tax'] } },
      {
        key: 'price',
        title: text({ de: 'Preis', en: 'Price' }),
        type: 'price',
        total: { ratio: ['net', 'pages'] },
      },
    ],
    rows: Array.from({ length: count }, (_, index): Row => {
      const pages = 20_000 + index * 137;
      return {
        date: `2020-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
        delivery: `L-2020-${String(index + 1).padStart(4, '0')}`,
        vendor,
        state: index % 5 === 0 ? partial : full,
        pages,
        net: pages * 3 - (index % 7),
        tax: Math.round(pages * 0.48),
        price: index % 3 === 0 ? 30_000 : 23_500,
      };
    }),
  };
}

const full: Text = text({ de: 'abgenommen', en: 'accepted' });
const partial: Text = text({ de: 'teilweise abgenommen', en: 'accepted in part' });

const emptyTable: ReportTable = {
  key: 'rework',
  title: text({ de: 'Nacharbeiten', en: 'Rework' }),
  columns: [
    { key: 'delivery', title: text({ de: 'Lieferung', en: 'Delivery' }), type: 'text' },
    { key: 'amount', title: text({ de: 'Betrag', en: 'Amount' }), type: 'money' },
  ],
  rows: [],
};

/** A report with one table and nothing else. */
export function reportOf(...tables: readonly ReportTable[]): Report {
  return { ...sampleReport(), facts: [], charts: [], notes: [], tables };
}

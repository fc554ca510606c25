import type { Cell } from './workbook.ts';

interface SampleHolding {
  readonly key: string;
  readonly title: string;
  readonly department: string;
  readonly lot: string;
  readonly metres: number;
  readonly files: number;
  readonly pages: number;
  readonly retentionUntil?: string;
  readonly originalMustStay?: true;
  readonly archiveOffer?: 'offen';
  readonly dmsStart: string;
  readonly deadline?: string;
  /** Requests a year. */
  readonly usage: number;
  /** From 0, none, to 3, acute. */
  readonly risk: number;
}

const publicOrder = { department: 'Ordnungsamt', lot: 'L1', dmsStart: '2021-03-01' };
const health = { department: 'Gesundheitsamt', lot: 'L2', dmsStart: '2021-10-01' };
const social = { department: 'Sozialamt', lot: 'L3', dmsStart: '2021-05-01' };
const personnel = { department: 'Personalamt', lot: 'L4', dmsStart: '2021-01-01' };
const foreigners = { department: 'Ausländerbehörde', lot: 'L5', dmsStart: '2021-07-01' };

/**
 * What still stands on the shelves: 9.0 million pages. With the 4.25 million that the contract's opening balances tell
 * as scanned it is the county's demand of some 13 million. The foreigners' office alone: 1,500,000 sheets, 330 metres.
 */
const holdings: readonly SampleHolding[] = [
  {
    ...foreigners,
    key: 'AB-01',
    title: 'Ausländerakten A–K',
    metres: 165,
    files: 9_400,
    pages: 1_500_000,
    deadline: '2021-12-31',
    usage: 900,
    risk: 1,
  },
  {
    ...foreigners,
    key: 'AB-02',
    title: 'Ausländerakten L–Z',
    metres: 165,
    files: 9_100,
    pages: 1_500_000,
    usage: 850,
    risk: 1,
  },
  {
    ...publicOrder,
    key: 'OA-01',
    title: 'Gewerbeakten',
    metres: 120.5,
    files: 11_600,
    pages: 700_000,
    retentionUntil: '2032-12-31',
    usage: 300,
    risk: 0,
  },
  {
    ...publicOrder,
    key: 'OA-02',
    title: 'Waffenakten',
    metres: 60,
    files: 4_300,
    pages: 350_000,
    retentionUntil: '2045-12-31',
    usage: 410,
    risk: 0,
  },
  {
    ...publicOrder,
    key: 'OA-03',
    title: 'Bußgeldakten 2012',
    metres: 40,
    files: 6_800,
    pages: 230_000,
    retentionUntil: '2022-12-31',
    archiveOffer: 'offen',
    usage: 12,
    risk: 0,
  },
  {
    ...publicOrder,
    key: 'OA-04',
    title: 'Gaststättenakten',
    metres: 55,
    files: 2_900,
    pages: 320_000,
    retentionUntil: '2036-12-31',
    usage: 140,
    risk: 1,
  },
  {
    ...health,
    key: 'GA-01',
    title: 'Amtsärztliche Akten',
    metres: 90,
    files: 6_500,
    pages: 520_000,
    retentionUntil: '2049-12-31',
    usage: 220,
    risk: 2,
  },
  {
    ...health,
    key: 'GA-02',
    title: 'Trinkwasserüberwachung',
    metres: 65,
    files: 2_100,
    pages: 380_000,
    retentionUntil: '2031-12-31',
    usage: 60,
    risk: 0,
  },
  {
    ...social,
    key: 'SO-01',
    title: 'Eingliederungshilfe',
    metres: 210,
    files: 5_200,
    pages: 1_300_000,
    retentionUntil: '2038-12-31',
    deadline: '2021-09-30',
    usage: 1200,
    risk: 0,
  },
  {
    ...social,
    key: 'SO-02',
    title: 'Grundsicherung',
    metres: 180,
    files: 11_000,
    pages: 1_100_000,
    retentionUntil: '2034-12-31',
    dmsStart: '2023-02-01',
    usage: 1500,
    risk: 0,
  },
  {
    ...social,
    key: 'SO-03',
    title: 'Hilfe zur Pflege',
    metres: 48,
    files: 1_900,
    pages: 300_000,
    retentionUntil: '2033-12-31',
    usage: 420,
    risk: 0,
  },
  {
    ...personnel,
    key: 'PA-01',
    title: 'Personalakten Verwaltung',
    metres: 75,
    files: 1_700,
    pages: 510_000,
    retentionUntil: '2060-12-31',
    usage: 380,
    risk: 0,
  },
  {
    ...personnel,
    key: 'PA-02',
    title: 'Urkunden und Ernennungen',
    metres: 8,
    files: 620,
    pages: 40_000,
    originalMustStay: true,
    usage: 15,
    risk: 3,
  },
  {
    ...personnel,
    key: 'PA-03',
    title: 'Personalakten Ausgeschiedene',
    metres: 36,
    files: 2_400,
    pages: 250_000,
    retentionUntil: '2055-12-31',
    usage: 45,
    risk: 1,
  },
];

const heading = [
  ...['Kürzel', 'Bezeichnung', 'Amt', 'Los', 'laufende Meter', 'Akten', 'Blatt', 'Seiten', 'Aufbewahrung bis'],
  ...['Original bleibt', 'Archivanbietung', 'DMS-Start', 'Stichtag', 'Zugriffe je Jahr', 'Risiko'],
];

/** The survey of the shelves, with its heading. Sheets are pages on both sides. */
export function holdingRows(): Cell[][] {
  const rows = holdings.map((holding): Cell[] => [
    holding.key,
    holding.title,
    holding.department,
    holding.lot,
    { amount: holding.metres, decimals: 1 },
    { amount: holding.files, decimals: 0 },
    { amount: holding.pages / 2, decimals: 0 },
    { amount: holding.pages, decimals: 0 },
    day(holding.retentionUntil),
    holding.originalMustStay ? 'ja' : 'nein',
    holding.archiveOffer ?? 'erledigt',
    day(holding.dmsStart),
    day(holding.deadline),
    holding.usage,
    holding.risk,
  ]);
  return [heading, ...rows];
}

function day(value: string | undefined): Cell {
  return value === undefined ? '' : { day: value };
}

import { join } from 'node:path';
import { put, type SampleDocument, sha256, writePackage } from './package.ts';
import { samplePdf } from './pdf.ts';

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

interface SampleLot {
  readonly key: string;
  readonly title: string;
  readonly department: string;
  readonly account: string;
  readonly costCentre: string;
  readonly pages: number;
  readonly metres: number;
  readonly estimate: string;
  readonly maximum: string;
  readonly price: string;
  /** Performed before scanlot was used: date, pages, net. */
  readonly opening?: readonly [string, number, string];
  readonly budget: readonly [year2020: string, year2021: string, carryOver: string];
}

/** Figures of a real size: 13 million pages, EUR 1,165,000 gross in four years, budgets of 420,000 and 260,000. */
const lots: readonly SampleLot[] = [
  {
    key: 'L1',
    title: 'Akten des Ordnungsamts',
    department: 'Ordnungsamt',
    account: '12210.527100',
    costCentre: '3210',
    pages: 2_200_000,
    metres: 380,
    estimate: '170200.00',
    maximum: '180000.00',
    price: '0.0650',
    opening: ['2020-05-29', 600_000, '39000.00'],
    budget: ['90000.00', '40000.00', '0.00'],
  },
  {
    key: 'L2',
    title: 'Akten des Gesundheitsamts',
    department: 'Gesundheitsamt',
    account: '41410.527100',
    costCentre: '5310',
    pages: 1_800_000,
    metres: 310,
    estimate: '139200.00',
    maximum: '150000.00',
    price: '0.0650',
    opening: ['2020-11-27', 900_000, '58500.00'],
    budget: ['80000.00', '40000.00', '0.00'],
  },
  {
    key: 'L3',
    title: 'Leistungsakten des Sozialamts',
    department: 'Sozialamt',
    account: '31110.527100',
    costCentre: '5010',
    pages: 4_900_000,
    metres: 790,
    estimate: '314900.00',
    maximum: '330000.00',
    price: '0.0540',
    opening: ['2020-10-30', 2_200_000, '118800.00'],
    budget: ['170000.00', '70000.00', '0.00'],
  },
  {
    key: 'L4',
    title: 'Personalakten',
    department: 'Personalamt',
    account: '11120.527100',
    costCentre: '1110',
    pages: 1_100_000,
    metres: 160,
    estimate: '52400.00',
    maximum: '55000.00',
    price: '0.0400',
    opening: ['2021-02-26', 300_000, '12000.00'],
    budget: ['20000.00', '20000.00', '0.00'],
  },
  {
    key: 'L5',
    title: 'Ausländerakten',
    department: 'Ausländerbehörde',
    account: '12220.527100',
    costCentre: '3220',
    pages: 3_000_000,
    metres: 330,
    estimate: '416000.00',
    maximum: '450000.00',
    price: '0.1150',
    opening: ['2020-12-15', 250_000, '28750.00'],
    budget: ['60000.00', '90000.00', '20000.00'],
  },
];

/** Contract, profile, holdings, budget, pick list and the deliveries of one batch, into `folder`. */
export function writeCounty(folder: string): void {
  put(join(folder, 'contract.json'), json(contract()));
  put(join(folder, 'profile-files.json'), json(profile()));
  put(join(folder, 'budget.csv'), budget());
  put(join(folder, 'holdings.csv'), holdings());
  const documents = batch();
  put(join(folder, 'pick-list.csv'), pickList(documents));
  writePackage(join(folder, 'deliveries', 'round-1'), faulty(documents));
  writePackage(join(folder, 'deliveries', 'round-2'), documents.slice(0, 3));
}

function contract() {
  return {
    $schema: '../../schemas/contract-1.schema.json',
    number: 'RV-2020-017',
    title: 'Digitalisierung von Papierakten',
    vendor: {
      name: 'Muster Scan-Dienstleistung GmbH',
      street: 'Industriestraße 4',
      postalCode: '12345',
      town: 'Musterstadt',
    },
    startsOn: '2020-01-01',
    endsOn: '2023-12-31',
    extensions: [{ months: 12, declareBy: '2023-06-30' }],
    valueBasis: 'gross',
    maximum: { value: '1165000.00', pages: 13_500_000 },
    lots: lots.map((lot) => ({
      key: lot.key,
      title: lot.title,
      department: lot.department,
      estimate: { value: lot.estimate, pages: lot.pages, runningMetres: lot.metres },
      maximum: { value: lot.maximum, pages: Math.round(lot.pages * 1.1), runningMetres: Math.round(lot.metres * 1.1) },
      prices: [
        { key: 'scan', title: 'Scannen bis A3, je Bildseite, mit OCR und PDF/A', unit: 'page', price: lot.price },
        { key: 'index', title: 'Erfassen des Aktenzeichens, je Akte', unit: 'file', price: '0.35' },
        { key: 'trip', title: 'Abholung, je Fahrt', unit: 'trip', price: '180.00' },
      ],
      deliveryProfile: 'profile-files.json',
      acceptance: { cureDays: 14 },
      openingBalances: lot.opening
        ? [
            {
              performedOn: lot.opening[0],
              account: lot.account,
              costCentre: lot.costCentre,
              pages: lot.opening[1],
              net: lot.opening[2],
              source: 'Rechnungsbuch vor Einführung von scanlot',
            },
          ]
        : [],
    })),
  };
}

function profile() {
  return {
    $schema: '../../schemas/delivery-profile-1.schema.json',
    profile: 'files',
    version: '1.0',
    title: 'Aktenlieferung: eine Zeile je Dokument, PDF oder TIFF, SHA-256',
    layout: { manifests: ['index.csv'], checksums: ['SHA256SUMS'], files: ['scans/**/*.{pdf,tif,tiff}'] },
    manifest: {
      columns: {
        path: 'Datei',
        reference: 'Aktenzeichen',
        volume: 'Band',
        box: 'Karton',
        title: 'Betreff',
        sheets: 'Blatt',
        pages: 'Seiten',
        removedBlanks: 'Leerseiten',
      },
    },
    row: {
      type: 'object',
      required: ['reference', 'pages'],
      properties: {
        reference: { type: 'string', pattern: '^\\d{2}\\.\\d-\\d{4}/\\d{4}$' },
        pages: { type: 'string', pattern: '^\\d+$' },
      },
    },
    files: { formats: ['pdf', 'tiff'] },
    checksums: { required: true, algorithms: ['sha256'] },
    pages: { declaredEqualsCounted: true, sheetsTimesTwo: true },
  };
}

function budget(): string {
  const rows = [2020, 2021].flatMap((year, index) =>
    lots.map((lot) =>
      [
        year,
        lot.account,
        lot.costCentre,
        lot.department,
        `Digitalisierung ${lot.department}`,
        german(lot.budget[index] ?? '0.00'),
        german(year === 2021 ? lot.budget[2] : '0.00'),
      ].join(';'),
    ),
  );
  return `${['Haushaltsjahr;Konto;Kostenstelle;Amt;Bezeichnung;Ansatz;Übertrag', ...rows].join('\r\n')}\r\n`;
}

function holdings(): string {
  const rows = [
    [
      'AB-01',
      'Ausländerakten A–K',
      'Ausländerbehörde',
      'L5',
      '165,0',
      '1500000',
      '',
      'nein',
      'erledigt',
      '01.07.2021',
      '31.12.2021',
      '900',
      '1',
    ],
    [
      'AB-02',
      'Ausländerakten L–Z',
      'Ausländerbehörde',
      'L5',
      '165,0',
      '1500000',
      '',
      'nein',
      'erledigt',
      '01.07.2021',
      '',
      '850',
      '1',
    ],
    [
      'OA-01',
      'Gewerbeakten',
      'Ordnungsamt',
      'L1',
      '120,5',
      '700000',
      '31.12.2032',
      'nein',
      'erledigt',
      '01.03.2021',
      '',
      '300',
      '0',
    ],
    [
      'OA-02',
      'Waffenakten',
      'Ordnungsamt',
      'L1',
      '60,0',
      '350000',
      '31.12.2045',
      'nein',
      'erledigt',
      '01.03.2021',
      '',
      '410',
      '0',
    ],
    [
      'OA-03',
      'Bußgeldakten 2012',
      'Ordnungsamt',
      'L1',
      '40,0',
      '230000',
      '31.12.2022',
      'nein',
      'offen',
      '01.03.2021',
      '',
      '12',
      '0',
    ],
    [
      'GA-01',
      'Amtsärztliche Akten',
      'Gesundheitsamt',
      'L2',
      '90,0',
      '520000',
      '31.12.2049',
      'nein',
      'erledigt',
      '01.10.2021',
      '',
      '220',
      '2',
    ],
    [
      'SO-01',
      'Eingliederungshilfe',
      'Sozialamt',
      'L3',
      '210,0',
      '1300000',
      '31.12.2038',
      'nein',
      'erledigt',
      '01.05.2021',
      '30.09.2021',
      '1200',
      '0',
    ],
    [
      'SO-02',
      'Grundsicherung',
      'Sozialamt',
      'L3',
      '180,0',
      '1100000',
      '31.12.2034',
      'nein',
      'erledigt',
      '01.02.2023',
      '',
      '1500',
      '0',
    ],
    [
      'PA-01',
      'Personalakten Verwaltung',
      'Personalamt',
      'L4',
      '75,0',
      '510000',
      '31.12.2060',
      'nein',
      'erledigt',
      '01.01.2021',
      '',
      '380',
      '0',
    ],
    [
      'PA-02',
      'Urkunden und Ernennungen',
      'Personalamt',
      'L4',
      '8,0',
      '40000',
      '',
      'ja',
      'erledigt',
      '01.01.2021',
      '',
      '15',
      '3',
    ],
  ];
  const header =
    'Kürzel;Bezeichnung;Amt;Los;laufende Meter;Seiten;Aufbewahrung bis;Original bleibt;Archivanbietung;DMS-Start;Stichtag;Zugriffe je Jahr;Risiko';
  return `${[header, ...rows.map((row) => row.join(';'))].join('\r\n')}\r\n`;
}

/** Twelve files in three boxes. */
function batch(): SampleDocument[] {
  return Array.from({ length: 12 }, (_, index) => {
    const number = String(index + 41).padStart(4, '0');
    const sheets = 9 + ((index * 7) % 23);
    const removedBlanks = (index * 5) % 9;
    const pages = sheets * 2 - removedBlanks;
    const reference = `33.1-${number}/2019`;
    return {
      path: `scans/33.1-${number}-2019.pdf`,
      reference,
      volume: '',
      box: `K-00${1 + Math.floor(index / 4)}`,
      title: `Aufenthaltsakte ${number}`,
      sheets,
      pages,
      removedBlanks,
      bytes: samplePdf(`Akte ${reference}`, pages),
    };
  });
}

/** The first round: a page that is missing, a checksum that does not fit, a file cut off. */
function faulty(documents: readonly SampleDocument[]): SampleDocument[] {
  return documents.map((document, index) => {
    if (index === 0) return { ...document, bytes: samplePdf(`Akte ${document.reference}`, document.pages - 1) };
    if (index === 1) return { ...document, statedDigest: sha256(Buffer.from('another file')) };
    if (index === 2) return { ...document, bytes: document.bytes.subarray(0, Math.floor(document.bytes.length * 0.6)) };
    return document;
  });
}

function pickList(documents: readonly SampleDocument[]): string {
  const rows = documents.map(({ reference, volume, box, sheets, title }) =>
    [reference, volume, box, sheets, title].join(';'),
  );
  return `${['Aktenzeichen;Band;Karton;Blatt;Betreff', ...rows].join('\r\n')}\r\n`;
}

function german(decimal: string): string {
  return decimal.replace('.', ',');
}

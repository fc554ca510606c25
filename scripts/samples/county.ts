import { join } from 'node:path';
import { budgetRows } from './county-budget.ts';
import { holdingRows } from './county-holdings.ts';
import { countyInvoices } from './county-invoices.ts';
import { lots } from './county-lots.ts';
import { countyMapping } from './county-mapping.ts';
import { sampleTiff } from './documents.ts';
import { germanCsv } from './german-csv.ts';
import { put, type SampleDocument, sha256, writePackage } from './package.ts';
import { samplePdf } from './pdf.ts';
import { workbook } from './workbook.ts';

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Contract, profile, holdings, budget, pick list, the deliveries of one batch and invoices for it, into `folder`. */
export function writeCounty(folder: string): void {
  put(join(folder, 'contract.json'), json(contract()));
  put(join(folder, 'profile-files.json'), json(profile()));
  put(join(folder, 'budget.csv'), germanCsv(budgetRows()));
  put(join(folder, 'budget.xlsx'), workbook('Haushalt', budgetRows()));
  put(join(folder, 'holdings.csv'), germanCsv(holdingRows()));
  put(join(folder, 'holdings.xlsx'), workbook('Bestände', holdingRows()));
  const documents = batch();
  put(join(folder, 'pick-list.csv'), pickList(documents));
  put(join(folder, 'dms-mapping.json'), json(countyMapping));
  writePackage(join(folder, 'deliveries', 'round-1'), faulty(documents));
  writePackage(join(folder, 'deliveries', 'round-2'), documents.slice(0, 3));
  const pages = documents.reduce((sum, document) => sum + document.pages, 0);
  for (const [name, content] of countyInvoices(pages, documents.length)) put(join(folder, 'invoices', name), content);
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

/** Twelve files in three boxes. */
function batch(): SampleDocument[] {
  return Array.from({ length: 12 }, (_, index) => {
    const number = String(index + 41).padStart(4, '0');
    const sheets = 9 + ((index * 7) % 23);
    const removedBlanks = (index * 5) % 9;
    const pages = sheets * 2 - removedBlanks;
    const reference = `33.1-${number}/2019`;
    // The last one was scanned by another machine.
    const isTiff = index === 11;
    return {
      path: `scans/33.1-${number}-2019.${isTiff ? 'tif' : 'pdf'}`,
      reference,
      volume: '',
      box: `K-00${1 + Math.floor(index / 4)}`,
      title: `Aufenthaltsakte ${number}`,
      sheets,
      pages,
      removedBlanks,
      bytes: isTiff ? sampleTiff(pages, index) : samplePdf(`Akte ${reference}`, pages),
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

import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import {
  type DeliveryFiles,
  renderChecksums,
  sampleCells,
  sampleDelivery,
  sampleDocuments,
  sampleHeader,
  sampleProfile,
} from './delivery.ts';
import { type Cell, workbook } from './workbook.ts';
import type { Sample } from './write-sample.ts';

/** Sound deliveries by name, and the profiles that they follow. */
export function validPackages(): Map<string, Sample> {
  return new Map<string, Sample>([
    ['csv', { files: sampleDelivery(), profile: sampleProfile, codes: [] }],
    ['xlsx', { files: withWorkbook(), profile: workbookProfile, codes: [] }],
  ]);
}

const workbookProfile: DeliveryProfile = {
  ...sampleProfile,
  profile: 'public-order-xlsx',
  title: 'Ordnungsamt: Bußgeldakten, Begleitliste als Excel-Datei',
  layout: { ...sampleProfile.layout, manifests: ['index.xlsx'] },
  manifest: sampleProfile.manifest && { ...sampleProfile.manifest, format: 'xlsx' },
};

/** The same delivery with its manifest as a spreadsheet: numbers and days are cells of these kinds, not words. */
function withWorkbook(): DeliveryFiles {
  const files = new Map(sampleDelivery(sampleDocuments(), { manifest: null, checksums: null }));
  const rows = sampleDocuments().map((document) => sampleCells(document).map(typedCell));
  files.set('index.xlsx', workbook('Begleitliste', [sampleHeader, ...rows]));
  return files.set('SHA256SUMS', Buffer.from(renderChecksums(files)));
}

function typedCell(value: string): Cell {
  const [day, month, year] = value.split('.');
  if (/^\d{2}\.\d{2}\.\d{4}$/.test(value)) return { day: `${year}-${month}-${day}` };
  return /^\d+$/.test(value) ? Number(value) : value;
}

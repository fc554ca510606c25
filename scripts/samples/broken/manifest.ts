import { renderManifest, sampleCells, sampleDocuments, sampleHeader, sampleProfile } from '../delivery.ts';
import { changed, fromChanges, fromDocuments, type Recipes, SECOND, withRow } from './recipe.ts';

/** Rows that stand for whole files (Akten): their folders, and the pages of all their documents. */
const fileRows = ['scans/ORD-2019-001;4', 'scans/ORD-2019-002;2', 'scans/ORD-2019-003;2'];

function withFileRows(rows: readonly string[]) {
  const { row: _row, dms: _dms, ...profile } = sampleProfile;
  return {
    ...fromChanges({ manifest: ['Ordner;Seiten', ...rows].map((line) => `${line}\r\n`).join('') }),
    profile: {
      ...profile,
      manifest: { format: 'csv', rows: 'file', columns: { path: 'Ordner', pages: 'Seiten' } },
      pages: { declaredEqualsCounted: true },
    } as const,
  };
}

/** Packages whose manifest has one thing wrong. */
export const manifestRecipes: Recipes = {
  'manifest.absent': () => fromChanges({ manifest: null }),
  'manifest.unreadable': () =>
    fromChanges({ manifest: `${renderManifest(sampleDocuments().slice(0, 2))}"scans/ORD-2019-002/0001.pdf;ORD-2019` }),
  'manifest.format-not-agreed': () => ({
    profile: { ...sampleProfile, manifest: { ...sampleProfile.manifest!, format: 'xlsx' } },
  }),
  'manifest.empty': () => fromChanges({ manifest: renderManifest([]) }),
  'manifest.column-missing': () => {
    const keep = <T>(cells: readonly T[]) => cells.filter((_, index) => sampleHeader[index] !== 'Karton');
    return fromChanges({
      manifest: renderManifest(sampleDocuments(), keep(sampleHeader), (document) => keep(sampleCells(document))),
    });
  },
  'manifest.heading-lower': () =>
    fromChanges({ manifest: `Lieferung 1 vom 14.03.2021\r\n\r\n${renderManifest(sampleDocuments())}` }),
  'manifest.columns-unused': () =>
    fromChanges({
      manifest: renderManifest(sampleDocuments(), [...sampleHeader, 'Bemerkung'], (document) => [
        ...sampleCells(document),
        'gescannt',
      ]),
    }),
  'manifest.too-many-rows': () => ({ profile: { ...sampleProfile, limits: { rows: 3 } } }),
  'manifest.row-width': () =>
    fromChanges({
      manifest: renderManifest(sampleDocuments(), sampleHeader, (document) => {
        const cells = sampleCells(document);
        return document.path.endsWith('0002.pdf') ? cells.slice(0, -1) : cells;
      }),
    }),
  'manifest.path-missing': () => withRow(''),
  'manifest.path-unsafe': () => withRow('../0001.pdf'),
  'manifest.mark-inside': () => {
    const [head = '', first = '', ...rows] = renderManifest(sampleDocuments()).split(/(?<=\n)/);
    return fromChanges({ manifest: [head, first, `\uFEFF${rows.join('')}`].join('') });
  },
  'manifest.line-ends-mixed': () => {
    const [head = '', ...rows] = renderManifest(sampleDocuments()).split(/\r?\n/);
    return fromChanges({ manifest: `${head}\r\n${rows.join('\n')}` });
  },
  'manifest.backslashes': () =>
    fromChanges({
      manifest: renderManifest(sampleDocuments(), sampleHeader, (document) =>
        sampleCells({ ...document, path: document.path.replaceAll('/', '\\') }),
      ),
    }),
  'manifest.path-duplicate': () => withRow(sampleDocuments()[0]!.path),
  'manifest.file-absent': () => fromChanges({ files: { 'scans/ORD-2019-001/0002.pdf': null } }),
  'manifest.file-not-listed': () =>
    fromChanges({ manifest: renderManifest(sampleDocuments().filter((_, index) => index !== SECOND)) }),
  'manifest.path-is-folder': () => withRow('scans/ORD-2019-001'),
  'manifest.rows-overlap': () => withFileRows(['scans/ORD-2019-001;4', 'scans/ORD-2019-002;2', 'scans;2']),
  'manifest.file-empty': () => withFileRows([...fileRows, 'scans/ORD-2019-004;1']),
  'manifest.row-invalid': () => fromDocuments(changed({ documentType: 'Rechnung' })),
  'manifest.value-unreadable': () => fromDocuments(changed({ date: '31.02.2019' })),
};

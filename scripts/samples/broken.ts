import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import type { FindingCode } from '../../src/findings/finding.ts';
import {
  type DeliveredDocument,
  type DeliveryChanges,
  type DeliveryFiles,
  renderChecksums,
  renderManifest,
  sampleCells,
  sampleDelivery,
  sampleDocuments,
  sampleHeader,
  sampleProfile,
} from './delivery.ts';
import { samplePdf, sampleTiff } from './documents.ts';

/** A package that yields one finding, and the profile under which it does. */
export interface BrokenPackage {
  readonly files: DeliveryFiles;
  readonly profile: DeliveryProfile;
  /** Every code of the result, each once; the one that the package is made for among them. */
  readonly codes: readonly FindingCode[];
  /** False where a git repository or other file systems cannot hold the package: it is made for tests only. */
  readonly portable: boolean;
}

type Recipe = () => Partial<Omit<BrokenPackage, 'codes'>> & { readonly with?: readonly FindingCode[] };

/** The minimal broken package for each finding that a package by itself can show: made from the sound one. */
export function brokenPackages(): Map<FindingCode, BrokenPackage> {
  return new Map(
    Object.entries(recipes).map(([name, recipe]) => {
      const code = name as FindingCode;
      const { files = sampleDelivery(), profile = sampleProfile, portable = true, with: others = [] } = recipe();
      return [code, { files, profile, portable, codes: [code, ...others].sort() }];
    }),
  );
}

const SECOND = 1;

/** The sample documents with one of them changed. */
function changed(change: Partial<DeliveredDocument>, index = SECOND): DeliveredDocument[] {
  return sampleDocuments().map((document, at) => (at === index ? { ...document, ...change } : document));
}

function fromDocuments(documents: readonly DeliveredDocument[], changes?: DeliveryChanges) {
  return { files: sampleDelivery(documents, changes) };
}

/** The package as it is sound, but for its manifest, files or checksums. */
function fromChanges(changes: DeliveryChanges) {
  return fromDocuments(sampleDocuments(), changes);
}

/** A document under a name of its own, sound in every other way. */
function named(path: string) {
  return fromDocuments(changed({ path }));
}

function withFile(path: string) {
  return fromChanges({ files: { [path]: Buffer.from('x') } });
}

function withRow(path: string) {
  const extra = { ...sampleDocuments()[0]!, path };
  return fromChanges({ manifest: renderManifest([...sampleDocuments(), extra]) });
}

/** The lines of the sound checksum file. */
function checksumLines(algorithm?: string): string[] {
  const documents = sampleDocuments();
  const files = [...documents.map(({ path, content }) => [path, content] as const)];
  return renderChecksums([...files, ['index.csv', Buffer.from(renderManifest(documents))]], algorithm)
    .trimEnd()
    .split('\n');
}

function withChecksums(lines: readonly string[]) {
  return fromChanges({ checksums: `${lines.join('\n')}\n` });
}

const { checksums: _agreed, ...anyAlgorithm } = sampleProfile;
const { manifest: _manifest, row: _row, pages: _pages, dms: _dms, ...withoutManifest } = sampleProfile;
const withTolerance = (tolerance: number) => ({ ...sampleProfile, pages: { ...sampleProfile.pages, tolerance } });

const recipes: Partial<Record<FindingCode, Recipe>> = {
  'package.empty': () => ({ files: new Map(), portable: false }),
  'package.nothing-verified': () => ({
    files: new Map([['lieferschein.pdf', samplePdf(1)]]),
    profile: { ...withoutManifest, layout: { files: ['scans/**/*.pdf'], ignore: ['lieferschein.pdf'] } },
  }),
  'package.too-many-entries': () => ({ profile: { ...sampleProfile, limits: { files: 5 } } }),
  'package.junk': () => withFile('scans/Thumbs.db'),
  'package.link': () => ({
    ...fromChanges({ files: { 'scans/verweis.pdf': { linkTo: 'ORD-2019-001/0001.pdf' } } }),
    portable: false,
  }),
  'package.transfer-unfinished': () => withFile('scans/ORD-2019-001/0003.pdf.part'),
  'package.file-unexpected': () => withFile('notizen.txt'),
  'package.format-not-agreed': () => ({ profile: { ...sampleProfile, files: { formats: ['pdf'] } } }),
  'package.file-too-large': () => ({ profile: { ...sampleProfile, files: { maximumBytes: 20_000 } } }),
  'package.item-unjudged': () => ({
    ...fromChanges({ checksums: null, files: { 'scans/ORD-2019-001/0002.pdf': null } }),
    profile: {
      ...sampleProfile,
      layout: { ...sampleProfile.layout, checksums: [] },
      checksums: { required: false },
      severity: { 'manifest.file-absent': { severity: 'warning', reason: 'absent files follow by courier' } },
    },
    with: ['manifest.file-absent'],
  }),
  'package.findings-truncated': () => ({
    ...fromChanges({
      files: Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`scans/~$${n}.docx`, Buffer.alloc(0)])),
    }),
    profile: { ...sampleProfile, limits: { findings: 100 } },
    with: ['package.junk'],
    portable: false,
  }),

  'name.decomposed': () => {
    const path = 'scans/ORD-2019-001/Bußgeldübersicht.pdf';
    const files = new Map(fromDocuments(changed({ path })).files);
    const content = files.get(path)!;
    files.delete(path);
    return { files: files.set(path.normalize('NFD'), content), portable: false };
  },
  'name.unicode-collision': () => {
    const [first, second, ...others] = sampleDocuments() as [
      DeliveredDocument,
      DeliveredDocument,
      ...DeliveredDocument[],
    ];
    const path = 'scans/ORD-2019-001/Übersicht.pdf';
    const pair = [
      { ...first, path: path.normalize('NFC') },
      { ...second, path: path.normalize('NFD') },
    ];
    return { ...fromDocuments([...pair, ...others]), portable: false };
  },
  'name.case-collision': () => ({
    ...fromDocuments(changed({ path: 'scans/ORD-2019-001/0001.PDF' })),
    portable: false,
  }),
  'name.case-differs': () =>
    fromChanges({ manifest: renderManifest(changed({ path: 'Scans/ORD-2019-001/0002.pdf' })) }),
  'name.reserved': () => ({ ...named('scans/ORD-2019-001/aux.pdf'), portable: false }),
  'name.trailing-dot-or-space': () => ({ ...named('scans/ORD-2019-001./0002.pdf'), portable: false }),
  'name.control-character': () => ({ ...named('scans/ORD-2019-001/0002\u202efdp.pdf'), portable: false }),
  'name.forbidden-character': () => ({ ...named('scans/ORD-2019-001/wer?.pdf'), portable: false }),
  'name.too-long': () => ({ ...named(`scans/ORD-2019-001/${'x'.repeat(240)}.pdf`), portable: false }),
  'name.extension-misleads': () => fromDocuments(changed({ content: sampleTiff(1, 7) })),

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
  'manifest.row-invalid': () => fromDocuments(changed({ documentType: 'Rechnung' })),
  'manifest.value-unreadable': () => fromDocuments(changed({ date: '31.02.2019' })),

  'checksum.none': () => fromChanges({ checksums: null }),
  'checksum.line-unusable': () => withChecksums([...checksumLines(), 'zzzz  scans/ORD-2019-001/0001.pdf']),
  'checksum.no-usable-line': () => withChecksums(['Prüfsummen siehe E-Mail', 'vom 14.03.']),
  'checksum.listed-twice': () => withChecksums([...checksumLines(), checksumLines()[0]!]),
  'checksum.contradictory': () =>
    withChecksums([...checksumLines(), `${'0'.repeat(64)}${checksumLines()[0]!.slice(64)}`]),
  'checksum.path-unsafe': () => withChecksums([...checksumLines(), `${'0'.repeat(64)}  ../geheim.pdf`]),
  'checksum.file-absent': () => withChecksums([...checksumLines(), `${'0'.repeat(64)}  scans/fehlt.pdf`]),
  'checksum.not-listed': () => withChecksums(checksumLines().filter((line) => !line.endsWith('0002.pdf'))),
  'checksum.mismatch': () =>
    withChecksums(
      checksumLines().map((line) => (line.endsWith('0002.pdf') ? `${'0'.repeat(64)}${line.slice(64)}` : line)),
    ),
  'checksum.weak-algorithm': () => ({ ...withChecksums(checksumLines('md5')), profile: anyAlgorithm }),
  'checksum.algorithm-not-agreed': () => withChecksums(checksumLines('md5')),

  'pages.count-differs': () => fromDocuments(changed({ pages: 2, removedBlanks: 0 })),
  'pages.count-differs-slightly': () => ({
    ...fromDocuments(changed({ pages: 2, removedBlanks: 0 })),
    profile: withTolerance(1),
  }),
  'pages.not-declared': () => fromDocuments(changed({ pages: '' })),
  'pages.sheets-differ': () => fromDocuments(changed({ removedBlanks: 0 })),
  'pages.sheets-differ-slightly': () => ({
    ...fromDocuments(changed({ removedBlanks: 0 })),
    profile: withTolerance(1),
  }),
  'pages.sheets-not-declared': () => fromDocuments(changed({ removedBlanks: '' })),
};

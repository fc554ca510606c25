import type { FindingArgs, FindingCode } from './finding.ts';

const volume = { volume: '' };
const sides = { ...volume, sheets: 210, sides: 2, pages: 402, removedBlanks: 12 };
const order = { order: 'A-2021-003', ordered: 120_000 };
const elsewhere = { ...volume, otherReference: '33.1-0042/2019', otherVolume: '', batch: 'B-2021-001', round: 1 };
const worth = { stated: '1190.00', computed: '1191.19' };
const vat = { ...worth, category: 'S', rate: '19' };

/**
 * Arguments that explain a finding by an example, typed by its code: for the findings that no package under
 * samples/broken/ shows. The others are explained by what their sample yields.
 */
export const examples: { readonly [Code in FindingCode]?: FindingArgs<Code> } = {
  'package.empty': {},
  'package.link': {},
  'package.special-file': { kind: 'pipe' },
  'package.entry-unreadable': { cause: 'EACCES' },
  'package.changed': { change: 'changed' },
  'package.books-unbalanced': { declared: 120, unlisted: 2, passed: 118, failed: 2, errored: 1 },
  'package.findings-truncated': { listed: 100_000, total: 240_000 },
  'name.not-utf8': {},
  'name.decomposed': { composed: 'Bußgeldübersicht.pdf' },
  'name.unicode-collision': { other: 'scans/ORD-2019-001/Übersicht.pdf' },
  'name.case-collision': { other: 'scans/ORD-2019-001/0001.pdf' },
  'name.reserved': { name: 'aux.pdf' },
  'name.trailing-dot-or-space': { name: 'ORD-2019-001.' },
  'name.control-character': { characters: ['U+202E'] },
  'name.forbidden-character': { characters: ['?'] },
  'name.too-long': { length: 263, limit: 255, unit: 'bytes' },
  'checksum.source-unreadable': { cause: 'EIO' },
  'file.missing': {},
  'file.unreadable': { cause: 'EACCES' },
  'file.not-regular': { type: 'link' },
  'file.changed-while-read': {},
  'file.pages-not-countable': { format: 'text' },
  'file.reader-failed': { format: 'pdf', cause: 'RangeError' },
  'file.worker-died': { reason: 'memory', detail: '' },
  'file.inspection-timeout': { seconds: 120 },
  'pages.none': {},
  'pages.uncounted': {},
  'pdf.header-missing': {},
  'tiff.too-large': { directories: 100_000 },
  'tiff.unsearched-bytes': { bytes: 300_000_000 },
  'ledger.file-missing': { ...volume, box: 'K-0012' },
  'ledger.redelivery-missing': { ...volume, round: 1 },
  'ledger.reference-differs': { ...volume, listedReference: '33.1-0042/2019', listedVolume: '' },
  'ledger.file-unordered': volume,
  'ledger.file-misfiled': { ...volume, batch: 'B-2021-002', lot: 'L5' },
  'ledger.page-shortage': sides,
  'ledger.page-surplus': { ...sides, pages: 424 },
  'ledger.pages-below-estimate': { ...sides, pages: 120, least: 336 },
  'ledger.pages-above-estimate': { ...sides, pages: 700, most: 504 },
  'ledger.sheets-unknown': { files: 14 },
  'ledger.declared-differs-from-counted': { ...volume, declared: 402, counted: 401 },
  'ledger.duplicate-file': elsewhere,
  'ledger.document-known': { ...elsewhere, otherPath: 'scans/33.1-0042-2019.pdf' },
  'ledger.delivered-after-acceptance': { ...volume, round: 1 },
  'ledger.accepted-differs': { ...volume, received: 402, accepted: 401 },
  'ledger.imported-differs': { ...volume, accepted: 402, imported: 401 },
  'ledger.over-delivered': { ...order, accepted: 121_400 },
  'ledger.order-nearly-exceeded': { ...order, accepted: 110_000, open: 12_500 },
  'ledger.picked-above-order': { ...order, sheets: 65_000, pages: 130_000 },
  'ledger.identity-broken': { identity: 'received-pages', left: 4020, right: 4018 },
  'invoice.total-differs': { ...worth, term: 'BT-112', rule: 'BR-CO-15' },
  'invoice.line-differs': { ...worth, line: '3' },
  'invoice.line-rounding': { ...worth, line: '3', stated: '1190.00', computed: '1190.01' },
  'invoice.vat-differs': { ...vat, term: 'BT-117' },
  'invoice.vat-rounding': { ...vat, term: 'BT-117', stated: '190.00', computed: '190.01' },
  'invoice.vat-group-missing': { category: 'S', rate: '19', computed: '1000.00' },
  'invoice.value-missing': { term: 'BT-112' },
  'invoice.value-malformed': { term: 'BT-112', value: '1.190,00 EUR' },
};

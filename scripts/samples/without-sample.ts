import type { FindingCode } from '../../src/findings/finding.ts';

/** Why a finding has no sample package, and the test that shows it all the same. */
interface Reason {
  readonly reason: string;
  readonly test: string;
}

const rare = 'test/validation/rare-findings.test.ts';
const reading = 'test/inspection/read-file.test.ts';
const pool = 'test/inspection/pool.test.ts';
const reconciliation = 'test/reconciliation/reconcile.test.ts';
const ledger: Reason = {
  reason: 'needs orders, batches and deliveries in a workspace',
  test: 'test/samples/ledger.test.ts',
};
const correction: Reason = {
  reason: 'needs a complaint about an accepted file in a workspace',
  test: 'test/reconciliation/corrections.test.ts',
};
const unsound: Reason = { reason: 'needs a workspace whose records do not agree', test: reconciliation };
const pickList: Reason = { reason: 'needs a pick list beside the package', test: 'test/validation/pick-list.test.ts' };
const invoice: Reason = {
  reason: 'is told of an invoice, not of a package',
  test: 'test/finance/invoice/read-invoice.test.ts',
};
const entry: Reason = {
  reason: 'is told of an invoice recorded from paper, not of a package',
  test: 'test/finance/invoice/entry.test.ts',
};
const preceding: Reason = {
  reason: 'needs an invoice that was recorded before',
  test: 'test/finance/invoice/part-and-final-invoices.test.ts',
};
const formal: Reason = {
  reason: 'is told of an invoice by another program',
  test: 'test/finance/invoice/formal-check.test.ts',
};
const discount: Reason = {
  reason: 'is told of an invoice, not of a package',
  test: 'test/finance/invoice/cash-discount.test.ts',
};
const matching: Reason = {
  reason: 'is told of an invoice in a workspace',
  test: 'test/finance/invoice/check-invoice.test.ts',
};
const recorded: Reason = {
  reason: 'needs an invoice that was recorded before',
  test: 'test/finance/invoice/approve-invoice.test.ts',
};
const xdomeaReceipt: Reason = {
  reason: 'is told of an xdomea acknowledgement, not of a package',
  test: 'test/dms/xdomea/receipt.test.ts',
};
const xdomea: Reason = {
  reason: 'is told of an xdomea message, not of a package',
  test: 'test/dms/xdomea/read-message.test.ts',
};

/** The findings that no package by itself can show. Every other code of the catalogue has a recipe in broken/. */
export const withoutSample: Partial<Record<FindingCode, Reason>> = {
  'package.special-file': { reason: 'needs a device or pipe, which every system makes in its own way', test: rare },
  'package.entry-unreadable': { reason: 'needs missing rights, which an administrator does not miss', test: rare },
  'package.changed': { reason: 'needs another hand in the package during the check', test: rare },
  'package.books-unbalanced': { reason: 'needs a mistake of the program', test: rare },
  'name.not-utf8': { reason: 'needs a file system that takes names of any bytes', test: rare },
  'checksum.source-unreadable': {
    reason: 'needs a file that vanishes or fails between listing and reading',
    test: 'test/delivery/checksum-file.test.ts',
  },
  'file.missing': { reason: 'needs a file that vanishes between listing and reading', test: reading },
  'file.unreadable': { reason: 'needs missing rights or a failing medium', test: reading },
  'file.not-regular': { reason: 'needs a file that becomes something else between listing and reading', test: reading },
  'file.changed-while-read': { reason: 'needs another hand in the file while it is read', test: reading },
  'file.pages-not-countable': {
    reason: 'is told by `scanlot inspect`; the check says package.format-not-agreed',
    test: 'test/inspection/inspect-images.test.ts',
  },
  'file.reader-failed': { reason: 'needs a mistake of the program', test: 'test/inspection/inspect-images.test.ts' },
  'file.worker-died': { reason: 'needs a worker that crashes', test: pool },
  'file.inspection-timeout': { reason: 'needs a file whose reading hangs', test: pool },
  'pages.none': { reason: 'every reader tells a reason of its own for a file without pages', test: rare },
  'pages.uncounted': { reason: 'every reader tells a reason of its own for pages that it cannot count', test: rare },
  'pdf.header-missing': {
    reason: 'is told by the reader alone; the check takes such a file for an unknown format',
    test: 'test/inspection/pdf/damage.test.ts',
  },
  'tiff.unsearched-bytes': {
    reason: 'needs more than 256 MB that belong to no page',
    test: 'test/samples/large-files.test.ts',
  },
  'rule.not-ordered': { reason: 'needs a pick list in a workspace', test: 'test/validation/rules/ledger.test.ts' },
  'rule.not-picked-up': { reason: 'needs a pick list in a workspace', test: 'test/validation/rules/ledger.test.ts' },
  'rule.delivered-before': {
    reason: 'needs an earlier delivery in a workspace',
    test: 'test/validation/rules/ledger.test.ts',
  },
  'rule.content-known': {
    reason: 'needs an earlier delivery in a workspace',
    test: 'test/validation/rules/ledger.test.ts',
  },
  'zip.unreadable': {
    reason: 'needs a disk that cannot be read, or a part that has vanished',
    test: 'test/delivery/zip/hostile-zips.test.ts',
  },
  'pick-list.file-missing': pickList,
  'pick-list.file-not-listed': pickList,
  'pick-list.box-differs': pickList,
  'pick-list.sheets-differ': pickList,
  'technical.not-judged': {
    reason: 'every reader tells a reason of its own for a page that it cannot read',
    test: 'test/validation/rules/technical.test.ts',
  },
  'ledger.file-missing': ledger,
  'ledger.redelivery-missing': ledger,
  'ledger.reference-differs': ledger,
  'ledger.file-unordered': ledger,
  'ledger.file-misfiled': ledger,
  'ledger.page-shortage': ledger,
  'ledger.page-surplus': ledger,
  'ledger.pages-below-estimate': ledger,
  'ledger.pages-above-estimate': ledger,
  'ledger.sheets-unknown': ledger,
  'ledger.declared-differs-from-counted': ledger,
  'ledger.duplicate-file': ledger,
  'ledger.document-known': ledger,
  'ledger.delivered-after-acceptance': ledger,
  'ledger.correction-missing': correction,
  'ledger.correction-unchanged': correction,
  'ledger.correction-index-only': correction,
  'ledger.correction-pages-differ': correction,
  'ledger.accepted-differs': unsound,
  'ledger.imported-differs': unsound,
  'ledger.over-delivered': ledger,
  'ledger.order-nearly-exceeded': ledger,
  'ledger.picked-above-order': ledger,
  'ledger.identity-broken': unsound,
  'invoice.total-differs': invoice,
  'invoice.line-differs': invoice,
  'invoice.line-rounding': invoice,
  'invoice.vat-differs': invoice,
  'invoice.vat-rounding': invoice,
  'invoice.vat-group-missing': invoice,
  'invoice.value-missing': invoice,
  'invoice.value-malformed': invoice,
  'invoice.discount-malformed': discount,
  'invoice.entry-computed': entry,
  'invoice.entry-unused': entry,
  'invoice.formal-error': formal,
  'invoice.formal-warning': formal,
  'invoice.formal-note': formal,
  'invoice.formal-rejected': formal,
  'invoice.formal-not-judged': formal,
  'invoice.contract-unclear': matching,
  'invoice.reference-unknown': matching,
  'invoice.reference-contradicts': matching,
  'invoice.reference-missing': matching,
  'invoice.seller-differs': matching,
  'invoice.currency-not-euro': matching,
  'invoice.no-lines': matching,
  'invoice.line-unmatched': matching,
  'invoice.unit-differs': matching,
  'invoice.quantity-above-accepted': matching,
  'invoice.price-above': matching,
  'invoice.price-below': matching,
  'invoice.vat-rate-differs': matching,
  'invoice.amount-above-accepted': matching,
  'invoice.quantity-not-counted': matching,
  'invoice.charge-not-agreed': matching,
  'invoice.maximum-exceeded': matching,
  'invoice.budget-exceeded': matching,
  'invoice.number-known': recorded,
  'invoice.content-known': recorded,
  'invoice.quantity-billed-before': recorded,
  'invoice.preceding-replaced': preceding,
  'invoice.preceding-open': preceding,
  'invoice.preceding-credited': preceding,
  'invoice.prepaid-differs': preceding,
  'invoice.prepaid-unproven': preceding,
  'invoice.reduction': preceding,
  'invoice.reduction-unnamed': preceding,
  'invoice.credit-above-billed': recorded,
  'invoice.credit-price-differs': recorded,
  'xdomea.file-missing': xdomea,
  'xdomea.file-not-named': xdomea,
  'xdomea.type-differs': xdomea,
  'xdomea.value-missing': xdomea,
  'xdomea.id-duplicate': xdomea,
  'xdomea.object-refused': xdomea,
  'xdomea.object-unanswered': xdomeaReceipt,
  'xdomea.object-unknown': xdomeaReceipt,
  'xdomea.answers-conflict': xdomeaReceipt,
  'xdomea.process-differs': xdomeaReceipt,
  'pdf.count-disputed': {
    reason: 'no file is known that both readers count, and differently',
    test: 'test/inspection/pdfium/second-opinion.test.ts',
  },
  'pdfa.violation': { reason: 'is told by veraPDF', test: 'test/inspection/engines/verapdf.test.ts' },
  'pdfa.not-judged': { reason: 'is told by veraPDF', test: 'test/inspection/engines/verapdf.test.ts' },
  'virus.found': { reason: 'is told by ClamAV', test: 'test/inspection/engines/clamav.test.ts' },
  'virus.not-scanned': { reason: 'is told by ClamAV', test: 'test/inspection/engines/clamav.test.ts' },
};

import { bagFindings } from './catalogue/bag.ts';
import { checksumFindings } from './catalogue/checksum.ts';
import { fileFindings } from './catalogue/file.ts';
import { imageFindings } from './catalogue/image.ts';
import { invoiceFindings } from './catalogue/invoice.ts';
import { invoiceFormalFindings } from './catalogue/invoice-formal.ts';
import { invoiceLineFindings } from './catalogue/invoice-lines.ts';
import { invoiceReferenceFindings } from './catalogue/invoice-references.ts';
import { ledgerFindings } from './catalogue/ledger.ts';
import { manifestFindings } from './catalogue/manifest.ts';
import { manifestPathFindings } from './catalogue/manifest-paths.ts';
import { nameFindings } from './catalogue/name.ts';
import { packageFindings } from './catalogue/package.ts';
import { pagesFindings } from './catalogue/pages.ts';
import { pdfContentFindings } from './catalogue/pdf-content.ts';
import { pdfPageFindings } from './catalogue/pdf-pages.ts';
import { pdfStructureFindings } from './catalogue/pdf-structure.ts';
import { pdfaFindings } from './catalogue/pdfa.ts';
import { pickListFindings } from './catalogue/pick-list.ts';
import { ruleFindings } from './catalogue/rule.ts';
import { technicalFindings } from './catalogue/technical.ts';
import { tiffFindings } from './catalogue/tiff.ts';
import { virusFindings } from './catalogue/virus.ts';
import { xdomeaFindings } from './catalogue/xdomea.ts';
import { zipFindings } from './catalogue/zip.ts';
import { zipEntryFindings } from './catalogue/zip-entries.ts';

/** Every finding that scanlot knows. A code, once released, keeps its meaning; docs/findings.md is generated from here. */
export const catalogue = {
  ...packageFindings,
  ...nameFindings,
  ...manifestFindings,
  ...manifestPathFindings,
  ...checksumFindings,
  ...fileFindings,
  ...pagesFindings,
  ...pdfStructureFindings,
  ...pdfPageFindings,
  ...pdfContentFindings,
  ...pdfaFindings,
  ...virusFindings,
  ...tiffFindings,
  ...imageFindings,
  ...ruleFindings,
  ...technicalFindings,
  ...pickListFindings,
  ...ledgerFindings,
  ...invoiceFindings,
  ...invoiceReferenceFindings,
  ...invoiceLineFindings,
  ...invoiceFormalFindings,
  ...zipFindings,
  ...zipEntryFindings,
  ...bagFindings,
  ...xdomeaFindings,
} as const;

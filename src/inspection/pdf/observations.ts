import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import { harmfulKinds } from './actions.ts';
import type { CatalogFacts } from './catalog.ts';
import { PdfDamage } from './damage.ts';
import type { Evidence } from './evidence.ts';
import type { PdfHeader, PdfTail } from './file-ends.ts';
import type { Linearisation } from './linearisation.ts';
import type { Occurrence, PageTree } from './page-tree.ts';
import { contradictionsOf, type PdfaFacts } from './pdfa.ts';
import type { Reading, Settled } from './reading.ts';

/** Garbage of more bytes is no slip of a transfer any more: other readers do not find the end then. */
const harmlessSurplus = 1024;

/** What is wrong with the two ends of the file. */
export function observeEnds(
  source: ByteSource,
  header: PdfHeader,
  linearisation: Linearisation | undefined,
  tail: PdfTail | undefined,
): Observation[] {
  const found: Observation[] = [];
  if (header.offset === undefined) found.push(observe('pdf.header-missing', {}));
  else if (header.offset > 0) found.push(observe('pdf.garbage-before-header', { bytes: header.offset }));
  if (header.offset !== undefined && header.version === undefined) found.push(observe('pdf.version-unknown', {}));
  const lost = (linearisation?.length ?? 0) - source.size;
  if (lost > 0) found.push(observe('pdf.truncated', { lost }));
  if (tail === undefined) return found;
  if (!tail.hasEndMark) found.push(observe('pdf.end-mark-missing', {}));
  if (tail.surplus > harmlessSurplus) found.push(observe('pdf.foreign-data-at-end', { bytes: tail.surplus }));
  else if (tail.surplus > 0) found.push(observe('pdf.garbage-at-end', { bytes: tail.surplus }));
  return found;
}

/** How the count came about, and what is wrong with the document. */
export function observeSettled(settled: Settled): Observation[] {
  const { reading, pages, recoveredFrom, failure } = settled;
  if (failure !== undefined) return [observeFailure(failure)];
  if (reading === undefined) return [];
  const found: Observation[] = [];
  if (recoveredFrom) found.push(observe('pdf.recovered', { reason: recoveredFrom.reason, pages }));
  found.push(...observeTree(reading.tree), ...observeContent(reading));
  return found;
}

function observeFailure({ reason }: PdfDamage): Observation {
  if (reason === 'too-complex') return observe('pdf.too-complex', {});
  if (reason === 'encrypted') return observe('pdf.pages-encrypted', {});
  return observe('pdf.unreadable', { reason });
}

function observeTree(tree: PageTree): Observation[] {
  const found: Observation[] = [];
  if (tree.hasLoop) found.push(observe('pdf.page-tree-loop', {}));
  if (tree.isTooDeep) found.push(observe('pdf.too-complex', {}));
  const occurrences = [
    ['pdf.page-missing', tree.missing],
    ['pdf.page-invalid', tree.invalid],
    ['pdf.page-repeated', tree.repeated],
    ['pdf.page-type-wrong', tree.untyped],
    ['pdf.page-parent-wrong', tree.strayed],
  ] as const satisfies readonly (readonly [string, Occurrence | undefined])[];
  for (const [code, occurrence] of occurrences) {
    if (occurrence) found.push(observe(code, { count: occurrence.count }, occurrence.first));
  }
  if (tree.wrongCount) found.push(observe('pdf.count-differs', tree.wrongCount));
  if (tree.leaves === 0 && found.length === 0) found.push(observe('pdf.no-pages', {}));
  return found;
}

function observeContent(reading: Reading): Observation[] {
  const { document, survey, catalog } = reading;
  const found: Observation[] = [];
  const { unknown } = survey.sizes;
  if (unknown) found.push(observe('pdf.page-size-missing', { count: unknown.count }, unknown.first));
  if (document.wrongLengths > 0) found.push(observe('pdf.stream-length-wrong', { count: document.wrongLengths }));
  found.push(...observePages(survey.evidence));
  if (catalog instanceof PdfDamage) {
    found.push(observe('pdf.catalog-unreadable', { reason: catalog.reason }));
    return found;
  }
  return [...found, ...observeCatalog(reading, catalog)];
}

function observePages(evidence: Evidence): Observation[] {
  const found: Observation[] = [];
  const occurrences = [
    ['pdf.content-unreadable', evidence.damagedContents],
    ['pdf.content-not-examined', evidence.unexamined],
    ['pdf.picture-missing', evidence.missingPictures],
    ['pdf.jbig2-symbols', evidence.symbolCoding],
  ] as const;
  for (const [code, { occurrence }] of occurrences) {
    if (occurrence) found.push(observe(code, { count: occurrence.count }, occurrence.first));
  }
  const harmful = [...evidence.actions].filter(([kind]) => harmfulKinds.includes(kind));
  const pages = harmful.map(([, { occurrence }]) => occurrence?.first ?? 1);
  if (harmful.length > 0) {
    found.push(observe('pdf.actions-on-pages', { kinds: harmful.map(([kind]) => kind).sort() }, Math.min(...pages)));
  }
  return found;
}

function observeCatalog({ document, survey }: Reading, catalog: CatalogFacts): Observation[] {
  const found: Observation[] = [];
  const { evidence } = survey;
  if (catalog.active.length > 0) found.push(observe('pdf.active-content', { kinds: catalog.active }));
  const attachments = catalog.attachments + evidence.attached.size;
  if (attachments > 0) found.push(observe('pdf.attachments', { count: attachments }));
  // In a document that asks for a password nothing but the structure can be read, which another finding says.
  const { metadataDamage } = catalog;
  if (metadataDamage && metadataDamage.reason !== 'encrypted') {
    found.push(observe('pdf.metadata-unreadable', { reason: metadataDamage.reason }));
  }
  const fonts = [...evidence.fonts].filter(({ isEmbedded }) => !isEmbedded);
  if (fonts.length > 0) found.push(observe('pdf.fonts-not-embedded', { count: fonts.length }));
  found.push(...observeClaim({ document, catalog, evidence }), ...observeSignatures(catalog, document.source.size));
  return found;
}

function observeClaim(facts: PdfaFacts): Observation[] {
  const claim = facts.catalog.xmp?.pdfa;
  const contradictions = contradictionsOf(facts);
  if (!claim || contradictions.length === 0) return [];
  return [observe('pdf.pdfa-contradicted', { part: claim.part, conformance: claim.conformance ?? '', contradictions })];
}

/** The last signature covers the file up to its end, or something came behind it. */
function observeSignatures({ form }: CatalogFacts, size: number): Observation[] {
  const signatures = form?.signatures ?? [];
  if (signatures.length === 0 || signatures.some(({ coversWholeFile }) => coversWholeFile)) return [];
  const end = Math.max(...signatures.map((signature) => signature.end ?? 0));
  return [observe('pdf.signature-partial', { signed: end, size })];
}

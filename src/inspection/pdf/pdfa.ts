import type { PdfaContradiction } from '../../findings/catalogue/pdf-content.ts';
import type { CatalogFacts } from './catalog.ts';
import type { PdfDocument } from './document.ts';
import type { Evidence } from './evidence.ts';
import type { PdfaClaim } from './metadata.ts';

export interface PdfaFacts {
  readonly document: PdfDocument;
  readonly catalog: CatalogFacts;
  readonly evidence: Evidence;
}

type Rule = readonly [PdfaContradiction, (facts: PdfaFacts, claim: PdfaClaim) => boolean];

/** Actions that no part allows (ISO 19005-1, 6.6.1; ISO 19005-2, 6.5.1). */
const forbiddenActions = ['JavaScript', 'Launch', 'Sound', 'Movie', 'ResetForm', 'ImportData'];

/** What a claim to be PDF/A rules out and can be seen without a validator. */
const rules: readonly Rule[] = [
  ['encryption', ({ document }) => document.security !== undefined],
  ['actions', ({ catalog, evidence }) => hasForbiddenAction(catalog, evidence)],
  ['xfa', ({ catalog }) => catalog.form?.xfa === true],
  ['lzw', ({ evidence }) => evidence.lzw.occurrence !== undefined],
  ['fonts', ({ evidence }) => [...evidence.fonts].some(({ isEmbedded }) => !isEmbedded)],
  // Part 4 allows intents of single pages, which are not looked at.
  [
    'output-intent',
    ({ catalog, evidence }, { part }) => part < 4 && !catalog.hasPdfaIntent && evidence.deviceSpaces.size > 0,
  ],
  ['transparency', ({ evidence }, { part }) => part === 1 && evidence.transparency.occurrence !== undefined],
  ['jpeg2000', ({ evidence }, { part }) => part === 1 && evidence.jpeg2000.occurrence !== undefined],
  ['object-streams', ({ document }, { part }) => part === 1 && document.entries.hasObjectStreams],
  ['attachments', ({ catalog, evidence }, { part }) => part === 1 && catalog.attachments + evidence.attached.size > 0],
  ['tags', ({ catalog }, { part, conformance }) => part < 4 && conformance === 'A' && !catalog.isTagged],
];

/** The contradictions between what a document claims to be and what it is; none where it claims nothing. */
export function contradictionsOf(facts: PdfaFacts): PdfaContradiction[] {
  const claim = facts.catalog.xmp?.pdfa;
  if (claim === undefined) return [];
  return rules.filter(([, isBroken]) => isBroken(facts, claim)).map(([contradiction]) => contradiction);
}

function hasForbiddenAction(catalog: CatalogFacts, evidence: Evidence): boolean {
  return forbiddenActions.some((kind) => catalog.actions.has(kind) || evidence.actions.has(kind));
}

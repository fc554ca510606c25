import type { FindingCode, Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FileFormat, FormatFacts } from '../facts.ts';
import type { AskPdfium } from './pdfium.ts';

/** Damage and doubt about the structure, after which another reader is asked; not for what is built to exhaust readers. */
const doubts: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'pdf.truncated',
  'pdf.end-mark-missing',
  'pdf.recovered',
  'pdf.unreadable',
  'pdf.pages-encrypted',
  'pdf.no-pages',
  'pdf.count-differs',
  'pdf.page-missing',
  'pdf.page-invalid',
  'pdf.page-tree-loop',
  'pdf.page-repeated',
  'pdf.page-type-wrong',
  'pdf.catalog-unreadable',
]);

type Counted = FormatFacts & { readonly format: FileFormat };

export function isDoubtful({ format, observations }: Pick<Counted, 'format' | 'observations'>): boolean {
  return format === 'pdf' && observations.some(({ code }) => doubts.has(code));
}

/**
 * Has pdfium count the pages of a PDF that our own reader has its doubts about. Where both count and differ, neither
 * count is vouched for; where only pdfium counts, its count is told and not taken.
 */
export function withSecondOpinion(facts: Counted, source: ByteSource, ask: AskPdfium): Counted {
  if (!isDoubtful(facts)) return facts;
  const opinion = ask(source);
  const isDisputed = facts.pages !== null && opinion.pages !== null && facts.pages !== opinion.pages;
  return {
    ...facts,
    pages: isDisputed ? null : facts.pages,
    observations: [...facts.observations, ...compare(facts.pages, opinion)],
    details: { ...facts.details, secondOpinion: { reader: 'pdfium', ...opinion } },
  };
}

function* compare(ours: number | null, { pages, failure }: ReturnType<AskPdfium>): Iterable<Observation> {
  if (ours !== null && pages !== null && ours !== pages) yield observe('pdf.count-disputed', { ours, pdfium: pages });
  if (ours === null && pages !== null) yield observe('pdf.counted-by-pdfium', { pages });
  if (ours !== null && failure !== null) yield observe('pdf.unopenable-by-pdfium', { failure });
}

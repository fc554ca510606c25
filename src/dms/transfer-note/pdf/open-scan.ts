import type { ByteSource } from '../../../inspection/byte-source.ts';
import { PdfDamage } from '../../../inspection/pdf/damage.ts';
import type { PdfDetails } from '../../../inspection/pdf/details.ts';
import type { PdfDocument } from '../../../inspection/pdf/document.ts';
import { readHeader } from '../../../inspection/pdf/file-ends.ts';
import { inspectPdf } from '../../../inspection/pdf/inspect-pdf.ts';
import { limits, WorkBudget } from '../../../inspection/pdf/limits.ts';
import { readLinearisation } from '../../../inspection/pdf/linearisation.ts';
import { openDocument } from '../../../inspection/pdf/open-document.ts';
import { type Dictionary, isCount, isDictionary, type PdfValue, Ref } from '../../../inspection/pdf/values.ts';
import { ObstacleFound } from './obstacle.ts';
import type { UpdateBase } from './update-section.ts';

/** A sound PDF that may be added to. */
export interface OpenScan {
  readonly document: PdfDocument;
  readonly catalog: Dictionary;
  readonly catalogRef: Ref;
  readonly base: UpdateBase;
  /** What it claims to be; null where nothing. */
  readonly pdfa: NonNullable<PdfDetails['document']>['pdfa'];
  /** The later of header and catalog. */
  readonly version: string | null;
  /** Files attached to the document and to its annotations. */
  readonly attachments: number;
}

/** An update adds so many objects, at the most. */
const newObjects = 3;

/**
 * Opens a scan for an update.
 * @throws ObstacleFound where nothing may be added to it: it is damaged, encrypted, signed, or no more what it claims to be
 */
export function openScan(source: ByteSource): OpenScan {
  const details = soundDetails(source);
  const { document: facts, encryption, version } = details;
  if (encryption) throw new ObstacleFound('encrypted');
  if (!facts) throw new ObstacleFound('damaged');
  const budget = new WorkBudget();
  const header = readHeader(source);
  const { document, tail, chain } = openDocument(source, header, readLinearisation(source, 0, budget), budget);
  const catalogRef = document.trailer.get('Root');
  const catalog = document.resolve(catalogRef);
  if (!(catalogRef instanceof Ref) || !isDictionary(catalog)) throw new ObstacleFound('damaged');
  // What a signature permits cannot be told without its certificate's rules; an attachment mostly is not.
  if (facts.signatures.length > 0 || isSigned(document, catalog)) throw new ObstacleFound('signed');
  const size = document.trailer.get('Size');
  const nextNumber = Math.max(isCount(size) ? size : 0, document.entries.length);
  if (nextNumber + newObjects > limits.objects) throw new ObstacleFound('too-large');
  return {
    ...{ document, catalog, catalogRef, version, pdfa: facts.pdfa, attachments: facts.attachments },
    base: { size: source.size, startxref: tail.startxref, trailer: withId(document, chain.trailer), nextNumber },
  };
}

/** Read by the same reader that counted the pages at acceptance. */
function soundDetails(source: ByteSource): PdfDetails {
  if (readHeader(source).offset !== 0) throw new ObstacleFound('damaged');
  const { pages, observations, details } = inspectPdf(source);
  const codes = observations.map(({ code }) => code);
  if (codes.includes('pdf.encrypted') || codes.includes('pdf.pages-encrypted')) throw new ObstacleFound('encrypted');
  const isDamaged = pages === null || details.crossReference === 'rebuilt' || codes.some((code) => unsound.has(code));
  if (isDamaged) throw new ObstacleFound('damaged');
  if (codes.includes('pdf.pdfa-contradicted')) throw new ObstacleFound('pdfa-contradicted');
  return details;
}

/** Findings of a file whose end, catalog or metadata cannot be relied on. */
const unsound: ReadonlySet<string> = new Set([
  'pdf.truncated',
  'pdf.foreign-data-at-end',
  'pdf.recovered',
  'pdf.catalog-unreadable',
  'pdf.metadata-unreadable',
]);

/** Permissions, or a signature that the form announces (ISO 32000-2, 12.7.3, 12.8.6). */
function isSigned(document: PdfDocument, catalog: Dictionary): boolean {
  if (catalog.has('Perms')) return true;
  const flags = document.resolve(document.dictionary(catalog.get('AcroForm'))?.get('SigFlags'));
  return isCount(flags) && flags % 2 === 1;
}

/** The identifier may stand elsewhere; in the new trailer it stands itself. */
function withId(document: PdfDocument, trailer: Dictionary): Dictionary {
  const id = document.resolve(trailer.get('ID'));
  const halves = Array.isArray(id) ? id.map((half: PdfValue) => document.resolve(half) ?? null) : null;
  return new Map([...trailer, ['ID', halves]]);
}

/** Runs a step on a document and tells what stood in its way; other exceptions are faults of the tool. */
export function obstacleIn(error: unknown): ObstacleFound['obstacle'] | undefined {
  if (error instanceof ObstacleFound) return error.obstacle;
  if (error instanceof PdfDamage) return error.reason === 'too-complex' ? 'too-large' : 'damaged';
  return undefined;
}

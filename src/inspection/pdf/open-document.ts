import type { ByteSource } from '../byte-source.ts';
import { kinds } from './cross-reference.ts';
import { PdfDamage } from './damage.ts';
import { PdfDocument } from './document.ts';
import { type PdfHeader, type PdfTail, readTail } from './file-ends.ts';
import type { WorkBudget } from './limits.ts';
import type { Linearisation } from './linearisation.ts';
import { readObjectHeaderAt } from './objects.ts';
import { type XrefChain, XrefReader } from './xref.ts';

export interface OpenedDocument {
  readonly document: PdfDocument;
  readonly tail: PdfTail;
  readonly chain: XrefChain;
}

/**
 * Opens a document by its cross-reference, and makes sure that no newer state of it is passed over.
 * @throws PdfDamage when the cross-reference cannot be relied on.
 */
export function openDocument(
  source: ByteSource,
  header: PdfHeader,
  linearisation: Linearisation | undefined,
  budget: WorkBudget,
): OpenedDocument {
  const tail = readTail(source);
  const chain = readChain(source, tail, header.offset ?? 0, budget);
  if (tail.position >= (linearisation?.length ?? 0)) checkNewest(source, chain, tail);
  const { entries, trailer } = chain;
  const document = new PdfDocument({ source, entries, trailer, budget, isRebuilt: false });
  for (const number of chain.updated) checkPlace(document, number);
  return { document, tail, chain };
}

/** Offsets count from the header; where something stands before it, many writers count from the file's beginning. */
function readChain(source: ByteSource, tail: PdfTail, headerOffset: number, budget: WorkBudget): XrefChain {
  try {
    return new XrefReader(source, 0, budget).read(tail.startxref);
  } catch (error) {
    const isDamage = error instanceof PdfDamage && error.reason !== 'too-complex';
    if (!isDamage) throw error;
  }
  try {
    if (headerOffset > 0) return new XrefReader(source, headerOffset, budget).read(tail.startxref);
  } catch (error) {
    if (!(error instanceof PdfDamage)) throw error;
  }
  throw PdfDamage.of('xref-unreadable');
}

const longestGap = 1024;

/** Between the newest section and "startxref" stands no object: else startxref names an older section. */
function checkNewest(source: ByteSource, chain: XrefChain, tail: PdfTail): void {
  const gap = tail.position - chain.end;
  const isNewest = gap >= 0 && gap <= longestGap && !/\d\s+obj/.test(textAt(source, chain.end, gap));
  if (!isNewest) throw PdfDamage.of('update-broken');
}

function textAt(source: ByteSource, offset: number, length: number): string {
  return Buffer.from(source.read(offset, length)).toString('latin1');
}

/**
 * An entry of an update that stands at a wrong number would let the older state of an object show through, and with
 * it an older page tree.
 */
function checkPlace(document: PdfDocument, number: number): void {
  const location = document.entries.locate(number);
  if (location === undefined) return;
  if (location.kind === kinds.inFile) {
    const [found] = readObjectHeaderAt(document.source, location.offset, document.budget);
    if (found !== number) throw PdfDamage.of('object-misplaced');
  } else if (document.canReadStreams && document.objectStream(location.stream).numberAt(location.index) !== number) {
    throw PdfDamage.of('object-misplaced');
  }
}

import type { ByteSource } from '../byte-source.ts';
import { CrossReference, kinds } from './cross-reference.ts';
import { PdfDamage } from './damage.ts';
import { decodeStream, filtersOf } from './filters.ts';
import { tokens } from './lexer.ts';
import { limits, type WorkBudget } from './limits.ts';
import { readObjectAt, readThroughWindow } from './objects.ts';
import { endsAfter, lengthByEndMark } from './stream-data.ts';
import { type Dictionary, isCount, PdfStream } from './values.ts';
import { isXrefDictionary, readXrefStreamEntries } from './xref-stream.ts';
import { readXrefTable } from './xref-table.ts';

export interface XrefChain {
  readonly entries: CrossReference;
  /** The newest trailer, which alone counts (ISO 32000-2, 7.5.5). */
  readonly trailer: Dictionary;
  /** Of the newest section. */
  readonly form: 'table' | 'stream' | 'hybrid';
  /** Sections along /Prev; the streams of hybrid files not counted. */
  readonly sections: number;
  /** Objects whose place a newer section than the oldest tells: what updates added or replaced. */
  readonly updated: readonly number[];
  /** Where the newest section ends. */
  readonly end: number;
}

/** Reads the whole cross-reference, the newest section first. */
export class XrefReader {
  readonly #source: ByteSource;
  readonly #budget: WorkBudget;
  /** Bytes before the header, which offsets do not count. */
  readonly #base: number;
  readonly #entries = new CrossReference();
  readonly #order: number[] = [];
  readonly #visited = new Set<number>();
  #isHybrid = false;

  constructor(source: ByteSource, base: number, budget: WorkBudget) {
    this.#source = source;
    this.#base = base;
    this.#budget = budget;
  }

  /** @throws PdfDamage when a section cannot be read, or they refer to each other in a circle. */
  read(startxref: number): XrefChain {
    let newest: { trailer: Dictionary; end: number } | undefined;
    let updatedCount = 0;
    let offset: number | undefined = startxref;
    let sections = 0;
    while (offset !== undefined) {
      updatedCount = this.#order.length;
      const section = this.#readSection(offset);
      newest ??= section;
      sections += 1;
      offset = optionalOffset(section.trailer, 'Prev');
    }
    if (newest === undefined) throw PdfDamage.of('xref-unreadable');
    return {
      entries: this.#entries,
      trailer: newest.trailer,
      form: this.#isHybrid ? 'hybrid' : isXrefDictionary(newest.trailer) ? 'stream' : 'table',
      sections,
      updated: this.#order.slice(0, updatedCount),
      end: newest.end,
    };
  }

  #readSection(offset: number): { trailer: Dictionary; end: number } {
    if (this.#visited.has(offset) || this.#visited.size === limits.sections) throw PdfDamage.of('xref-unreadable');
    this.#visited.add(offset);
    const start = offset + this.#base;
    const tableStart = readThroughWindow(this.#source, start, this.#budget, (lexer) =>
      lexer.next() === tokens.keyword && lexer.keyword === 'xref' ? start + lexer.position : undefined,
    );
    return tableStart === undefined ? this.#readStream(start) : this.#readTable(tableStart);
  }

  #readTable(start: number): { trailer: Dictionary; end: number } {
    const free: number[] = [];
    const section = readXrefTable(this.#source, start, this.#budget, (number, isInUse, offset, generation) => {
      if (isInUse) this.#add(number, kinds.inFile, offset + this.#base, generation);
      else free.push(number);
    });
    // In a hybrid file the table calls free what its stream knows (7.5.8.4): the stream comes before the free entries.
    const hidden = optionalOffset(section.trailer, 'XRefStm');
    if (hidden !== undefined) {
      this.#isHybrid = true;
      this.#readStream(hidden + this.#base);
    }
    for (const number of free) this.#add(number, kinds.free, 0, 0);
    return section;
  }

  #readStream(start: number): { trailer: Dictionary; end: number } {
    const { value } = readObjectAt(this.#source, start, this.#budget);
    if (!(value instanceof PdfStream) || !isXrefDictionary(value.dictionary)) throw PdfDamage.of('xref-unreadable');
    const declared = value.dictionary.get('Length');
    const isRight = isCount(declared) && endsAfter(this.#source, value.start, declared);
    const length = isRight ? declared : lengthByEndMark(this.#source, value.start);
    if (length > limits.storedBytes) throw PdfDamage.of('too-complex');
    const data = decodeStream(
      this.#source.read(value.start, length),
      filtersOf(value.dictionary, (direct) => direct),
      this.#budget,
    );
    this.#budget.spend(length);
    readXrefStreamEntries(value.dictionary, data, (number, kind, second, third) => {
      // Offset 0 is the header, here as in a table: a writer that names it means that there is no such object.
      if (kind === 1 && second > 0) this.#add(number, kinds.inFile, second + this.#base, third);
      else if (kind === 2) this.#add(number, kinds.inStream, second, third);
      else this.#add(number, kinds.free, 0, 0);
    });
    return { trailer: value.dictionary, end: value.start + length };
  }

  /** Sections are read from the newest to the oldest, so the first word on an object stands. */
  #add(number: number, kind: number, position: number, detail: number): void {
    if (this.#entries.knows(number)) return;
    this.#entries.set(number, kind, position, detail);
    this.#order.push(number);
  }
}

function optionalOffset(trailer: Dictionary, key: string): number | undefined {
  const value = trailer.get(key);
  if (value === undefined) return undefined;
  if (!isCount(value)) throw PdfDamage.of('xref-unreadable');
  return value;
}

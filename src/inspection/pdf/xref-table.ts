import type { ByteSource } from '../byte-source.ts';
import { isDigit, isWhitespace } from './characters.ts';
import { PdfDamage } from './damage.ts';
import { tokens } from './lexer.ts';
import type { WorkBudget } from './limits.ts';
import { readThroughWindow, readValueAt } from './objects.ts';
import { type Dictionary, isCount, isDictionary } from './values.ts';

export type TableEntry = (number: number, isInUse: boolean, offset: number, generation: number) => void;

/**
 * Reads a cross-reference table (ISO 32000-2, 7.5.4) and its trailer.
 * @param offset where the keyword "xref" ended.
 */
export function readXrefTable(
  source: ByteSource,
  offset: number,
  budget: WorkBudget,
  onEntry: TableEntry,
): { trailer: Dictionary; end: number } {
  let position = offset;
  for (;;) {
    const part = readSubsectionHeader(source, position, budget);
    if (part === undefined) break;
    position = readEntries(source, part, budget, onEntry);
  }
  const { value, end } = readValueAt(source, readKeyword(source, position, 'trailer', budget), budget);
  if (!isDictionary(value)) throw PdfDamage.of('xref-unreadable');
  return { trailer: value, end };
}

interface Subsection {
  readonly first: number;
  readonly count: number;
  readonly offset: number;
}

/** "first count", or undefined when the keyword "trailer" follows. */
function readSubsectionHeader(source: ByteSource, offset: number, budget: WorkBudget): Subsection | undefined {
  return readThroughWindow(source, offset, budget, (lexer) => {
    const token = lexer.next();
    if (token === tokens.keyword && lexer.keyword === 'trailer') return undefined;
    const first = token === tokens.number ? lexer.number : -1;
    const count = lexer.next() === tokens.number ? lexer.number : -1;
    if (!isCount(first) || !isCount(count)) throw PdfDamage.of('xref-unreadable');
    return { first, count, offset: offset + lexer.position };
  });
}

function readKeyword(source: ByteSource, offset: number, keyword: string, budget: WorkBudget): number {
  return readThroughWindow(source, offset, budget, (lexer) => {
    if (lexer.next() !== tokens.keyword || lexer.keyword !== keyword) throw PdfDamage.of('xref-unreadable');
    return offset + lexer.position;
  });
}

const windowBytes = 2 ** 15;
/** An entry has 20 bytes; some writers use one more or less. */
const longestEntry = 40;

function readEntries(source: ByteSource, part: Subsection, budget: WorkBudget, onEntry: TableEntry): number {
  let position = part.offset;
  let bytes = source.read(position, windowBytes);
  let at = 0;
  for (let index = 0; index < part.count; index += 1) {
    if (at + longestEntry > bytes.length) {
      position += at;
      bytes = source.read(position, windowBytes);
      at = 0;
    }
    at = readEntry(bytes, at, part.first + index, onEntry);
    budget.spend(20);
  }
  return position + at;
}

/** "0000001234 00000 n": offset, generation, in use or free. Returns where the next one begins. */
function readEntry(bytes: Uint8Array, start: number, number: number, onEntry: TableEntry): number {
  let at = start;
  while (isWhitespace(bytes[at])) at += 1;
  const offsetStart = at;
  let offset = 0;
  for (; isDigit(bytes[at]); at += 1) offset = offset * 10 + ((bytes[at] ?? 48) - 48);
  const offsetEnd = at;
  while (bytes[at] === 0x20) at += 1;
  const generationStart = at;
  let generation = 0;
  for (; isDigit(bytes[at]); at += 1) generation = generation * 10 + ((bytes[at] ?? 48) - 48);
  const isComplete = offsetEnd > offsetStart && generationStart > offsetEnd && at > generationStart;
  while (bytes[at] === 0x20) at += 1;
  const mark = bytes[at];
  if (!isComplete || (mark !== 0x6e && mark !== 0x66) || !isWhitespace(bytes[at + 1])) {
    throw PdfDamage.of('xref-unreadable');
  }
  // Offset 0 is the header: writers that use it for an object mean that there is none.
  onEntry(number, mark === 0x6e && offset > 0, offset, generation);
  return at + 1;
}

import { type Cell, cellText } from './cell.ts';
import type { CsvLimits } from './csv-rows.ts';
import { TableError } from './table-error.ts';

/** How records of a tree (JSON, XML) become rows of a table. */
export interface RecordRules {
  /** Whether a value of this name is asked for: only then does it matter that it came too late. */
  readonly isWanted: (name: string) => boolean;
  readonly limits: CsvLimits;
}

/**
 * Gathers the values of records and of what surrounds them. The header grows with every name that turns up; values of
 * the surroundings are named "../name", "../../name" and so on, from the record outwards.
 */
export interface RecordBuilder {
  /** Names in the order in which they turned up; grows. */
  readonly header: readonly string[];
  /** Records closed so far. */
  readonly count: number;
  /** Enters the next level: one that surrounds records, or a record. */
  open(): void;
  /** A value of the innermost level. */
  put(name: string, cell: Cell): void;
  /** Leaves the innermost level. @returns the cells where it was a record, by the header; short where it grew later */
  close(): Cell[] | undefined;
}

/** A name in the header. */
interface Known {
  readonly index: number;
  readonly name: string;
}

interface Level {
  readonly cells: Map<number, Cell>;
  length: number;
  hasRecords: boolean;
}

/** @param surroundings how many levels surround a record */
export function createRecordBuilder(surroundings: number, { isWanted, limits }: RecordRules): RecordBuilder {
  const header: string[] = [];
  const indices = new Map<string, number>();
  /** By level, then by the name as written: the same few come in every record. */
  const written = Array.from({ length: surroundings + 1 }, () => new Map<string, Known>());
  const levels: Level[] = [];
  let count = 0;
  const indexOf = (name: string): number => {
    const known = indices.get(name);
    if (known !== undefined) return known;
    if (header.length >= limits.columns) {
      throw new TableError({ code: 'too-many-columns', args: { row: count + 1, limit: limits.columns } });
    }
    indices.set(name, header.length);
    return header.push(name) - 1;
  };
  const lookUp = (level: number, words: string): Known => {
    const names = written[level] ?? new Map<string, Known>();
    const known = names.get(words);
    if (known) return known;
    const name = '../'.repeat(surroundings - level) + words.normalize('NFC');
    const found = { name, index: indexOf(name) };
    names.set(words, found);
    return found;
  };
  return {
    header,
    get count() {
      return count;
    },
    open: () => void levels.push({ cells: new Map(), length: 0, hasRecords: false }),
    put(words, cell) {
      const level = levels.at(-1);
      if (!level) return;
      const { name, index } = lookUp(levels.length - 1, words);
      if (level.hasRecords && isWanted(name)) {
        throw new TableError({ code: 'value-behind-records', args: { name, row: count } });
      }
      level.length += name.length + cellText(cell).length;
      if (level.length > limits.rowLength) {
        throw new TableError({ code: 'record-too-long', args: { row: count + 1, limit: limits.rowLength } });
      }
      level.cells.set(index, level.cells.has(index) ? { error: name, reason: 'repeated' } : cell);
    },
    close() {
      const isRecord = levels.length === surroundings + 1;
      const cells = isRecord ? gather(levels, header.length) : undefined;
      levels.pop();
      if (!isRecord) return undefined;
      count += 1;
      for (const level of levels) level.hasRecords = true;
      return cells;
    },
  };
}

function gather(levels: readonly Level[], width: number): Cell[] {
  const cells = new Array<Cell>(width).fill('');
  for (const level of levels) for (const [index, cell] of level.cells) cells[index] = cell;
  return cells;
}

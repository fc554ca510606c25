import { type DigestAlgorithm, digestAlgorithms } from '../inspection/facts.ts';
import { BytesColumn, IntColumn, SmallIntColumn } from '../shared/columns/numbers.ts';
import { NameTable, TextTable } from '../shared/columns/texts.ts';
import type { StatedDigest } from './checksum-file.ts';
import { hexLength } from './digests.ts';

/** A digest in a list of them. */
export interface ListedDigest extends StatedDigest {
  /** The number of its path among all paths of the package. */
  readonly pathNumber: number;
}

/** Digests that the vendor states, in the order of their coming; there may be a million, each takes little memory. */
export class DigestList implements Iterable<ListedDigest> {
  readonly #columns: DigestColumns;

  /** @param paths numbers the paths; shared by all who speak of the same package */
  constructor(paths = new TextTable()) {
    this.#columns = {
      paths,
      pathNumbers: new IntColumn(),
      kinds: new SmallIntColumn(),
      sources: new IntColumn(0),
      sourceNames: new NameTable(),
      lines: new IntColumn(),
      digests: new BytesColumn(usualBytes),
      rests: new Map(),
    };
  }

  get length(): number {
    return this.#columns.pathNumbers.length;
  }

  push({ path, present, algorithm, digest, source, line }: StatedDigest): void {
    const columns = this.#columns;
    const place = this.length;
    columns.pathNumbers.push(columns.paths.numberOf(path));
    columns.kinds.set(place, digestAlgorithms.indexOf(algorithm) * 2 + (present ? 1 : 0));
    columns.sources.push(columns.sourceNames.numberOf(source));
    columns.lines.push(line);
    columns.digests.setHex(place, digest.slice(0, usualBytes * 2));
    if (digest.length > usualBytes * 2) columns.rests.set(place, digest.slice(usualBytes * 2));
  }

  /** @param place from 0 to below `length` */
  at(place: number): ListedDigest {
    return new DigestAt(this.#columns, place);
  }

  *[Symbol.iterator](): Iterator<ListedDigest> {
    for (let place = 0; place < this.length; place += 1) yield this.at(place);
  }
}

/** Nearly all digests have at most 32 bytes; what longer ones have beyond is kept apart. */
const usualBytes = 32;

interface DigestColumns {
  readonly paths: TextTable;
  readonly pathNumbers: IntColumn;
  /** Twice the place of the algorithm in `digestAlgorithms`; one more where the file is there. */
  readonly kinds: SmallIntColumn;
  /** Numbers of their names; the first has 0, and takes no memory. */
  readonly sources: IntColumn;
  readonly sourceNames: NameTable;
  readonly lines: IntColumn;
  readonly digests: BytesColumn;
  readonly rests: Map<number, string>;
}

/** A digest where it stands in its list; what of it is asked for is read there. */
class DigestAt implements ListedDigest {
  readonly #columns: DigestColumns;
  readonly #place: number;

  constructor(columns: DigestColumns, place: number) {
    this.#columns = columns;
    this.#place = place;
  }

  get pathNumber(): number {
    return this.#columns.pathNumbers.get(this.#place);
  }

  get path(): string {
    return this.#columns.paths.at(this.pathNumber);
  }

  get present(): boolean {
    return this.#columns.kinds.get(this.#place) % 2 === 1;
  }

  get algorithm(): DigestAlgorithm {
    return digestAlgorithms[this.#columns.kinds.get(this.#place) >> 1] ?? 'sha256';
  }

  get digest(): string {
    const usual = this.#columns.digests.hex(this.#place).slice(0, hexLength[this.algorithm]);
    return usual + (this.#columns.rests.get(this.#place) ?? '');
  }

  get source(): string {
    return this.#columns.sourceNames.at(this.#columns.sources.get(this.#place));
  }

  get line(): number {
    return this.#columns.lines.get(this.#place);
  }
}

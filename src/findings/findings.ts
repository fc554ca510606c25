import { IntColumn } from '../shared/columns/numbers.ts';
import type { Finding } from './finding.ts';

/** Findings in the order in which they were told. An array of them will do; there may be hundreds of thousands. */
export interface Findings extends Iterable<Finding> {
  readonly length: number;
  /** @param place from the end where it is below 0 */
  at(place: number): Finding | undefined;
  map<Shown>(show: (finding: Finding) => Shown): Shown[];
  filter(test: (finding: Finding) => boolean): readonly Finding[];
  find(test: (finding: Finding) => boolean): Finding | undefined;
  some(test: (finding: Finding) => boolean): boolean;
  /** @param from the first place @param to the place after the last; there may be fewer */
  slice(from: number, to: number): readonly Finding[];
}

/** Findings that are made one by one when they are asked for. */
export abstract class MadeFindings implements Findings {
  abstract readonly length: number;
  /** @param place from 0 to below `length` */
  protected abstract make(place: number): Finding;

  at(place: number): Finding | undefined {
    const index = place < 0 ? this.length + place : place;
    return index >= 0 && index < this.length ? this.make(index) : undefined;
  }

  map<Shown>(show: (finding: Finding) => Shown): Shown[] {
    return Array.from(this, show);
  }

  filter(test: (finding: Finding) => boolean): readonly Finding[] {
    return [...chosenFindings(this, test)];
  }

  find(test: (finding: Finding) => boolean): Finding | undefined {
    for (const finding of this) if (test(finding)) return finding;
    return undefined;
  }

  some(test: (finding: Finding) => boolean): boolean {
    return this.find(test) !== undefined;
  }

  slice(from: number, to: number): readonly Finding[] {
    const end = Math.min(to, this.length);
    return Array.from({ length: Math.max(0, end - from) }, (_, index) => this.make(from + index));
  }

  *[Symbol.iterator](): Iterator<Finding> {
    for (let place = 0; place < this.length; place += 1) yield this.make(place);
  }
}

/** Those of some findings that pass a test: which they are is noted, they themselves are not kept. */
export function chosenFindings(findings: Findings, test: (finding: Finding) => boolean): Findings {
  const places = new IntColumn();
  let place = 0;
  for (const finding of findings) {
    if (test(finding)) places.push(place);
    place += 1;
  }
  return new FindingsAt(findings, places);
}

/** Some of a list's findings, or all of them, in another order. */
export class FindingsAt extends MadeFindings {
  readonly #findings: Findings;
  readonly #places: IntColumn;

  /** @param places of findings in the list */
  constructor(findings: Findings, places: IntColumn) {
    super();
    this.#findings = findings;
    this.#places = places;
  }

  get length(): number {
    return this.#places.length;
  }

  protected make(place: number): Finding {
    const finding = this.#findings.at(this.#places.get(place));
    if (!finding) throw new RangeError(`no finding at place ${place}`);
    return finding;
  }
}

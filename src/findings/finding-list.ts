import { IntColumn, SmallIntColumn } from '../shared/columns/numbers.ts';
import { TextColumn, TextTable } from '../shared/columns/texts.ts';
import { catalogue } from './catalogue.ts';
import { severities } from './definition.ts';
import type { Finding, FindingCode } from './finding.ts';
import { MadeFindings } from './findings.ts';

const codes = Object.keys(catalogue) as readonly FindingCode[];
const numberOfCode: ReadonlyMap<string, number> = new Map(codes.map((code, number) => [code, number]));

/** U+0000 stands in no JSON, where it is written as an escape. */
const SEPARATOR = '\u0000';

/**
 * Findings in columns: one takes some 60 bytes outside of the JavaScript heap, as an object 400 in it. What is read is
 * equal to what was added, and made anew each time.
 */
export class FindingList extends MadeFindings {
  readonly #paths: TextTable;
  readonly #pathNumbers = new IntColumn();
  /** Places among the codes. */
  readonly #codes = new IntColumn();
  /** Places among the severities. */
  readonly #severities = new SmallIntColumn();
  readonly #rows = new IntColumn();
  readonly #pages = new IntColumn();
  /** The arguments as JSON; before them the reference and a separator, where there is one. */
  readonly #words = new TextColumn();

  /** @param paths numbers the paths; shared by all who speak of the same package */
  constructor(paths = new TextTable()) {
    super();
    this.#paths = paths;
  }

  get length(): number {
    return this.#codes.length;
  }

  push({ code, severity, path, page, row, reference, args }: Finding): void {
    const place = this.length;
    this.#pathNumbers.push(this.#paths.numberOf(path));
    this.#codes.push(numberOfCode.get(code) ?? -1);
    this.#severities.set(place, severities.indexOf(severity));
    if (row !== undefined) this.#rows.set(place, row);
    if (page !== undefined) this.#pages.set(place, page);
    const json = JSON.stringify(args);
    this.#words.push(reference === undefined ? json : reference + SEPARATOR + json);
  }

  protected make(place: number): Finding {
    const words = this.#words.at(place);
    const end = words.lastIndexOf(SEPARATOR);
    const [row, page] = [this.#rows.get(place), this.#pages.get(place)];
    return {
      code: codes[this.#codes.get(place)],
      severity: severities[this.#severities.get(place)],
      path: this.#paths.at(this.#pathNumbers.get(place)),
      ...(page < 0 ? {} : { page }),
      ...(row < 0 ? {} : { row }),
      ...(end < 0 ? {} : { reference: words.slice(0, end) }),
      args: JSON.parse(words.slice(end + 1)),
    } as Finding;
  }
}

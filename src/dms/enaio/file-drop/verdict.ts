import { contentOf, type DropPlaces, isThere, logOf } from './drop.ts';
import type { DropOutline } from './outline.ts';
import { readLines, separator } from './record.ts';

/** What became of a drop, as far as the import's logs say. */
export interface Verdict {
  /** The import has not taken it yet. */
  readonly isWaiting: boolean;
  /** Document keys of records that the log counts as imported. */
  readonly taken: ReadonlySet<string>;
  /** Those that the log counts as faulty. */
  readonly refused: ReadonlySet<string>;
  /**
   * Those of which no log says a word though the import has run: records with a wrong number of columns vanish like that.
   */
  readonly vanished: ReadonlySet<string>;
  /** Of XML there is a summary only: what became of each record is not known. */
  readonly isSummaryOnly: boolean;
}

/** Reads the logs beside the data: `<name>_ok` and `<name>_err` in the form of the data, and `osImpLog.xml`. */
export async function readVerdict(
  places: DropPlaces,
  name: string,
  { columns, keyColumn, documents, summary: from = 0 }: DropOutline,
): Promise<Verdict> {
  const [taken, refused, summary] = await Promise.all([
    logOf(places, 'takenLog'),
    logOf(places, 'refusedLog'),
    contentOf(places.summary),
  ]);
  const keys = new Set(documents.map(({ documentKey }) => documentKey));
  const keysIn = (log: Buffer | undefined) => documentKeys(log, keyColumn, columns, keys);
  const verdict = { taken: keysIn(taken), refused: keysIn(refused) };
  // A shorter one was begun anew.
  const since = summary?.subarray(summary.length < from ? 0 : from);
  const isMentioned = since?.includes(name) === true || since?.includes(Buffer.from(name, 'utf16le')) === true;
  const hasRun = taken !== undefined || refused !== undefined || isMentioned;
  const isSummaryOnly = places.published.endsWith('.xml');
  const isOpen = (key: string) => !verdict.taken.has(key) && !verdict.refused.has(key);
  return {
    ...verdict,
    isWaiting: !hasRun || (await isThere(places.data)),
    vanished: new Set(hasRun && !isSummaryOnly ? [...keys].filter(isOpen) : []),
    isSummaryOnly,
  };
}

/** Only whole records count: as many columns as were written, and a key of ours in its place. */
function documentKeys(
  log: Buffer | undefined,
  at: number,
  columns: number,
  keys: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = (log ? readLines(log) : []).flatMap((line) => {
    const values = line.split(separator);
    const key = values[at];
    return values.length === columns && key !== undefined && keys.has(key) ? [key] : [];
  });
  return new Set(found);
}

import { posix } from 'node:path';
import { type EntryIndex, indexEntries } from '../../delivery/entry-index.ts';
import { readListedPath } from '../../delivery/listed-path.ts';
import { isJunk } from '../../delivery/names.ts';
import { openPackage } from '../../delivery/open-package.ts';
import type { PackageEntry, PackageReader } from '../../delivery/package-reader.ts';
import { openContent } from '../../inspection/read-content.ts';
import { type Cell, cellText, isBlank } from '../../shared/tables/cell.ts';
import type { HeadingPlace } from '../../shared/tables/heading.ts';
import { openTable, type Table } from '../../shared/tables/open-table.ts';
import { TableError } from '../../shared/tables/table-error.ts';
import { fieldOfHeader } from './headers.ts';

/** What lies in a package, by names and first rows alone. */
export interface Candidates {
  readonly documents: readonly string[];
  readonly checksums: readonly string[];
  readonly manifests: readonly FoundManifest[];
  /** Files that are none of these. */
  readonly others: readonly string[];
}

/** A table of which one column names files of the package. */
export interface FoundManifest {
  readonly path: string;
  readonly format: Table['format'];
  readonly encoding: string | undefined;
  readonly delimiter: string | undefined;
  readonly header: readonly string[];
  /** The row of the headings where others stand above it. */
  readonly headingRow: number | undefined;
  readonly pathColumn: string;
  /** What its paths begin at. */
  readonly paths: 'package' | 'manifest';
}

const documentEnding = /\.(?:pdf|tiff?|jpe?g|png|jp2)$/i;
const checksumName =
  /(?:^|\/)(?:[^/]*(?:sha|md5|b2)[-_]?[0-9]*(?:-[0-9]{3})?sums?[^/]*|[^/]+\.(?:md5|sha1|sha224|sha256|sha384|sha512|sha3-[0-9]{3}|b2|blake2b)|(?:checksums?|pr(?:ue|ü)fsummen)\.(?:txt|csv)|(?:hashdeep|md5deep)[^/]*\.txt|[^/]*mets[^/]*\.xml)$/i;
const tableEnding = /\.(?:csv|txt|tsv|xlsx|json|jsonl|ndjson)$/i;

/** Rows that are read to find the column of paths. */
const SAMPLE_ROWS = 200;

export async function findCandidates(location: string, signal: AbortSignal | undefined): Promise<Candidates> {
  const reader = await openPackage(location, { report: () => undefined, signal });
  try {
    const entries: PackageEntry[] = [];
    for await (const entry of reader.list(signal)) entries.push(entry);
    return await sort(reader, entries);
  } finally {
    await reader.close();
  }
}

async function sort(reader: PackageReader, entries: readonly PackageEntry[]): Promise<Candidates> {
  const index = indexEntries([...entries]);
  const found = {
    documents: [] as string[],
    checksums: [] as string[],
    manifests: [] as FoundManifest[],
    others: [] as string[],
  };
  for (const entry of entries) {
    if (entry.kind !== 'file' || isJunk(entry.path)) continue;
    if (checksumName.test(entry.path.normalize('NFC'))) found.checksums.push(entry.path);
    else if (documentEnding.test(entry.path)) found.documents.push(entry.path);
    else {
      const manifest = tableEnding.test(entry.path) ? await readManifestHead(reader, entry, index) : undefined;
      if (manifest) found.manifests.push(manifest);
      else found.others.push(entry.path);
    }
  }
  return found;
}

/** Headings that are known by their words; there may be titles above them. */
const usualHeadings: HeadingPlace = {
  isHeading: (names) => names.filter((name) => fieldOfHeader(name) !== undefined).length > 1,
};

async function readManifestHead(
  reader: PackageReader,
  entry: PackageEntry,
  index: EntryIndex,
  heading = usualHeadings,
): Promise<FoundManifest | undefined> {
  let table: Table | undefined;
  try {
    table = await openTable(await openContent(reader.content(entry)), { heading, records: { isWanted: () => true } });
    const { hits, rows, above } = await countHits(table, posix.dirname(entry.path), index);
    const best = bestOf(hits);
    const { format, encoding, delimiter, header, headerRow, rowsAbove } = table;
    // What stood in the first row was a title where the row above the first path is fuller.
    if (above && above.names > namesIn(header) && !('row' in heading)) {
      await table.close();
      return await readManifestHead(reader, entry, index, { row: above.row });
    }
    if (rows === 0 || best.count * 2 < rows || !header[best.column]) return undefined;
    return {
      path: entry.path,
      format,
      encoding: encoding?.encoding,
      delimiter: delimiter,
      header: [...header],
      headingRow: rowsAbove > 0 || 'row' in heading ? headerRow : undefined,
      pathColumn: header[best.column] ?? '',
      paths: best.paths,
    };
  } catch (error) {
    if (error instanceof TableError) return undefined;
    throw error;
  } finally {
    await table?.close();
  }
}

function namesIn(cells: readonly Cell[]): number {
  return cells.filter((cell) => !isBlank(cell)).length;
}

interface Counted {
  readonly hits: Hits;
  readonly rows: number;
  /** The row above the first one that names a file, where that is not the header. */
  readonly above: { readonly row: number; readonly names: number } | undefined;
}

async function countHits(table: Table, folder: string, index: EntryIndex): Promise<Counted> {
  const hits: Hits = { package: [], manifest: [] };
  let rows = 0;
  let above: Counted['above'];
  let previous: Counted['above'];
  const isEmpty = () => hits.package.length + hits.manifest.length === 0;
  for await (const { row, cells } of table.rows) {
    const wasEmpty = isEmpty();
    for (const [at, cell] of cells.entries()) {
      const written = cellText(cell).trim();
      if (namesEntry(written, index)) hits.package[at] = (hits.package[at] ?? 0) + 1;
      else if (namesEntry(written, index, folder)) hits.manifest[at] = (hits.manifest[at] ?? 0) + 1;
    }
    if (wasEmpty && !isEmpty() && !table.headerGrows) above = previous;
    previous = { row, names: namesIn(cells) };
    rows += 1;
    if (rows === SAMPLE_ROWS) break;
  }
  return { hits, rows, above };
}

/** How many cells of each column name a file, by what paths may begin at. */
type Hits = Record<FoundManifest['paths'], (number | undefined)[]>;

function bestOf(hits: Hits): { column: number; count: number; paths: FoundManifest['paths'] } {
  const found = (['package', 'manifest'] as const).flatMap((paths) =>
    [...hits[paths]].map((count = 0, column) => ({ column, count, paths })),
  );
  return found.reduce((best, one) => (one.count > best.count ? one : best), { column: 0, count: 0, paths: 'package' });
}

function namesEntry(written: string, index: EntryIndex, folder = '.'): boolean {
  const listed = readListedPath(written);
  return 'path' in listed && listed.path !== '' && index.find(posix.join(folder, listed.path)) !== undefined;
}

import type { TechnicalProfile } from '../delivery/profile/technical.ts';
import type { Observation } from '../findings/finding.ts';
import { type DigestAlgorithm, type FileFacts, type FileFormat, fileFormats } from '../inspection/facts.ts';
import type { FileInspection } from '../inspection/look.ts';
import { claimsPdfa } from '../inspection/pdfa-claim.ts';
import { BytesColumn, IntColumn, SmallIntColumn } from '../shared/columns/numbers.ts';
import { TextTable } from '../shared/columns/texts.ts';
import { judgePages, type TechnicalBreach } from './technical/judge-pages.ts';

/** What was counted and hashed in the bytes of an item. */
export interface ItemFacts {
  readonly format: FileFormat;
  readonly pages: number | null;
  readonly sha256: string;
  readonly size: number;
}

/** What the inspection told of the files of a package; of hundreds of thousands, so no more is kept than is asked for. */
export interface InspectedFiles {
  /** By path as stored; none of a file that could not be read. */
  readonly facts: { has(path: string): boolean; get(path: string): ItemFacts | undefined };
  /** Of the files of which something was observed. */
  readonly observations: ReadonlyMap<string, readonly Observation[]>;
  /** Of the files that break the technical profile. */
  readonly breaches: ReadonlyMap<string, readonly TechnicalBreach[]>;
  /** Files that claim to be PDF/A. */
  readonly pdfaClaims: number;
  digestOf(path: string, algorithm: DigestAlgorithm): string | undefined;
}

export interface InspectedFilesBuilder extends InspectedFiles {
  add(path: string, inspection: FileInspection): void;
}

/**
 * @param technical held against each file at once, for the facts of its pages are not kept
 * @param paths numbers the paths; shared by all who speak of the same package
 */
export function collectInspections(technical?: TechnicalProfile, paths = new TextTable()): InspectedFilesBuilder {
  const facts = createFactColumns(paths);
  const observed = new Map<string, readonly Observation[]>();
  const breaches = new Map<string, readonly TechnicalBreach[]>();
  let pdfaClaims = 0;
  return {
    get pdfaClaims() {
      return pdfaClaims;
    },
    facts,
    breaches,
    observations: observed,
    add(path, { facts: found, observations }) {
      if (observations.length > 0) observed.set(path, observations);
      if (!found) return;
      const broken = technical ? judgePages(technical, found) : [];
      if (broken.length > 0) breaches.set(path, broken);
      if (claimsPdfa(found)) pdfaClaims += 1;
      facts.set(path, found);
    },
    digestOf: (path, algorithm) => facts.digestOf(path, algorithm),
  };
}

/** Facts by the numbers of the files' paths. */
function createFactColumns(paths: TextTable) {
  const formats = new IntColumn();
  const pageCounts = new IntColumn();
  const sizes = new Map<number, number>();
  const smallSizes = new IntColumn();
  const digests = new Map<DigestAlgorithm, DigestColumn>();
  const digestOf = (number: number, algorithm: DigestAlgorithm): string | undefined => {
    const column = digests.get(algorithm);
    return column && column.known.get(number) > 0 ? column.bytes.hex(number) : undefined;
  };
  return {
    has: (path: string) => formats.get(paths.find(path)) >= 0,
    get: (path: string): ItemFacts | undefined => {
      const number = paths.find(path);
      const format = fileFormats[formats.get(number)];
      if (format === undefined) return undefined;
      const pages = pageCounts.get(number);
      const size = sizes.get(number) ?? smallSizes.get(number);
      return { format, pages: pages < 0 ? null : pages, sha256: digestOf(number, 'sha256') ?? '', size };
    },
    digestOf: (path: string, algorithm: DigestAlgorithm) => digestOf(paths.find(path), algorithm),
    set: (path: string, facts: FileFacts) => {
      const number = paths.numberOf(path);
      formats.set(number, fileFormats.indexOf(facts.format));
      pageCounts.set(number, facts.pages ?? -1);
      if (facts.size < 2 ** 31) smallSizes.set(number, facts.size);
      else sizes.set(number, facts.size);
      for (const [algorithm, digest] of Object.entries(facts.digests) as [DigestAlgorithm, string][]) {
        setDigest(digests, algorithm, number, digest);
      }
    },
  };
}

interface DigestColumn {
  readonly known: SmallIntColumn;
  readonly bytes: BytesColumn;
}

function setDigest(
  columns: Map<DigestAlgorithm, DigestColumn>,
  algorithm: DigestAlgorithm,
  number: number,
  hex: string,
) {
  let column = columns.get(algorithm);
  if (!column) {
    column = { known: new SmallIntColumn(), bytes: new BytesColumn(hex.length / 2) };
    columns.set(algorithm, column);
  }
  column.known.set(number, 1);
  column.bytes.setHex(number, hex);
}

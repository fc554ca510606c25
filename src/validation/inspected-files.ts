import type { TechnicalProfile } from '../delivery/profile/technical.ts';
import type { Observation } from '../findings/finding.ts';
import type { DigestAlgorithm, FileFacts, FileFormat } from '../inspection/facts.ts';
import { claimsPdfa } from '../inspection/pdfa-claim.ts';
import type { FileInspection } from '../inspection/read-file.ts';
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
  readonly facts: ReadonlyMap<string, ItemFacts>;
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

/** @param technical held against each file at once, for the facts of its pages are not kept */
export function collectInspections(technical?: TechnicalProfile): InspectedFilesBuilder {
  const facts = new Map<string, ItemFacts>();
  const observed = new Map<string, readonly Observation[]>();
  const otherDigests = new Map<string, FileFacts['digests']>();
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
      const { format, pages, size, digests } = found;
      facts.set(path, { format, pages, sha256: digests.sha256, size });
      if (Object.keys(digests).length > 1) otherDigests.set(path, digests);
    },
    digestOf: (path, algorithm) =>
      algorithm === 'sha256' ? facts.get(path)?.sha256 : otherDigests.get(path)?.[algorithm],
  };
}

import { fileKey } from '../custody/reference.ts';
import { groupBy } from '../shared/group-by.ts';
import type { DeliveredDocument } from './content-store.ts';
import type { KnownContent } from './facts.ts';

/** What a delivered file is in the ledger: on the pick list and not rejected, rejected, or not on the pick list. */
export type Standing = 'counts' | 'rejected' | 'unlisted';

/** What is needed to tell which contents were delivered before. */
export interface Contents {
  /** The documents of the batch, oldest first. */
  readonly documents: readonly DeliveredDocument[];
  /** By delivered file; those that a later delivery has replaced have none. */
  readonly standing: ReadonlyMap<number, Standing>;
  /** By digest: the earliest document of another batch that counts. */
  readonly elsewhere: ReadonlyMap<string, DeliveredDocument>;
  /** The digests of all documents of delivered files; asked for those that contents are known from. */
  digestsOf(deliveryFileIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
}

interface Known {
  readonly document: DeliveredDocument;
  readonly earlier: DeliveredDocument;
}

/**
 * Finds content that was delivered before: in an earlier delivery of another batch, or in this batch as another file. A
 * redelivery of the same file is no repetition. A file is known as a whole when all its documents are among the documents
 * of one other file.
 * @returns by delivered file
 */
export async function findKnownContent(contents: Contents): Promise<Map<number, KnownContent>> {
  const documents = contents.documents.filter(({ deliveryFileId }) => contents.standing.has(deliveryFileId));
  const byFile = groupBy(documents, ({ deliveryFileId }) => deliveryFileId);
  const knownByFile = groupBy(knownDocuments(contents, documents), ({ document }) => document.deliveryFileId);
  const whole = new Map([...knownByFile].filter(([id, known]) => known.length === byFile.get(id)?.length));
  const sources = new Set([...whole.values()].flat().map(({ earlier }) => earlier.deliveryFileId));
  const digests = await contents.digestsOf([...sources]);
  return new Map(
    [...knownByFile].map(([id, known]): [number, KnownContent] => {
      const source = whole.has(id) ? sourceOfAll(known, digests) : undefined;
      return [id, source ? { whole: place(source) } : { documents: known.map(singleDocument) }];
    }),
  );
}

function knownDocuments({ standing, elsewhere }: Contents, documents: readonly DeliveredDocument[]): Known[] {
  const sources = sourcesOf(documents.filter(({ deliveryFileId }) => standing.get(deliveryFileId) === 'counts'));
  return documents.flatMap((document) => {
    const other = elsewhere.get(document.sha256);
    if (other && other.deliveryId < document.deliveryId) return [{ document, earlier: other }];
    // Of two files with the same content the later is told; one that is not on the pick list in any case.
    const isUnlisted = standing.get(document.deliveryFileId) === 'unlisted';
    const earlier = sources
      .get(document.sha256)
      ?.find((source) => fileKey(source) !== fileKey(document) && (isUnlisted || source.id < document.id));
    return earlier ? [{ document, earlier }] : [];
  });
}

/** By digest the first documents of two different files: whatever is compared with them differs from one of the two. */
function sourcesOf(documents: readonly DeliveredDocument[]): Map<string, DeliveredDocument[]> {
  const sources = new Map<string, DeliveredDocument[]>();
  for (const document of documents) {
    const seen = sources.get(document.sha256) ?? [];
    sources.set(document.sha256, seen);
    if (seen.length < 2 && seen.every((source) => fileKey(source) !== fileKey(document))) seen.push(document);
  }
  return sources;
}

/** Copies are found at once; a file patched together from thousands of others shall not keep us busy. */
const mostTried = 50;

/** The other file that holds all these documents, as often as this one does. */
function sourceOfAll(
  known: readonly Known[],
  digests: ReadonlyMap<number, readonly string[]>,
): DeliveredDocument | undefined {
  const wanted = countOf(known.map(({ document }) => document.sha256));
  const tried = new Set<number>();
  for (const { earlier } of known) {
    if (tried.has(earlier.deliveryFileId)) continue;
    if (tried.size === mostTried) break;
    tried.add(earlier.deliveryFileId);
    const held = countOf(digests.get(earlier.deliveryFileId) ?? []);
    if ([...wanted].every(([digest, count]) => (held.get(digest) ?? 0) >= count)) return earlier;
  }
  return undefined;
}

function countOf(digests: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const digest of digests) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  return counts;
}

function place({ reference, volume, batch, round }: DeliveredDocument) {
  return { reference, volume, batch, round };
}

function singleDocument({ document, earlier }: Known) {
  return { ...place(earlier), path: document.path, otherPath: earlier.path };
}

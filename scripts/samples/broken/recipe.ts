import type { DeliveryProfile } from '../../../src/delivery/profile.ts';
import type { FindingCode } from '../../../src/findings/finding.ts';
import {
  type DeliveredDocument,
  type DeliveryChanges,
  type DeliveryFiles,
  renderChecksums,
  renderManifest,
  sampleDelivery,
  sampleDocuments,
} from '../delivery.ts';
import type { Expected } from '../expected.ts';

/** A package that yields one finding, and the profile under which it does. */
export interface BrokenPackage {
  readonly files: DeliveryFiles;
  /** The one of the files that is checked, where the package is not the folder but a file in it: a zip. */
  readonly target?: string;
  /** Null where the package is checked without a profile. */
  readonly profile: DeliveryProfile | null;
  /** Files beside the profile that it refers to: reference lists, a profile that it extends. */
  readonly beside?: DeliveryFiles;
  /** Told only where the catalogue's severities do not give it: rules have severities of their own. */
  readonly verdict?: Expected['verdict'];
  /** Every code of the result, each once; the one that the package is made for among them. */
  readonly codes: readonly FindingCode[];
  /** False where a git repository or other file systems cannot hold the package: it is made for tests only. */
  readonly portable: boolean;
}

/** How such a package is made; what it does not say is as in the sound sample. */
export type Recipe = () => Partial<Omit<BrokenPackage, 'codes'>> & { readonly with?: readonly FindingCode[] };

/** The recipes of one topic: one for each finding. */
export type Recipes = Partial<Record<FindingCode, Recipe>>;

export const SECOND = 1;

/** The sample documents with one of them changed. */
export function changed(change: Partial<DeliveredDocument>, index = SECOND): DeliveredDocument[] {
  return sampleDocuments().map((document, at) => (at === index ? { ...document, ...change } : document));
}

export function fromDocuments(documents: readonly DeliveredDocument[], changes?: DeliveryChanges) {
  return { files: sampleDelivery(documents, changes) };
}

/** The package as it is sound, but for its manifest, files or checksums. */
export function fromChanges(changes: DeliveryChanges) {
  return fromDocuments(sampleDocuments(), changes);
}

/** A document under a name of its own, sound in every other way. */
export function named(path: string) {
  return fromDocuments(changed({ path }));
}

export function withFile(path: string) {
  return fromChanges({ files: { [path]: Buffer.from('x') } });
}

export function withRow(path: string) {
  const extra = { ...sampleDocuments()[0]!, path };
  return fromChanges({ manifest: renderManifest([...sampleDocuments(), extra]) });
}

/** The lines of the sound checksum file. */
export function checksumLines(algorithm?: string): string[] {
  const documents = sampleDocuments();
  const files = [...documents.map(({ path, content }) => [path, content] as const)];
  return renderChecksums([...files, ['index.csv', Buffer.from(renderManifest(documents))]], algorithm)
    .trimEnd()
    .split('\n');
}

export function withChecksums(lines: readonly string[]) {
  return fromChanges({ checksums: `${lines.join('\n')}\n` });
}

/** The package with the second document's file replaced; its row and its checksum fit. */
export function withContent(path: string, content: Buffer, pages: number) {
  return fromDocuments(changed({ path, content, sheets: pages, pages, removedBlanks: pages }));
}

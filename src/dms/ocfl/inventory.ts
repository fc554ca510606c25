import { digestBytes } from './digests.ts';

/** Digest by content path or logical path: `{ "<digest>": ["path", …] }` (OCFL 1.1 sections 3.5.2 and 3.5.3.1). */
export type PathsByDigest = Readonly<Record<string, readonly string[]>>;

export const contentAlgorithms = ['sha512', 'sha256'] as const;
/** The algorithms that may address content (section 3.4). */
export type ContentAlgorithm = (typeof contentAlgorithms)[number];

export interface InventoryUser {
  readonly name: string;
  readonly address?: string;
}

export interface InventoryVersion {
  /** An instant, RFC 3339. */
  readonly created: string;
  readonly message?: string;
  readonly user?: InventoryUser;
  readonly state: PathsByDigest;
}

/** What is computed of content that this algorithm addresses. */
export function algorithmsFor(algorithm: ContentAlgorithm): readonly ContentAlgorithm[] {
  return algorithm === 'sha256' ? ['sha256'] : contentAlgorithms;
}

/** inventory.json, OCFL 1.0 and 1.1 section 3.5. */
export interface Inventory {
  readonly id: string;
  readonly type: string;
  readonly digestAlgorithm: ContentAlgorithm;
  readonly head: string;
  readonly contentDirectory?: string;
  readonly manifest: PathsByDigest;
  readonly versions: Readonly<Record<string, InventoryVersion>>;
  readonly fixity?: Readonly<Record<string, PathsByDigest>>;
}

/** SHA-256 always, since it is what was accepted; SHA-512 where it addresses the content. */
export type ContentDigests = Readonly<{ sha256: string; sha512?: string }>;

/** One file of a version: its place, its names, its digests. */
export interface StoredContent {
  /** From the object root: "v1/content/documents/Bescheid.pdf". */
  readonly contentPath: string;
  readonly logicalPaths: readonly string[];
  readonly digests: ContentDigests;
}

export interface VersionNote {
  readonly created: Date;
  readonly message: string;
  readonly user: InventoryUser;
}

/** The inventory of an object's first version. Where SHA-512 addresses the content, SHA-256 stands beside it as fixity. */
export function firstInventory(
  id: string,
  digestAlgorithm: ContentAlgorithm,
  contents: readonly StoredContent[],
  note: VersionNote,
): Inventory {
  const fixity = { sha256: group(contents, (content) => [content.digests.sha256, [content.contentPath]]) };
  return {
    id,
    type: 'https://ocfl.io/1.1/spec/#inventory',
    digestAlgorithm,
    head: 'v1',
    manifest: group(contents, (content) => [digestOf(content, digestAlgorithm), [content.contentPath]]),
    versions: {
      v1: {
        created: note.created.toISOString(),
        message: note.message,
        user: note.user,
        state: group(contents, (content) => [digestOf(content, digestAlgorithm), content.logicalPaths]),
      },
    },
    ...(digestAlgorithm === 'sha256' ? {} : { fixity }),
  };
}

function digestOf({ contentPath, digests }: StoredContent, algorithm: ContentAlgorithm): string {
  const digest = digests[algorithm];
  if (digest === undefined) throw new Error(`no ${algorithm} of ${contentPath}`);
  return digest;
}

/** A file of a corrected state: where its content lies already, or lies now. */
export interface NextContent extends StoredContent {
  /** False where an earlier version has the content. */
  readonly isNew: boolean;
}

/** The inventory after one more version; what was there stays as it is, also under its path. */
export function nextInventory(
  previous: Inventory,
  head: string,
  contents: readonly NextContent[],
  note: VersionNote,
): Inventory {
  const algorithm = previous.digestAlgorithm;
  const added = contents.filter(({ isNew }) => isNew);
  const { sha256 = {}, ...otherFixity } = previous.fixity ?? {};
  const addedSha256 = group(added, (content) => [content.digests.sha256, [content.contentPath]]);
  return {
    ...previous,
    head,
    manifest: joined(
      previous.manifest,
      group(added, (content) => [digestOf(content, algorithm), [content.contentPath]]),
    ),
    versions: {
      ...previous.versions,
      [head]: {
        created: note.created.toISOString(),
        message: note.message,
        user: note.user,
        state: group(contents, (content) => [digestOf(content, algorithm), content.logicalPaths]),
      },
    },
    ...(algorithm === 'sha256' ? {} : { fixity: { ...otherFixity, sha256: joined(sha256, addedSha256) } }),
  };
}

function joined(one: PathsByDigest, other: PathsByDigest): PathsByDigest {
  const all: Record<string, readonly string[]> = { ...one };
  for (const [digest, paths] of Object.entries(other)) all[digest] = [...(all[digest] ?? []), ...paths];
  return all;
}

function group(
  contents: readonly StoredContent[],
  entry: (content: StoredContent) => readonly [digest: string, paths: readonly string[]],
): PathsByDigest {
  const groups: Record<string, string[]> = {};
  for (const content of contents) {
    const [digest, paths] = entry(content);
    groups[digest] = [...(groups[digest] ?? []), ...paths];
  }
  return groups;
}

/** The bytes of inventory.json and of its sidecar (section 3.6). */
export function inventoryFiles(inventory: Inventory): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const bytes = Buffer.from(`${JSON.stringify(inventory, null, 2)}\n`);
  const algorithm = inventory.digestAlgorithm;
  const digest = digestBytes(bytes, [algorithm])[algorithm];
  return [
    { name: 'inventory.json', bytes },
    { name: `inventory.json.${algorithm}`, bytes: Buffer.from(`${digest} inventory.json\n`) },
  ];
}

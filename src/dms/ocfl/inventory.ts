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

/** One file of a version: its place, its names, its digests. */
export interface StoredContent {
  /** From the object root: "v1/content/documents/Bescheid.pdf". */
  readonly contentPath: string;
  readonly logicalPaths: readonly string[];
  readonly digests: Readonly<Record<ContentAlgorithm, string>>;
}

export interface VersionNote {
  readonly created: Date;
  readonly message: string;
  readonly user: InventoryUser;
}

/** The inventory of an object's first version; SHA-512 addresses the content, SHA-256 stands beside it as fixity. */
export function firstInventory(id: string, contents: readonly StoredContent[], note: VersionNote): Inventory {
  return {
    id,
    type: 'https://ocfl.io/1.1/spec/#inventory',
    digestAlgorithm: 'sha512',
    head: 'v1',
    manifest: group(contents, (content) => [content.digests.sha512, [content.contentPath]]),
    versions: {
      v1: {
        created: note.created.toISOString(),
        message: note.message,
        user: note.user,
        state: group(contents, (content) => [content.digests.sha512, content.logicalPaths]),
      },
    },
    fixity: { sha256: group(contents, (content) => [content.digests.sha256, [content.contentPath]]) },
  };
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

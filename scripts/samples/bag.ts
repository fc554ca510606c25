import { createHash } from 'node:crypto';
import type { DeliveryFile, DeliveryFiles } from './delivery.ts';

export interface BagChanges {
  readonly version?: string;
  readonly algorithms?: readonly string[];
  /** Tag files that are other than they should be; null for those that are absent. The tag manifest fits them. */
  readonly tags?: Readonly<Record<string, Buffer | null>>;
  /** Likewise, but the tag manifest does not know. */
  readonly afterwards?: Readonly<Record<string, Buffer | null>>;
}

/** A BagIt bag (RFC 8493) with these files as its payload. */
export function bagOf(payload: DeliveryFiles, changes: BagChanges = {}): Map<string, DeliveryFile> {
  const { version = '1.0', algorithms = ['sha256'], tags = {}, afterwards = {} } = changes;
  const contents = [...payload].filter((file): file is [string, Buffer] => Buffer.isBuffer(file[1]));
  const bytes = contents.reduce((sum, [, content]) => sum + content.length, 0);
  const files = new Map<string, DeliveryFile>([...payload].map(([path, content]) => [`data/${path}`, content]));
  const tagFiles = new Map<string, Buffer>([
    ['bagit.txt', Buffer.from(`BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n`)],
    ['bag-info.txt', Buffer.from(`Bagging-Date: 2021-03-14\nPayload-Oxum: ${bytes}.${contents.length}\n`)],
  ]);
  for (const algorithm of algorithms) {
    const listed = contents.map(([path, content]) => [`data/${path}`, content] as const);
    tagFiles.set(`manifest-${algorithm}.txt`, Buffer.from(lines(algorithm, listed)));
  }
  replace(tagFiles, tags);
  for (const algorithm of algorithms) {
    files.set(`tagmanifest-${algorithm}.txt`, Buffer.from(lines(algorithm, [...tagFiles])));
  }
  replace(tagFiles, afterwards);
  for (const [path, content] of tagFiles) files.set(path, content);
  return files;
}

function lines(algorithm: string, files: readonly (readonly [string, Buffer])[]): string {
  const digest = (content: Buffer) => createHash(algorithm).update(content).digest('hex');
  return files.map(([path, content]) => `${digest(content)}  ${encoded(path)}\n`).join('');
}

/** Line ends and percent signs are percent-encoded, and nothing else (RFC 8493, 2.1.3). */
function encoded(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
}

function replace(files: Map<string, Buffer>, changes: Readonly<Record<string, Buffer | null>>): void {
  for (const [path, content] of Object.entries(changes)) {
    if (content) files.set(path, content);
    else files.delete(path);
  }
}

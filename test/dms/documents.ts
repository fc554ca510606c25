import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewDocument, NewObject } from '../../src/dms/adapter.ts';

/** Accepted documents in a folder of their own: name → content. */
export async function writeDocuments(
  folder: string,
  contents: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly NewDocument[]> {
  await mkdir(folder, { recursive: true });
  const documents: NewDocument[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const source = join(folder, `${sha256}-${documents.length}`);
    await writeFile(source, bytes);
    documents.push({ name, source, size: bytes.length, sha256 });
  }
  return documents;
}

export function fileOf(key: string, documents: readonly NewDocument[], metadata = {}): NewObject {
  return { key, documents, metadata: { Aktenzeichen: key, ...metadata } };
}

/** Bytes that do not compress and are the same in every run. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Everything that an asynchronous sequence yields. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

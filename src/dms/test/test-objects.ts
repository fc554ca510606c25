import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject, NewDocument, NewObject } from '../adapter.ts';
import type { TestSystem } from './interface-test.ts';

/** Makes the objects that a test stores; their content lies in a folder of its own. */
export interface TestObjects {
  /** An object of its own with small documents: name → content. */
  small(contents: Readonly<Record<string, string>>, more?: JsonObject): Promise<NewObject>;
  /** An object with one document of so many bytes, none of which repeats another object's. */
  large(bytes: number): Promise<NewObject>;
  /** Keys of all objects made so far. */
  readonly keys: readonly string[];
}

const piece = 1 << 20;

/** @param run tells the objects of this test from those of every other one */
export function createTestObjects(
  { metadata, row }: Pick<TestSystem, 'metadata' | 'row'>,
  folder: string,
  run: string,
): TestObjects {
  const keys: string[] = [];
  const objectOf = (documents: readonly NewDocument[], more: JsonObject = {}): NewObject => {
    const number = keys.length + 1;
    const key = `scanlot-test/${run}/${number}`;
    keys.push(key);
    const described = documents.map(({ name, size, sha256 }) => ({ name, size, sha256, pages: 1, fields: row }));
    const index = {
      schema: 'urn:scanlot:schemas/stored-file-1',
      county: 'scanlot',
      reference: `TEST-${run}-${number}`,
      volume: '',
      title: 'scanlot-Test',
      department: 'scanlot-test',
      contract: 'TEST',
      lot: 'TEST',
      batch: 'TEST',
      round: 1,
      box: null,
      acceptedOn: run.slice(0, 10),
      pages: documents.length,
      profile: { key: 'test', hash: '' },
      ...metadata,
      ...more,
      documents: described,
    };
    return { key, metadata: index, documents };
  };
  return {
    keys,
    small: async (contents, more) => {
      const documents: NewDocument[] = [];
      for (const [name, content] of Object.entries(contents))
        documents.push(await smallDocument(folder, name, content));
      return objectOf(documents, more);
    },
    large: async (bytes) => objectOf([await largeDocument(folder, bytes)]),
  };
}

async function smallDocument(folder: string, name: string, content: string): Promise<NewDocument> {
  const bytes = Buffer.from(content);
  const source = await freshPath(folder);
  await writeFile(source, bytes);
  return { name, source, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function largeDocument(folder: string, size: number): Promise<NewDocument> {
  const source = await freshPath(folder);
  const file = await open(source, 'wx');
  const hash = createHash('sha256');
  const bytes = randomBytes(piece);
  try {
    for (let at = 0; at < size; at += piece) {
      // Different in every piece, so that nothing of it can be left out unnoticed.
      bytes.writeDoubleLE(at, 0);
      const part = bytes.subarray(0, Math.min(piece, size - at));
      hash.update(part);
      await file.write(part);
    }
  } finally {
    await file.close();
  }
  return { name: 'Großformat.tif', source, size, sha256: hash.digest('hex') };
}

async function freshPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return join(folder, randomBytes(8).toString('hex'));
}

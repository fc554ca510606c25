import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { objectFolders } from '../../src/dms/ocfl/layout.ts';
import { verifyObject } from '../../src/dms/ocfl/verify.ts';
import { corpus } from '../support/corpora.ts';
import { askOcflPy } from '../support/ocfl-py.ts';
import { fileOf, noise, writeDocuments } from './documents.ts';

const fixtures = corpus('ocfl');

describe('ocfl-py, an independent validator,', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scanlot-ocfl-py-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function store(contents: Readonly<Record<string, string | Buffer>>, key: string): Promise<string> {
    const root = join(folder, 'store');
    const documents = await writeDocuments(join(folder, 'accepted'), contents);
    const adapter = createOcflAdapter({ root, staging: join(folder, 'staging') });
    const { id } = await adapter.create(fileOf(key, documents, { Betreff: 'Größe „ß“', Jahr: 2020 }));
    return join(root, ...objectFolders(id));
  }

  it('finds what we store valid, without any warning', async () => {
    const objects = [
      await store({ 'a.pdf': 'a' }, '32.4-2020/0815'),
      await store({ 'leer.txt': '', 'gleich 1.pdf': 'same', 'gleich 2.pdf': 'same' }, 'A 2'),
      await store({ 'gross.pdf': noise(3_000_000) }, 'A 3'),
      await store(
        { 'Übersicht.pdf': '1', 'U\u0308.pdf': '2', 'CON.pdf': '3', 'a:b?.pdf': '4', 'A.PDF': '5', 'a.pdf': '6' },
        'Ä/4',
      ),
      await store(
        { [`${'x'.repeat(400)}/${'ü'.repeat(300)}.pdf`]: '1', '文書/😀.pdf': '2', 'a\\b': '3', '-rf': '4' },
        '../..',
      ),
    ];
    expect(await askOcflPy(objects)).toEqual(objects.map(() => ({ valid: true, codes: [] })));
  });

  it('finds damage, as we do', async () => {
    const object = await store({ 'a.pdf': 'content' }, 'A 1');
    await writeFile(join(object, 'v1', 'content', 'documents', 'a.pdf'), 'CONTENT');
    const [opinion] = await askOcflPy([object]);
    expect(opinion?.valid).toBe(false);
    expect((await verifyObject(object)).valid).toBe(false);
  });

  it.skipIf(fixtures === undefined)('agrees with us on every fixture', async () => {
    const kinds = ['good-objects', 'warn-objects', 'bad-objects'].map((kind) => join(fixtures ?? '', '1.0', kind));
    const objects = kinds.flatMap((kind) => readdirSync(kind).map((name) => join(kind, name)));
    const opinions = await askOcflPy(objects);
    expect(objects.length).toBeGreaterThan(70);
    for (const [at, object] of objects.entries()) {
      expect([object, (await verifyObject(object)).valid]).toEqual([object, opinions[at]?.valid]);
    }
  });
});

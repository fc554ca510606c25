import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NewDocument } from '../../src/dms/adapter.ts';
import { copyDocument, isSmall } from '../../src/dms/ocfl/copy-document.ts';
import { diskOperations } from '../../src/dms/ocfl/file-operations.ts';
import { noise, writeDocuments } from './documents.ts';
import { watchedDisk } from './faulty-disk.ts';

const bytes = noise(1_000_000);
let folder: string;
let document: NewDocument;
let target: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-copy-'));
  [document] = (await writeDocuments(join(folder, 'accepted'), { 'a.tif': bytes })) as [NewDocument];
  target = join(folder, 'copy');
  expect(isSmall(document)).toBe(false);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('copies the bytes of a large document, and not who may read it', async () => {
  chmodSync(document.source, 0o400);
  const { digests } = await copyDocument(document, target, diskOperations, undefined);
  expect(digests.sha256).toBe(document.sha256);
  expect(readFileSync(target).equals(bytes)).toBe(true);
  writeFileSync(join(folder, 'usual'), '');
  expect(statSync(target).mode).toBe(statSync(join(folder, 'usual')).mode);
});

it('does not write over what is there', async () => {
  writeFileSync(target, 'before');
  await expect(copyDocument(document, target, diskOperations, undefined)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(target, 'utf8')).toBe('before');
});

it('tells a source that vanishes from a disk that is full', async () => {
  const vanishing = watchedDisk((step) => {
    if (step === 'write') rmSync(document.source);
  });
  const lost = copyDocument(document, target, vanishing, undefined);
  await expect(lost).rejects.toMatchObject({ code: 'dms.source-unreadable', scope: 'object' });
  writeFileSync(document.source, bytes);
  const full = watchedDisk((step) => {
    if (step === 'write') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  });
  await expect(copyDocument(document, join(folder, 'other'), full, undefined)).rejects.toMatchObject({
    code: 'ENOSPC',
  });
});

it('ends when it is interrupted meanwhile', async () => {
  const abort = new AbortController();
  const disk = watchedDisk((step) => {
    if (step === 'write') abort.abort(new Error('enough'));
  });
  await expect(copyDocument(document, target, disk, abort.signal)).rejects.toThrow('enough');
});

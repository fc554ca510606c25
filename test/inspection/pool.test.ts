import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createInspector,
  type Inspector,
  InspectorClosedError,
  type InspectorOptions,
} from '../../src/inspection/pool.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { packagePath } from '../../src/shared/package.ts';
import { buildTiff, pagesOf } from '../support/tiff.ts';

const workers = fileURLToPath(new URL('workers', import.meta.url));
let folder: string;
let inspector: Inspector;

const faulty = (options: InspectorOptions = {}): Inspector => {
  inspector = createInspector({ workerFile: join(workers, 'faulty-worker.mjs'), workers: 2, ...options });
  return inspector;
};
/** Inspects "files" of the given names, of 1 MB each: none is sent ahead of another. */
const inspectAllOf = (names: readonly string[], size = 1e6) =>
  Promise.all(names.map((name) => inspector.inspect({ file: join(folder, name), digests: ['md5'], size })));
const codesOf = async (names: readonly string[], size?: number) =>
  (await inspectAllOf(names, size)).map(({ observations }) => observations[0]?.code);
const log = () => readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-pool-'));
});

afterEach(async () => {
  await inspector.close();
  rmSync(join(folder, 'log'), { force: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a worker that fails its file', () => {
  it.each([
    ['exit', { code: 'file.worker-died', args: { reason: 'crash', detail: 'exit code 3' } }],
    ['throw', { code: 'file.worker-died', args: { reason: 'crash', detail: 'out of order' } }],
    ['hang', { code: 'file.inspection-timeout', args: { seconds: 2 } }],
  ])('by %s is told, and every other file is inspected once', async (deed, observation) => {
    faulty({ timeoutMs: 1000 });
    const names = ['a', 'b', deed, 'c', 'd', 'e'];
    const inspections = await inspectAllOf(names, 1000);
    expect(inspections.map(({ observations }) => observations[0])).toEqual(
      names.map((name) => (name === deed ? observation : expect.objectContaining({ code: 'done' }))),
    );
    expect(inspections.every(({ facts }) => facts === null)).toBe(true);
    expect(log().toSorted()).toEqual(names.toSorted());
  });

  it('by using up its memory is told', async () => {
    faulty({ memoryMb: 16 });
    expect(await inspectAllOf(['hoard', 'a'])).toMatchObject([
      { observations: [{ code: 'file.worker-died', args: { reason: 'memory' } }] },
      { observations: [{ code: 'done' }] },
    ]);
  });

  it('is replaced as often as files fail', async () => {
    faulty({ workers: 1 });
    const names = Array.from({ length: 9 }, (_, index) => (index % 3 === 0 ? `ok-${index}` : `exit-${index}`));
    expect(await codesOf(names, 10)).toEqual(
      names.map((name) => (name.startsWith('ok') ? 'done' : 'file.worker-died')),
    );
    expect(log().toSorted()).toEqual(names.toSorted());
  });

  it('by hanging does not fail the files that were sent ahead to it, nor hold up the others', async () => {
    faulty({ workers: 1, timeoutMs: 700 });
    expect(await codesOf(['hang', 'a', 'b', 'hang-2', 'c'], 10)).toEqual([
      'file.inspection-timeout',
      'done',
      'done',
      'file.inspection-timeout',
      'done',
    ]);
  });

  it('only by its size is given more time', async () => {
    faulty({ workers: 1, timeoutMs: 300 });
    expect(await codesOf(['slow'], 10)).toEqual(['file.inspection-timeout']);
    expect(await codesOf(['slow'], 10_000_000)).toEqual(['done']);
  });
});

describe('the inspector', () => {
  it('takes the largest of the files that wait first', async () => {
    faulty({ workers: 1 });
    const sizes = [200_000, 900_000, 100_000, 500_000];
    const jobs = sizes.map((size) => ({ file: join(folder, `${size}`), digests: ['md5'] as const, size }));
    await Promise.all(jobs.map((job) => inspector.inspect(job)));
    expect(log()).toEqual(['900000', '500000', '200000', '100000']);
  });

  it('finds out the size of a file itself where it is not told', async () => {
    faulty({ workers: 1 });
    for (const [name, size] of [
      ['small', 1],
      ['large', 9e6],
      ['middle', 5e6],
    ] as const) {
      writeFileSync(join(folder, name), '');
      truncateSync(join(folder, name), size);
    }
    const names = ['absent', 'small', 'large', 'middle'];
    const inspections = names.map((name) => inspector.inspect({ file: join(folder, name), digests: ['md5'] }));
    expect(await Promise.all(inspections)).toHaveLength(4);
    expect(log().toSorted()).toEqual(names.toSorted());
  });

  it('rejects what waits when it is closed, and whatever comes after', async () => {
    faulty({ workers: 1 });
    const waiting = inspectAllOf(['hang', 'a']);
    const expectation = expect(waiting).rejects.toThrow(InspectorClosedError);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await inspector.close();
    await expectation;
    await expect(inspectAllOf(['b'])).rejects.toThrow(InspectorClosedError);
    await inspector.close();
  });

  it.each([
    ['is missing', 'absent-worker.mjs'],
    ['ends at once', 'stillborn-worker.mjs'],
  ])('says that the tool is at fault where the code of its workers %s', async (_name, file) => {
    faulty({ workerFile: join(workers, file) });
    await expect(inspectAllOf(['a'])).rejects.toMatchObject({ code: 'inspection.workers-not-started' });
    await expect(inspectAllOf(['b'])).rejects.toMatchObject({ code: 'inspection.workers-not-started' });
  });
});

describe('a large file', () => {
  const large = 5 * 1024 * 1024;

  it('has its digests and its facts looked for by themselves, and fails once if one of them does', async () => {
    faulty();
    const names = ['a', 'exit', 'b'];
    expect(await codesOf(names, large)).toEqual(['done', 'file.worker-died', 'done']);
    expect(log().toSorted()).toEqual(['a', 'a', 'b', 'b', 'exit', 'exit']);
  });

  it('is read by one worker where there is but one', async () => {
    faulty({ workers: 1 });
    expect(await codesOf(['a', 'b'], large)).toEqual(['done', 'done']);
    expect(log()).toEqual(['a', 'b']);
  });
});

describe('the worker of the program', () => {
  let workerFile: string;

  beforeAll(async () => {
    workerFile = join(folder, 'worker.mjs');
    await build({
      entryPoints: [packagePath('src', 'inspection', 'worker.ts')],
      outfile: workerFile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
  });

  it('inspects files as the parent would, in several threads', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `scan-${index}.tif`);
    for (const [index, name] of names.entries()) writeFileSync(join(folder, name), buildTiff(pagesOf(index + 1)).bytes);
    inspector = createInspector({ workerFile, workers: 2 });
    const files = [...names.map((name) => join(folder, name)), folder, join(folder, 'absent')];
    const inspections = await Promise.all(files.map((file) => inspector.inspect({ file, digests: ['sha1'] })));
    expect(inspections).toEqual(files.map((file) => inspectFile(file, ['sha1'])));
    expect(inspections[39]?.facts?.pages).toBe(40);
  });

  it('puts the halves of large files together, in any number', async () => {
    const { bytes } = buildTiff(pagesOf(3));
    const names = Array.from({ length: 80 }, (_, index) => `large-${index}.tif`);
    for (const [index, name] of names.entries()) {
      writeFileSync(join(folder, name), bytes);
      truncateSync(join(folder, name), 5_000_000 + index);
    }
    inspector = createInspector({ workerFile, workers: 2 });
    const files = names.map((name) => join(folder, name));
    const inspections = await Promise.all(files.map((file) => inspector.inspect({ file, digests: ['md5'] })));
    expect(inspections[79]?.facts).toMatchObject({ pages: 3, size: 5_000_079 });
    expect(inspections.slice(0, 3)).toEqual(files.slice(0, 3).map((file) => inspectFile(file, ['md5'])));
    expect(inspections.every(({ facts }) => facts?.pages === 3 && facts.digests.md5)).toBe(true);
  });

  it('leaves out the details where they are not asked for, and nothing else', async () => {
    const file = join(folder, 'thin.tif');
    writeFileSync(file, buildTiff(pagesOf(3)).bytes);
    inspector = createInspector({ workerFile, workers: 1 });
    const whole = inspectFile(file, []);
    expect(whole.facts?.details).not.toEqual({});
    expect(await inspector.inspect({ file, digests: [], details: false })).toEqual({
      ...whole,
      facts: { ...whole.facts, details: {} },
    });
  });
});

import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InspectionJob } from '../../../src/inspection/job.ts';
import { openJournal } from '../../../src/inspection/journal/journal.ts';
import { resumable } from '../../../src/inspection/journal/resumable.ts';
import { inspectFile } from '../../../src/inspection/read-file.ts';
import { tablePdf } from '../../support/sample-pdfs.ts';

const startedAt = '2021-05-01T08:00:00.000Z';
const key = 'a'.repeat(64);
const content = tablePdf(3);

let folder: string;
let file: string;
let cache: string;
let job: InspectionJob;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-resumable-'));
  cache = join(folder, 'cache');
  file = join(folder, 'Müller, Erika.pdf');
  job = { file, digests: ['md5'] };
  writeFileSync(file, content);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One run of a check over some files, which is then interrupted. */
async function run(jobs: readonly InspectionJob[] = [job], clock = () => Date.now() + 60_000) {
  const journal = openJournal(cache, key, { fresh: false, startedAt });
  if (!journal) throw new Error('no journal');
  const read: string[] = [];
  const inspect = async ({ file, digests, part }: InspectionJob) => {
    read.push(basename(file));
    return inspectFile(file, digests, part);
  };
  const inspector = resumable({ inspect }, journal, clock);
  const inspections = await Promise.all(jobs.map((one) => inspector.inspect(one)));
  const { resumed } = inspector;
  journal.close();
  return { inspections, read, resumed };
}

test('a file that is unchanged since the interruption is not read again, and that is told', async () => {
  const first = await run();
  const second = await run();
  expect([first.read, first.resumed]).toEqual([[basename(file)], null]);
  expect([second.read, second.resumed]).toEqual([[], { files: 1, bytes: content.length, startedAt }]);
  expect(second.inspections).toEqual(first.inspections);
});

test('the journal holds no names of files', async () => {
  await run();
  const journal = readFileSync(join(cache, `${key}.journal`), 'utf8');
  expect(journal).toContain('"format":"pdf"');
  expect(journal).not.toMatch(/Erika|Müller|scanlot-resumable/);
});

describe('a file is read again', () => {
  const { atimeMs, mtimeMs } = { atimeMs: 0, mtimeMs: 0 };
  test.each<[string, () => void]>([
    ['that grew', () => appendFileSync(file, '\n')],
    ['whose content was written again', () => writeFileSync(file, content)],
    ['that was touched', () => utimesSync(file, atimeMs, mtimeMs)],
    ['whose rights changed', () => chmodSync(file, 0o600)],
    ['that was replaced by one of the same size and time', () => replaceUnnoticeably()],
    ['whose content was changed and its time set back', () => changeAndSetBack()],
  ])('%s', async (_name, change) => {
    utimesSync(file, 1_600_000_000, 1_600_000_000);
    await run();
    // A clock that counts in ticks of some milliseconds must have moved on.
    await new Promise((resolve) => setTimeout(resolve, 30));
    change();
    const { read, inspections, resumed } = await run();
    expect([read, resumed]).toEqual([[basename(file)], null]);
    expect(inspections).toEqual([inspectFile(file, ['md5'])]);
  });

  function replaceUnnoticeably(): void {
    const { atime, mtime } = statSync(file);
    copyFileSync(file, `${file}.new`);
    utimesSync(`${file}.new`, atime, mtime);
    renameSync(`${file}.new`, file);
  }

  function changeAndSetBack(): void {
    const { atime, mtime } = statSync(file);
    writeFileSync(file, Buffer.concat([content.subarray(0, -1), Buffer.from(' ')]));
    utimesSync(file, atime, mtime);
  }

  test.each<[string, Partial<InspectionJob>]>([
    ['of which other digests are asked for', { digests: ['sha512'] }],
    ['of which more is asked for', { details: false }],
    ['of which a part is asked for', { part: { offset: 0, length: 4, compression: 'stored', size: 4, crc32: 1 } }],
  ])('%s', async (_name, change) => {
    await run();
    expect((await run([{ ...job, ...change }])).read).toEqual([basename(file)]);
  });

  test('that was written only just before it was read for the first time', async () => {
    await run([job], Date.now);
    expect((await run()).read).toEqual([basename(file)]);
  });

  test('that could not be read, or is not there', async () => {
    const missing = { ...job, file: join(folder, 'missing.pdf') };
    const place = { ...job, file: folder };
    await run([missing, place]);
    const { read, inspections } = await run([missing, place]);
    expect(read).toHaveLength(2);
    expect(inspections.map(({ facts }) => facts)).toEqual([null, null]);
  });
});

test('thousands of files that come from the journal leave the program its turns', async () => {
  const jobs = Array.from({ length: 3000 }, (_, offset) => ({
    ...job,
    part: { offset, length: 0, compression: 'stored', size: 0, crc32: 0 } as const,
  }));
  await run(jobs);
  let turns = 0;
  const counter = setInterval(() => (turns += 1), 1);
  const { resumed } = await run(jobs);
  clearInterval(counter);
  expect(resumed).toMatchObject({ files: 3000, bytes: 0 });
  expect(turns).toBeGreaterThan(0);
});

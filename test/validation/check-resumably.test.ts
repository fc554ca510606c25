import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LoadedProfile } from '../../src/delivery/profile.ts';
import { withInspector } from '../../src/inspection/pool.ts';
import type { Progress } from '../../src/shared/progress.ts';
import { checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { checkResumably, type ResumableOptions } from '../../src/validation/check-resumably.ts';
import { renderCheck, writeCheck } from '../../src/validation/outputs/forms.ts';
import { reportOn } from '../../src/validation/outputs/report.ts';
import { toResult } from '../../src/validation/result.ts';
import { type Files, header, sumsOf, testProfile } from '../support/delivery.ts';
import { bytesOf, zipOf } from '../support/package-forms.ts';
import { runCli } from '../support/run-cli.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const documents = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [`scans/${index + 10}.pdf`, tablePdf((index % 4) + 1)]),
);
const rows = Object.keys(documents).map((path, index) => `${path};32.1-${index};${(index % 4) + 1};;;`);
/** One document is not as declared: what is taken over must tell so, too. */
const files: Files = {
  'index.csv': `${[header, ...rows].join('\r\n').replace('32.1-3;4', '32.1-3;5')}\r\n`,
  SHA256SUMS: sumsOf(documents),
  ...documents,
};
const bytes = Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
const count = Object.keys(files).length;
const profile = testProfile({ pages: { declaredEqualsCounted: true } });

let top: string;
let journals: string;
const names = ['partly', 'changed', 'fresh', 'other', 'command'];
beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'scanlot-resume-'));
  journals = join(top, 'cache', 'checks');
  for (const name of names) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(top, name, path)), { recursive: true });
      writeFileSync(join(top, name, path), content);
    }
  }
  writeFileSync(join(top, 'one.zip'), zipOf(bytesOf(files)));
  // Files that were written just now are not noted.
  await sleep(2600);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));
afterEach(() => rmSync(join(top, 'cache'), { recursive: true, force: true }));

/** Interrupts a check when so many files are inspected; without a number, when all of them are. */
async function interrupt(location: string, after = Number.POSITIVE_INFINITY): Promise<void> {
  const controller = new AbortController();
  const progress: Progress = {
    start: () => {
      let done = 0;
      const advance = () => (done += 1) === after && controller.abort();
      return { advance, finish: () => controller.abort() };
    },
  };
  const options = { journals, fresh: false, progress, signal: controller.signal };
  await expect(resumably(location, profile, options)).rejects.toThrow('aborted');
}

const resumably = (location: string, profile: LoadedProfile | null, options: Omit<ResumableOptions, 'inspector'>) =>
  withInspector((inspector) => checkResumably(location, profile, { ...options, inspector }));
const goOn = (location: string, fresh = false) => resumably(location, profile, { journals, fresh });

/** What must not depend on whether a check was interrupted. */
function withoutTimes(check: PackageCheck) {
  const { startedAt, finishedAt, resumed, ...rest } = toResult(check, 'en');
  return rest;
}

/** The journals that are there. */
const left = () => (existsSync(journals) ? readdirSync(journals) : []);

test('a check goes on where it was interrupted, says so, and finds the same as one that was not', async () => {
  const location = join(top, 'partly');
  await interrupt(location, 10);
  expect(left()).toHaveLength(1);
  const check = await goOn(location);
  expect(check.resumed?.files).toBeGreaterThanOrEqual(10);
  expect(check.findings.map(({ code }) => code)).toEqual(['pages.count-differs']);
  expect(withoutTimes(check)).toEqual(withoutTimes(await checkPackage(location, profile)));
  expect(left()).toEqual([]);
  expect((await goOn(location)).resumed).toBeNull();
  expect(left()).toEqual([]);
});

test('the same with a zip file, as long as it is the same zip file', async () => {
  const location = join(top, 'one.zip');
  await interrupt(location);
  const check = await goOn(location);
  expect(check.resumed).toMatchObject({ files: count, bytes });
  expect(withoutTimes(check)).toEqual(withoutTimes(await checkPackage(location, profile)));
  await interrupt(location);
  copyFileSync(location, `${location}.new`);
  renameSync(`${location}.new`, location);
  expect((await goOn(location)).resumed).toBeNull();
});

test('files that were changed, touched, replaced or added since are read', async () => {
  const location = join(top, 'changed');
  await interrupt(location);
  appendFileSync(join(location, 'scans/10.pdf'), 'x');
  utimesSync(join(location, 'scans/11.pdf'), 1, 1);
  writeFileSync(join(location, 'scans/12.new'), 'no PDF');
  renameSync(join(location, 'scans/12.new'), join(location, 'scans/12.pdf'));
  writeFileSync(join(location, 'scans/99.pdf'), tablePdf(1));
  const check = await goOn(location);
  expect(check.resumed?.files).toBe(count - 3);
  const paths = new Set(check.findings.map(({ path }) => path));
  expect([...paths].sort()).toEqual(['scans/10.pdf', 'scans/12.pdf', 'scans/13.pdf', 'scans/99.pdf']);
  expect(withoutTimes(check)).toEqual(withoutTimes(await checkPackage(location, profile)));
});

test('a fresh check reads everything, also if it is interrupted itself', async () => {
  const location = join(top, 'fresh');
  await interrupt(location);
  expect((await goOn(location, true)).resumed).toBeNull();
  expect(left()).toEqual([]);
});

test('another profile, another form or another package is another check', async () => {
  const location = join(top, 'other');
  await interrupt(location);
  const options = { journals, fresh: false };
  const others = [
    await resumably(location, null, options),
    await resumably(location, testProfile({ version: '2', pages: { declaredEqualsCounted: true } }), options),
    await resumably(location, profile, { ...options, form: 'folder' }),
    await goOn(join(top, 'fresh')),
  ];
  expect(others.map(({ resumed }) => resumed)).toEqual([null, null, null, null]);
  expect((await goOn(location)).resumed?.files).toBe(count);
});

describe('a check without a journal is none the worse', () => {
  const check = (folder?: string) => resumably(join(top, 'fresh'), profile, { journals: folder, fresh: false });

  test('where nobody names a folder for it', async () => {
    expect(await check()).toMatchObject({ verdict: 'fail', resumed: null });
  });

  test('where its folder cannot be made', async () => {
    writeFileSync(join(top, 'cache'), 'a file in place of the folder');
    expect(await check(journals)).toMatchObject({ verdict: 'fail', resumed: null });
  });

  test.skipIf(process.platform === 'win32')('where others can write its folder', async () => {
    mkdirSync(journals, { recursive: true });
    chmodSync(journals, 0o777);
    await interrupt(join(top, 'fresh'));
    expect(left()).toEqual([]);
    expect(await check(journals)).toMatchObject({ verdict: 'fail', resumed: null });
  });

  test('where there is no package, none is begun', async () => {
    await expect(goOn(join(top, 'gone'))).rejects.toThrow();
    expect(left()).toEqual([]);
  });
});

test('every form of the result that people read says what was not read again', async () => {
  const location = join(top, 'command');
  writeFileSync(join(top, 'profile.json'), JSON.stringify(profile.source));
  await interrupt(location);
  const check = await goOn(location);
  const html = [...(await renderCheck(reportOn(check, 'de'), 'html'))].join('');
  expect(html).toContain('32 seither unveränderte Dateien');
  await writeCheck(reportOn(check, 'en'), 'xlsx', join(top, 'result.xlsx'));
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(join(top, 'result.xlsx'));
  expect(JSON.stringify(workbook.getWorksheet(1)?.getSheetValues())).toContain('32 files unchanged since');
});

test('the command takes --fresh and the folder of SCANLOT_CACHE', async () => {
  const location = join(top, 'command');
  writeFileSync(join(top, 'profile.json'), JSON.stringify(profile.source));
  const run = async (...more: string[]) => {
    const argv = ['check', 'command', '--profile', 'profile.json', '--lang', 'en', ...more];
    return (await runCli(argv, top, { SCANLOT_CACHE: join(top, 'cache') })).stdout;
  };
  await interrupt(location);
  expect(await run()).toContain('32 files unchanged since');
  await interrupt(location);
  expect(await run('--fresh')).not.toContain('unchanged since');
});

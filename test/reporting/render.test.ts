import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderReport, reportFormats, writeReport } from '../../src/reporting/render.ts';
import { packageRoot } from '../../src/shared/package.ts';
import { sampleReport } from './sample-report.ts';

describe('writing a report', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scanlot-report-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each(reportFormats)('as %s gives the rendered bytes as a whole file', async (format) => {
    const path = join(folder, `report.${format}`);
    await writeReport(path, sampleReport(), format, 'de');
    expect(Buffer.compare(await readFile(path), await renderReport(sampleReport(), format, 'de'))).toBe(0);
    expect(await readdir(folder)).toEqual([`report.${format}`]);
  });

  it('into a folder that does not exist says so', async () => {
    await expect(writeReport(join(folder, 'no', 'x.csv'), sampleReport(), 'csv', 'de')).rejects.toMatchObject({
      exitCode: 13,
    });
  });

  it('loads no library before a format needs it', async () => {
    const script = `
      await import('./src/reporting/render.ts');
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter((path) => /exceljs|pdf-lib|bwip/.test(path));
      console.log(JSON.stringify(loaded));`;
    const options = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: packageRoot });
    expect(JSON.parse(stdout)).toEqual([]);
  });
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVerapdf } from '../../../src/inspection/engines/verapdf.ts';

/**
 * A stand-in with veraPDF's command line: a file whose name holds "bad" violates a rule, "broken" cannot be parsed, and
 * at "crash" it dies without a report.
 */
const standIn = `
const files = process.argv.slice(2).filter((word) => word.endsWith('.pdf'));
if (process.argv.includes('--version')) { console.log('veraPDF 1.30.2'); process.exit(0); }
if (files.some((file) => file.includes('hang'))) { setInterval(() => {}, 1000); }
else if (files.some((file) => file.includes('crash'))) { console.error('java.lang.OutOfMemoryError: heap\\n at x'); process.exit(3); }
else {
  const rule = { clause: '6.2.11.4.1', testNumber: 1, failedChecks: 3, description: 'Fonts are embedded',
    checks: [{ context: 'root/document[0]/pages[6](1 0 obj PDPage)/x' }, { context: 'root/document[0]/pages[4](2 0 obj PDPage)' }] };
  const jobs = files.map((name) => ({ itemDetails: { name },
    ...(name.includes('broken') ? { taskException: { type: 'PARSE', exceptionMessage: 'no xref' } }
    : { validationResult: [{ compliant: !name.includes('bad'), profileName: 'PDF/A-2b validation profile', jobEndStatus: 'normal',
        details: { ruleSummaries: name.includes('bad') ? [rule] : [] } }] }) }));
  console.log(JSON.stringify({ report: { jobs } }));
}
`;

let folder: string;
let program: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-verapdf-'));
  program = join(folder, 'verapdf');
  writeFileSync(join(folder, 'stand-in.cjs'), standIn);
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'stand-in.cjs')}" "$@"\n`);
  chmodSync(program, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judge(names: readonly string[], floorMs?: number) {
  const engine = await createVerapdf(program, floorMs === undefined ? {} : { floorMs });
  const judged: Record<string, unknown> = {};
  const files = names.map((name) => ({ path: name, location: { file: join(folder, name) } }));
  for await (const { path, observations } of engine.judge(files)) judged[path] = observations;
  return judged;
}

describe.skipIf(process.platform === 'win32')('the engine veraPDF', () => {
  it('names itself, and wants PDFs that claim to be PDF/A', async () => {
    const engine = await createVerapdf(program);
    expect(engine.description).toBe('veraPDF 1.30.2');
    const facts = { pages: 1, observations: [], size: 1, digests: { sha256: '' } };
    const claim = { document: { pdfa: { part: 2, conformance: 'B' } } };
    expect(engine.wants({ ...facts, format: 'pdf', details: claim })).toBe(true);
    expect(engine.wants({ ...facts, format: 'pdf', details: { document: { pdfa: null } } })).toBe(false);
    expect(engine.wants({ ...facts, format: 'pdf', details: { document: null } })).toBe(false);
    expect(engine.wants({ ...facts, format: 'tiff', details: claim })).toBe(false);
  });

  it('tells rule, clause and first page of what is violated', async () => {
    expect(await judge(['a.pdf', 'bad.pdf', 'broken.pdf'])).toEqual({
      'a.pdf': [],
      'bad.pdf': [
        {
          code: 'pdfa.violation',
          page: 5,
          args: {
            flavour: 'PDF/A-2b',
            clause: '6.2.11.4.1',
            test: 1,
            occurrences: 3,
            description: 'Fonts are embedded',
          },
        },
      ],
      'broken.pdf': [{ code: 'pdfa.not-judged', args: { reason: 'no xref' } }],
    });
  });

  it('finds out which of many files it dies of, and judges the others', async () => {
    const names = ['1.pdf', '2.pdf', 'crash.pdf', '4 bad.pdf', '5.pdf'];
    expect(await judge(names)).toMatchObject({
      '1.pdf': [],
      '2.pdf': [],
      'crash.pdf': [{ code: 'pdfa.not-judged', args: { reason: 'java.lang.OutOfMemoryError: heap' } }],
      '4 bad.pdf': [{ code: 'pdfa.violation' }],
      '5.pdf': [],
    });
  });

  it('takes any number of files, some hundred at a time', async () => {
    const names = Array.from({ length: 1230 }, (_, index) => `${index}.pdf`);
    expect(Object.keys(await judge(names))).toEqual(names);
  });

  it('does not wait for ever', async () => {
    expect(await judge(['hang.pdf'], -19_000)).toEqual({
      'hang.pdf': [{ code: 'pdfa.not-judged', args: { reason: 'timeout' } }],
    });
  });

  it('says what to do when it is not there', async () => {
    await expect(createVerapdf(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'verapdf.missing',
      exitCode: 2,
    });
  });
});

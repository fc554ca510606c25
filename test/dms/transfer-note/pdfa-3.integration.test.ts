import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { embedNote } from '../../../src/dms/transfer-note/pdf/embed-note.ts';
import { memorySource } from '../../../src/inspection/byte-source.ts';
import type { EngineJudgement } from '../../../src/inspection/engines/engine.ts';
import { createVerapdf } from '../../../src/inspection/engines/verapdf.ts';
import { inspectPdf } from '../../../src/inspection/pdf/inspect-pdf.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { corpus } from '../../support/corpora.ts';
import { verapdfProgram } from '../../support/verapdf.ts';

let program: string;
let folder: string;
beforeAll(async () => {
  program = await verapdfProgram();
  folder = mkdtempSync(join(tmpdir(), 'scanlot-pdfa-3-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judge(paths: readonly string[]): Promise<ReadonlyMap<string, EngineJudgement>> {
  const engine = await createVerapdf(program);
  const judged = new Map<string, EngineJudgement>();
  for await (const one of engine.judge(paths.map((path) => ({ path, location: { file: path } })))) {
    judged.set(one.path, one);
  }
  return judged;
}

const scans = ['pdfa', 'scan-pdf', 'zugferd', 'pdf']
  .map(corpus)
  .filter((place) => place !== undefined)
  .flatMap((place) =>
    (readdirSync(place, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.pdf'))
      .map((name) => join(place, name)),
  );

/** Scans in the folder, by what they are copies of. */
function writeNoted(name: string, scan: Buffer, copies: Map<string, string>, original: string): void {
  const day = '2021-02-01' as CalendarDate;
  const note = { fileName: 'Transfervermerk.xml', description: 'für den Scan', xml: Buffer.from('<n/>'), day };
  const embedded = embedNote(memorySource(scan), note);
  if ('obstacle' in embedded) return;
  const copy = join(folder, name);
  writeFileSync(copy, Buffer.concat([scan, embedded.update]));
  expect(inspectPdf(memorySource(readFileSync(copy))).details.document?.pdfa?.part).toBe(3);
  copies.set(copy, original);
}

async function expectValid(copies: ReadonlyMap<string, string>, atLeast: number): Promise<void> {
  const before = await judge([...copies.values()]);
  const after = await judge([...copies.keys()]);
  const valid = [...copies].filter(([, path]) => before.get(path)?.observations.length === 0);
  expect(valid.length).toBeGreaterThan(atLeast);
  const spoilt = valid.filter(([copy]) => after.get(copy)?.observations.length !== 0);
  expect(spoilt.map(([copy, path]) => [path, after.get(copy)?.observations])).toEqual([]);
}

/** By what a document claims veraPDF chooses the part that it judges by: a copy of PDF/A-2 is judged as PDF/A-3. */
it.skipIf(scans.length === 0)(
  'makes PDF/A-3 of every valid PDF/A that it adds a note to, as veraPDF judges',
  async () => {
    const copies = new Map<string, string>();
    for (const [at, path] of scans.entries()) {
      const scan = readFileSync(path);
      if (!inspectPdf(memorySource(scan)).details.document?.pdfa) continue;
      writeNoted(`${at}.pdf`, scan, copies, path);
    }
    await expectValid(copies, 200);
  },
  600_000,
);

/** The corpus has no PDF/A-1; many of its PDF/A-2 are valid as such when one character of their metadata says so. */
it.skipIf(scans.length === 0)(
  'makes PDF/A-3 of every valid PDF/A-1',
  async () => {
    const copies = new Map<string, string>();
    for (const [at, path] of scans.entries()) {
      if (/-fail-/.test(path)) continue;
      const second = readFileSync(path, 'latin1');
      const first = second.replace(/(pdfaid:part(?:>|="))2/, (_, before: string) => `${before}1`);
      if (first === second) continue;
      const original = join(folder, `first-${at}.pdf`);
      writeFileSync(original, first, 'latin1');
      writeNoted(`noted-${at}.pdf`, Buffer.from(first, 'latin1'), copies, original);
    }
    await expectValid(copies, 100);
  },
  600_000,
);

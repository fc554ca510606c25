// Time of the PDF facts alone, in this thread and without hashing. Run: npx tsx bench/inspect.ts [FOLDER] [--bytes 600000000]
import { closeSync, fstatSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatePackage } from '../scripts/generators/package.ts';
import { fileSource } from '../src/inspection/file-source.ts';
import { inspectPdf } from '../src/inspection/pdf/inspect-pdf.ts';

const rounds = 5;

/** All PDFs below a folder. */
function pdfsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.pdf'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function inspect(file: string): number {
  const handle = openSync(file, 'r');
  try {
    return inspectPdf(fileSource(handle, fstatSync(handle).size)).pages ?? 0;
  } finally {
    closeSync(handle);
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { bytes: { type: 'string', default: '600000000' } },
});
const [given] = positionals;
const made = given === undefined ? mkdtempSync(join(tmpdir(), 'scanlot-bench-')) : undefined;
try {
  if (made) generatePackage(made, 'scans', Number(values.bytes));
  const files = pdfsIn(given ?? made ?? '.');
  for (let round = 1; round <= rounds; round += 1) {
    const [started, processor] = [performance.now(), process.cpuUsage()];
    const pages = files.reduce((sum, file) => sum + inspect(file), 0);
    const { user, system } = process.cpuUsage(processor);
    const wall = performance.now() - started;
    const spent = (user + system) / 1000;
    console.log(
      `round ${round}: ${files.length} files, ${pages} pages, ${wall.toFixed(0)} ms, ` +
        `processor ${spent.toFixed(0)} ms, ${((spent * 1000) / pages).toFixed(1)} µs a page`,
    );
  }
} finally {
  if (made) rmSync(made, { recursive: true, force: true });
}

// Measures the built product. Run: npm run bench -- [name…] [--size small|full]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLarge, checkScans, checkSmall, manifestRows } from './check.ts';
import { importCmis } from './cmis.ts';
import { checkCorpus } from './corpus.ts';
import { importSmall, importStore } from './import.ts';
import { ledger } from './ledger.ts';
import { type Bench, printResults, type Result } from './result.ts';
import { startUp } from './start-up.ts';
import { checkZip } from './zip.ts';

const benches: readonly Bench[] = [
  startUp,
  ledger,
  checkScans,
  checkZip,
  checkLarge,
  checkSmall,
  checkCorpus,
  manifestRows,
  importStore,
  importSmall,
  importCmis,
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string', default: 'full' } },
});
const { size } = values;
const chosen = positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name));
if ((size !== 'small' && size !== 'full') || chosen.length < positionals.length) {
  console.error('usage: npm run bench -- [name…] [--size small|full]');
  for (const { name, about } of benches) console.error(`  ${name.padEnd(14)} ${about}`);
  process.exit(2);
}

console.log(`node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), size ${size}`);
const all: Result[] = [];
for (const bench of chosen) {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-bench-'));
  try {
    const results = await bench.run({ folder, size });
    console.log(`\n${bench.name}: ${bench.about} (load ${loadavg()[0]?.toFixed(1)})`);
    printResults(results);
    all.push(...results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
// Limits are about the full size.
if (size === 'full' && all.some(({ holds }) => holds === false)) process.exitCode = 1;

import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashers, warmUp } from './hashing.ts';
import { measure, measureInTurn, type Program, scanlot } from './measure.ts';
import { type Bench, compare, known, type Result, withinMemory } from './result.ts';

const check: Program = { name: 'check', line: scanlot('check . --json'), exitCodes: [0, 1] };
const bagit: Program = { name: 'bagit.py', line: 'bagit.py --quiet --validate --processes 2 .' };
/** 3: it had warnings. */
const qpdf: Program = {
  name: 'qpdf -P2',
  line: "find data -name '*.pdf' -print0 | xargs -0 -P2 -n1 sh -c 'qpdf --json \"$0\" || [ $? -eq 3 ]'",
};

/** PDFs that lie somewhere (SCANLOT_BENCH_PDFS), as a bag, against what is done without scanlot. */
export const checkCorpus: Bench = {
  name: 'check-corpus',
  about: 'check of the PDFs in SCANLOT_BENCH_PDFS against hashing them, and against bagit.py with qpdf',
  run: async ({ folder }) => {
    const pdfs = process.env.SCANLOT_BENCH_PDFS;
    if (!pdfs) return [{ what: 'skipped: SCANLOT_BENCH_PDFS names no folder of PDFs' }];
    const bag = join(folder, 'bag');
    makeBag(pdfs, bag);
    measure(warmUp, bag);
    const others = [bagit, qpdf].filter(({ line, name }) => isInstalled(line, name));
    const best = await measureInTurn([...hashers(), ...others, check], bag, 3);
    const whole = known(best, 'check').measured;
    return [
      compare('check of the corpus', whole, known(best, 'openssl -P2'), 1.25),
      compare('check of the corpus', whole, known(best, 'sha256sum -P2'), 0.33),
      ...(others.length === 2 ? [againstToday(best, whole)] : [{ what: 'skipped: bagit.py or qpdf is not installed' }]),
      withinMemory('check of the corpus', whole),
    ];
  },
};

/** What a careful user runs today: the bag's checksums, then the structure of each PDF. */
function againstToday(best: Parameters<typeof known>[0], whole: Parameters<typeof compare>[1]): Result {
  const [bags, pdfs] = [known(best, bagit.name).measured, known(best, qpdf.name).measured];
  const both = { seconds: bags.seconds + pdfs.seconds, cpuSeconds: bags.cpuSeconds + pdfs.cpuSeconds };
  return compare('check of the corpus', whole, { name: 'bagit.py + qpdf', measured: both }, 0.7);
}

function isInstalled(line: string, name: string): boolean {
  const program = name === bagit.name ? name : (line.match(/qpdf/)?.[0] ?? name);
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** A bag of the files, which are linked: the folder must be on the same disk as the temporary one. */
function makeBag(pdfs: string, bag: string): void {
  mkdirSync(join(bag, 'data'), { recursive: true });
  const found = readdirSync(pdfs, { recursive: true, withFileTypes: true });
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name.endsWith('.pdf')) linkSync(path, join(bag, 'data', basename(path)));
  }
  writeFileSync(join(bag, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  const sums = spawnSync('sh', ['-c', 'sha256sum data/*'], { cwd: bag, maxBuffer: 64 * 1024 * 1024 });
  writeFileSync(join(bag, 'manifest-sha256.txt'), sums.stdout);
}

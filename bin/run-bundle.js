const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

/**
 * By how much, in percent, the JavaScript heap may grow between two collections of all of it, worker threads included. V8 by
 * itself lets a heap of 50 MB become 200, most of it garbage, where memory is plenty. At 50 percent the check of 200,000
 * files takes 120 MB less and no more processor time that could be measured.
 */
const heapGrowthPercent = 50;

/**
 * Runs a bundle (scripts/build.mjs): one script, which yields a function. Code that the engine kept of an earlier run lies
 * beside it; an engine of another version, or with other flags, does without it.
 * @returns the script, and what keeps its code for the next run (scripts/keep-code.mjs)
 */
exports.runBundle = (file) => {
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
  const source = readFileSync(file);
  const options = { filename: file, cachedData: keptCode(file, source) };
  const script = new Script(source.latin1Slice(), options);
  script.runInThisContext()(createRequire(file), file);
  return { script, keep: () => keepCode(file, source, script.createCachedData()) };
};

/** Checksums of source and code stand before the code: the engine itself looks at neither, and a wrong byte would end it. */
function keptCode(file, source) {
  try {
    const kept = readFileSync(`${file}.code`);
    const code = kept.subarray(checksumsSize);
    return kept.subarray(0, checksumsSize).equals(checksums(source, code)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function keepCode(file, source, code) {
  const fresh = `${file}.code.${process.pid}`;
  writeFileSync(fresh, Buffer.concat([checksums(source, code), code]));
  renameSync(fresh, `${file}.code`);
}

const checksumsSize = 8;

function checksums(source, code) {
  return Buffer.from(Uint32Array.of(crc32(source), crc32(code)).buffer);
}

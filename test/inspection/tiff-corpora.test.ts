import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { detectFormat } from '../../src/inspection/format.ts';
import { inspectTiff, type TiffDetails } from '../../src/inspection/tiff/inspect-tiff.ts';
import { corpus } from '../support/corpora.ts';

/** Observations that say nothing against the count or the bytes. */
const harmless = new Set(['tiff.resolution-missing']);

function filesBelow(folder: string | undefined): string[] {
  if (!folder) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const scans = filesBelow(corpus('scan-images')).filter((file) => file.endsWith('.tif'));
const images = filesBelow(corpus('tiff/images'));
const libtiff = filesBelow(corpus('tiff/libtiffpic'));
const fuzzed = filesBelow(corpus('tiff/fuzz_images'));

const inspect = (file: string) => inspectTiff(memorySource(readFileSync(file)));

describe.skipIf(scans.length === 0)('sound TIFFs of the public corpora', () => {
  // tiffinfo (libtiff 4.5.0) lists exactly one directory in every one of them.
  it.each([...scans, ...images, ...libtiff])('have one page as tiffinfo says, and no damage: %s', (file) => {
    const { pages, observations, details } = inspect(file);
    expect(pages).toBe(1);
    expect((details as TiffDetails).directories).toBe(1);
    expect(observations.filter(({ code }) => !harmless.has(code))).toEqual([]);
  });

  it.each([
    ['phototest.tif', { width: 640, height: 480, bits: [1], compression: 'none', dpi: [200, 200] }],
    ['8071_093.3B.tif', { width: 3312, height: 2550, compression: 'ccitt-g4', dpi: [300, 300] }],
    ['feyn.tif', { width: 2528, height: 3300, photometric: 'white-is-zero', dpi: [300, 300] }],
  ])('are described as tiffinfo does: %s', (name, expected) => {
    const file = scans.find((scan) => scan.endsWith(name));
    expect((inspect(file!).details as TiffDetails).pages[0]).toMatchObject(expected);
  });
});

describe.skipIf(fuzzed.length === 0)('TIFFs broken by a fuzzer', () => {
  it.each(fuzzed)('are never passed in silence: %s', (file) => {
    const bytes = readFileSync(file);
    expect(detectFormat(bytes)).toBe('tiff');
    const { observations } = inspect(file);
    expect(observations.filter(({ code }) => !harmless.has(code))).not.toEqual([]);
  });
});

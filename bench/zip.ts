import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import archiver from 'archiver';
import { generatePackage, profileFile } from '../scripts/generators/package.ts';
import { warmUp } from './hashing.ts';
import { measure, measureInTurn, type Program, scanlot } from './measure.ts';
import { type Bench, compare, known, withinMemory } from './result.ts';

const check = (name: string, path: string): Program => ({
  name,
  line: scanlot(`check ${path} --profile ${profileFile} --json`),
  exitCodes: [0, 1],
});

/** The same package as a folder and in a zip file that stores it uncompressed. */
export const checkZip: Bench = {
  name: 'check-zip',
  about: 'check from a zip file (stored) against the same package as a folder',
  run: async ({ folder, size }) => {
    const [unpacked, packed] = [join(folder, 'package'), join(folder, 'package.zip')];
    generatePackage(unpacked, 'scans', size === 'full' ? 1e9 : 1e8);
    const archive = archiver('zip', { store: true });
    archive.directory(unpacked, false);
    await Promise.all([pipeline(archive, createWriteStream(packed)), archive.finalize()]);
    measure(warmUp, folder);
    const best = await measureInTurn([check('folder', unpacked), check('zip', packed)], folder, 3);
    const fromZip = known(best, 'zip').measured;
    return [
      compare('check of a zip file', fromZip, known(best, 'folder'), 1.3),
      withinMemory('check of a zip', fromZip),
    ];
  },
};

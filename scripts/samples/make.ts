import { join } from 'node:path';
import { brokenPackages } from './broken/index.ts';
import { writeCounty } from './county.ts';
import { put } from './package.ts';
import { renderReadme } from './readme.ts';
import { validPackages } from './valid.ts';
import { writeCommonProfile, writeSample } from './write-sample.ts';

/** Writes everything below samples/ into an empty or missing folder; the same bytes every time. */
export async function makeSamples(folder: string): Promise<void> {
  writeCounty(join(folder, 'county'));
  writeCommonProfile(folder);
  for (const [name, sample] of validPackages()) await writeSample(join(folder, 'valid', name), sample);
  for (const [code, sample] of brokenPackages()) {
    if (sample.portable) await writeSample(join(folder, 'broken', code), sample);
  }
  put(join(folder, 'README.md'), renderReadme());
  // Line ends and bytes of samples are part of them.
  put(join(folder, '.gitattributes'), '* -text\n');
}

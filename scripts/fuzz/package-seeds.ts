import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareProfile } from '../../src/delivery/profile.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { type CheckOptions, checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { bagOf } from '../samples/bag.ts';
import { craftEntries, craftZip } from '../samples/crafted-zip.ts';
import { sampleDelivery, sampleProfile } from '../samples/delivery.ts';
import type { FuzzedFormat } from './sound-files.ts';

const files = sampleDelivery();
const inspector: CheckOptions['inspector'] = {
  inspect: async ({ file, part, digests }) => inspectFile(file, digests, part),
};

const seeds = {
  'stored zip': craftZip(craftEntries(files)),
  'zip with descriptors': craftZip(craftEntries(files, { compression: 'deflate', descriptor: 'signed' })),
  zip64: craftZip(craftEntries(files, { zip64: true, descriptor: 'bare' }), { zip64: true }),
  'bag in a zip': craftZip(craftEntries(bagOf(files))),
  'bag of two algorithms': craftZip(
    craftEntries(bagOf(files, { algorithms: ['sha256', 'md5'] }), { compression: 'deflate' }),
  ),
};

async function check(bytes: Buffer): Promise<PackageCheck> {
  const profile = prepareProfile(sampleProfile);
  if (Array.isArray(profile)) throw new Error('the sample profile is not fit for use');
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-fuzz-zip-'));
  try {
    writeFileSync(join(folder, 'lieferung.zip'), bytes);
    return await checkPackage(join(folder, 'lieferung.zip'), profile, { inspector });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Zip files, some of them bags: whatever is done to them, they fail or hold exactly what was packed. */
export const packageFormats: Readonly<Record<string, FuzzedFormat>> = {
  zip: {
    seeds: () => Object.entries(seeds).map(([name, bytes]) => ({ name, bytes, pages: 8 })),
    words: [
      'PK\x01\x02',
      'PK\x03\x04',
      'PK\x05\x06',
      'PK\x06\x06',
      'PK\x06\x07',
      'PK\x07\x08',
      'data/',
      'scans/',
      '.pdf',
    ],
    complaint: async (damaged) => {
      const { verdict, packageHash } = await check(damaged);
      if (verdict !== 'pass') return undefined;
      const sound = await check(seeds['stored zip']);
      return packageHash === sound.packageHash ? undefined : 'passes with other content than was packed';
    },
  },
};

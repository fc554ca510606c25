import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeliveryFiles, sampleProfile, writeDelivery } from '../../scripts/samples/delivery.ts';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../src/delivery/profile.ts';
import type { Inspector } from '../../src/inspection/pool.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { type CheckOptions, checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';

/** Runs with a folder of its own, which is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-package-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Inspects in this thread: the pool has tests of its own. */
export const directInspector: Pick<Inspector, 'inspect'> = {
  inspect: async ({ file, digests }) => inspectFile(file, digests),
};

/** The profile, fit for use. */
export function prepared(profile: DeliveryProfile = sampleProfile): LoadedProfile {
  const loaded = prepareProfile(profile);
  if (Array.isArray(loaded))
    throw new Error(loaded.map(({ steps, words }) => `${steps.join('.')}: ${words.en}`).join('\n'));
  return loaded;
}

/** Writes the package into a folder of its own and checks it. */
export function checkFiles(
  files: DeliveryFiles,
  profile: DeliveryProfile = sampleProfile,
  options: CheckOptions & { readonly prepare?: (folder: string) => Promise<void> | void } = {},
): Promise<PackageCheck> {
  return withFolder(async (folder) => {
    await writeDelivery(folder, files);
    await options.prepare?.(folder);
    return checkPackage(folder, prepared(profile), { inspector: directInspector, ...options });
  });
}

/** Every code in a result, each once, sorted. */
export function codesOf({ findings }: PackageCheck): string[] {
  return [...new Set(findings.map(({ code }) => code))].sort();
}

import { join } from 'node:path';
import type { BrokenPackage } from './broken/recipe.ts';
import { sampleProfile, writeDelivery } from './delivery.ts';
import { type Expected, verdictOf } from './expected.ts';
import { put } from './package.ts';

const deliveryFolder = 'delivery';
const profileFile = 'profile.json';

/** A package, and what is expected of it. */
export type Sample = Omit<BrokenPackage, 'portable'>;

/** The profile that most samples follow, into the folder of all of them. */
export function writeCommonProfile(folder: string): void {
  put(join(folder, profileFile), renderProfile(sampleProfile, 1));
}

/**
 * Writes a sample: its delivery, its profile where it is not the common one, and expected.json.
 * @param folder two levels below the common profile: broken/<code>, valid/<name>
 */
export async function writeSample(folder: string, sample: Sample): Promise<Expected> {
  const { files, target = '', profile, beside = new Map(), codes } = sample;
  await writeDelivery(join(folder, deliveryFolder), files);
  await writeDelivery(folder, beside);
  const isCommon = profile === sampleProfile;
  if (profile && !isCommon) put(join(folder, profileFile), renderProfile(profile, 3));
  const verdict = sample.verdict ?? verdictOf(codes, profile);
  const expected: Expected = {
    package: [deliveryFolder, target].filter((part) => part !== '').join('/'),
    profile: profile && (isCommon ? `../../${profileFile}` : profileFile),
    verdict,
    exitCode: verdict === 'pass' ? 0 : 1,
    codes,
  };
  put(join(folder, 'expected.json'), json(expected));
  return expected;
}

/** @param depth folders between the profile and the root of the repository */
function renderProfile(profile: object, depth: number): string {
  return json({ $schema: `${'../'.repeat(depth)}schemas/delivery-profile-1.schema.json`, ...profile });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

import type { StatedDigest } from '../delivery/checksum-file.ts';
import { isJunk } from '../delivery/names.ts';
import type { PackageForm } from '../delivery/package-reader.ts';
import { type LoadedProfile, prepareProfile } from '../delivery/profile.ts';
import { createFinding, type Finding, placeObservation } from '../findings/finding.ts';
import { digestAlgorithms, fileFormats } from '../inspection/facts.ts';
import { absentJunk, payloadOxum, unfetchedFiles, unlistedPayload } from './checks/bag.ts';
import { digestCoverage, digestsWithoutFile, repeatedDigests, wrongDigests } from './checks/checksums.ts';
import { engineJudgements } from './checks/files.ts';
import { collidingNames, names } from './checks/names.ts';
import { changesDuringCheck, emptyPackage, nestedArchives, remnants, unusableEntries } from './checks/package.ts';
import type { Check, CheckContext } from './context.ts';

const algorithms = [...digestAlgorithms, 'blake2b'].join(',');

/** Files that are checksum files by their usual names, where no profile says which are. */
const checksumFiles = [
  `**/{${algorithms}}{sum,sums}`,
  `**/{${algorithms}}{sum,sums}.txt`,
  `**/*.{${algorithms}}`,
  '**/b2{sum,sums}{,.txt}',
  '**/{hashdeep,md5deep}*.txt',
  '**/{checksum,checksums,pruefsummen,prüfsummen}.{txt,csv}',
  `**/*_{${algorithms}}{sum,sums}.txt`,
  `**/*-{${algorithms}}{sum,sums}.txt`,
  `**/*_{${algorithms}}.txt`,
  `**/*-{${algorithms}}.txt`,
  `**/*.{${algorithms}}.txt`,
  `**/*mets*.xml`,
];

/**
 * What stands in for a delivery profile where none is given: no rules but that every file has a checksum that holds. In
 * a bag, the bag's manifests are the checksums, and whatever lies in its payload is payload.
 */
export function integrityProfile(form: PackageForm): LoadedProfile {
  const profile = prepareProfile({
    profile: 'none',
    version: '1',
    title: 'Ohne Lieferprofil: nur Unversehrtheit / No delivery profile: integrity only',
    layout: { checksums: form === 'bagit' ? [] : checksumFiles, files: ['**'] },
    files: { formats: fileFormats },
    checksums: { required: true },
  });
  if (!Array.isArray(profile)) return profile;
  throw new Error(profile.map(({ words }) => words.en).join('; '));
}

/** In a bag, what its manifests vouch for is payload, even what systems leave behind. */
export function withListedJunk(profile: LoadedProfile, stated: Iterable<StatedDigest>): LoadedProfile {
  const listed = new Set<string>();
  for (const { path, present } of stated) if (present && isJunk(path)) listed.add(path);
  return { ...profile, roleOf: (path) => (listed.has(path) ? 'document' : profile.roleOf(path)) };
}

/** Files that could not be read; what is in those that could is nobody's concern without a profile. */
function* unreadFiles({ index, files }: CheckContext): Iterable<Finding> {
  for (const { path } of index.entries) {
    if (files.facts.has(path)) continue;
    for (const observation of files.observations.get(path) ?? []) yield placeObservation(observation, { path });
  }
}

function* noProfile({ form }: CheckContext): Iterable<Finding> {
  yield createFinding('package.no-profile', { path: '' }, { form });
}

/** The checks of a package without a delivery profile, in their order. */
export const integrityChecks: readonly Check[] = [
  noProfile,
  emptyPackage,
  unusableEntries,
  remnants,
  collidingNames,
  names,
  repeatedDigests,
  unfetchedFiles,
  digestsWithoutFile,
  unreadFiles,
  engineJudgements,
  changesDuringCheck,
  wrongDigests,
  unlistedPayload,
  absentJunk,
  payloadOxum,
  digestCoverage,
  nestedArchives,
];

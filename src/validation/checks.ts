import { absentJunk, payloadOxum, unfetchedFiles, unlistedPayload } from './checks/bag.ts';
import { digestCoverage, digestsWithoutFile, repeatedDigests, wrongDigests } from './checks/checksums.ts';
import { documentForms, engineJudgements, fileObservations } from './checks/files.ts';
import { absentFiles, absentManifest, duplicateRows, unlistedFiles } from './checks/manifests.ts';
import { collidingNames, names } from './checks/names.ts';
import {
  changesDuringCheck,
  emptyPackage,
  nestedArchives,
  remnants,
  unexpectedFiles,
  unusableEntries,
} from './checks/package.ts';
import { countablePages, declaredPages, sheetsAndPages } from './checks/pages.ts';
import { pickListDifferences } from './checks/pick-list.ts';
import { namedFields, rowValues } from './checks/rows.ts';
import { profileRules } from './checks/rules.ts';
import { technicalProfile } from './checks/technical.ts';
import type { Check } from './context.ts';

/**
 * All checks of a package, in the order in which they run. The order matters where one cause shows in several places:
 * a check asks `isBlamed` before it tells what an earlier one has told.
 */
export const checks: readonly Check[] = [
  emptyPackage,
  unusableEntries,
  remnants,
  unexpectedFiles,
  collidingNames,
  names,
  absentManifest,
  rowValues,
  duplicateRows,
  absentFiles,
  unlistedFiles,
  repeatedDigests,
  unfetchedFiles,
  digestsWithoutFile,
  fileObservations,
  engineJudgements,
  changesDuringCheck,
  wrongDigests,
  unlistedPayload,
  absentJunk,
  payloadOxum,
  digestCoverage,
  nestedArchives,
  documentForms,
  countablePages,
  declaredPages,
  sheetsAndPages,
  technicalProfile,
  namedFields,
  profileRules,
  pickListDifferences,
];

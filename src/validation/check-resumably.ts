import { hash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import type { LoadedProfile } from '../delivery/profile.ts';
import { openJournal } from '../inspection/journal/journal.ts';
import { resumable } from '../inspection/journal/resumable.ts';
import type { Inspector } from '../inspection/pool.ts';
import { packageVersion } from '../shared/package.ts';
import { type CheckOptions, checkPackage, type PackageCheck } from './check-package.ts';

export interface ResumableOptions extends CheckOptions {
  readonly inspector: Pick<Inspector, 'inspect'>;
  /** Where journals are kept; undefined: none is. */
  readonly journals: string | undefined;
  /** Reads everything, whatever an interrupted check has left. */
  readonly fresh: boolean;
}

/**
 * Checks a package, and goes on where the same check was interrupted: same package at the same place, same profile, same
 * version of the program, same machine. Facts of files that have not changed since are taken over, and the result says
 * how many; rules and other programs judge anew. Nothing is kept once a check is complete, whatever its verdict.
 * @throws as checkPackage does; never because of the journal
 */
export async function checkResumably(
  location: string | readonly string[],
  profile: LoadedProfile | null,
  { journals, fresh, ...options }: ResumableOptions,
): Promise<PackageCheck> {
  const now = options.now ?? (() => new Date());
  const key = keyOf(location, profile, options.form);
  const journal = journals && key && openJournal(journals, key, { fresh, startedAt: now().toISOString() });
  if (!journal) return checkPackage(location, profile, options);
  try {
    const inspector = resumable(options.inspector, journal);
    const check = await checkPackage(location, profile, { ...options, inspector });
    journal.remove();
    return check;
  } finally {
    journal.close();
  }
}

/** Names a check; undefined where there is no package. */
function keyOf(
  location: string | readonly string[],
  profile: LoadedProfile | null,
  form: CheckOptions['form'],
): string | undefined {
  try {
    const places = [location].flat().map((place) => realpathSync(place));
    // A home folder may be shared by machines, whose files and processes are not the same.
    const check = [hostname(), packageVersion(), profile?.hash ?? null, form ?? null, places];
    return hash('sha256', JSON.stringify(check));
  } catch {
    return undefined;
  }
}

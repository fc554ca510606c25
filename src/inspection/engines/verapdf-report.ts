import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';

/** The part of veraPDF's JSON report (1.24 and later) that is read here. */
interface Report {
  readonly report?: { readonly jobs?: readonly Job[] };
}
interface Job {
  readonly itemDetails?: { readonly name?: string };
  readonly validationResult?: readonly Validation[] | Validation;
  readonly taskException?: { readonly type?: string; readonly exceptionMessage?: string };
}
interface Validation {
  readonly compliant?: boolean;
  readonly profileName?: string;
  readonly jobEndStatus?: string;
  readonly details?: { readonly ruleSummaries?: readonly RuleSummary[] };
}
interface RuleSummary {
  readonly specification?: string;
  readonly clause?: string;
  readonly testNumber?: number;
  readonly failedChecks?: number;
  readonly description?: string;
  readonly checks?: readonly { readonly context?: string; readonly errorMessage?: string }[];
}

/**
 * What a report says, by the file's path as it was given to veraPDF.
 * @returns undefined when it is no report
 */
export function readVerapdfReport(json: string): ReadonlyMap<string, readonly Observation[]> | undefined {
  let document: Report;
  try {
    document = JSON.parse(json) as Report;
  } catch {
    return undefined;
  }
  const jobs = document?.report?.jobs;
  if (!Array.isArray(jobs)) return undefined;
  const judged = new Map<string, readonly Observation[]>();
  for (const job of jobs as readonly Job[]) {
    const name = job.itemDetails?.name;
    if (name !== undefined) judged.set(name, observationsOf(job));
  }
  return judged;
}

function observationsOf({ taskException, validationResult }: Job): readonly Observation[] {
  if (taskException) return [notJudged(taskException.exceptionMessage ?? taskException.type ?? '')];
  const results = validationResult === undefined ? [] : [validationResult].flat();
  // A run that ended for another reason than having checked everything proves nothing.
  const whole = results.length > 0 && results.every(({ jobEndStatus = 'normal' }) => jobEndStatus === 'normal');
  if (!whole) return [notJudged(results[0]?.jobEndStatus ?? 'no result')];
  return results.flatMap((result) => violations(result));
}

function violations({ compliant, profileName = 'PDF/A', details }: Validation): Observation[] {
  const flavour = profileName.replace(/ validation profile$/i, '');
  const rules = details?.ruleSummaries ?? [];
  if (compliant === true) return [];
  if (rules.length === 0) return [notJudged('no rules')];
  return rules.map((rule) => {
    const pages = (rule.checks ?? []).flatMap(({ context }) => pageOf(context));
    return observe(
      'pdfa.violation',
      {
        flavour,
        clause: rule.clause ?? '?',
        test: rule.testNumber ?? 0,
        occurrences: rule.failedChecks ?? 1,
        description: (rule.description ?? '').slice(0, 500),
      },
      pages.length > 0 ? Math.min(...pages) : undefined,
    );
  });
}

/** "root/document[0]/pages[3](…)/…" is page 4. */
function pageOf(context: string | undefined): number[] {
  const page = /\/pages\[(\d{1,7})\]/.exec(context ?? '')?.[1];
  return page === undefined ? [] : [Number(page) + 1];
}

export function notJudged(reason: string): Observation {
  return observe('pdfa.not-judged', { reason: reason.slice(0, 300) });
}

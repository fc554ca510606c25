import type { Findings } from '../../findings/findings.ts';
import type { Language } from '../../shared/language.ts';
import type { PackageCheck } from '../check-package.ts';
import { type FindingFilter, filterFindings } from '../finding-filter.ts';

/** A check as one output tells it. A filter chooses among the findings; verdict, counts and items are never filtered. */
export interface CheckReport {
  readonly check: PackageCheck;
  readonly language: Language;
  /** Those that the filter leaves. */
  readonly findings: Findings;
  readonly filter: FindingFilter | undefined;
}

export function reportOn(check: PackageCheck, language: Language, filter?: FindingFilter): CheckReport {
  return { check, language, filter, findings: filterFindings(check.findings, filter, check.items) };
}

import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import { catalogue } from '../../src/findings/catalogue.ts';
import type { Severity } from '../../src/findings/definition.ts';
import type { FindingCode } from '../../src/findings/finding.ts';

/** What the check of a sample must say: samples/…/expected.json. */
export interface Expected {
  readonly verdict: 'pass' | 'fail' | 'error';
  /** How `scanlot check` ends. */
  readonly exitCode: 0 | 1;
  /** Every code of the result once, in alphabetical order. */
  readonly codes: readonly FindingCode[];
  /** What is checked, seen from expected.json. */
  readonly package: string;
  /** The profile, seen from expected.json; null where the package is checked without one. */
  readonly profile: string | null;
}

/** The verdict that these codes give, by the catalogue's severities or, where it has others, the profile's. */
export function verdictOf(codes: readonly FindingCode[], profile: DeliveryProfile | null): Expected['verdict'] {
  const errors = codes.filter((code) => severityOf(code, profile) === 'error');
  if (errors.some((code) => catalogue[code].kind === 'defect')) return 'fail';
  return errors.length > 0 ? 'error' : 'pass';
}

function severityOf(code: FindingCode, profile: DeliveryProfile | null): Severity {
  const agreed = profile?.severity?.[code];
  return (typeof agreed === 'object' ? agreed.severity : agreed) ?? catalogue[code].severity;
}

import { dirname, resolve } from 'node:path';
import type { LoadedProfile } from '../delivery/profile.ts';
import type { Findings } from '../findings/findings.ts';
import { createInspector } from '../inspection/pool.ts';
import type { CheckOptions } from './check-package.ts';
import { checkPackage } from './check-package.ts';
import type { Verdict } from './verdict.ts';

/** How one example of a profile turned out. */
export interface ExampleResult {
  /** As the profile writes it. */
  readonly path: string;
  readonly expected: 'pass' | 'fail';
  /** Whether the package does what the profile says of it. */
  readonly holds: boolean;
  readonly verdict: Verdict;
  /** Codes and rules that were told, each once; notes included. */
  readonly codes: readonly string[];
  readonly rules: readonly string[];
  /** Codes and rules that were expected and not told. */
  readonly missing: readonly string[];
}

/**
 * Checks the packages that a profile names as its examples.
 * @param location of the profile: the paths of the examples are relative to it
 * @throws UsageError when an example is not there
 */
export async function testExamples(
  location: string,
  profile: LoadedProfile,
  options: Omit<CheckOptions, 'inspector'> & { readonly inspector?: CheckOptions['inspector'] } = {},
): Promise<ExampleResult[]> {
  const { pass = [], fail = [] } = profile.source.examples ?? {};
  if (pass.length + fail.length === 0) return [];
  const own = options.inspector ? undefined : createInspector();
  const inspector = options.inspector ?? own;
  const check = (path: string) =>
    checkPackage(resolve(dirname(location), path), profile, { ...options, ...(inspector ? { inspector } : {}) });
  try {
    const results: ExampleResult[] = [];
    for (const path of pass) {
      const { verdict, findings } = await check(path);
      results.push({ path, expected: 'pass', holds: verdict === 'pass', verdict, ...told(findings), missing: [] });
    }
    for (const { path, codes = [], rules = [] } of fail) {
      const { verdict, findings } = await check(path);
      const found = told(findings);
      const missing = [
        ...codes.filter((code) => !found.codes.includes(code)),
        ...rules.filter((rule) => !found.rules.includes(rule)),
      ];
      results.push({
        path,
        expected: 'fail',
        holds: verdict !== 'pass' && missing.length === 0,
        verdict,
        ...found,
        missing,
      });
    }
    return results;
  } finally {
    await own?.close();
  }
}

function told(findings: Findings): { codes: string[]; rules: string[] } {
  const rules = new Set<string>();
  for (const { args } of findings) if ('rule' in args && typeof args.rule === 'string') rules.add(args.rule);
  return { codes: [...new Set(findings.map(({ code }) => code))].sort(), rules: [...rules].sort() };
}

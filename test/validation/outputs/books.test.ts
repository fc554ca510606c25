import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { PackageCheck } from '../../../src/validation/check-package.ts';
import { renderCheck, textForms } from '../../../src/validation/outputs/forms.ts';
import { reportOn } from '../../../src/validation/outputs/report.ts';
import { faultyCheck, withItems } from './sample-report.ts';

let base: PackageCheck;
beforeAll(async () => {
  base = await faultyCheck();
});

const packages = fc
  .array(
    fc.record({
      name: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      state: fc.constantFrom('passed' as const, 'failed' as const, 'errored' as const),
    }),
    { maxLength: 12 },
  )
  .map((added) => withItems(base, added));

/** Where each form has its items and findings: how many of both. */
const counted: Record<string, (text: string) => { items: number; findings: number }> = {
  json: (text) => {
    const { items, findings } = JSON.parse(text);
    return { items: items.length, findings: findings.length };
  },
  jsonl: (text) => {
    const types = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    return {
      items: types.filter((type) => type === 'item').length,
      findings: types.filter((type) => type === 'finding').length,
    };
  },
  csv: (text) => {
    const records = (parse(text, { delimiter: ';', bom: true }) as string[][]).map(([record]) => record);
    return {
      items: records.filter((record) => record === 'Position').length,
      findings: records.filter((record) => record === 'Befund').length,
    };
  },
  html: (text) => {
    const rows = (name: string) =>
      [...text.matchAll(new RegExp(`data-rows="${name}">(.*)</script>`, 'g'))].flatMap(([, json]) =>
        JSON.parse(json ?? ''),
      ).length;
    return { items: rows('items'), findings: rows('findings') };
  },
  junit: (text) => ({
    items: text.slice(text.indexOf('<testsuite name="items"')).match(/<testcase /g)?.length ?? 0,
    // Each finding is one line of a failure, an error or a remark.
    findings: text.match(/(?:^|>)(?:Fehler|Warnung|Hinweis) [a-z0-9]+\.[a-z0-9-]+: /gm)?.length ?? 0,
  }),
  sarif: (text) => {
    const [run] = JSON.parse(text).runs;
    return { items: run.properties.items.length, findings: run.results.length };
  },
};

test.each(textForms)('every item and every finding is in %s exactly once, and the books are shown', async (form) => {
  await fc.assert(
    fc.asyncProperty(packages, async (check) => {
      const text = [...(await renderCheck(reportOn(check, 'de'), form))].join('');
      expect(counted[form]?.(text)).toEqual({ items: check.items.length, findings: check.findings.length });
      const { passed, failed, errored, waived, declared, unlisted } = check.counts;
      expect(passed + failed + errored + waived).toBe(declared + unlisted);
      expect(declared + unlisted).toBe(check.items.length);
      for (const count of ['passed', 'failed', 'errored', 'waived', 'declared', 'unlisted'] as const) {
        expect(text).toMatch(new RegExp(`${count}|${germanCounts[count]}`));
      }
    }),
    { numRuns: 25 },
  );
});

const germanCounts = {
  passed: 'bestanden',
  failed: 'mangelhaft',
  errored: 'nicht prüfbar',
  waived: 'freigegeben',
  declared: 'gemeldet',
  unlisted: 'nicht gemeldet',
} as const;

import { resultHead, resultSchema, toResultFinding } from '../result.ts';
import type { CheckReport } from './report.ts';

/**
 * JSON Lines: the result document (schemas/check-result-1.schema.json) taken apart. Each line is an object with "type":
 * first "check" with everything but the lists, then a "finding" each, then an "item" each, last "end" with the number of
 * both: a file without it was cut off.
 */
export function* renderJsonLines(report: CheckReport): Iterable<string> {
  const { check, findings, language } = report;
  yield line({ type: 'check', schema: `urn:scanlot:schemas/${resultSchema}`, ...resultHead(report) });
  for (const finding of findings) yield line({ type: 'finding', ...toResultFinding(finding, language) });
  for (const item of check.items) yield line({ type: 'item', ...item });
  yield line({ type: 'end', findings: findings.length, items: check.items.length });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

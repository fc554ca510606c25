import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBudgetDocument } from '../../src/finance/budget-document.ts';
import { listReports } from '../../src/finance/reports.ts';
import { packagePath } from '../../src/shared/package.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first example of a kind in a document of ours. */
function example(document: string, kind: string): string {
  const text = readFileSync(packagePath('docs', document), 'utf8');
  return new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';
}

it('the budget that the documentation shows is one', () => {
  const path = join(folder, 'budget.yaml');
  writeFileSync(path, example('budget.md', 'yaml'));
  const { lines, changes, authorities, fundings, sharing } = readBudgetDocument(path);
  expect([lines.length, changes.length, authorities.length, fundings.length, sharing.length]).toEqual([1, 3, 1, 1, 1]);
});

it('the report definition that the documentation shows is sound, and all reports are described there', () => {
  mkdirSync(join(folder, 'reports'));
  writeFileSync(join(folder, 'reports', 'pages-by-month.json'), example('reports.md', 'json'));
  const reports = listReports({ paths: { root: folder } as never });
  expect(reports.find(({ name }) => name === 'pages-by-month')?.tables).toEqual(['months']);
  const described = readFileSync(packagePath('docs', 'reports.md'), 'utf8');
  for (const { name, from } of reports) if (from === 'scanlot') expect(described).toContain(`| \`${name}\` |`);
});

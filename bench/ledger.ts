import { join } from 'node:path';
import { generateWorkspace } from '../scripts/generators/workspace.ts';
import { measureInTurn, scanlot } from './measure.ts';
import { type Bench, type Result, within } from './result.ts';

const commands: readonly {
  readonly words: string;
  readonly seconds: number;
  readonly exitCodes?: readonly number[];
}[] = [
  { words: 'status', seconds: 3 },
  { words: 'reconcile --json', seconds: 3 },
  { words: 'reconcile C-0002 --files --json', seconds: 3, exitCodes: [0, 1] },
  { words: 'lot show L3 --json', seconds: 3 },
  { words: 'report cost-against-budget --format html --out -', seconds: 3 },
  ...[
    'cost-against-budget',
    'contract-utilisation',
    'unit-costs',
    'forecast',
    'open-items',
    'status-report',
    'year-end',
    'invoice-postings',
  ].flatMap((name) => [
    { words: `report ${name} --format json --out -`, seconds: 2 },
    { words: `report ${name} --format xlsx --out report.xlsx`, seconds: 6 },
    { words: `report ${name} --format pdf --out report.pdf`, seconds: 6 },
  ]),
];

/** The ledger and the reports on what a county scans in four years. */
export const ledger: Bench = {
  name: 'ledger',
  about: 'ledger and all reports on 120,000 files with 13 million pages and 400 invoices',
  run: async ({ folder, size }) => {
    const whole = size === 'full' ? { files: 120_000, pages: 13_000_000 } : { files: 5_000, pages: 500_000 };
    const workspace = join(folder, 'workspace');
    await generateWorkspace(workspace, whole);
    const results: Result[] = [];
    for (const { words, seconds, exitCodes } of commands) {
      const line = scanlot(`${words} --workspace ${workspace}`);
      const program = { name: words, line, ...(exitCodes ? { exitCodes } : {}) };
      const measured = (await measureInTurn([program], folder, 3)).get(words);
      if (measured) results.push(within(words, measured, seconds));
    }
    return results;
  },
};

import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOf, runIn, type SmallCounty, smallCounty } from '../storage/small-county.ts';

let county: SmallCounty;
beforeAll(async () => {
  county = await smallCounty();
});
afterAll(() => county.remove());

test.each([
  ['contract show RV-2', 'RV-1'],
  ['lot show L2', 'L1'],
  ['holding show A-3', 'A-'],
  ['plan --year 2021 --department Ordnungsam', 'Ordnungsamt'],
  ['order create --lot L2 --pages 10', 'L1'],
  ['order list --lot L2', 'L1'],
  ['order show A-2021-002', 'A-2021-001'],
  ['order close A-2021-002 --yes', 'A-2021-001'],
  ['batch create --order A-2021-002 --pick-list @list.csv', 'A-2021-001'],
  ['batch show B-2021-002', 'B-2021-001'],
  ['batch pick-list B-2021-002', 'B-2021-001'],
  ['batch hand-over B-2021-002 --on 2021-03-01', 'B-2021-001'],
  ['delivery receive @sound --batch B-2021-002', 'B-2021-001'],
  ['delivery list --batch B-2021-002', 'B-2021-001'],
  ['delivery show B-2021-002', 'B-2021-001'],
  ['reconcile B-2021-002', 'B-2021-001'],
  ['accept B-2021-002', 'B-2021-001'],
  ['accept B-2021-001 --file 32.1-3', '32.1-'],
  ['reject B-2021-002 --reason Mängel', 'B-2021-001'],
  ['waive B-2021-002 pages.count-differs --reason geklärt', 'B-2021-001'],
  ['waive B-2021-001 pages.count-difers --reason geklärt', 'pages.count-differs'],
  ['import plan --batch B-2021-002', 'B-2021-001'],
  ['import run --batch B-2021-002', 'B-2021-001'],
  ['report cost-against-budge', 'cost-against-budget'],
  ['report cost-against-budget --lot L2', 'L1'],
  ['report cost-against-budget --department Ordnungsam', 'Ordnungsamt'],
  ['report cost-against-budget --format csv --table movement', 'movements'],
])('scanlot %s: an unknown name is met with the nearest known one, and nothing changes', async (words, near) => {
  const root = county.copyOf(words.startsWith('import') ? 'accepted' : 'reconciled');
  const before = rowsOf(root);
  const { exitCode, stdout, stderr } = await runIn(root, county.path, words.split(' '));
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^Error: .+/);
  expect(stderr).toContain(near);
  expect(stderr).not.toMatch(/ {4}at /);
  expect(rowsOf(root)).toEqual(before);
});

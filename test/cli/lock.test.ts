import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { runIn, type SmallCounty, smallCounty } from '../storage/small-county.ts';

let county: SmallCounty;
beforeAll(async () => {
  county = await smallCounty();
});
afterAll(() => county.remove());

test('while one writes, others read, see the state before, and are refused to write', async () => {
  const root = county.copyOf('reconciled');
  const writer = await openWorkspace(root, { mode: 'write', actor: 'anna' });
  for (const argv of [
    ['status'],
    ['reconcile'],
    ['delivery', 'list'],
    ['audit', 'verify'],
    ['report', 'cost-against-budget', '--format', 'csv'],
  ]) {
    const { exitCode, stderr } = await runIn(root, county.path, argv);
    expect({ argv, exitCode: exitCode > 1 ? exitCode : 'done', stderr }).toEqual({
      argv,
      exitCode: 'done',
      stderr: '',
    });
  }
  for (const argv of [
    ['reconcile', 'B-2021-001'],
    ['accept', 'B-2021-001', '--partial'],
    ['import', 'run'],
  ]) {
    const { exitCode, stderr } = await runIn(root, county.path, argv);
    expect(exitCode).toBe(11);
    expect(stderr).toMatch(/anna .* is working in this workspace since/);
    expect(stderr).toContain('--wait');
  }
  await writer.close();
  expect(await runIn(root, county.path, ['accept', 'B-2021-001', '--partial'])).toMatchObject({ exitCode: 0 });
});

test('of two who decide at once one decides; the other finds it done the same way, or is refused', async () => {
  const root = county.copyOf('reconciled');
  const same = ['accept', 'B-2021-001', '--partial'];
  const both = await Promise.all([runIn(root, county.path, same), runIn(root, county.path, same)]);
  // Nobody waits here, so one of them may be told to come again.
  expect(both.map(({ exitCode }) => exitCode).sort()).toEqual(expect.arrayContaining([0]));
  expect(both.every(({ exitCode }) => exitCode === 0 || exitCode === 11)).toBe(true);
  expect(await runIn(root, county.path, ['accept', 'B-2021-001', '--partial'])).toMatchObject({ exitCode: 0 });
  expect(await runIn(root, county.path, ['reject', 'B-2021-001', '--reason', 'anders'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('decided already'),
  });
  const decisions = JSON.parse((await runIn(root, county.path, ['audit', 'list', '--json'])).stdout).entries;
  expect(decisions.filter(({ action }: { action: string }) => action.startsWith('delivery.accepted'))).toHaveLength(1);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { A, B, type ComplaintCounty, complaintCounty, scan } from './complaint-county.ts';

let county: ComplaintCounty;
beforeAll(async () => {
  county = await complaintCounty([A, B]);
});
afterAll(() => county.remove());

const waive = (...more: readonly string[]) =>
  ['waive', 'B-1', 'ledger.file-missing', '--reason', 'liegt noch beim Amt', ...more] as const;
const openFindings = async () => {
  const { findings } = await county.run('delivery', 'show', 'B-1', '--round', '1');
  return (findings as { code: string; waived: boolean }[]).filter(({ waived }) => !waived).map(({ code }) => code);
};

it('waives nothing any more of a delivery that is rejected, and says so', async () => {
  await county.deliver([scan(A)]);
  await county.run('reject', 'B-1', '--reason', 'Akte fehlt', '--date', '2021-03-12', '--yes');
  const before = await openFindings();
  expect(before).toContain('ledger.file-missing');
  expect(await county.refused(...waive())).toBe('waiver.decided');
  expect(await openFindings()).toEqual(before);
});

it('waives in the round that comes then, until that is accepted', async () => {
  await county.deliver([scan(A)]);
  expect(await county.run(...waive())).toMatchObject({ findings: 1 });
  await county.run('accept', 'B-1', '--date', '2021-03-15');
  expect(await county.refused(...waive())).toBe('waiver.decided');
  expect(await county.refused(...waive('--round', '1'))).toBe('waiver.decided');
});

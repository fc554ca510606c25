import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PenaltyDocument } from '../../src/contract/contract-document.ts';
import { type DeliveredBatch, type DeliveredRound, proposePenalties } from '../../src/contract/penalties.ts';
import type { Cents } from '../../src/shared/money.ts';
import { on } from './price-sheets.ts';

const round = (more: Partial<DeliveredRound> & { round: number }): DeliveredRound => ({
  receivedOn: on('2021-03-01'),
  decidedOn: null,
  rejectedFiles: 0,
  rejectedNet: 0 as Cents,
  acceptedNet: 0 as Cents,
  ...more,
});
const batch = (rounds: readonly DeliveredRound[], more: Partial<DeliveredBatch> = {}): DeliveredBatch => ({
  batch: 'B-1',
  lot: 'L1',
  handedOverOn: on('2021-01-04'),
  cureDays: 14,
  rounds,
  ...more,
});
const today = on('2021-04-01');
const weekly: PenaltyDocument = {
  key: 'late',
  title: 'Verzug',
  trigger: 'lateDelivery',
  days: 42,
  percent: '0.5',
  per: 'week',
  maximumPercent: '8',
};

describe('a late delivery', () => {
  it('is 0.5 % of its value for each completed week', () => {
    // Handed over on 4 January, due on 15 February; received on 9 March: 22 days, 3 weeks. 1.5 % of 12,345.67 = 185.18505.
    const late = batch([round({ round: 1, receivedOn: on('2021-03-09'), acceptedNet: 1_234_567 as Cents })]);
    expect(proposePenalties([weekly], [late], today)).toEqual([
      {
        rule: 'late',
        title: 'Verzug',
        trigger: 'lateDelivery',
        batch: 'B-1',
        lot: 'L1',
        round: 1,
        dueOn: '2021-02-15',
        daysLate: 22,
        count: 3,
        base: 1_234_567,
        amount: 18_519,
        isCapped: false,
      },
    ]);
  });

  it('costs no more than the rule’s maximum', () => {
    const late = batch([round({ round: 1, receivedOn: on('2021-12-31'), acceptedNet: 100_000 as Cents })]);
    expect(proposePenalties([weekly], [late], today)[0]).toMatchObject({ amount: 8000, isCapped: true });
  });

  it('in time on the last day, and not due before the hand-over', () => {
    const lastDay = batch([round({ round: 1, receivedOn: on('2021-02-15'), acceptedNet: 100 as Cents })]);
    expect(proposePenalties([weekly], [lastDay, batch([], { handedOverOn: null })], today)).toEqual([]);
  });

  it('that has not come is told with its delay so far', () => {
    const [proposal] = proposePenalties([{ ...weekly, per: 'day' }], [batch([])], today);
    expect(proposal).toMatchObject({ round: null, daysLate: 45, count: 45, amount: 0 });
  });
});

it('a late redelivery is counted from the rejection, by the lot’s cure period', () => {
  const rule: PenaltyDocument = { key: 'cure', title: 'Nachbesserung', trigger: 'lateRework', amount: '50.00' };
  const rejected = round({ round: 1, decidedOn: on('2021-03-01'), rejectedFiles: 3 });
  const mended = round({ round: 2, receivedOn: on('2021-03-18'), acceptedNet: 4000 as Cents });
  // Due on 15 March, received three days later: 3 × 50.00.
  expect(proposePenalties([rule], [batch([rejected, mended])], today)).toMatchObject([
    { round: 2, dueOn: '2021-03-15', daysLate: 3, amount: 15_000 },
  ]);
  expect(proposePenalties([rule], [batch([rejected, mended], { cureDays: null })], today)).toEqual([]);
});

it('defective files cost an amount each, or a share of their value', () => {
  const rejected = batch([
    round({ round: 1, decidedOn: on('2021-03-02'), rejectedFiles: 4, rejectedNet: 3333 as Cents }),
  ]);
  const each: PenaltyDocument = { key: 'each', title: 'Malus je Akte', trigger: 'defectiveFile', amount: '2.50' };
  const share: PenaltyDocument = { key: 'share', title: 'Malus', trigger: 'defectiveFile', percent: '12.5' };
  // 4 × 2.50; 12.5 % of 33.33 = 4.16625.
  expect(proposePenalties([each, share], [rejected], today).map(({ amount }) => amount)).toEqual([1000, 417]);
});

it('never proposes less than nothing, nor more than the maximum, whatever the delay', () => {
  const value = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(
      value,
      fc.integer({ min: 0, max: 900 }),
      fc.constantFrom('day' as const, 'week' as const),
      (net, days, per) => {
        const receivedOn = on(new Date(Date.UTC(2021, 0, 4 + days)).toISOString().slice(0, 10));
        const late = batch([round({ round: 1, receivedOn, acceptedNet: net as Cents })]);
        for (const { amount, base } of proposePenalties([{ ...weekly, per }], [late], today)) {
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(Math.ceil(base * 0.08));
        }
      },
    ),
  );
});

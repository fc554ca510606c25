import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stagesOf } from '../../../src/finance/invoice-matching/budget-stages.ts';
import type { ChargedUse } from '../../../src/finance/invoice-matching/store.ts';

const sound = {
  invoiceId: 1,
  line: '1',
  invoiceNet: 10000,
  gross: 11900,
  callOffId: 1,
  isPaid: false,
  unpaid: 0,
  account: 'K1',
  costCentre: 'S1',
  performedOn: '2020-12-30',
  vatRate: 1900,
  net: 10000,
};
const use = (more: Partial<typeof sound> = {}) => ({ ...sound, ...more }) as ChargedUse;
const told = (uses: ChargedUse[]) => [...stagesOf(uses).values()].map(({ invoiced, paid }) => [invoiced, paid]);

describe('what invoices use of budget lines', () => {
  it('is charged to the year of performance, as acceptances are', () => {
    const uses = [
      use({ invoiceNet: 20000, gross: 23500, net: 10000, vatRate: 1600 }),
      use({ invoiceNet: 20000, gross: 23500, net: 10000, performedOn: '2021-01-04' }),
    ];
    expect(told(uses)).toEqual([
      [11600, 0],
      [11900, 0],
    ]);
  });

  it('subtracts credits, and counts as paid what is paid', () => {
    expect(told([use({ isPaid: true }), use({ invoiceId: 2, invoiceNet: -1000, gross: -1190, net: -1000 })])).toEqual([
      [10710, 11900],
    ]);
  });

  it('is the gross amount of each invoice to the cent, however it is shared', () => {
    const parts = fc.array(fc.record({ account: fc.constantFrom('K1', 'K2', 'K3'), net: fc.nat(100_000) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: -1_000_000, max: 1_000_000 }), (given, gross) => {
        const stages = told(given.map((part) => use({ ...part, gross })));
        expect(stages.reduce((sum, [invoiced = 0]) => sum + invoiced, 0)).toBe(gross);
      }),
    );
  });
});

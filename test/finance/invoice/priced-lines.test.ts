import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PriceDocument } from '../../../src/contract/contract-document.ts';
import { approveInvoice } from '../../../src/finance/invoice-matching/approve.ts';
import type { InvoiceCheck } from '../../../src/finance/invoice-matching/check.ts';
import { on, pagePrice } from '../../contract/price-sheets.ts';
import { checkAgainst, invoiceFile, pageLine, vendorInvoice } from '../../support/invoice-ledger.ts';
import {
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  type Ledger,
  lotDocument,
} from '../../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

/** Acceptances of so many pages, one a month, under A-1. */
async function accepted(price: Partial<PriceDocument>, ...pages: readonly number[]): Promise<void> {
  await addContract(ledger, { lots: [lotDocument({ prices: [pagePrice(price)] })] });
  await addBudget(ledger, { year: 2021, appropriation: '100000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 10_000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: pages.length });
  for (const [file, count] of pages.entries()) {
    await addDecision(ledger, {
      batch: 'B-1',
      round: file + 1,
      on: `2021-0${file + 1}-15`,
      files: [{ file, pages: count }],
    });
  }
}

const codes = ({ findings }: InvoiceCheck) => findings.map(({ code }) => code);
const check = (...lines: readonly ReturnType<typeof pageLine>[]) => checkAgainst(ledger, vendorInvoice({ lines }));
const charge = (amount: string, isCharge = true) =>
  `<cac:AllowanceCharge><cbc:ChargeIndicator>${isCharge}</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Mindestbetrag</cbc:AllowanceChargeReason><cbc:Amount currencyID="EUR">${amount}</cbc:Amount></cac:AllowanceCharge>`;

describe('tiers', () => {
  const tiers = { kind: 'graduated', scope: 'order', steps: [{ from: 1000, price: '0.08' }] } as const;

  it('are billed as lines of their own, whatever their order', async () => {
    await accepted({ tiers }, 900, 600);
    // 1,000 × 0.10 and 500 × 0.08
    const right = await check(pageLine('500', { price: '0.08' }), pageLine('1000'));
    expect([codes(right), right.expected.net]).toEqual([[], 14_000]);
  });

  it('are not billed at the price of a lower one', async () => {
    await accepted({ tiers }, 900, 600);
    const wrong = await check(pageLine('1500'));
    expect(codes(wrong)).toContain('invoice.price-above');
    expect(wrong.lines[0]?.causes.price).toBe(1000);
  });

  it('keep what was billed at each price apart from one invoice to the next', async () => {
    await accepted({ tiers }, 1500);
    const bill = (number: string, ...lines: readonly ReturnType<typeof pageLine>[]) => {
      const path = invoiceFile(ledger, vendorInvoice({ number, lines }), `${number}.xml`);
      return approveInvoice(ledger.workspace, { path, partial: false, on: on('2021-04-20') });
    };
    expect(codes(await check(pageLine('500', { price: '0.08' })))).toEqual([]);
    await bill('R-1', pageLine('500', { price: '0.08' }));
    expect(codes(await checkAgainst(ledger, vendorInvoice({ number: 'R-2', lines: [pageLine('1000')] })))).toEqual([]);
    const again = await checkAgainst(
      ledger,
      vendorInvoice({ number: 'R-2', lines: [pageLine('500', { price: '0.08' })] }),
    );
    expect(codes(again)).toContain('invoice.price-below');
  });
});

describe('a minimum charge', () => {
  const minimum = { amount: '75.00', scope: 'order' } as const;

  it('is billed as a charge on the line', async () => {
    await accepted({ minimum }, 400);
    const right = await check(pageLine('400', { net: '75.00', extra: charge('35.00') }));
    expect([codes(right), right.expected.net]).toEqual([[], 7500]);
    expect(right.lines[0]?.causes).toEqual({ quantity: 0, price: 0, allowances: 0, notAgreed: 0, rounding: 0 });
  });

  it('may be left unbilled, and is not billed higher', async () => {
    await accepted({ minimum }, 400);
    expect(codes(await check(pageLine('400')))).toEqual([]);
    const wrong = await check(pageLine('400', { net: '76.00', extra: charge('36.00') }));
    expect(codes(wrong).sort()).toEqual(['invoice.amount-above-accepted', 'invoice.charge-not-agreed']);
  });

  it('that was charged first is taken off what comes later', async () => {
    await accepted({ minimum }, 400, 500);
    // 75.00, then 90.00 in all: 15.00 more. Both together are 900 × 0.10.
    const together = await check(pageLine('900', { extra: '' }));
    expect(together.expected.net).toBe(5500);
    expect(codes(together)).toEqual([]);
  });
});

it('a tier that reprices earlier deliveries is credited with the delivery that reaches it', async () => {
  const tiers = { kind: 'wholeVolume', scope: 'order', steps: [{ from: 1000, price: '0.08' }] } as const;
  await accepted({ tiers }, 600, 500);
  // 600 × 0.10 = 60.00; 500 × 0.08 = 40.00; less 600 × 0.02 = 12.00.
  const first = pageLine('600');
  const right = await check(first, pageLine('500', { price: '0.08', net: '28.00', extra: charge('12.00', false) }));
  expect([codes(right), right.expected.net]).toEqual([[], 8800]);
  const wrong = await check(first, pageLine('500', { price: '0.08' }));
  expect(codes(wrong)).toEqual(['invoice.amount-above-accepted']);
});

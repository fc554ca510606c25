import { afterEach, beforeEach, expect, it } from 'vitest';
import { approveInvoice } from '../../src/finance/invoice-matching/approve.ts';
import { buildReport } from '../../src/finance/reports.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { invoiceFile, pageLine, vendorInvoice } from '../support/invoice-ledger.ts';
import {
  acceptPages,
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  createLedger,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';

let ledger: Ledger;
/** 100 pages accepted at EUR 0.10, of a call-off that costs EUR 50.00 at least. */
beforeEach(async () => {
  ledger = await createLedger();
  const page = { key: 'page', title: 'Seite', unit: 'page', price: '0.10' } as const;
  const prices = [{ ...page, minimum: { amount: '50.00', scope: 'order' as const } }];
  await addContract(ledger, { lots: [lotDocument({ prices })] });
  await addBudget(ledger, { year: 2021, appropriation: '100000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await acceptPages(ledger, 'B-1', '2021-03-01', 60, 40);
});
afterEach(() => ledger.remove());

async function openNets(): Promise<unknown[]> {
  const { report } = await buildReport(ledger.workspace, 'open-items', {});
  const items = report.tables.find(({ key }) => key === 'items');
  return (items?.rows ?? []).map(({ subject, net }) => [subject, net]);
}

it('what a minimum charge adds is open until it is invoiced', async () => {
  expect(await openNets()).toEqual([['B-1/1', 5000]]);
  const path = invoiceFile(ledger, vendorInvoice({ lines: [pageLine('100')] }));
  await approveInvoice(ledger.workspace, { path, partial: false, on: '2021-04-14' as CalendarDate });
  expect(await openNets()).toEqual([
    ['B-1/1', 4000],
    ['R-1', 1000],
  ]);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SampleInvoice } from '../../../scripts/samples/invoice.ts';
import { approveInvoice } from '../../../src/finance/invoice-matching/approve.ts';
import { payInvoice } from '../../../src/finance/invoice-matching/pay.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { openWorkspace } from '../../../src/storage/workspace.ts';
import { checkAgainst, invoiceFile, pageLine, vendorInvoice } from '../../support/invoice-ledger.ts';
import {
  acceptPages,
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  createLedger,
  type Ledger,
} from '../../support/ledger.ts';
import { runCli } from '../../support/run-cli.ts';

const day = '2021-04-14' as CalendarDate;
let ledger: Ledger;
/** 100 pages accepted under A-1, at EUR 0.10 a page. */
beforeEach(async () => {
  ledger = await createLedger();
  await addContract(ledger);
  await addBudget(ledger, { year: 2021, appropriation: '100000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await acceptPages(ledger, 'B-1', '2021-03-01', 60, 40);
});
afterEach(async () => ledger.remove());

const approve = (more: Partial<SampleInvoice> = {}, partial = false) =>
  approveInvoice(ledger.workspace, { path: invoiceFile(ledger, vendorInvoice(more)), partial, on: day });
const codes = async (more: Partial<SampleInvoice> = {}) =>
  (await checkAgainst(ledger, vendorInvoice(more))).findings.map(({ code, args }) => [code, args]);
/** What was used of acceptances, as another connection reads it. */
async function recorded() {
  const { db, close } = await openDatabase(join(ledger.root, 'scanlot.db'), true, new Date());
  const uses = await db.selectFrom('invoice_use').select(['quantity', 'net']).execute();
  const invoices = await db.selectFrom('invoice').select(['number', 'state', 'gross']).execute();
  await close();
  return { uses, invoices };
}

describe('approving an invoice', () => {
  it('records it with the quantities that it uses, and its audit entry', async () => {
    const { invoice, lines } = await approve();
    expect(invoice).toMatchObject({ state: 'approved', net: 1000, vat: 190, gross: 1190, payable: 1190, partial: 0 });
    expect(lines).toMatchObject([{ line: '1', quantity: 100_000, net: 1000, approved: 1 }]);
    expect(await recorded()).toEqual({
      uses: [{ quantity: 100_000, net: 1000 }],
      invoices: [{ number: 'R-1', state: 'approved', gross: 1190 }],
    });
    const entry = await ledger.workspace.db
      .selectFrom('audit')
      .select(['action', 'subject', 'seals'])
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ action: 'invoice.approved', subject: 'invoice/R-1' });
    expect(Object.keys(JSON.parse(entry.seals ?? '{}'))).toEqual(['invoice', 'invoice_line', 'invoice_use']);
  });

  it('refuses the same invoice a second time', async () => {
    await approve();
    await expect(approve()).rejects.toMatchObject({ code: 'invoice.open-errors', exitCode: 1 });
    expect(await codes()).toContainEqual(['invoice.number-known', { number: 'R-1', recordedOn: day }]);
    expect((await recorded()).uses).toHaveLength(1);
  });

  it('refuses its content under another number', async () => {
    await approve({ lines: [pageLine('30')] });
    expect(await codes({ number: 'R-2', lines: [pageLine('30')] })).toEqual([
      ['invoice.content-known', { number: 'R-1' }],
    ]);
    await expect(approve({ number: 'R-2', lines: [pageLine('30')] })).rejects.toMatchObject({
      code: 'invoice.open-errors',
    });
  });

  it('refuses pages that another invoice billed', async () => {
    await approve({ lines: [pageLine('30')] });
    expect(await codes({ number: 'R-2', lines: [pageLine('71')] })).toEqual([
      ['invoice.quantity-billed-before', { line: '1', position: 'page', billed: '71', open: '70', invoices: 'R-1' }],
    ]);
    await expect(approve({ number: 'R-2', lines: [pageLine('71')] }, true)).rejects.toMatchObject({
      code: 'invoice.nothing-to-approve',
    });
    expect((await approve({ number: 'R-2', lines: [pageLine('70')] })).invoice).toMatchObject({ net: 700 });
  });

  it('changes nothing where it refuses', async () => {
    await expect(approve({ lines: [pageLine('101')] })).rejects.toMatchObject({
      code: 'invoice.open-errors',
      details: [{ en: expect.stringContaining('invoice.quantity-above-accepted') }],
    });
    expect(await recorded()).toEqual({ uses: [], invoices: [] });
  });

  it('approves the right lines only, with VAT of their own, and lists the rest', async () => {
    const lines = [pageLine('33'), pageLine('10', { price: '0.12' }), pageLine('1', { buyerItem: 'x', name: 'Eile' })];
    const { invoice, lines: kept } = await approve({ lines }, true);
    expect(invoice).toMatchObject({ partial: 1, net: 330, vat: 63, gross: 393, payable: 393, stated_gross: 547 });
    expect(kept.map(({ line, approved }) => [line, approved])).toEqual([
      ['1', 1],
      ['2', 0],
      ['3', 0],
    ]);
    expect((await recorded()).uses).toEqual([{ quantity: 33_000, net: 330 }]);
  });

  it('approves no part where the invoice as a whole is wrong', async () => {
    await expect(approve({ seller: 'Scan AG' }, true)).rejects.toMatchObject({ code: 'invoice.open-errors' });
  });
});

describe('a credit note', () => {
  const credit = { kind: 'creditNote', number: 'G-1', preceding: 'R-1' } as const;

  it('gives back what was billed, so that it can be billed again', async () => {
    await approve();
    const { invoice } = await approve({ ...credit, lines: [pageLine('40')] });
    expect(invoice).toMatchObject({ kind: 'creditNote', net: -400, vat: -76, gross: -476, payable: -476 });
    await expect(approve({ number: 'R-2', lines: [pageLine('41')] })).rejects.toMatchObject({
      code: 'invoice.open-errors',
    });
    expect((await approve({ number: 'R-2', lines: [pageLine('40')] })).invoice.net).toBe(400);
    const { uses } = await recorded();
    expect(uses.reduce((sum, { net }) => sum + net, 0)).toBe(1000);
  });

  it('credits no more than was billed, at the price that was billed', async () => {
    await approve({ lines: [pageLine('50')] });
    expect(await codes({ ...credit, lines: [pageLine('51')] })).toEqual([
      ['invoice.credit-above-billed', { line: '1', position: 'page', credited: '51', billed: '50' }],
    ]);
    expect(await codes({ ...credit, lines: [pageLine('50', { price: '0.01' })] })).toEqual([
      ['invoice.credit-price-differs', { line: '1', position: 'page', credited: '0.01', billed: '0.10' }],
    ]);
  });

  it('names an invoice that is known', async () => {
    await approve();
    expect(await codes({ ...credit, preceding: 'R-9', lines: [pageLine('1')] })).toContainEqual([
      'invoice.reference-unknown',
      { term: 'BT-25', value: 'R-9' },
    ]);
  });

  it('may be part of a correction that takes back and bills anew, in any order', async () => {
    await approve();
    const lines = [pageLine('90'), pageLine('-100')];
    const { invoice } = await approve({ number: 'R-2', lines });
    expect(invoice).toMatchObject({ net: -100, gross: -119 });
  });

  it('that is wrong itself frees nothing for other lines of a part', async () => {
    await approve();
    const lines = [pageLine('90'), pageLine('-100', { price: '0.01' })];
    await expect(approve({ number: 'R-2', lines }, true)).rejects.toMatchObject({ code: 'invoice.nothing-to-approve' });
  });
});

describe('with four eyes', () => {
  beforeEach(async () => {
    await ledger.workspace.close();
    const config = { county: 'Landkreis Test', invoices: { fourEyes: true } };
    writeFileSync(join(ledger.root, 'scanlot.json'), JSON.stringify(config));
  });
  const as = async (actor: string, partial = false, more: Partial<SampleInvoice> = {}) => {
    const workspace = await openWorkspace(ledger.root, { mode: 'write', actor });
    try {
      const path = invoiceFile(ledger, vendorInvoice(more));
      return (await approveInvoice(workspace, { path, partial, on: day })).invoice;
    } finally {
      await workspace.close();
    }
  };

  it('one person checks and reserves, another one approves, and no third time', async () => {
    expect(await as('anna')).toMatchObject({ state: 'checked', checked_by: 'anna', approved_by: null });
    await expect(as('anna')).rejects.toMatchObject({ code: 'invoice.same-person', exitCode: 1 });
    await expect(as('bert', false, { number: 'R-2' })).rejects.toMatchObject({ code: 'invoice.open-errors' });
    await expect(as('bert', true)).rejects.toMatchObject({ code: 'invoice.other-extent' });
    expect(await as('bert')).toMatchObject({ state: 'approved', checked_by: 'anna', approved_by: 'bert' });
    await expect(as('anna')).rejects.toMatchObject({ code: 'invoice.open-errors' });
  });

  it('what is only checked cannot be paid', async () => {
    await as('anna');
    const workspace = await openWorkspace(ledger.root, { mode: 'write', actor: 'bert' });
    await expect(payInvoice(workspace, { number: 'R-1', on: day })).rejects.toMatchObject({
      code: 'invoice.not-payable',
    });
    await workspace.close();
  });
});

describe('paying and listing', () => {
  const run = (...argv: string[]) => runCli([...argv, '--lang', 'en'], ledger.root);

  it('goes from check to payment by commands', async () => {
    await ledger.workspace.close();
    const file = invoiceFile(ledger, vendorInvoice());
    const check = await run('invoice', 'check', file);
    expect([check.exitCode, check.stderr]).toEqual([0, '']);
    expect(check.stdout).toContain('The invoice agrees with what was accepted.');
    const approved = await run('invoice', 'approve', file, '--date', '2021-04-14', '--json');
    expect(JSON.parse(approved.stdout)).toMatchObject({
      invoice: { number: 'R-1', state: 'approved', payable: '11.90' },
      approved: [{ line: '1', quantity: 100, net: '10.00' }],
      left: [],
    });
    const budget = async () => JSON.parse((await run('budget', 'show', '--json')).stdout).lines;
    expect(await budget()).toMatchObject([{ accrued: '11.90', invoiced: '11.90', paid: '0.00' }]);
    const open = JSON.parse((await run('invoice', 'list', '--json')).stdout);
    expect(open.invoices).toMatchObject([{ number: 'R-1', state: 'approved', age: 17, overdue: false }]);
    expect((await run('invoice', 'pay', 'R-1', '--on', '2021-04-20')).stdout).toContain('€11.90 paid on 2021-04-20');
    const paid = JSON.parse((await run('invoice', 'list', '--json', '--state', 'paid')).stdout);
    expect(paid.invoices).toMatchObject([{ number: 'R-1', paidOn: '2021-04-20', age: 6, overdue: false }]);
    expect((await run('invoice', 'pay', 'R-1', '--on', '2021-04-21')).exitCode).toBe(1);
    expect((await run('invoice', 'pay', 'R-7', '--on', '2021-04-21')).exitCode).toBe(2);
    expect(await budget()).toMatchObject([{ accrued: '11.90', invoiced: '11.90', paid: '11.90' }]);
    expect((await run('audit', 'verify')).exitCode).toBe(0);
  });

  it('check tells each difference with its cause, and ends with 1', async () => {
    await ledger.workspace.close();
    const file = invoiceFile(ledger, vendorInvoice({ lines: [pageLine('110', { price: '0.12' })] }));
    const { exitCode, stdout } = await run('invoice', 'check', file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('quantity €1.00, price €2.20');
    const document = JSON.parse((await run('invoice', 'check', file, '--json')).stdout);
    expect(document).toMatchObject({
      number: 'R-1',
      contract: 'RV-1',
      orders: ['A-1'],
      billed: { net: '13.20', vat: '2.51', gross: '15.71' },
      expected: { net: '10.00', vat: '1.90', gross: '11.90' },
      difference: { net: '3.20', vat: '0.61', gross: '3.81' },
      lines: [
        {
          line: '1',
          position: 'page',
          matchedBy: 'BT-156',
          quantity: '110',
          matched: '100',
          difference: '3.20',
          causes: { quantity: '1.00', price: '2.20', rounding: '0.00' },
          uses: [{ order: 'A-1', lot: 'L1', batch: 'B-1', round: 1, performedOn: '2021-03-01', vatRate: 19 }],
          sound: false,
        },
      ],
    });
  });
});

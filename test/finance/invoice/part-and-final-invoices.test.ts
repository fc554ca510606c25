import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SampleInvoice } from '../../../scripts/samples/invoice.ts';
import { approveInvoice } from '../../../src/finance/invoice-matching/approve.ts';
import { invoiceStages } from '../../../src/finance/invoice-matching/budget-stages.ts';
import { payInvoice } from '../../../src/finance/invoice-matching/pay.ts';
import { rejectInvoice } from '../../../src/finance/invoice-matching/reject.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
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
/** 1,000 pages accepted under A-1, at EUR 0.10 a page: 100.00 net, 119.00 gross. */
beforeEach(async () => {
  ledger = await createLedger();
  const penalties = [{ key: 'delay', title: 'Vertragsstrafe', trigger: 'lateDelivery', amount: '5.00' }] as const;
  await addContract(ledger, { penalties });
  await addBudget(ledger, { year: 2021, appropriation: '1000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await acceptPages(ledger, 'B-1', '2021-03-01', 600, 400);
});
afterEach(async () => ledger.remove());

const approve = (more: Partial<SampleInvoice> = {}, partial = false) =>
  approveInvoice(ledger.workspace, { path: invoiceFile(ledger, vendorInvoice(more)), partial, on: day });
const check = (more: Partial<SampleInvoice>) => checkAgainst(ledger, vendorInvoice(more));
const codes = async (more: Partial<SampleInvoice>) =>
  (await check(more)).findings.map(({ code, args }) => [code, args]);
const stages = async () => [...(await invoiceStages(ledger.workspace.db)).values()];
async function used() {
  const uses = await ledger.workspace.db.selectFrom('invoice_use').select(['quantity', 'net']).execute();
  const sum = (member: 'quantity' | 'net') => uses.reduce((so, use) => so + use[member], 0);
  return { quantity: sum('quantity'), net: sum('net') };
}

const part = { number: 'T-1', type: '326', lines: [pageLine('600')] } as const;
const final = {
  number: 'S-1',
  type: '380',
  preceding: 'T-1',
  prepaid: '71.40',
  lines: [pageLine('1000')],
} as const;

describe('a final invoice that lists all again and deducts what the part invoices billed', () => {
  beforeEach(async () => {
    await approve(part);
  });

  it('is right, and adds what is left', async () => {
    const result = await check(final);
    expect(result.findings).toEqual([]);
    expect(result.replaced.map(({ number }) => number)).toEqual(['T-1']);
    // 600 × 0.10 = 60.00, 11.40 VAT.
    expect(result.already).toEqual({ net: 6000, vat: 1140, gross: 7140 });
    expect(result.expected).toEqual({ net: 10000, vat: 1900, gross: 11900 });
    const { invoice, lines, replaced } = await approve(final);
    expect(invoice).toMatchObject({ net: 4000, vat: 760, gross: 4760, payable: 4760, stated_gross: 11900 });
    expect(lines.map(({ line, name, net }) => [line, name, net])).toEqual([
      ['1', 'Seiten', 10000],
      ['BT-25', 'T-1', -6000],
    ]);
    expect(replaced).toEqual(['T-1']);
    expect(await used()).toEqual({ quantity: 1_000_000, net: 10000 });
    expect(await stages()).toEqual([{ invoiced: 11900, paid: 0 }]);
  });

  it('leaves nothing to bill again, under any reference', async () => {
    await approve(final);
    expect((await codes({ number: 'R-9', lines: [pageLine('1')] }))[0]).toMatchObject([
      'invoice.quantity-billed-before',
      { invoices: 'S-1' },
    ]);
    expect(await codes({ ...final, number: 'S-2' })).toContainEqual([
      'invoice.preceding-replaced',
      { number: 'T-1', by: 'S-1' },
    ]);
    await expect(
      approve({ ...final, number: 'S-2', prepaid: '119.00', preceding: ['T-1', 'S-1'] }),
    ).rejects.toMatchObject({
      code: 'invoice.open-errors',
    });
  });

  it.each(['60.00', '71.39', '119.00'])('is refused when it deducts %s', async (prepaid) => {
    expect(await codes({ ...final, prepaid })).toEqual([
      ['invoice.prepaid-differs', { stated: prepaid, billed: '71.40', invoices: 'T-1' }],
    ]);
  });

  it('may list no more than was accepted, and is not approved in part', async () => {
    expect(await codes({ ...final, lines: [pageLine('1001')] })).toEqual([
      ['invoice.quantity-above-accepted', { line: '1', position: 'page', billed: '1001', open: '1000' }],
    ]);
    await expect(approve(final, true)).rejects.toMatchObject({ code: 'invoice.not-as-a-part' });
  });

  it('counts the credits on its part invoices, named or not', async () => {
    await approve({ number: 'G-1', kind: 'creditNote', preceding: 'T-1', lines: [pageLine('100')] });
    // 71.40 less 11.90.
    expect(await codes(final)).toMatchObject([['invoice.prepaid-differs', { billed: '59.50', invoices: 'T-1, G-1' }]]);
    const { invoice, replaced } = await approve({ ...final, prepaid: '59.50' });
    expect(replaced).toEqual(['T-1', 'G-1']);
    expect(invoice).toMatchObject({ net: 5000, gross: 5950, payable: 5950 });
    expect(await used()).toEqual({ quantity: 1_000_000, net: 10000 });
  });

  it('is refused where a credit that names no invoice gave back a part of it', async () => {
    await approve({ number: 'G-1', kind: 'creditNote', lines: [pageLine('100')] });
    expect(await codes(final)).toContainEqual(['invoice.preceding-credited', { number: 'G-1' }]);
    expect((await approve({ ...final, preceding: ['T-1', 'G-1'], prepaid: '59.50' })).invoice.net).toBe(5000);
  });

  it('names invoices that are known, and none that only wait for approval', async () => {
    expect(await codes({ ...final, preceding: 'T-9' })).toContainEqual([
      'invoice.reference-unknown',
      { term: 'BT-25', value: 'T-9' },
    ]);
    expect(await codes({ number: 'R-2', prepaid: '5.00', lines: [pageLine('100')] })).toEqual([
      ['invoice.prepaid-unproven', { stated: '5.00' }],
    ]);
  });

  it('is paid beside its part invoice, and all that is paid is its gross amount', async () => {
    await approve(final);
    for (const number of ['T-1', 'S-1']) await payInvoice(ledger.workspace, { number, on: day });
    expect(await stages()).toEqual([{ invoiced: 11900, paid: 11900 }]);
  });
});

describe('a corrected invoice (384)', () => {
  const corrected = { number: 'K-1', type: '384', preceding: 'R-1', lines: [pageLine('900')] } as const;
  beforeEach(async () => {
    await approve({ lines: [pageLine('1000')] });
  });

  it('stands in the place of its predecessor, whether it deducts that or not', async () => {
    const { invoice, replaced } = await approve(corrected);
    expect(replaced).toEqual(['R-1']);
    expect(invoice).toMatchObject({ kind: 'correction', net: -1000, vat: -190, gross: -1190, payable: -1190 });
    expect(await used()).toEqual({ quantity: 900_000, net: 9000 });
    const second = { ...corrected, number: 'K-2', preceding: 'K-1', prepaid: '107.10', lines: [pageLine('950')] };
    // 950 pages are 113.05 gross, 107.10 were billed in all.
    expect((await approve(second)).invoice).toMatchObject({ net: 500, gross: 595, payable: 595 });
    expect(await used()).toEqual({ quantity: 950_000, net: 9500 });
    expect(await stages()).toEqual([{ invoiced: 11305, paid: 0 }]);
    expect((await approve({ number: 'R-2', lines: [pageLine('50')] })).invoice.net).toBe(500);
  });

  it('that only lists what it takes back and bills anew replaces nothing', async () => {
    const lines = [pageLine('-1000'), pageLine('900')];
    const { invoice, replaced } = await approve({ ...corrected, lines });
    expect([replaced, invoice.net]).toEqual([[], -1000]);
    expect(await used()).toEqual({ quantity: 900_000, net: 9000 });
  });

  it('is credited under its own number afterwards', async () => {
    await approve(corrected);
    const credit = { number: 'G-1', kind: 'creditNote', lines: [pageLine('100')] } as const;
    expect(await codes({ ...credit, preceding: 'R-1' })).toContainEqual([
      'invoice.preceding-replaced',
      { number: 'R-1', by: 'K-1' },
    ]);
    expect((await approve({ ...credit, preceding: 'K-1' })).invoice.net).toBe(-1000);
  });

  it('may not deduct anything but what was billed', async () => {
    expect(await codes({ ...corrected, prepaid: '100.00' })).toMatchObject([
      ['invoice.prepaid-differs', { stated: '100.00', billed: '119.00' }],
    ]);
  });

  it('with four eyes reserves, and gives back when it is rejected; until then the predecessor is not touched', async () => {
    await ledger.workspace.close();
    const config = { county: 'Landkreis Test', invoices: { fourEyes: true } };
    writeFileSync(join(ledger.root, 'scanlot.json'), JSON.stringify(config));
    const workspace = await openWorkspace(ledger.root, { mode: 'write', actor: 'anna' });
    try {
      const path = invoiceFile(ledger, vendorInvoice(corrected), 'k-1.xml');
      expect((await approveInvoice(workspace, { path, partial: false, on: day })).invoice.state).toBe('checked');
      expect([...(await invoiceStages(workspace.db)).values()]).toEqual([{ invoiced: 11900, paid: 0 }]);
      await rejectInvoice(workspace, { path, reason: 'falsch', on: day, write: async () => undefined });
      const again = await approveInvoice(workspace, { path, partial: false, on: day });
      expect([again.replaced, again.invoice.net]).toEqual([['R-1'], -1000]);
      const other = vendorInvoice({ ...corrected, number: 'K-2', preceding: 'K-1', lines: [pageLine('800')] });
      await expect(
        approveInvoice(workspace, { path: invoiceFile(ledger, other, 'k-2.xml'), partial: false, on: day }),
      ).rejects.toMatchObject({
        details: expect.arrayContaining([
          { de: expect.anything(), en: expect.stringContaining('invoice.preceding-open') },
        ]),
      });
    } finally {
      await workspace.close();
    }
  });
});

describe('an amount off without a quantity', () => {
  const penalty = pageLine('1', { buyerItem: undefined, name: 'Vertragsstrafe', unit: 'LS', price: '5.00' });

  it('for a reason that the contract names is told, approved and charged', async () => {
    await approve({ lines: [pageLine('1000')] });
    const credit = { number: 'G-1', kind: 'creditNote', preceding: 'R-1', lines: [penalty] } as const;
    expect(await codes(credit)).toEqual([
      ['invoice.reduction', { line: '1', amount: '5.00', reason: 'Vertragsstrafe' }],
    ]);
    expect((await check(credit)).expected).toEqual({ net: -500, vat: -95, gross: -595 });
    expect((await approve(credit)).invoice).toMatchObject({ net: -500, gross: -595 });
    expect(await used()).toEqual({ quantity: 1_000_000, net: 9500 });
    expect(await stages()).toEqual([{ invoiced: 11305, paid: 0 }]);
  });

  it('as a negative line or an allowance for another reason is told, and no error', async () => {
    const lines = [pageLine('1000'), { ...penalty, quantity: '-1', name: 'Kulanz' }];
    expect(await codes({ lines })).toEqual([
      ['invoice.reduction-unnamed', { line: '2', amount: '5.00', reason: 'Kulanz' }],
    ]);
    expect((await approve({ lines })).invoice.net).toBe(9500);
  });

  it('bears the VAT rate of what it reduces', async () => {
    const lines = [pageLine('1000'), { ...penalty, quantity: '-1', rate: 16 }];
    expect((await codes({ lines })).map(([code]) => code)).toEqual(['invoice.reduction', 'invoice.vat-rate-differs']);
  });

  it('that is added in place of taken off stays an error', async () => {
    expect((await codes({ lines: [pageLine('1000'), penalty] })).map(([code]) => code)).toEqual([
      'invoice.line-unmatched',
    ]);
  });
});

describe('the commands', () => {
  it('show what was billed before, and verify to the end', async () => {
    await approve(part);
    await ledger.workspace.close();
    const run = (...argv: string[]) => runCli([...argv, '--lang', 'de'], ledger.root);
    const file = invoiceFile(ledger, vendorInvoice(final));
    const shown = await run('invoice', 'check', file);
    expect([shown.exitCode, shown.stdout]).toEqual([0, expect.stringContaining('schon berechnet: T-1')]);
    expect(JSON.parse((await run('invoice', 'check', file, '--json')).stdout)).toMatchObject({
      replaced: ['T-1'],
      already: { net: '60.00', vat: '11.40', gross: '71.40' },
    });
    const approved = await run('invoice', 'approve', file);
    expect(approved.stdout).toContain('Sie tritt an die Stelle von T-1');
    expect((await run('audit', 'verify')).exitCode).toBe(0);
  });
});

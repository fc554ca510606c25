import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importContract } from '../../../src/contract/import-contract.ts';
import { sampleFile } from '../../../src/demo/sample-county.ts';
import { importBudget } from '../../../src/finance/budget-import.ts';
import { acceptPages, addBatch, addCallOff, createLedger, type Ledger } from '../../support/ledger.ts';
import { runCli } from '../../support/run-cli.ts';

let ledger: Ledger;
/** As docs/invoices.md tells: 1,000 pages accepted in the second half of 2020, 408 pages in two rounds of 2021. */
beforeAll(async () => {
  ledger = await createLedger();
  await importContract(ledger.workspace, sampleFile('contract.json'));
  await importBudget(ledger.workspace, sampleFile('budget.csv'));
  const charged = { lot: 'L5', account: '12220.527100', costCentre: '3220' };
  await addCallOff(ledger, { ...charged, number: 'A-2020-001', on: '2020-07-10', pages: 5000 });
  await addBatch(ledger, { key: 'B-2020-001', callOff: 'A-2020-001', files: 4 });
  await acceptPages(ledger, 'B-2020-001', '2020-12-15', 250, 250, 250, 250);
  await addCallOff(ledger, {
    ...charged,
    number: 'A-2021-001',
    on: '2021-03-01',
    pages: 5000,
    quantities: { trip: 2000 },
  });
  await addBatch(ledger, { key: 'B-2021-001', callOff: 'A-2021-001', files: 12 });
  await acceptPages(ledger, 'B-2021-001', '2021-04-06', ...Array.from({ length: 12 }, () => 34));
  await ledger.workspace.close();
});
afterAll(async () => ledger.remove());

const run = (...argv: string[]) => runCli([...argv, '--lang', 'de'], ledger.root);
const invoice = (name: string) => sampleFile('invoices', name);
const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).stdout);
const codes = ({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code);

describe('the invoices of the sample county', () => {
  it('the wrong one: price, quantity and VAT of the second half of 2020, each difference to the cent', async () => {
    const document = await json('invoice', 'check', invoice('wrong.xml'));
    expect(codes(document)).toEqual([
      'invoice.quantity-above-accepted',
      'invoice.price-above',
      'invoice.vat-rate-differs',
      'invoice.vat-rate-differs',
    ]);
    expect(document).toMatchObject({
      billed: { net: '122.84', vat: '23.34', gross: '146.18' },
      expected: { net: '116.40', vat: '18.62', gross: '135.02' },
      difference: { net: '6.44', vat: '4.72', gross: '11.16' },
      lines: [
        { net: '121.44', expected: '115.00', causes: { quantity: '1.38', price: '5.06', rounding: '0.00' } },
        { net: '1.40', expected: '1.40', difference: '0.00' },
      ],
    });
    const refused = await run('invoice', 'approve', invoice('wrong.xml'));
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('am Leistungstag 15.12.2020 gelten 16 %');
  });

  it('the right one is approved; it then is a duplicate, under its own number and under another', async () => {
    const document = await json('invoice', 'check', invoice('right.xml'));
    expect(codes(document)).toEqual(['invoice.quantity-not-counted']);
    expect(document).toMatchObject({
      billed: { net: '411.12', vat: '78.11', gross: '489.23' },
      difference: { net: '0.00', vat: '0.00', gross: '0.00' },
    });
    expect(await json('invoice', 'approve', invoice('right.xml'))).toMatchObject({ invoice: { payable: '489.23' } });
    expect(codes(await json('invoice', 'check', invoice('right.xml')))).toContain('invoice.number-known');
    expect(codes(await json('invoice', 'check', invoice('duplicate.xml')))).toEqual(
      expect.arrayContaining(['invoice.content-known', 'invoice.quantity-billed-before']),
    );
    expect((await run('invoice', 'approve', invoice('duplicate.xml'))).exitCode).toBe(1);
  });
});

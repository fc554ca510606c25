import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoiceXml, type SampleInvoice } from '../../../scripts/samples/invoice.ts';
import { statedDiscounts } from '../../../src/finance/invoice/cash-discount.ts';
import { openInvoice } from '../../../src/finance/invoice/open-invoice.ts';
import { readInvoice } from '../../../src/finance/invoice/read-invoice.ts';
import { discountOn, grantedDiscounts, vatShare } from '../../../src/finance/invoice-matching/cash-discount.ts';
import { contentHashOf } from '../../../src/finance/invoice-matching/check.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import type { Cents } from '../../../src/shared/money.ts';
import { corpus } from '../../support/corpora.ts';
import { invoiceFile, pageLine, vendorInvoice } from '../../support/invoice-ledger.ts';
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

const day = (date: string) => date as CalendarDate;

describe('the #SKONTO# lines of XRechnung', () => {
  it('are all read, with days, percent, base and last day; interest and other text is none', () => {
    const terms =
      'Zahlbar in 30 Tagen.\n#SKONTO#TAGE=14#PROZENT=2.00#\r\n  #SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=252.94#\n#VERZUG#TAGE=30#PROZENT=9.00#';
    expect(statedDiscounts(terms, day('2021-04-12'))).toEqual({
      discounts: [
        { days: 14, lastDay: '2021-04-26', percent: '2.00', base: null, amount: null },
        { days: 7, lastDay: '2021-04-19', percent: '3.00', base: '252.94', amount: null },
      ],
      malformed: [],
    });
  });

  it.each(['#SKONTO#TAGE=14#PROZENT=2#', '#SKONTO#TAGE=x#PROZENT=2.00#', '#SKONTO#PROZENT=2.00#TAGE=14#', '#RABATT#'])(
    'that are malformed are told: %s',
    async (line) => {
      const ledger = await createLedger();
      const terms = `#SKONTO#TAGE=14#PROZENT=2.00#\n${line}`;
      const { findings, invoice } = readInvoice(invoiceFile(ledger, vendorInvoice({ terms })));
      await ledger.remove();
      expect(findings.map(({ code, args }) => [code, args])).toEqual([['invoice.discount-malformed', { words: line }]]);
      expect(invoice.payment.discounts).toHaveLength(1);
    },
  );

  const folder = corpus('xrechnung');
  it.skipIf(folder === undefined)('are read in the public samples, the same in UBL and CII', () => {
    const found = (readdirSync(folder ?? '', { recursive: true }) as string[])
      .filter((name) => name.endsWith('.xml'))
      .map((name) => readInvoice(join(folder ?? '', name)).invoice.payment.discounts)
      .filter((discounts) => discounts.length > 0);
    expect(found.length).toBeGreaterThan(1);
    for (const discounts of found) expect(discounts.map(({ percent }) => percent)).toEqual(['2.00', '1.00', '0.00']);
  });
});

describe('discount terms of CII', () => {
  const cii = (
    terms: string,
  ) => `<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:r" xmlns:udt="urn:u">
<rsm:ExchangedDocument><ram:ID>1</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20210412</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>${terms}</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;
  const terms = (inner: string, due = '') =>
    `<ram:SpecifiedTradePaymentTerms><ram:Description>netto</ram:Description>${due}<ram:ApplicableTradePaymentDiscountTerms>${inner}</ram:ApplicableTradePaymentDiscountTerms></ram:SpecifiedTradePaymentTerms>`;
  const date = (name: string, on: string) =>
    `<ram:${name}><udt:DateTimeString format="102">${on}</udt:DateTimeString></ram:${name}>`;

  it.each([
    ['days', '<ram:BasisPeriodMeasure unitCode="DAY">10</ram:BasisPeriodMeasure>', '', 10, '2021-04-22'],
    [
      'weeks from a day',
      `${date('BasisDateTime', '20210501')}<ram:BasisPeriodMeasure unitCode="WEE">2</ram:BasisPeriodMeasure>`,
      '',
      null,
      '2021-05-15',
    ],
    ['months', '<ram:BasisPeriodMeasure unitCode="MON">1</ram:BasisPeriodMeasure>', '', null, '2021-05-12'],
    ['a due date', '', date('DueDateDateTime', '20210420'), null, '2021-04-20'],
  ])('in %s', async (_what, period, due, days, lastDay) => {
    const ledger = await createLedger();
    const percent = '<ram:CalculationPercent>2</ram:CalculationPercent><ram:BasisAmount>100</ram:BasisAmount>';
    const { invoice } = readInvoice(invoiceFile(ledger, cii(terms(period + percent, due))));
    await ledger.remove();
    expect(invoice.payment.discounts).toEqual([{ days, lastDay, percent: '2.00', base: '100.00', amount: null }]);
  });
});

describe('what a discount comes to', () => {
  const invoiceWith = (discounts: readonly object[], kind = 'invoice') =>
    ({ kind, payment: { discounts } }) as unknown as Parameters<typeof grantedDiscounts>[0];
  const two = { days: 14, lastDay: '2021-04-26', percent: '2.00', base: null, amount: null };
  const whole = (cents: number) => ({ payable: cents as Cents, stated: cents as Cents });

  it('is rounded half up to the cent', () => {
    // 489.23 × 0.02 = 9.7846; 1.25 × 0.02 = 0.025.
    expect(grantedDiscounts(invoiceWith([two]), whole(48_923))).toMatchObject([{ amount: 978, percent: 200 }]);
    expect(grantedDiscounts(invoiceWith([two]), whole(125))).toMatchObject([{ amount: 3 }]);
  });

  it('is of the base where one is stated, in proportion where a part is approved', () => {
    const based = { ...two, base: '200.00' };
    expect(grantedDiscounts(invoiceWith([based]), whole(48_923))).toMatchObject([{ amount: 400 }]);
    expect(grantedDiscounts(invoiceWith([based]), { payable: 10_000 as Cents, stated: 40_000 as Cents })).toMatchObject(
      [{ amount: 100 }],
    );
  });

  it('is negative for a credit, and none without a day or percent', () => {
    expect(grantedDiscounts(invoiceWith([two], 'creditNote'), whole(-10_000))).toMatchObject([{ amount: -200 }]);
    const none = [
      { ...two, lastDay: null },
      { ...two, percent: '0.00' },
    ];
    expect(grantedDiscounts(invoiceWith(none), whole(10_000))).toEqual([]);
  });

  it('is the greatest that holds on the day, its last day included', () => {
    const granted = grantedDiscounts(
      invoiceWith([two, { ...two, lastDay: '2021-04-19', percent: '3.00' }]),
      whole(10_000),
    );
    expect(granted.map(({ lastDay }) => lastDay)).toEqual(['2021-04-19', '2021-04-26']);
    expect(
      ['2021-04-19', '2021-04-20', '2021-04-26', '2021-04-27'].map((on) => discountOn(granted, day(on))?.amount),
    ).toEqual([300, 200, 200, undefined]);
  });

  it('has its share of VAT', () => {
    expect(vatShare(978 as Cents, { vat: 7811 as Cents, gross: 48_923 as Cents })).toBe(156);
    expect(vatShare(978 as Cents, { vat: 0 as Cents, gross: 0 as Cents })).toBe(0);
  });
});

describe('an invoice with cash discount', () => {
  let ledger: Ledger;
  /** 1,000 pages at EUR 0.10: 100.00 net, 119.00 gross. */
  beforeEach(async () => {
    ledger = await createLedger('2021-04-20T12:00:00Z');
    await addContract(ledger);
    await addBudget(ledger, { year: 2021, appropriation: '1000.00' });
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
    await acceptPages(ledger, 'B-1', '2021-03-01', 1000);
    await ledger.workspace.close();
  });
  afterEach(async () => ledger.remove());
  const run = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await runCli([...argv, '--lang', 'de'], ledger.root);
    const plain = (words: string) => words.replaceAll('\u00a0', ' ');
    return { exitCode, stdout: plain(stdout), stderr: plain(stderr) };
  };
  const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).stdout);
  const sample = (more: Partial<SampleInvoice> = {}) =>
    vendorInvoice({
      lines: [pageLine('1000')],
      terms: '#SKONTO#TAGE=10#PROZENT=3.00#\n#SKONTO#TAGE=20#PROZENT=2.00#',
      ...more,
    });
  const paid = async () => (await json('budget', 'show')).lines[0].paid;

  it('is told when it is approved, listed with the next day, paid less the discount that holds', async () => {
    const file = invoiceFile(ledger, sample());
    const approved = await json('invoice', 'approve', file, '--date', '2021-04-14');
    expect(approved.discounts).toEqual([
      { lastDay: '2021-04-22', percent: 3, amount: '3.57', vat: '0.57', due: '115.43' },
      { lastDay: '2021-05-02', percent: 2, amount: '2.38', vat: '0.38', due: '116.62' },
    ]);
    const { invoices } = await json('invoice', 'list');
    expect(invoices).toMatchObject([{ discount: { lastDay: '2021-05-02', due: '116.62', near: true }, paid: null }]);
    expect((await run('invoice', 'list')).stdout).toContain('R-1: Skonto 2 %: bis 02.05.2021 sind 116,62 € zu zahlen');

    const late = await run('invoice', 'pay', 'R-1', '--on', '23.04.2021', '--amount', '115,43');
    expect([late.exitCode, late.stderr]).toEqual([1, expect.stringContaining('116,62 € zu zahlen, nicht 115,43 €')]);
    expect(late.stderr).toContain('Skonto 3,57 € bis 22.04.2021');
    const full = await run('invoice', 'pay', 'R-1', '--on', '2021-04-23', '--amount', '119.00');
    expect(full.exitCode).toBe(1);
    expect(await paid()).toBe('0.00');

    const payment = await json('invoice', 'pay', 'R-1', '--on', '2021-04-23', '--amount', '116.62');
    expect(payment).toMatchObject({ amount: '116.62', discount: { amount: '2.38', vat: '0.38' }, reason: '' });
    expect(await paid()).toBe('116.62');
    expect((await json('invoice', 'list')).invoices).toMatchObject([
      { discount: null, paid: { amount: '116.62', discount: '2.38' } },
    ]);
    expect((await run('audit', 'verify')).exitCode).toBe(0);
  });

  it('takes the discount by itself, and none after its last day', async () => {
    await run('invoice', 'approve', invoiceFile(ledger, sample()), '--date', '2021-04-14');
    const { stdout } = await run('invoice', 'pay', 'R-1', '--on', '2021-04-22');
    expect(stdout).toContain('115,43 € am 22.04.2021 bezahlt');
    expect(stdout).toContain('Skonto gezogen: 3,57 € von 119,00 €, darin 0,57 € Umsatzsteuer');
    expect(await paid()).toBe('115.43');
  });

  it('pays another amount for a reason, which is recorded', async () => {
    await run('invoice', 'approve', invoiceFile(ledger, sample()), '--date', '2021-04-14');
    const reason = 'Skonto nach Frist bestätigt';
    const done = await json('invoice', 'pay', 'R-1', '--on', '2021-05-03', '--amount', '116.62', '--reason', reason);
    expect(done).toMatchObject({ amount: '116.62', discount: { amount: '0.00' }, reason });
    expect(await paid()).toBe('116.62');
  });

  it('has the same content whether its terms are read or not', () => {
    const { invoice } = readInvoice(invoiceFile(ledger, sample()));
    const without = { ...invoice, payment: { ...invoice.payment, discounts: [] } };
    expect(contentHashOf(without)).toBe(contentHashOf(invoice));
  });

  it('is shown with it, in XML and recorded from paper', async () => {
    const shown = await run('invoice', 'show', invoiceFile(ledger, invoiceXml(sample())));
    expect(shown.stdout).toMatch(/Skonto\s+3,00 % bis 22.04.2021 \(10 Tage\)/);
    const paper = {
      number: 'R-1',
      issueDate: '2021-04-12',
      seller: { name: 'Scan GmbH' },
      vatRate: '19',
      payment: { discounts: [{ days: 10, percent: '3', base: '50' }] },
      lines: [{ buyerItem: 'page', quantity: '1000', unit: 'ZP', price: '0.10' }],
    };
    const { invoice } = await openInvoice(invoiceFile(ledger, JSON.stringify(paper), 'papier.json'));
    expect(invoice.payment.discounts).toEqual([
      { days: 10, lastDay: '2021-04-22', percent: '3.00', base: '50.00', amount: null },
    ]);
    const csv = ['Rechnungsnummer;R-1', 'Rechnungsdatum;12.04.2021', 'Rechnungssteller;Scan GmbH', 'Steuersatz;19'];
    const table = (discount: string) =>
      openInvoice(
        invoiceFile(
          ledger,
          [...csv, `Skonto;${discount}`, 'Leistung;Menge;Einzelpreis', 'x;1;1'].join('\n'),
          'papier.csv',
        ),
      );
    for (const words of ['10 Tage 2,5 % / 2 % bis 14 Tage', '"10 Tage: 2,5 %; 14 days 2%"']) {
      const read = await table(words);
      expect(read.invoice.payment.discounts).toMatchObject([
        { days: 10, percent: '2.50', lastDay: '2021-04-22' },
        { days: 14, percent: '2.00' },
      ]);
    }
    await expect(table('viel')).rejects.toMatchObject({ code: 'table.mistakes' });
  });
});

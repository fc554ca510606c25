import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoiceXml } from '../../../scripts/samples/invoice.ts';
import type { InvoiceCheck } from '../../../src/finance/invoice-matching/check.ts';
import { checkAgainst, pageLine, vendorInvoice } from '../../support/invoice-ledger.ts';
import {
  acceptPages,
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
/** 100 pages in two files accepted on 1 March 2021 under A-1, at EUR 0.10 a page. */
beforeEach(async () => {
  ledger = await createLedger();
  const prices = [
    { key: 'page', title: 'Seite scannen', unit: 'page', price: '0.10' },
    { key: 'trip', title: 'Abholung', unit: 'trip', price: '180.00' },
  ] as const;
  const vendor = { name: 'Scan GmbH', vatId: 'DE123456789' };
  await addContract(ledger, { vendor, lots: [lotDocument({ prices }), lotDocument({ key: 'L2', prices })] });
  const appropriation = '100000.00';
  await addBudget(ledger, { year: 2020, appropriation }, { year: 2021, appropriation });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000, quantities: { trip: 2000 } });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 5 });
  await acceptPages(ledger, 'B-1', '2021-03-01', 60, 40);
});
afterEach(async () => ledger.remove());

const codes = ({ findings }: InvoiceCheck) => findings.map(({ code }) => code);
const only = ({ findings }: InvoiceCheck) => findings.map(({ code, args }) => [code, args]);
const check = (more: Parameters<typeof vendorInvoice>[0] = {}, buyerReference?: string) =>
  checkAgainst(ledger, vendorInvoice(more), buyerReference);

describe('an invoice for what was accepted', () => {
  it('is right, to the cent, and tells which acceptance it is for', async () => {
    const result = await check();
    expect(only(result)).toEqual([]);
    expect(result.expected).toEqual({ net: 1000, vat: 190, gross: 1190 });
    expect(result.billed).toEqual(result.expected);
    expect(result.lines[0]).toMatchObject({ matchedBy: 'BT-156', quantity: 100_000, net: 1000, expected: 1000 });
    expect(result.lines[0]?.uses).toMatchObject([{ quantity: 100_000, item: { batch: 'B-1', round: 1 } }]);
  });

  it('may bill a part', async () => {
    expect((await check({ lines: [pageLine('30'), pageLine('70')] })).findings).toEqual([]);
  });

  it.each([
    ['BT-156', { buyerItem: 'PAGE', name: 'x' }, ''],
    ['BT-153', { name: ' seite  Scannen' }, ''],
    ['BT-132', { name: 'x' }, '<cac:OrderLineReference><cbc:LineID>page</cbc:LineID></cac:OrderLineReference>'],
  ])('finds the price position by %s', async (term, more, extra) => {
    const { buyerItem: _buyerItem, ...line } = pageLine('100');
    const result = await check({ lines: [{ ...line, ...more, extra }] });
    expect([result.lines[0]?.matchedBy, ...codes(result)]).toEqual([term]);
  });

  it('finds the price position by BT-155', async () => {
    const { buyerItem: _buyerItem, ...line } = pageLine('100');
    const xml = invoiceXml(vendorInvoice({ lines: [line] })).replace(
      '</cbc:Name>',
      '</cbc:Name><cac:SellersItemIdentification><cbc:ID>page</cbc:ID></cac:SellersItemIdentification>',
    );
    const result = await checkAgainst(ledger, xml);
    expect([result.lines[0]?.matchedBy, ...codes(result)]).toEqual(['BT-155']);
  });

  it('may state its price for several units', async () => {
    const xml = invoiceXml(vendorInvoice({ lines: [pageLine('100', { price: '100.00', net: '10.00' })] })).replace(
      '</cbc:PriceAmount>',
      '</cbc:PriceAmount><cbc:BaseQuantity unitCode="ZP">1000</cbc:BaseQuantity>',
    );
    expect(only(await checkAgainst(ledger, xml))).toEqual([]);
  });

  it('is held against the batch that its delivery note names', async () => {
    await addBatch(ledger, { key: 'B-2', callOff: 'A-1', files: 1 });
    await acceptPages(ledger, 'B-2', '2021-03-02', 10);
    expect(codes(await check({ deliveryNote: 'B-2', lines: [pageLine('11')] }))).toEqual([
      'invoice.quantity-above-accepted',
    ]);
    expect(codes(await check({ deliveryNote: 'B-2/1', lines: [pageLine('10')] }))).toEqual([]);
    expect(codes(await check({ deliveryNote: 'LS 4711', lines: [pageLine('110')] }))).toEqual([]);
  });

  it('may bill what is not counted as far as it was ordered, and is told so', async () => {
    const trips = (quantity: string) => [pageLine(quantity, { buyerItem: 'trip', unit: 'C62', price: '180.00' })];
    expect(only(await check({ lines: trips('2') }))).toEqual([
      ['invoice.quantity-not-counted', { line: '1', position: 'trip', billed: '2' }],
    ]);
    expect(codes(await check({ lines: trips('3') }))).toContain('invoice.quantity-above-accepted');
  });
});

describe('an invoice that is wrong', () => {
  it('bills more than was accepted: rejected and undecided files count nothing', async () => {
    await addDecision(ledger, {
      batch: 'B-1',
      round: 2,
      on: '2021-03-09',
      files: [{ file: 2, pages: 50, rejected: true }],
    });
    const result = await check({ lines: [pageLine('150')] });
    expect(only(result)).toEqual([
      ['invoice.quantity-above-accepted', { line: '1', position: 'page', billed: '150', open: '100' }],
    ]);
    expect(result.lines[0]?.causes).toMatchObject({ quantity: 500, price: 0, rounding: 0 });
  });

  it('bills the same pages in two lines', async () => {
    expect(codes(await check({ lines: [pageLine('100'), pageLine('1')] }))).toEqual([
      'invoice.quantity-above-accepted',
    ]);
  });

  it('asks more than the contract price, and each difference has its cause', async () => {
    const result = await check({ lines: [pageLine('110', { price: '0.12' })] });
    expect(only(result)).toEqual([
      ['invoice.quantity-above-accepted', { line: '1', position: 'page', billed: '110', open: '100' }],
      [
        'invoice.price-above',
        { line: '1', position: 'page', billed: '0.12', agreed: '0.10', performedOn: '2021-03-01' },
      ],
    ]);
    // 13.20 billed, 10.00 right: 10 pages × 0.10 too many, 110 × 0.02 too dear.
    expect(result.lines[0]?.causes).toEqual({ quantity: 100, price: 220, allowances: 0, notAgreed: 0, rounding: 0 });
  });

  it('asks less: that is worth a look, and no error', async () => {
    expect(codes(await check({ lines: [pageLine('100', { price: '0.09' })] }))).toEqual(['invoice.price-below']);
  });

  it('has the VAT rate of another day', async () => {
    await addCallOff(ledger, { number: 'A-2', on: '2020-07-10', pages: 5000 });
    await addBatch(ledger, { key: 'B-2', callOff: 'A-2', files: 1 });
    await acceptPages(ledger, 'B-2', '2020-12-15', 100);
    expect(codes(await check({ order: 'A-2', lines: [pageLine('100', { rate: 16 })] }))).toEqual([]);
    const result = await check({ order: 'A-2' });
    expect(only(result)).toEqual([
      ['invoice.vat-rate-differs', { line: '1', position: 'page', billed: '19', due: '16', performedOn: '2020-12-15' }],
    ]);
    expect([result.billed.gross, result.expected.gross]).toEqual([1190, 1160]);
  });

  it('bills what the contract does not know', async () => {
    const result = await check({ lines: [pageLine('1', { buyerItem: 'x', name: 'Pauschale', price: '25.00' })] });
    expect(only(result)).toEqual([['invoice.line-unmatched', { line: '1', name: 'Pauschale' }]]);
    expect(result.lines[0]?.causes.notAgreed).toBe(2500);
  });

  it('bills in another unit', async () => {
    expect(only(await check({ lines: [pageLine('100', { unit: 'KGM' })] }))).toEqual([
      ['invoice.unit-differs', { line: '1', position: 'page', unit: 'KGM', expected: 'ZP' }],
    ]);
  });

  it('adds a charge that is not agreed', async () => {
    const extra =
      '<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Eile</cbc:AllowanceChargeReason><cbc:Amount>5.00</cbc:Amount></cac:AllowanceCharge>';
    const result = await check({ lines: [pageLine('100', { extra, net: '15.00' })] });
    expect(only(result)).toContainEqual(['invoice.charge-not-agreed', { amount: '5.00', reason: 'Eile' }]);
    expect(codes(result)).toContain('invoice.amount-above-accepted');
    expect(result.lines[0]?.causes.allowances).toBe(500);
  });

  it('gains a cent by its way of rounding', async () => {
    const prices = [{ key: 'page', title: 'Seite', unit: 'page', price: '0.005' }] as const;
    await addContract(ledger, {
      number: 'RV-2',
      vendor: { name: 'Zweite GmbH' },
      lots: [lotDocument({ prices, key: 'L9' })],
    });
    await addCallOff(ledger, { number: 'A-9', lot: 'L9', on: '2021-01-10', pages: 5000 });
    await addBatch(ledger, { key: 'B-9', callOff: 'A-9', files: 1 });
    await acceptPages(ledger, 'B-9', '2021-03-01', 3);
    const line = pageLine('1', { price: '0.005' });
    const invoice = { seller: 'Zweite GmbH', contract: 'RV-2', lot: 'L9', order: 'A-9' };
    // Three pages are worth 1.5 cents, rounded 2; each page by itself is rounded to 1.
    expect(only(await check({ ...invoice, lines: [line, line, line] }))).toEqual([
      ['invoice.amount-above-accepted', { line: '3', position: 'page', billed: '0.01', left: '0.00' }],
    ]);
    expect(codes(await check({ ...invoice, lines: [pageLine('3', { price: '0.005' })] }))).toEqual([]);
  });

  it('passes a maximum of the framework with what was accepted', async () => {
    const lots = [lotDocument({ maximum: { value: '9.99', pages: 99 } })];
    await addContract(ledger, {
      vendor: { name: 'Scan GmbH' },
      lots,
      amendment: { reason: 'test', effectiveOn: '2021-01-01' as never },
    });
    expect(only(await check())).toEqual([
      ['invoice.maximum-exceeded', { of: 'L1', accepted: '10.00', maximum: '9.99' }],
      ['invoice.maximum-exceeded', { of: 'L1', accepted: '100', maximum: '99' }],
    ]);
  });

  it('burdens a budget line that has nothing left', async () => {
    await addCallOff(ledger, { number: 'A-3', on: '2021-01-10', pages: 100, account: 'K9' });
    await addBatch(ledger, { key: 'B-3', callOff: 'A-3', files: 1 });
    await acceptPages(ledger, 'B-3', '2021-03-01', 100);
    expect(only(await check({ order: 'A-3' }))).toEqual([
      ['invoice.budget-exceeded', { budget: '2021 · K9 · S1', overdrawn: '11.90' }],
    ]);
  });
});

describe('the head of an invoice', () => {
  it.each([
    ['an unknown contract', { contract: 'RV-9' }, [['invoice.reference-unknown', { term: 'BT-12', value: 'RV-9' }]]],
    ['an unknown call-off', { order: 'A-9' }, [['invoice.reference-unknown', { term: 'BT-13', value: 'A-9' }]]],
    ['an unknown lot', { lot: 'L9' }, [['invoice.reference-unknown', { term: 'BT-17', value: 'L9' }]]],
    [
      'the lot of another call-off',
      { lot: 'L2' },
      [['invoice.reference-contradicts', { term: 'BT-17', value: 'L2', expected: 'L1' }]],
    ],
    ['another currency', { currency: 'CHF' }, [['invoice.currency-not-euro', { currency: 'CHF' }]]],
    ['another seller', { seller: 'Scan AG' }, [['invoice.seller-differs', { seller: 'Scan AG', vendor: 'Scan GmbH' }]]],
    [
      'the right seller with another VAT number',
      { vatId: 'DE999999999' },
      [['invoice.seller-differs', { seller: 'Scan GmbH, DE999999999', vendor: 'Scan GmbH, DE123456789' }]],
    ],
    ['no call-off', { order: undefined }, [['invoice.reference-missing', { term: 'BT-13' }]]],
    ['its seller in other letters', { seller: 'SCAN-GmbH', vatId: 'DE 123 456 789' }, []],
  ])('with %s', async (_what, more, expected) => {
    expect(only(await check(more))).toEqual(expected);
  });

  it('names the contract of another call-off', async () => {
    await addContract(ledger, { number: 'RV-2' });
    expect(only(await check({ contract: 'RV-2' }))).toEqual([
      ['invoice.reference-contradicts', { term: 'BT-12', value: 'RV-2', expected: 'RV-1' }],
    ]);
  });

  it('leads to no contract', async () => {
    const result = await check({ contract: undefined, order: undefined, lot: undefined, seller: 'Niemand' });
    expect(codes(result)).toEqual(expect.arrayContaining(['invoice.contract-unclear', 'invoice.line-unmatched']));
  });

  it('is for another buyer', async () => {
    expect(only(await check({ buyerReference: '05-1' }, '03-254-17'))).toEqual([
      ['invoice.reference-contradicts', { term: 'BT-10', value: '05-1', expected: '03-254-17' }],
    ]);
    expect(codes(await check({}, '03-254-17'))).toEqual(['invoice.reference-missing']);
    expect(codes(await check({ buyerReference: '03-254-17' }, '03-254-17'))).toEqual([]);
  });

  it('stands alone, without lines', async () => {
    expect(codes(await check({ lines: [] }))).toContain('invoice.no-lines');
  });
});

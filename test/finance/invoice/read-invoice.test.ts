import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInvoice } from '../../../src/finance/invoice/read-invoice.ts';
import { type SampleInvoice, ublInvoice } from '../../support/invoices.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-invoice-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string | Uint8Array, name = 'rechnung.xml') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readInvoice(path);
}

function findings(sample: SampleInvoice) {
  return read(ublInvoice(sample)).findings.map(({ code, args }) => [code, args]);
}

describe('the arithmetic of an invoice', () => {
  it('is recomputed to the cent from quantity, price and rate', () => {
    const { invoice, recomputed, findings } = read(ublInvoice());
    expect(findings).toEqual([]);
    expect(recomputed).toEqual({ lineNet: '65.25', net: '65.25', tax: '12.40', gross: '77.65', payable: '77.65' });
    expect(invoice.totals).toMatchObject({ ...recomputed, prepaid: '0.00', rounding: '0.00' });
    expect(invoice.lines[0]).toMatchObject({ quantity: '1500', unit: 'ZP', price: '0.0235', net: '35.25' });
  });

  it.each([
    [
      'a sum that is a cent off',
      { totals: { lineNet: '65.26', net: '65.25' } },
      [
        ['invoice.total-differs', { term: 'BT-106', rule: 'BR-CO-10', stated: '65.26', computed: '65.25' }],
        ['invoice.total-differs', { term: 'BT-109', rule: 'BR-CO-13', stated: '65.25', computed: '65.26' }],
      ],
    ],
    [
      'an amount due that is not what the invoice adds up to',
      { totals: { payable: '77.56' } },
      [['invoice.total-differs', { term: 'BT-115', rule: 'BR-CO-16', stated: '77.56', computed: '77.65' }]],
    ],
    [
      'a line that is not quantity × price',
      {
        lines: [
          { quantity: '1500', price: '0.0235', net: '53.25' },
          { quantity: '2', price: '15.00', net: '12.00' },
        ],
      },
      [
        ['invoice.line-differs', { line: '1', stated: '53.25', computed: '35.25' }],
        ['invoice.line-differs', { line: '2', stated: '12.00', computed: '30.00' }],
      ],
    ],
    [
      'a cent of rounding in a line',
      {
        lines: [
          { quantity: '1501', price: '0.0235', net: '35.28' },
          { quantity: '1', price: '29.97', net: '29.97' },
        ],
      },
      [['invoice.line-rounding', { line: '1', stated: '35.28', computed: '35.27' }]],
    ],
    [
      'a tax that does not follow from its rate',
      { vat: [['19', '65.25', '13.05']], totals: { tax: '13.05', gross: '78.30', payable: '78.30' } },
      [['invoice.vat-differs', { term: 'BT-117', category: 'S', rate: '19', stated: '13.05', computed: '12.40' }]],
    ],
    [
      'a tax that was rounded down',
      { vat: [['19', '65.25', '12.39']], totals: { tax: '12.39', gross: '77.64', payable: '77.64' } },
      [['invoice.vat-rounding', { term: 'BT-117', category: 'S', rate: '19', stated: '12.39', computed: '12.40' }]],
    ],
    [
      'a rate of the lines that the breakdown does not have',
      { vat: [['16', '65.25', '10.44']], totals: { tax: '10.44', gross: '75.69', payable: '75.69' } },
      [['invoice.vat-group-missing', { category: 'S', rate: '19', computed: '65.25' }]],
    ],
    [
      'a taxable amount that is not that of its lines',
      { vat: [['19', '56.25', '10.69']], totals: { tax: '10.69', gross: '75.94', payable: '75.94' } },
      [['invoice.vat-differs', { term: 'BT-116', category: 'S', rate: '19', stated: '56.25', computed: '65.25' }]],
    ],
  ] as const satisfies readonly (readonly [string, SampleInvoice, unknown])[])(
    'tells %s',
    (_what, sample, expected) => {
      expect(findings(sample)).toEqual(expected);
    },
  );

  it('takes two rates in one invoice, as in the second half of 2020', () => {
    const sample: SampleInvoice = {
      lines: [
        { quantity: '1000', price: '0.05', net: '50.00', rate: '16' },
        { quantity: '1000', price: '0.05', net: '50.00', rate: '19' },
      ],
      vat: [
        ['16', '50.00', '8.00'],
        ['19', '50.00', '9.50'],
      ],
      totals: { lineNet: '100.00', net: '100.00', tax: '17.50', gross: '117.50', payable: '117.50' },
    };
    expect(findings(sample)).toEqual([]);
  });
});

describe('what an invoice does not say rightly', () => {
  it('is told with its business term: numbers with a comma, days that do not exist', () => {
    expect(findings({ issueDate: '2021-02-30' })).toContainEqual([
      'invoice.value-malformed',
      { term: 'BT-2', value: '2021-02-30' },
    ]);
    expect(findings({ totals: { gross: '77,65' } })).toEqual([
      ['invoice.value-malformed', { term: 'BT-112', value: '77,65' }],
      ['invoice.value-missing', { term: 'BT-112' }],
    ]);
  });

  it('is told when it is missing', () => {
    const without = ublInvoice().replace(/<cbc:ID>R-2021-17<\/cbc:ID>/, '');
    expect(read(without).findings.map(({ args }) => args)).toEqual([{ term: 'BT-1' }]);
  });
});

describe('the XML inside a PDF', () => {
  async function pdfWith(attachments: Readonly<Record<string, string>>): Promise<Uint8Array> {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    for (const [name, content] of Object.entries(attachments)) {
      await pdf.attach(Buffer.from(content), name, { mimeType: 'text/xml' });
    }
    return pdf.save();
  }

  it('is found by the name that the standards give it', async () => {
    const pdf = await pdfWith({ 'a.xml': '<other/>', 'factur-x.xml': ublInvoice(), 'z.txt': 'x' });
    const { attachment, invoice } = read(pdf, 'rechnung.pdf');
    expect(attachment).toBe('factur-x.xml');
    expect(invoice.number).toBe('R-2021-17');
  });

  it('is found under another name, too', async () => {
    expect(read(await pdfWith({ 'Rechnung 17.xml': ublInvoice() }), 'b.pdf').attachment).toBe('Rechnung 17.xml');
  });

  it('is missed in a plain PDF, with a word on what to do', async () => {
    const pdf = await pdfWith({});
    expect(() => read(pdf, 'c.pdf')).toThrow(/no invoice as XML/);
  });

  it('never comes out of a broken PDF as something else', async () => {
    const pdf = await pdfWith({ 'factur-x.xml': ublInvoice() });
    for (let cut = 100; cut < pdf.length; cut += 97) {
      const path = join(folder, 'cut.pdf');
      writeFileSync(path, pdf.subarray(0, cut));
      try {
        expect(readInvoice(path).invoice.totals.payable).toBe('77.65');
      } catch (error) {
        expect(error).toMatchObject({ code: 'invoice.unreadable' });
      }
    }
  });
});

describe('hostile and foreign files', () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY l2 "&lol;&lol;">]><Invoice>&l2;</Invoice>`;
  const outside = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice>&e;</Invoice>`;
  it.each([
    ['entities that multiply', laughs, /DOCTYPE/],
    ['entities from outside', outside, /DOCTYPE/],
    ['levels without end', '<a>'.repeat(5000), /too many levels/],
    ['XML cut short', ublInvoice().slice(0, 900), /no well-formed XML \(line/],
    ['other XML', '<html xmlns="http://www.w3.org/1999/xhtml"/>', /root element "html"/],
    ['an Invoice of another world', '<Invoice><ID>1</ID></Invoice>', /root element "Invoice"/],
    ['no XML at all', 'Rechnung Nr. 17', /no well-formed XML/],
    ['nothing', '', /no well-formed XML/],
    ['bytes in another encoding than declared', Buffer.from('<?xml version="1.0"?><a>\xe4</a>', 'latin1'), /encoding/],
  ])('refuses %s', (_what, content, message) => {
    expect(() => read(content)).toThrow(message);
  });

  it('reads other encodings that are declared', () => {
    const words = ublInvoice()
      .replace('UTF-8', 'ISO-8859-1')
      .replace('Scan &amp; Co', 'Müller & Söhne'.replace('&', '&amp;'));
    expect(read(Buffer.from(words, 'latin1')).invoice.seller.name).toBe('Müller & Söhne');
    const wide = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(ublInvoice().replace('UTF-8', 'UTF-16'), 'utf16le'),
    ]);
    expect(read(wide).invoice.number).toBe('R-2021-17');
  });
});

describe('an invoice of ZUGFeRD 1.0', () => {
  const zugferd1 = `<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
<rsm:SpecifiedExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:ferd:CrossIndustryDocument:invoice:1p0:comfort</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:SpecifiedExchangedDocumentContext>
<rsm:HeaderExchangedDocument><ram:ID>471102</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20170305</udt:DateTimeString></ram:IssueDateTime></rsm:HeaderExchangedDocument>
<rsm:SpecifiedSupplyChainTradeTransaction>
<ram:ApplicableSupplyChainTradeAgreement><ram:SellerTradeParty><ram:Name>Scan GmbH</ram:Name></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Landkreis Musterland</ram:Name></ram:BuyerTradeParty><ram:BuyerOrderReferencedDocument><ram:ID>A-1</ram:ID></ram:BuyerOrderReferencedDocument></ram:ApplicableSupplyChainTradeAgreement>
<ram:ApplicableSupplyChainTradeDelivery/>
<ram:ApplicableSupplyChainTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:ApplicableTradeTax><ram:CalculatedAmount currencyID="EUR">19.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount currencyID="EUR">100.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:ApplicablePercent>19.00</ram:ApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeSettlementMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">19.00</ram:TaxTotalAmount><ram:GrandTotalAmount>119.00</ram:GrandTotalAmount><ram:DuePayableAmount>119.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementMonetarySummation>
</ram:ApplicableSupplyChainTradeSettlement>
<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:IncludedNote><ram:Content>Ihre Bestellung</ram:Content></ram:IncludedNote></ram:AssociatedDocumentLineDocument></ram:IncludedSupplyChainTradeLineItem>
<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
<ram:SpecifiedSupplyChainTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>0.0500</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedSupplyChainTradeAgreement>
<ram:SpecifiedSupplyChainTradeDelivery><ram:BilledQuantity unitCode="ZP">2000.0000</ram:BilledQuantity></ram:SpecifiedSupplyChainTradeDelivery>
<ram:SpecifiedSupplyChainTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode><ram:ApplicablePercent>19.00</ram:ApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation></ram:SpecifiedSupplyChainTradeSettlement>
<ram:SpecifiedTradeProduct><ram:Name>Seiten</ram:Name></ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem>
</rsm:SpecifiedSupplyChainTradeTransaction></rsm:CrossIndustryDocument>`;

  it('of the profile BASIC, which has no amount due, asks for the grand total', () => {
    const basic = zugferd1.replace('<ram:DuePayableAmount>119.00</ram:DuePayableAmount>', '');
    expect(read(basic)).toMatchObject({ findings: [], invoice: { totals: { gross: '119.00', payable: '119.00' } } });
    const total =
      '<ram:TotalPrepaidAmount>19.00</ram:TotalPrepaidAmount></ram:SpecifiedTradeSettlementMonetarySummation>';
    const prepaid = basic.replace('</ram:SpecifiedTradeSettlementMonetarySummation>', total);
    expect(read(prepaid).findings).toMatchObject([{ code: 'invoice.value-missing', args: { term: 'BT-115' } }]);
  });

  it('is read by the names of today, its lines of text counting nothing', () => {
    const { invoice, recomputed, findings } = read(zugferd1);
    expect(findings).toEqual([]);
    expect(invoice).toMatchObject({ number: '471102', issueDate: '2017-03-05', references: { order: 'A-1' } });
    expect(invoice.lines.map(({ counts, net }) => [counts, net])).toEqual([
      [false, null],
      [true, '100.00'],
    ]);
    expect(recomputed).toEqual({ lineNet: '100.00', net: '100.00', tax: '19.00', gross: '119.00', payable: '119.00' });
  });
});

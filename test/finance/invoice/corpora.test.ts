import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInvoice } from '../../../src/finance/invoice/read-invoice.ts';
import { corpus } from '../../support/corpora.ts';

const folders = ['xrechnung', 'en16931', 'zugferd'].map(corpus);
const files = folders.flatMap((folder) =>
  folder === undefined
    ? []
    : (readdirSync(folder, { recursive: true }) as string[])
        .filter((name) => /\.(xml|pdf)$/i.test(name))
        .map((name) => join(folder, name)),
);

/** What is wrong with the samples themselves; each was looked up in its XML. */
const contradictions: Readonly<Record<string, readonly string[]>> = {
  // Line 16 bills a surcharge of 177.41 as 1 × 1.50.
  'CII_business_example_Z.xml': ['invoice.line-differs'],
  // Energy: the price is per 1,000 units, or the quantity in another unit than the price.
  'CII_example8.xml': ['invoice.line-differs'],
  // 3 months × 49 for 49 months.
  'CII_example9.xml': ['invoice.line-differs'],
  // Insurance tax is in the price and told as a charge besides.
  'XRechnung-O.xml': ['invoice.line-differs'],
  // Forint: all amounts are whole.
  'huf_example_cii.xml': ['invoice.line-rounding', 'invoice.vat-rounding'],
  // A return of 6 pieces at 18.33 with a negative amount, but a positive quantity.
  'guide-example1.xml': ['invoice.line-differs'],
  // 2 × 800 are stated as 400.
  'guide-example3.xml': ['invoice.line-differs'],
  // 2 × 1,273.00 are stated as 1,273.00.
  'ubl-tc434-example2.xml': ['invoice.line-differs'],
  '03.01a-INVOICE_ubl.xml': ['invoice.line-rounding'],
  '03.01a-INVOICE_uncefact.xml': ['invoice.line-rounding'],
  '03.04a-INVOICE_ubl.xml': ['invoice.line-rounding'],
  '03.04a-INVOICE_uncefact.xml': ['invoice.line-rounding'],
  '03.05a-INVOICE_ubl.xml': ['invoice.line-rounding'],
  '03.05a-INVOICE_uncefact.xml': ['invoice.line-rounding'],
  // Insurance tax is in the amount of the line, but not in its net price.
  'zugferd_2p0_EN16931_Kraftfahrversicherung_Bruttopreise.pdf': ['invoice.line-differs'],
  // 10,000 kWh × 0.052 are 520.00, stated as 52.00.
  'zugferd_2p0_EXTENDED_Kostenrechnung.pdf': ['invoice.line-differs'],
  // 20 × 4.10 are 82.00, stated as 81.90.
  'Facture_FR_BASIC.pdf': ['invoice.line-differs'],
};

describe.skipIf(files.length === 0)('the public test invoices', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(90));

  it.each(files.map((path) => [path.split(/[\\/]/).at(-1) ?? '', path] as const))(
    '%s is read, and its totals recomputed are those that it states',
    (name, path) => {
      const { invoice, recomputed, findings } = readInvoice(path);
      const { totals } = invoice;
      const isMinimum = totals.lineNet === null;
      const isRounded = name === 'huf_example_cii.xml';
      const stated = {
        lineNet: totals.lineNet,
        net: totals.net,
        tax: totals.tax,
        gross: totals.gross,
        payable: isMinimum ? null : totals.payable,
      };
      if (isRounded) expect(recomputed).toEqual({ ...stated, tax: '18678.60', gross: '87858.60', payable: '87858.60' });
      else expect(recomputed).toEqual(stated);
      expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual(contradictions[name] ?? []);
      expect(invoice.number).toMatch(/\S/);
      expect(invoice.issueDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    },
  );
});

/** Where the two forms of one business case differ in the samples themselves. */
const unequal: readonly RegExp[] = [
  /^\.syntax$/,
  // UBL needs an order number where only the seller's is known.
  /^\.references\.order$/,
  /^\.seller\.(address|identifiers|vatIdentifier)/,
  /^\.buyer\.(address|tradingName)/,
  /^\.payee\.legalIdentifier$/,
  /^\.vat\.0\.exemption$/,
];

describe('an XRechnung business case', () => {
  const pairs = files
    .filter((path) => path.endsWith('_ubl.xml'))
    .map((path) => [path.split(/[\\/]/).at(-1) ?? '', path] as const);

  it.skipIf(pairs.length === 0).each(pairs)('%s reads the same in UBL and in CII', (_name, path) => {
    const ubl = readInvoice(path).invoice;
    const cii = readInvoice(path.replace('_ubl', '_uncefact')).invoice;
    const differing = [...differences(ubl, cii, '')].filter((place) => !unequal.some((known) => known.test(place)));
    expect(differing).toEqual([]);
  });
});

function* differences(a: unknown, b: unknown, place: string): Iterable<string> {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    if (a !== b) yield place;
    return;
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    yield* differences(left[key], right[key], `${place}.${key}`);
  }
}

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { priceQuantities } from '../../src/contract/prices.ts';
import { Volumes } from '../../src/contract/pricing/volumes.ts';
import { type CountedFile, priceFiles } from '../../src/finance/price-explanation/file-prices.ts';
import { on, pagePrice, randomSheet, sheetOf, under } from '../contract/price-sheets.ts';
import { acceptPages, addBatch, addCallOff, addContract, createLedger, type Ledger } from '../support/ledger.ts';
import { runCli } from '../support/run-cli.ts';

const file = (reference: string, pages: number, more: Partial<CountedFile> = {}): CountedFile => ({
  reference,
  volume: '',
  pages,
  files: 1,
  documents: 1,
  ...more,
});
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
const total = (files: readonly CountedFile[], pick: (one: CountedFile) => number | undefined) =>
  sum(files.map((one) => pick(one) ?? 0));

function priced(sheet: ReturnType<typeof sheetOf>, files: readonly CountedFile[], volumes = new Volumes()) {
  const quantities = {
    pages: total(files, ({ pages }) => pages),
    files: files.length,
    documents: total(files, ({ documents }) => documents),
    removedBlanks: total(files, ({ removedBlanks }) => removedBlanks),
    classes: files.flatMap(({ classes }) => classes ?? []),
  };
  return priceQuantities(sheet, quantities, on('2021-03-01'), new Map(), under(volumes));
}

const randomFiles = fc.array(
  fc.record({ pages: fc.integer({ min: 0, max: 1500 }), documents: fc.nat(5), removedBlanks: fc.nat(200) }),
  { minLength: 1, maxLength: 8 },
);

describe('the parts of files', () => {
  it('make their lines, their acceptance and its VAT, to the cent, whatever the price sheet', () => {
    fc.assert(
      fc.property(randomSheet, randomFiles, fc.boolean(), (sheet, specs, isSecond) => {
        const files = specs.map((spec, index) => file(`A-${index}`, spec.pages, spec));
        const volumes = new Volumes();
        if (isSecond) priced(sheet, [file('before', 777)], volumes);
        const calculation = priced(sheet, files, volumes);
        const parts = priceFiles(calculation, files);
        expect(parts).toHaveLength(files.length);
        expect(sum(parts.map(({ net }) => net))).toBe(calculation.net);
        expect(sum(parts.map(({ vat }) => vat))).toBe(calculation.vat);
        expect(sum(parts.map(({ gross }) => gross))).toBe(calculation.gross);
        for (const [index, line] of calculation.lines.entries()) {
          const own = parts.flatMap((one) => one.parts.filter((part) => part.line === index));
          expect(sum(own.map(({ net }) => net))).toBe(line.net);
          if (line.quantity > 0) expect(sum(own.map(({ quantity }) => quantity ?? 0))).toBe(line.quantity);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are of the classes that were counted in each file', () => {
    const sheet = sheetOf([
      pagePrice({ pages: { sizes: ['A6', 'A5', 'A4', 'A3'] } }),
      pagePrice({ key: 'large', price: '2.00', pages: { sizes: ['A2', 'A1', 'A0', 'larger'] } }),
    ]);
    const plan = file('B', 3, { classes: [{ size: 'A0', colour: 'bw', pages: 2 }] });
    const files = [file('A', 10), plan];
    // 11 small pages are 1.10, two large ones 4.00.
    const [one, two] = priceFiles(priced(sheet, files), files);
    expect([one?.net, two?.net]).toEqual([100, 410]);
  });

  it('share by pages what is not counted by file', () => {
    const sheet = sheetOf([pagePrice(), { key: 'hour', title: 'Stunde', unit: 'hour', price: '45.00' }]);
    const files = [file('A', 100), file('B', 200)];
    const calculation = priceQuantities(
      sheet,
      { pages: 300, files: 2, documents: 2 },
      on('2021-03-01'),
      new Map([['hour', 1000]]),
    );
    expect(priceFiles(calculation, files).map(({ parts }) => parts[1])).toEqual([
      { line: 1, quantity: null, net: 1500 },
      { line: 1, quantity: null, net: 3000 },
    ]);
  });
});

describe('scanlot price explain', () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await createLedger();
    await addContract(ledger);
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
    await acceptPages(ledger, 'B-1', '2021-02-01', 33, 72);
    await ledger.workspace.close();
  });
  afterEach(() => ledger.remove());

  const run = (...argv: string[]) => runCli(['price', 'explain', ...argv, '--lang', 'de'], ledger.root);

  it('explains a batch down to its files', async () => {
    const { stdout, exitCode } = await run('B-1', '--json');
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      subject: { kind: 'batch', name: 'B-1' },
      net: '10.50',
      tax: '2.00',
      gross: '12.50',
      vat: [{ rate: '19', net: '10.50', vat: '2.00' }],
    });
    expect(document.acceptances[0].lines).toMatchObject([
      { position: 'page', quantity: 105, price: '0.10', net: '10.50' },
    ]);
    expect(document.acceptances[0].files).toMatchObject([
      { reference: 'B-1/1', pages: 33, net: '3.30', vat: '0.63', gross: '3.93' },
      { reference: 'B-1/2', pages: 72, net: '7.20', vat: '1.37', gross: '8.57' },
    ]);
    expect((await run('B-1')).stdout).toMatch(/33 × 0,10\s€ = 3,30\s€/);
  });

  it('explains a lot and a call-off, with files only where they are asked for', async () => {
    for (const name of ['L1', 'RV-1/L1', 'A-1']) {
      const document = JSON.parse((await run(name, '--json')).stdout);
      expect([document.gross, document.acceptances[0].files]).toEqual(['12.50', null]);
    }
    const document = JSON.parse((await run('A-1', '--file', 'B-1/2', '--json')).stdout);
    expect(document.acceptances[0].files.map((one: { reference: string }) => one.reference)).toEqual(['B-1/2']);
  });

  it('refuses names that it does not know, with the nearest one', async () => {
    expect(await run('B-11')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('„B-1“') });
    expect(await run('B-1', '--file', 'B-1/9')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('„B-1/9“'),
    });
  });
});

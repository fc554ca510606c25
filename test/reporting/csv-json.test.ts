import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/reporting/render.ts';
import { packagePath } from '../../src/shared/package.ts';
import { deliveryTable, reportOf, sampleReport } from './sample-report.ts';

const bytesOf = async (...args: Parameters<typeof renderReport>) => Buffer.from(await renderReport(...args));

describe('CSV', () => {
  it('in German has a byte order mark, semicolons, decimal commas, ISO dates and CRLF', async () => {
    const csv = await bytesOf(reportOf(deliveryTable(2)), 'csv', 'de');
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.toString('utf8').slice(1)).toBe(
      'Abnahme;Lieferung;Auftragnehmer;Zustand;Seiten;Netto;Umsatzsteuer;Brutto;Preis\r\n' +
        '2020-01-01;L-2020-0001;Łukasz Şahin Scanservice GmbH & Co. KG;teilweise abgenommen;20000;600,00;96,00;696,00;0,03\r\n' +
        '2020-02-02;L-2020-0002;Łukasz Şahin Scanservice GmbH & Co. KG;abgenommen;20137;604,10;96,66;700,76;0,0235\r\n',
    );
  });

  it('in English has commas and decimal points', async () => {
    const csv = (await bytesOf(reportOf(deliveryTable(1, 'Scan, Ltd.')), 'csv', 'en')).toString();
    expect(csv.split('\r\n')[1]).toBe(
      '2020-01-01,L-2020-0001,"Scan, Ltd.",accepted in part,20000,600.00,96.00,696.00,0.03',
    );
  });

  it('has no totals row, which whoever adds up the column would count twice', async () => {
    const csv = (await bytesOf(reportOf(deliveryTable(3)), 'csv', 'de')).toString();
    expect(csv.trimEnd().split('\r\n')).toHaveLength(4);
  });

  it('gives the main table, or the one that is named', async () => {
    expect((await bytesOf(sampleReport(), 'csv', 'de')).toString()).toContain('Produktsachkonto');
    const named = await bytesOf(sampleReport(), 'csv', 'de', { table: 'deliveries' });
    expect(named.toString()).toContain('L-2020-0070');
    const empty = await bytesOf(sampleReport(), 'csv', 'de', { table: 'rework' });
    expect(empty.toString()).toBe('\uFEFFLieferung;Betrag\r\n');
  });

  it('of an unknown table says which there are', async () => {
    await expect(renderReport(sampleReport(), 'csv', 'de', { table: 'deliverys' })).rejects.toMatchObject({
      code: 'report.unknown-table',
      exitCode: 2,
      remedy: { de: 'Meinten Sie „deliveries“?' },
      details: [{ de: 'lots' }, { de: 'deliveries' }, { de: 'rework' }],
    });
  });

  it('is the only format that lets a table be chosen', async () => {
    await expect(renderReport(sampleReport(), 'pdf', 'de', { table: 'lots' })).rejects.toMatchObject({
      code: 'report.table-only-for-csv',
    });
  });
});

describe('JSON', () => {
  const schema = JSON.parse(readFileSync(packagePath('schemas', 'report-1.schema.json'), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  it.each(['de', 'en'] as const)('keeps to its schema (%s)', async (language) => {
    const json = JSON.parse((await bytesOf(sampleReport(), 'json', language)).toString());
    validate(json);
    expect(validate.errors).toBeNull();
    expect(json.schema).toBe(schema.$id);
  });

  it('gives money as decimal strings and counts as numbers', async () => {
    const json = JSON.parse((await bytesOf(sampleReport(), 'json', 'de')).toString());
    expect(json.tables[0].rows[0]).toEqual({
      lot: 'Los 1',
      department: 'Ordnungsamt',
      account: '12210.5431000',
      year: 2020,
      budget: '93000.00',
      committed: '61200.33',
      accrued: '50110.20',
      available: '31799.67',
      share: '0.538819',
      pages: 3_150_400,
      perPage: '0.0159',
      metres: '91.500',
    });
    expect(json.tables[0].totals).toMatchObject({
      lot: null,
      budget: '420000.00',
      share: '0.663652',
      metres: '563.750',
    });
    expect(json.tables[2]).toMatchObject({ rows: [], totals: null });
  });

  it('is refused by its schema when a figure has the wrong form', async () => {
    const json = JSON.parse((await bytesOf(sampleReport(), 'json', 'de')).toString());
    json.facts[0].value = 420_000;
    expect(validate(json)).toBe(false);
    json.facts[0].value = '420000,00';
    expect(validate(json)).toBe(false);
  });
});

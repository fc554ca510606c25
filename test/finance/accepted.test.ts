import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptedServices } from '../../src/finance/accepted.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import {
  acceptPages,
  addBatch,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  edit,
  endCallOff,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

const services = (filter = {}) => acceptedServices(ledger.workspace.db, filter);
const money = ({ net, vat, gross }: { net: number; vat: number; gross: number }) => [net, vat, gross];
const on = (day: string) => day as CalendarDate;

describe('what is accepted costs', () => {
  it('VAT by the date of performance, although order and decision are of other days', async () => {
    await addContract(ledger);
    await addCallOff(ledger, { number: 'A-1', on: '2020-06-01', pages: 40_000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 4 });
    const performed = ['2020-06-30', '2020-07-01', '2020-12-31', '2021-01-01'];
    for (const [index, day] of performed.entries()) {
      await addDecision(ledger, {
        batch: 'B-1',
        round: index + 1,
        on: day,
        decidedOn: '2021-02-01',
        files: [{ file: index, pages: 10_003 }],
      });
    }
    // 10,003 × 0.10 = 1,000.30; 19 % is 190.057, 16 % is 160.048.
    expect((await services()).map((service) => [service.performedOn, service.vatRate, ...money(service)])).toEqual([
      ['2020-06-30', 1900, 100_030, 19_006, 119_036],
      ['2020-07-01', 1600, 100_030, 16_005, 116_035],
      ['2020-12-31', 1600, 100_030, 16_005, 116_035],
      ['2021-01-01', 1900, 100_030, 19_006, 119_036],
    ]);
  });

  it('each position rounded to the cent, VAT once on their sum', async () => {
    const prices = [
      { key: 'page', title: 'Seite', unit: 'page', price: '0.0235' },
      { key: 'file', title: 'Akte', unit: 'file', price: '0.333333' },
      { key: 'index', title: 'Verschlagwortung', unit: 'document', price: '0.115' },
    ] as const;
    await addContract(ledger, { lots: [lotDocument({ prices })] });
    await addCallOff(ledger, { number: 'A-1', on: '2021-02-01', pages: 1000, files: 2 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
    await addDecision(ledger, {
      batch: 'B-1',
      on: '2021-03-01',
      files: [
        { file: 0, pages: 101, documents: 2 },
        { file: 1, pages: 100, documents: 1 },
      ],
    });
    // 201 × 0.0235 = 4.7235 → 4.72; 2 × 0.333333 = 0.666666 → 0.67; 3 × 0.115 = 0.345 → 0.35; net 5.74; VAT 1.0906.
    const [service] = await services();
    expect(service).toMatchObject({ pages: 201, files: 2, documents: 3, net: 574, vat: 109, gross: 683 });
  });

  it('the price of the day of performance, also where the price changes in mid-year', async () => {
    const prices = [
      { key: 'page', title: 'Seite', unit: 'page', price: '0.08', validTo: on('2021-06-30') },
      { key: 'page', title: 'Seite', unit: 'page', price: '0.0845', validFrom: on('2021-07-01') },
    ] as const;
    await addContract(ledger, { lots: [lotDocument({ prices })] });
    await addCallOff(ledger, { number: 'A-1', on: '2021-02-01', pages: 50_000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
    await acceptPages(ledger, 'B-1', '2021-06-30', 12_345);
    await addDecision(ledger, { batch: 'B-1', round: 2, on: '2021-07-01', files: [{ file: 1, pages: 12_345 }] });
    // 12,345 × 0.08 = 987.60, VAT 187.644; 12,345 × 0.0845 = 1,043.1525, VAT 198.1985.
    expect((await services()).map(money)).toEqual([
      [98_760, 18_764, 117_524],
      [104_315, 19_820, 124_135],
    ]);
  });

  it('only the accepted files of a delivery; a redelivery adds its own', async () => {
    await addContract(ledger);
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-15', pages: 1000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 3 });
    await addDecision(ledger, {
      batch: 'B-1',
      on: '2021-02-01',
      files: [
        { file: 0, pages: 300 },
        { file: 1, pages: 200, rejected: true },
        { file: 2, pages: 111, rejected: true },
      ],
    });
    await addDecision(ledger, { batch: 'B-1', round: 2, on: '2021-02-20', files: [{ file: 1, pages: 205 }] });
    await addDecision(ledger, {
      batch: 'B-1',
      round: 3,
      on: '2021-02-25',
      files: [{ file: 2, pages: 99, rejected: true }],
    });
    expect(await services()).toMatchObject([
      { kind: 'acceptance', batch: 'B-1', round: 1, pages: 300, files: 1, net: 3000, callOff: { number: 'A-1' } },
      { kind: 'acceptance', batch: 'B-1', round: 2, pages: 205, files: 1, net: 2050 },
    ]);
  });

  it('what was performed before tracking began, as a service of its own kind', async () => {
    const openingBalances = [
      {
        performedOn: on('2020-09-30'),
        account: 'K1',
        costCentre: 'S1',
        pages: 250_000,
        files: 900,
        runningMetres: 41.5,
        net: '21250.00',
        source: 'Rechnungen 1–4',
      },
    ];
    await addContract(ledger, { lots: [lotDocument({ openingBalances })] });
    expect(await services()).toMatchObject([
      {
        kind: 'opening',
        performedOn: '2020-09-30',
        department: 'Ordnungsamt',
        vatRate: 1600,
        net: 2_125_000,
        vat: 340_000,
        gross: 2_465_000,
        millimetres: 41_500,
        source: 'Rechnungen 1–4',
      },
    ]);
  });

  it('never nothing: a gap in the price sheet stops the calculation and says where', async () => {
    await addContract(ledger);
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-15', pages: 1000 });
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
    await acceptPages(ledger, 'B-1', '2021-02-01', 300);
    await edit(ledger, (db) =>
      db
        .updateTable('price_position')
        .set({ valid_to: on('2021-01-31') })
        .execute(),
    );
    await expect(services()).rejects.toMatchObject({
      code: 'price.none',
      details: [{ en: 'lot L1 (RV-1), batch B-1, round 1' }],
    });
  });
});

describe('services can be chosen', () => {
  beforeEach(async () => {
    await addContract(ledger, { lots: [lotDocument(), lotDocument({ key: 'L2', department: 'Sozialamt' })] });
    for (const lot of ['L1', 'L2']) {
      await addCallOff(ledger, { number: `A-${lot}`, lot, on: '2020-10-01', pages: 1000 });
      await addBatch(ledger, { key: `B-${lot}`, callOff: `A-${lot}`, files: 2 });
      await addDecision(ledger, {
        batch: `B-${lot}`,
        on: '2020-12-20',
        decidedOn: '2021-01-10',
        files: [{ file: 0, pages: 10 }],
      });
      await addDecision(ledger, { batch: `B-${lot}`, round: 2, on: '2021-01-20', files: [{ file: 1, pages: 20 }] });
    }
  });

  it('by lot, department and year of performance', async () => {
    const lot = await ledger.workspace.db.selectFrom('lot').select('id').where('key', '=', 'L2').executeTakeFirst();
    expect((await services({ lotId: lot?.id })).map(({ lot: { key } }) => key)).toEqual(['L2', 'L2']);
    expect((await services({ department: 'Ordnungsamt' })).map(({ lot: { key } }) => key)).toEqual(['L1', 'L1']);
    expect((await services({ year: 2020 })).map(({ pages }) => pages)).toEqual([10, 10]);
  });

  it('as they were known on a day: what was decided later was not', async () => {
    expect(await services({ asOf: on('2021-01-09') })).toEqual([]);
    expect(await services({ asOf: on('2021-01-10') })).toHaveLength(2);
    expect(await services({ asOf: on('2021-01-20') })).toHaveLength(4);
  });

  it('even where the order bears a later date than the acceptance', async () => {
    await edit(ledger, (db) =>
      db
        .updateTable('call_off')
        .set({ ordered_on: on('2021-05-01') })
        .execute(),
    );
    expect(await services({ asOf: on('2021-01-20') })).toHaveLength(4);
  });
});

describe('the shelf that an acceptance stands for', () => {
  beforeEach(async () => {
    await addContract(ledger);
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-15', pages: 1000, millimetres: 5000 });
  });
  const shelf = async () => (await services()).map(({ millimetres }) => millimetres);

  it("is the batch's length, shared out by files to the last millimetre", async () => {
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 3, millimetres: 1000 });
    for (const file of [0, 1, 2]) {
      await addDecision(ledger, { batch: 'B-1', round: file + 1, on: '2021-02-01', files: [{ file, pages: 10 }] });
    }
    expect(await shelf()).toEqual([333, 334, 333]);
  });

  it("is the call-off's length once that is closed, where no batch was measured; unknown before", async () => {
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
    await addBatch(ledger, { key: 'B-2', callOff: 'A-1', files: 2 });
    await acceptPages(ledger, 'B-1', '2021-02-01', 10, 10);
    await acceptPages(ledger, 'B-2', '2021-02-02', 10);
    expect(await shelf()).toEqual([null, null]);
    await endCallOff(ledger, 'A-1', '2021-03-01');
    expect(await shelf()).toEqual([3333, 1667]);
  });

  it('is unknown for the batches without a length, where others of the call-off were measured', async () => {
    await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1, millimetres: 800 });
    await addBatch(ledger, { key: 'B-2', callOff: 'A-1', files: 1 });
    await acceptPages(ledger, 'B-1', '2021-02-01', 10);
    await acceptPages(ledger, 'B-2', '2021-02-02', 10);
    await endCallOff(ledger, 'A-1', '2021-03-01');
    expect(await shelf()).toEqual([800, null]);
  });
});

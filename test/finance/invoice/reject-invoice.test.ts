import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveInvoice } from '../../../src/finance/invoice-matching/approve.ts';
import { rejectInvoice } from '../../../src/finance/invoice-matching/reject.ts';
import type { Block, WrittenDocument } from '../../../src/reporting/document/model.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
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

const on = '2021-04-14' as CalendarDate;
const reason = 'Preis und Menge weichen ab';
const wrong = vendorInvoice({
  lines: [pageLine('110', { price: '0.12' }), pageLine('1', { buyerItem: 'x', name: 'Eile' })],
});
let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
  const vendor = { name: 'Scan GmbH', street: 'Industriestraße 4', postalCode: '12345', town: 'Musterstadt' };
  await addContract(ledger, { vendor });
  await addBudget(ledger, { year: 2021, appropriation: '100000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 5000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
  await acceptPages(ledger, 'B-1', '2021-03-01', 100);
});
afterEach(async () => ledger.remove());

async function reject(invoice = wrong) {
  const letters: WrittenDocument[] = [];
  const path = invoiceFile(ledger, invoice);
  const write = async (letter: WrittenDocument) => void letters.push(letter);
  const { invoice: row } = await rejectInvoice(ledger.workspace, { path, reason, on, write });
  return { row, letter: letters[0] };
}

function wordsOf(block: Block): string[] {
  if (block.kind === 'table') return [...block.rows].map((row) => row.join(' | '));
  if (block.kind === 'letterhead') return [...block.recipient, ...block.references.map((row) => row.join(': '))];
  return 'words' in block ? [block.words] : [];
}
const wordsIn = (letter: WrittenDocument | undefined) => letter?.blocks.flatMap(wordsOf) ?? [];
const rows = () => ledger.workspace.db.selectFrom('invoice').select(['number', 'state', 'reason', 'gross']).execute();

describe('rejecting an invoice', () => {
  it('writes a German letter that names each deviation and what would have been right', async () => {
    const { letter } = await reject();
    expect(letter).toMatchObject({ language: 'de', title: 'Zurückweisung der Rechnung R-1' });
    const words = wordsIn(letter);
    expect(words).toEqual(
      expect.arrayContaining(['Scan GmbH', 'Industriestraße 4', '12345 Musterstadt', 'Abruf: A-1']),
    );
    expect(words).toContain('Ihre Rechnung R-1 vom 12.04.2021 – Zurückweisung');
    expect(words).toContain(`Grund: ${reason}`);
    const shown = words.join('\n').replaceAll('\u00a0', ' ');
    expect(shown).toContain('1 | Mehr berechnet als abgenommen | Position 1 (page): berechnet 110');
    expect(shown).toContain('2 | Preis über dem Vertragspreis | Position 1 (page): berechnet 0,12 €');
    expect(shown).toContain('3 | Position nicht vereinbart | Position 2 („Eile“)');
    expect(shown).toContain('1 | Seiten | 13,20 € | 10,00 € | 3,20 € | Menge 1,00 €, Preis 2,20 €');
    expect(shown).toContain('| Summe brutto | 15,83 € | 11,90 € | 3,93 € |');
  });

  it('records it once, however often the letter is written; nothing is used', async () => {
    await reject();
    expect((await reject()).letter).toBeDefined();
    expect(await rows()).toEqual([{ number: 'R-1', state: 'rejected', reason, gross: 0 }]);
    expect(await ledger.workspace.db.selectFrom('invoice_use').selectAll().execute()).toEqual([]);
  });

  it('leaves the number free for the corrected invoice', async () => {
    await reject();
    const path = invoiceFile(ledger, vendorInvoice());
    const { invoice } = await approveInvoice(ledger.workspace, { path, partial: false, on });
    expect(invoice).toMatchObject({ number: 'R-1', state: 'approved', gross: 1190 });
  });

  it('does not reject what is approved', async () => {
    const path = invoiceFile(ledger, vendorInvoice());
    await approveInvoice(ledger.workspace, { path, partial: false, on });
    await expect(reject(vendorInvoice())).rejects.toMatchObject({ code: 'invoice.approved-already', exitCode: 1 });
  });

  it('gives back what a first pair of eyes had reserved', async () => {
    const workspace = { ...ledger.workspace, config: { county: 'Test', invoices: { fourEyes: true } } };
    const path = invoiceFile(ledger, vendorInvoice());
    await approveInvoice(workspace, { path, partial: false, on });
    expect((await reject(vendorInvoice())).row.state).toBe('rejected');
    expect(await ledger.workspace.db.selectFrom('invoice_use').selectAll().execute()).toEqual([]);
    expect(await rows()).toEqual([{ number: 'R-1', state: 'rejected', reason, gross: 0 }]);
  });

  it('records nothing when the letter cannot be written', async () => {
    const path = invoiceFile(ledger, wrong);
    const write = () => Promise.reject(new Error('disk full'));
    await expect(rejectInvoice(ledger.workspace, { path, reason, on, write })).rejects.toThrow('disk full');
    expect(await rows()).toEqual([]);
  });

  it.each([
    ['docx', 'PK'],
    ['pdf', '%PDF-'],
  ])('as %s by command', async (form, magic) => {
    await ledger.workspace.close();
    const file = invoiceFile(ledger, wrong);
    const out = join(ledger.root, `brief.${form}`);
    const argv = ['invoice', 'reject', file, '--reason', reason, '--out', out, '--date', '2021-04-14'];
    const { exitCode, stderr } = await runCli([...argv, '--lang', 'de'], ledger.root);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(readFileSync(out).subarray(0, magic.length).toString('latin1')).toBe(magic);
  });

  it('needs a reason, and a form', async () => {
    await ledger.workspace.close();
    const file = invoiceFile(ledger, wrong);
    const run = (...more: string[]) => runCli(['invoice', 'reject', file, ...more, '--lang', 'en'], ledger.root);
    expect((await run('--reason', ' ', '--out', 'x.pdf')).stderr).toContain('To reject needs a reason.');
    const { exitCode, stderr } = await run('--reason', 'x', '--out', 'x.txt');
    expect([exitCode, existsSync(join(ledger.root, 'x.txt'))]).toEqual([2, false]);
    expect(stderr).toContain('does not tell the form');
  });
});

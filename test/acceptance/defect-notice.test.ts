import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findingsOf, insertFindings } from '../../src/acceptance/delivery-store.ts';
import { documentBooks } from '../../src/acceptance/document-books.ts';
import { createFinding, type Finding } from '../../src/findings/finding.ts';
import { readOwnZip } from '../../src/reporting/document/zip-file.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { pdfWords } from '../reporting/pdf-text.ts';
import { addBatch, addDelivery, type CustodyWorkspace, custodyWorkspace, edit, picked } from '../support/custody.ts';
import { runCli } from '../support/run-cli.ts';

let custody: CustodyWorkspace;
let delivery: number;
beforeEach(async () => {
  custody = await custodyWorkspace();
  const { workspace } = custody;
  const batch = await addBatch(workspace, 'B-1', [picked('33.1/1'), picked('33.1/2', { row: 3 })]);
  const documents = (state: string, name: string) => [{ path: `scans/${name}.pdf`, state }];
  const { id, files } = await addDelivery(workspace, batch.id, 1, [
    { reference: '33.1/1', fileId: batch.files[0]!, documents: documents('failed', 'a') },
    { reference: '33.1/2', fileId: batch.files[1]!, documents: documents('failed', 'b\u202Egpj') },
  ]);
  delivery = id;
  const about = (path: string, reference: string): Finding =>
    createFinding('pages.count-differs', { path, row: 2, reference }, { declared: 20, counted: 19 });
  await edit(workspace, async (db) => {
    await db.updateTable('lot').set({ cure_days: 14, title: 'Ausländerakten' }).execute();
    await insertFindings(db, id, [
      { finding: about('scans/a.pdf', '33.1/1'), deliveryFileId: files[0]! },
      { finding: about('scans/b\u202Egpj.pdf', '33.1/2'), deliveryFileId: files[1]! },
      { finding: createFinding('package.junk', { path: 'Thumbs.db' }, {}), deliveryFileId: null },
    ]);
  });
  await workspace.close();
});
afterEach(() => custody.remove());

const notice = (...more: string[]) =>
  runCli(['delivery', 'notice', 'B-1', '--date', '2021-03-20', '--wait', '0', ...more], custody.root);

function documentXml(file: string): string {
  const part = readOwnZip(readFileSync(join(custody.root, file))).find(({ name }) => name === 'word/document.xml');
  return Buffer.from(part?.content as Uint8Array).toString('utf8');
}

describe('the defect notice', () => {
  test('is a German letter with deadline, groups and every defect in the annex', async () => {
    const config = JSON.parse(readFileSync(join(custody.root, 'scanlot.json'), 'utf8'));
    const sender = { street: 'Kreisstraße 1', postalCode: '12345', town: 'Beispielstadt' };
    writeFileSync(join(custody.root, 'scanlot.json'), JSON.stringify({ ...config, sender }));
    const { exitCode, stdout } = await notice('--out', 'n.docx', '--json', '--lang', 'en');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      batch: 'B-1',
      round: 1,
      format: 'docx',
      deadline: '2021-04-06',
      defects: 2,
      affectedFiles: 2,
      waived: 0,
    });
    const words = documentXml('n.docx').replace(/<[^>]+>/g, ' ');
    for (const part of [
      'Scan GmbH',
      'Kreisstraße 1',
      'Mängelanzeige zur Lieferung 1 der Charge B-1',
      'Frist zur Nacherfüllung: 06.04.2021',
      'Im Auftrag',
      'Anlage: Verzeichnis der Mängel',
      'scans/a.pdf',
      'scans/b[U+202E]gpj.pdf',
      '1.2',
    ]) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain('Thumbs.db');
  });

  test('says the same as PDF, with a deadline of one’s own', async () => {
    const { exitCode } = await notice('--out', 'n.pdf', '--deadline', '2021-05-03');
    expect(exitCode).toBe(0);
    const words = (await pdfWords(readFileSync(join(custody.root, 'n.pdf')))).join(' ');
    expect(words).toContain('Frist zur Nacherfüllung: 03.05.2021');
    expect(words).toContain('Anlage: Verzeichnis der Mängel');
  });

  test('leaves out what was waived, and is refused when nothing is left', async () => {
    const waive = (reference: string) =>
      runCli(
        ['waive', 'B-1', 'pages.count-differs', '--file', reference, '--reason', 'abgesprochen', '--wait', '0'],
        custody.root,
      );
    expect(await waive('33.1/1')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse((await notice('--out', 'n.docx', '--json')).stdout)).toMatchObject({ defects: 1, waived: 1 });
    expect(documentXml('n.docx')).not.toContain('scans/a.pdf');
    expect(await waive('33.1/2')).toMatchObject({ exitCode: 0 });
    const refused = await notice('--out', 'leer.docx', '--lang', 'de');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('keinen offenen Fehler');
    expect(existsSync(join(custody.root, 'leer.docx'))).toBe(false);
  });

  test.each([
    ['a form that the name does not tell', ['--out', 'n.txt']],
    ['a deadline before the letter', ['--out', 'n.docx', '--deadline', '2021-03-20']],
    ['a round that is not there', ['--out', 'n.docx', '--round', '7']],
  ])('is refused for %s', async (_name, more) => {
    const { exitCode, stderr } = await notice(...more);
    expect(exitCode).toBe(2);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test('a lot without a cure period needs a deadline by hand', async () => {
  const workspace = await openWorkspace(custody.root, { mode: 'write' });
  await edit(workspace, (db) => db.updateTable('lot').set({ cure_days: null }).execute());
  await workspace.close();
  const refused = await notice('--out', 'n.pdf', '--lang', 'de');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--deadline') });
  expect(await notice('--out', 'n.pdf', '--deadline', '2021-04-12')).toMatchObject({ exitCode: 0 });
});

describe('the books of a delivery', () => {
  test('count documents whose errors were all waived, and nothing vanishes', async () => {
    const show = async () =>
      JSON.parse((await runCli(['delivery', 'show', 'B-1', '--json', '--wait', '0'], custody.root)).stdout).documents;
    expect(await show()).toEqual({ documents: 2, passed: 0, failed: 2, errored: 0, waived: 0 });
    await runCli(
      ['waive', 'B-1', 'pages.count-differs', '--file', '33.1/1', '--reason', 'abgesprochen', '--wait', '0'],
      custody.root,
    );
    expect(await show()).toEqual({ documents: 2, passed: 0, failed: 1, errored: 0, waived: 1 });
    const workspace = await openWorkspace(custody.root, { mode: 'read' });
    const books = await documentBooks(workspace, delivery, await findingsOf(workspace.db, delivery));
    await workspace.close();
    expect(books.passed + books.failed + books.errored + books.waived).toBe(books.documents);
  });

  test('stay what they are when findings are filtered, and the filter is told', async () => {
    const { stdout } = await runCli(
      ['delivery', 'show', 'B-1', '--severity', 'note', '--json', '--wait', '0'],
      custody.root,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      documents: { failed: 2 },
      filter: { severities: ['note'], shown: 1, of: 3 },
      findings: [{ code: 'package.junk' }],
    });
  });
});

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImportPlan } from '../../../src/dms/import/read-plan.ts';
import { runReport } from '../../../src/dms/import/report.ts';
import { runImport } from '../../../src/dms/import/run.ts';
import { acceptedDocuments } from '../../../src/dms/import/store.ts';
import { verifyImports } from '../../../src/dms/import/verify.ts';
import { withdrawable, withdrawObjects } from '../../../src/dms/import/withdraw.ts';
import { createOcflAdapter } from '../../../src/dms/ocfl/adapter.ts';
import { addNote } from '../../../src/dms/transfer-note/add-note.ts';
import { documentNotes } from '../../../src/dms/transfer-note/document-notes.ts';
import { makeNotedCopy } from '../../../src/dms/transfer-note/pdf/noted-copy.ts';
import { readNoteFacts } from '../../../src/dms/transfer-note/read-facts.ts';
import { writeNotedPdfs } from '../../../src/dms/transfer-note/write-noted-pdfs.ts';
import { noteXml } from '../../../src/dms/transfer-note/xml.ts';
import { memorySource } from '../../../src/inspection/byte-source.ts';
import { attachedFiles } from '../../../src/inspection/pdf/attached-files.ts';
import { inspectPdf } from '../../../src/inspection/pdf/inspect-pdf.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import type { NoteForm } from '../../../src/storage/workspace-config.ts';
import { edit, type Ledger } from '../../support/ledger.ts';
import { asciiPdf } from '../../support/sample-pdfs.ts';
import { failure, MemoryDms, sha256 } from '../import/memory-dms.ts';
import { acceptedBatch, type Documents, documentPath } from '../xdomea/accepted-batch.ts';

const scans: readonly Documents[] = [
  { 'Band 1/a.pdf': asciiPdf('a'), 'b.pdf': asciiPdf('b') },
  { 'c.pdf': asciiPdf('c'), 'd.pdf': 'cut off' },
];
let ledger: Ledger;
let dms: MemoryDms;
const signal = new AbortController().signal;

beforeEach(async () => {
  ledger = await acceptedBatch(scans);
  dms = new MemoryDms();
});
afterEach(() => ledger.remove());

const run = (form: NoteForm, adapter: Parameters<typeof runImport>[1] = dms) =>
  runImport(ledger.workspace, adapter, { signal, addTo: addNote(ledger.workspace, form) });
const storedAs = (name: string) => dms.held.find(({ documents }) => documents.has(name))?.documents.get(name);
const leftovers = () => {
  const folder = join(ledger.root, '.transfer-notes');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const differences = async () =>
  (await verifyImports(ledger.workspace, dms, { signal })).map(({ difference }) => difference?.en ?? null);

describe('an import with notes in the documents', () => {
  it('stores copies that begin with the accepted bytes and hold the note of their document', async () => {
    const { outcomes } = await run('pdf');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['imported', 'imported']);
    const [planned] = await readImportPlan(ledger.workspace, { adapter: dms });
    if (!planned) throw new Error('no plan');
    const noteOf = documentNotes(await readNoteFacts(ledger.workspace, planned));
    for (const [name, accepted] of Object.entries(scans[0] ?? {})) {
      const stored = storedAs(name) ?? Buffer.alloc(0);
      expect(stored.subarray(0, accepted.length).toString('latin1')).toBe(accepted);
      expect(inspectPdf(memorySource(stored)).pages).toBe(2);
      const [attached, second] = attachedFiles(memorySource(stored));
      expect(second).toBeUndefined();
      expect(Buffer.from(attached?.read() ?? []).toString()).toBe(noteXml(noteOf(name)));
      expect(noteOf(name).documents.map((document) => document.name)).toEqual([name]);
      expect(stored.toString('latin1')).toContain(
        `die ersten ${accepted.length} Bytes dieser Datei, SHA-256 ${sha256(Buffer.from(accepted))}`,
      );
    }
    expect(await differences()).toEqual([null, null]);
    expect(leftovers()).toEqual([]);
  });

  it('stores what cannot hold its note as it was accepted, the note beside it, and says so', async () => {
    const { outcomes } = await run('pdf');
    expect(storedAs('d.pdf')?.toString()).toBe('cut off');
    const beside = dms.held.find(({ documents }) => documents.has('d.pdf'));
    expect([...(beside?.documents.keys() ?? [])].sort()).toEqual(['Transfervermerk.xml', 'c.pdf', 'd.pdf']);
    expect(outcomes.map(({ note }) => note)).toEqual([
      { embedded: 2, beside: [] },
      { embedded: 1, beside: [{ reason: 'damaged', documents: 1, first: 'd.pdf' }] },
    ]);
    const [table] = runReport(ledger.workspace, outcomes).tables;
    expect(table?.rows.map(({ note }) => (typeof note === 'object' ? note?.en : note))).toEqual([
      'embedded in PDFs: 2',
      'embedded in PDFs: 1; beside: 1 – damaged PDF: 1 (d.pdf)',
    ]);
  });

  it('tells both hashes in the index data, and records that of the copy', async () => {
    await run('pdf');
    const stored = storedAs('b.pdf') ?? Buffer.alloc(0);
    const held = dms.held.find(({ documents }) => documents.has('b.pdf'));
    const { index, documents } = JSON.parse(held?.index ?? '{}');
    const named = (list: { name: string }[]) => list.find(({ name }) => name === 'b.pdf');
    const accepted = Buffer.from(scans[0]?.['b.pdf'] ?? '');
    expect(named(index.documents)).toMatchObject({
      ...{ sha256: sha256(accepted), size: accepted.length },
      withNote: { sha256: sha256(stored), size: stored.length },
    });
    expect(named(documents)).toMatchObject({ sha256: sha256(stored), size: stored.length });
    const log = ledger.workspace.db.selectFrom('audit').select('after').where('action', '=', 'import.own-documents');
    const logged = (await log.execute()).flatMap(({ after }) => JSON.parse(after ?? '{}').documents);
    expect(named(logged)).toEqual({
      ...{ name: 'b.pdf', size: stored.length, sha256: sha256(stored) },
      beginsWith: { size: accepted.length, sha256: sha256(accepted) },
    });
    const own = await ledger.workspace.db.selectFrom('import_own_document').selectAll().orderBy('name').execute();
    expect(own.map(({ name }) => name)).toEqual(['Band 1/a.pdf', 'Transfervermerk.xml', 'b.pdf', 'c.pdf']);
  });

  it('leaves TIFF and others as they are', async () => {
    await edit(ledger, async (db) => {
      await db.updateTable('delivery_document').set({ format: 'tiff' }).where('path', '=', 'c.pdf').execute();
    });
    const { outcomes } = await run('pdf');
    expect(storedAs('c.pdf')?.toString()).toBe(scans[1]?.['c.pdf']);
    expect(outcomes[1]?.note?.beside.map(({ reason }) => reason)).toEqual(['no-pdf', 'damaged']);
  });

  it('takes no copy for imported that is read back with other bytes', async () => {
    dms.judge = (call) => (call === 'readBack' ? { when: 'falsify' } : undefined);
    expect((await run('pdf')).outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    dms.judge = () => undefined;
    expect((await run('pdf')).outcomes.map(({ how }) => how)).toEqual(['found', 'found']);
    const held = dms.held[0];
    held?.documents instanceof Map && held.documents.set('b.pdf', Buffer.from(scans[0]?.['b.pdf'] ?? ''));
    expect(await differences()).toEqual(['content differs: b.pdf', null]);
  });

  it('finds what was stored before an answer was lost, whatever the settings say by then', async () => {
    let isLost = false;
    dms.judge = (call) => {
      if (call !== 'create' || isLost) return undefined;
      isLost = true;
      return { when: 'after', error: failure('dms.unreachable') };
    };
    await expect(run('pdf')).rejects.toMatchObject({ code: 'dms.unreachable' });
    expect(leftovers()).toEqual([]);
    await run('none');
    expect(dms.held).toHaveLength(2);
    expect(await differences()).toEqual([null, null]);
  });

  it('sends the same bytes again, so that an object of which nothing is recorded is the same', async () => {
    await run('pdf');
    const before = dms.held.map(({ documents }) => [...documents].map(([name, bytes]) => [name, sha256(bytes)]));
    await edit(ledger, async (db) => {
      await db.deleteFrom('import_own_document').execute();
      await db.deleteFrom('import_object').execute();
    });
    expect((await run('pdf')).outcomes.map(({ outcome }) => outcome)).toEqual(['imported', 'imported']);
    expect(dms.held).toHaveLength(2);
    await withdrawObjects(ledger.workspace, dms, await withdrawable(ledger.workspace, dms, new Set([1, 2])), {
      ...{ reason: 'test', signal },
    });
    await runImport(ledger.workspace, dms, { signal, withdrawn: true, addTo: addNote(ledger.workspace, 'pdf') });
    expect(dms.held.map(({ documents }) => [...documents].map(([name, bytes]) => [name, sha256(bytes)]))).toEqual(
      before,
    );
  });

  it('refuses a scan that is no longer the accepted one', async () => {
    writeFileSync(documentPath(ledger, 'b.pdf'), (scans[0]?.['b.pdf'] ?? '').replace('(b)', '(x)'));
    const { outcomes } = await run('pdf');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'imported']);
    expect(outcomes[0]?.error?.en).toContain('"b.pdf" no longer has the content that was accepted');
    expect(leftovers()).toEqual([]);
  });

  it('goes into the embedded store, and is corrected there', async () => {
    const adapter = createOcflAdapter({ root: join(ledger.root, 'store'), staging: join(ledger.root, 'staging') });
    await run('pdf', adapter);
    await acceptAnew('b.pdf', asciiPdf('corrected'));
    expect((await run('pdf', adapter)).outcomes.map(({ how }) => how)).toEqual(['updated', null]);
    const own = await ledger.workspace.db.selectFrom('import_own_document').select('name').execute();
    expect(own.map(({ name }) => name).sort()).toEqual(['Transfervermerk.xml', 'b.pdf', 'c.pdf']);
    const verified = await verifyImports(ledger.workspace, adapter, { signal });
    await adapter.close();
    expect(verified.map(({ difference }) => difference)).toEqual([null, null]);
  });
});

/** The first file again, in another round, with this document alone. */
async function acceptAnew(path: string, content: string): Promise<void> {
  const place = documentPath(ledger, path);
  writeFileSync(place, content);
  await edit(ledger, async (db) => {
    const { id: _delivery, ...delivery } = await db.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
    const added = await db
      .insertInto('delivery')
      .values({ ...delivery, round: 2 })
      .executeTakeFirstOrThrow();
    const old = await db.selectFrom('delivery_file').selectAll().orderBy('id').executeTakeFirstOrThrow();
    const { id: _file, ...file } = { ...old, delivery_id: Number(added.insertId) };
    const delivered = await db.insertInto('delivery_file').values(file).executeTakeFirstOrThrow();
    const delivery_file_id = Number(delivered.insertId);
    const document = db.selectFrom('delivery_document').selectAll().where('path', '=', path);
    const { id: _, ...columns } = await document.executeTakeFirstOrThrow();
    const bytes = { sha256: sha256(Buffer.from(content)), size: content.length };
    await db
      .insertInto('delivery_document')
      .values({ ...columns, ...bytes, delivery_file_id })
      .execute();
    await db.updateTable('decision_file').set({ delivery_file_id }).where('delivery_file_id', '=', old.id).execute();
  });
}

describe('a noted copy', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scanlot-noted-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const note = { fileName: 'n.xml', description: '', xml: Buffer.from('<n/>'), day: '2021-02-01' as CalendarDate };
  const accepted = (bytes: string, source = join(folder, 'scan.pdf')) => {
    writeFileSync(source, bytes);
    const digest = createHash('sha256').update(bytes).digest('hex');
    return { name: 'scan.pdf', source, size: bytes.length, sha256: digest };
  };

  it('can be made of a scan that is write-protected', async () => {
    const document = accepted(asciiPdf('a'));
    chmodSync(document.source, 0o444);
    const copy = await makeNotedCopy(document, note, join(folder, 'copy.pdf'));
    expect(copy).toMatchObject({ name: 'scan.pdf', sha256: sha256(readFileSync(join(folder, 'copy.pdf'))) });
    expect(readFileSync(document.source, 'latin1')).toBe(asciiPdf('a'));
  });

  it('begins with every byte of a large scan', async () => {
    const large = asciiPdf('a'.repeat(2_500_000));
    const copy = await makeNotedCopy(accepted(large), note, join(folder, 'copy.pdf'));
    const written = readFileSync(join(folder, 'copy.pdf'));
    expect(written.subarray(0, large.length).equals(Buffer.from(large))).toBe(true);
    expect(copy).toEqual({
      ...{ name: 'scan.pdf', source: join(folder, 'copy.pdf') },
      ...{ size: written.length, sha256: sha256(written) },
    });
  });

  it('leaves nothing behind where it cannot be made, and never replaces a file', async () => {
    const target = join(folder, 'copy.pdf');
    expect(await makeNotedCopy(accepted('no PDF'), note, target)).toEqual({ obstacle: 'damaged' });
    expect(existsSync(target)).toBe(false);
    const changed = { ...accepted(asciiPdf('a')), sha256: '0'.repeat(64) };
    await expect(makeNotedCopy(changed, note, target)).rejects.toMatchObject({ code: 'dms.source-changed' });
    expect(existsSync(target)).toBe(false);
    writeFileSync(target, 'mine');
    await expect(makeNotedCopy(accepted(asciiPdf('a')), note, target)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(target, 'utf8')).toBe('mine');
  });

  it('can be written to look at, under the names of the delivery', async () => {
    const [planned] = await readImportPlan(ledger.workspace, { adapter: dms });
    if (!planned) throw new Error('no plan');
    const out = join(folder, 'proof');
    expect(await writeNotedPdfs(ledger.workspace, planned, out)).toEqual({ embedded: 2, beside: [] });
    await expect(writeNotedPdfs(ledger.workspace, planned, out)).rejects.toMatchObject({ code: 'usage.target-exists' });
    await run('pdf');
    for (const { path } of await acceptedDocuments(ledger.workspace.db, planned.file.deliveryFileId)) {
      expect(readFileSync(join(out, path)).equals(storedAs(path) ?? Buffer.alloc(0))).toBe(true);
    }
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { readImportPlan } from '../../../src/dms/import/read-plan.ts';
import { runImport } from '../../../src/dms/import/run.ts';
import { verifyImports } from '../../../src/dms/import/verify.ts';
import { addNote } from '../../../src/dms/transfer-note/add-note.ts';
import { type TransferNote, transferNote } from '../../../src/dms/transfer-note/note.ts';
import { readNoteFacts } from '../../../src/dms/transfer-note/read-facts.ts';
import { noteXml } from '../../../src/dms/transfer-note/xml.ts';
import { schemaMistakes } from '../../../src/shared/document.ts';
import { packagePath } from '../../../src/shared/package.ts';
import type { Ledger } from '../../support/ledger.ts';
import { failure, MemoryDms } from '../import/memory-dms.ts';
import { acceptedBatch } from '../xdomea/accepted-batch.ts';

let ledger: Ledger;
let dms: MemoryDms;
const signal = new AbortController().signal;

beforeEach(async () => {
  ledger = await acceptedBatch([{ '0/a.pdf': 'a' }, { '1/b.pdf': 'b', 'Transfervermerk.xml': '<ours/>' }], {
    fields: { Betreff: 'Müller & Söhne <"x">' },
  });
  dms = new MemoryDms();
});
afterEach(() => ledger.remove());

const noteOf = async (at: number): Promise<TransferNote> => {
  const planned = (await readImportPlan(ledger.workspace, { adapter: dms }))[at];
  if (!planned) throw new Error('no such file');
  return transferNote(await readNoteFacts(ledger.workspace, planned));
};
const xsdMistakes = async (contents: string) => {
  const schema = readFileSync(packagePath('schemas', 'transfer-note-1.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'note.xml', contents }], schema: [schema] });
  return errors.map(({ message }) => message);
};

it('says who accepted what, when and how, and names what is not known', async () => {
  const note = await noteOf(0);
  expect(note).toMatchObject({
    statedOn: '2021-02-01',
    customer: { name: 'Landkreis Test', street: null },
    documents: [{ name: '0/a.pdf', size: 1, attributes: { Betreff: 'Müller & Söhne <"x">' } }],
    qualityAssurance: { acceptedOn: '2021-02-01', visualMatch: null },
  });
  expect(note.unknown).toEqual(
    expect.arrayContaining(['customer.street', 'capture.operator', 'capture.at', 'qualityAssurance.visualMatch']),
  );
  expect(note.steps.map(({ name }) => name)).toContain('accepted');
});

it('fits its schemas, as JSON and as XML', async () => {
  for (const at of [0, 1]) {
    const note = await noteOf(at);
    expect(schemaMistakes(note, 'transfer-note-1')).toEqual([]);
    expect(await xsdMistakes(noteXml(note))).toEqual([]);
  }
});

it('is well-formed XML whatever the delivery calls things', async () => {
  const note = await noteOf(0);
  const hostile = fc.string({ unit: 'binary', maxLength: 20 });
  const written = fc
    .sample(fc.dictionary(hostile, hostile, { maxKeys: 5 }), { numRuns: 6, seed: 1 })
    .map((attributes) =>
      noteXml({ ...note, documents: note.documents.map((one) => ({ ...one, name: '\ud800<>&"\0', attributes })) }),
    );
  for (const xml of written) expect(await xsdMistakes(xml)).toEqual([]);
});

it('makes the same bytes every time', async () => {
  expect(noteXml(await noteOf(1))).toBe(noteXml(await noteOf(1)));
});

it('goes along as a second file, beside scans that stay as they are, and is read back with them', async () => {
  await runImport(ledger.workspace, dms, { signal, addTo: addNote(ledger.workspace, 'file') });
  const names = dms.held.map(({ documents }) => [...documents.keys()].sort());
  expect(names.sort()).toEqual([
    ['0/a.pdf', 'Transfervermerk.xml'],
    ['1/b.pdf', 'Transfervermerk-2.xml', 'Transfervermerk.xml'],
  ]);
  const first = dms.held.find(({ documents }) => documents.has('0/a.pdf'));
  expect(first?.documents.get('0/a.pdf')?.toString()).toBe('a');
  expect(first?.documents.get('Transfervermerk.xml')?.toString()).toBe(noteXml(await noteOf(0)));
  const verified = await verifyImports(ledger.workspace, dms, { signal });
  expect(verified.map(({ difference }) => difference)).toEqual([null, null]);
});

it('is compared when an object is found whose answer was lost', async () => {
  let isLost = false;
  dms.judge = (call) => {
    if (call !== 'create' || isLost) return undefined;
    isLost = true;
    return { when: 'after', error: failure('dms.unreachable') };
  };
  const addTo = addNote(ledger.workspace, 'file');
  await expect(runImport(ledger.workspace, dms, { signal, addTo })).rejects.toMatchObject({ code: 'dms.unreachable' });
  const { outcomes } = await runImport(ledger.workspace, dms, { signal, addTo: addNote(ledger.workspace, 'none') });
  expect(outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome === 'failed')).toEqual([]);
  expect(dms.held).toHaveLength(2);
});

it('goes along in the index data, for a mapping to take its fields from', async () => {
  await runImport(ledger.workspace, dms, { signal, addTo: addNote(ledger.workspace, 'fields') });
  const { index } = JSON.parse(dms.held.find(({ documents }) => documents.has('0/a.pdf'))?.index ?? '{}');
  expect(index.transferNote).toEqual(JSON.parse(JSON.stringify(await noteOf(0))));
});

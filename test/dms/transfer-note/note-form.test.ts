import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptedFiles } from '../../../src/dms/import/store.ts';
import { compileMapping } from '../../../src/dms/mapping/compile-mapping.ts';
import { lotKey, mappingOf } from '../../../src/dms/mapping/mapper.ts';
import { noteForms } from '../../../src/dms/transfer-note/note-form.ts';
import type { NoteForm, WorkspaceConfig } from '../../../src/storage/workspace-config.ts';
import type { Ledger } from '../../support/ledger.ts';
import { acceptedBatch } from '../xdomea/accepted-batch.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await acceptedBatch([{ '0/a.pdf': 'a' }]);
});
afterEach(() => ledger.remove());

const minimal = { file: { type: 'f' }, document: { type: 'd' } };

async function formWith(dms: WorkspaceConfig['dms'], transferNote: NoteForm | undefined, mapping: object) {
  const { workspace } = ledger;
  writeFileSync(join(workspace.paths.root, 'dms-mapping.json'), JSON.stringify(mapping));
  const config = { ...workspace.config, dms, import: transferNote && { transferNote } } as WorkspaceConfig;
  const [file] = await acceptedFiles(workspace.db);
  if (!file) throw new Error('no accepted file');
  return (await noteForms({ ...workspace, config }))(file);
}
const folder = { type: 'folder', path: 'out', mapping: 'dms-mapping.json' } as const;

it.each<[string, WorkspaceConfig['dms'], NoteForm | undefined, object, NoteForm]>([
  ['nothing is said', folder, undefined, minimal, 'none'],
  ['the workspace says it', folder, 'file', minimal, 'file'],
  ['the mapping says it', folder, undefined, { ...minimal, transferNote: 'pdf' }, 'pdf'],
  ['both say it: the mapping decides', folder, 'file', { ...minimal, transferNote: 'none' }, 'none'],
  ['the embedded store takes no mapping', { type: 'ocfl' }, 'fields', { ...minimal, transferNote: 'pdf' }, 'fields'],
])('the form of the transfer note where %s', async (_case, dms, usual, mapping, form) => {
  expect(await formWith(dms, usual, mapping)).toBe(form);
});

it('a form that does not exist is refused with the mapping', async () => {
  await expect(formWith(folder, 'file', { ...minimal, transferNote: 'paper' })).rejects.toMatchObject({
    code: 'mapping.invalid',
  });
});

it('the mapping of a lot decides for files that came by its profile only', () => {
  const [own, ofLot] = [compileMapping({ ...minimal, transferNote: 'file' }), compileMapping(minimal)];
  if (!('file' in own && 'file' in ofLot)) throw new Error('mistakes');
  const mappings = { own, ofLots: new Map([[lotKey('C', 'L1'), { profile: 'p', mapping: ofLot }]]) };
  expect(mappingOf(mappings, { contract: 'C', lot: 'L1', profile: 'p' })).toBe(ofLot);
  expect(mappingOf(mappings, { contract: 'C', lot: 'L1', profile: 'other' })).toBe(own);
  expect(mappingOf(mappings, { contract: 'C', lot: 'L2', profile: 'p' })).toBe(own);
});

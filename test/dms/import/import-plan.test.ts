import { expect, it } from 'vitest';
import { type PlanFacts, planImport } from '../../../src/dms/import/plan.ts';
import type { AcceptedFile, ImportObjectRow } from '../../../src/dms/import/store.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';

const file = (fileId: number, more: Partial<AcceptedFile> = {}): AcceptedFile => ({
  ...{
    fileId,
    deliveryFileId: fileId * 10,
    reference: `A ${fileId}`,
    referenceKey: `A ${fileId}`,
    volume: '',
    title: '',
  },
  ...{ department: 'Amt', contract: 'RV', lot: 'L1', batch: 'B-1', round: 1, box: null, pages: 5, packagePath: 'p' },
  ...{ acceptedOn: '2021-03-05' as CalendarDate, inPlace: false, profile: 'p', profileHash: 'h' },
  ...more,
});
const object = (fileId: number, state: string, more: Partial<ImportObjectRow> = {}): ImportObjectRow => ({
  ...{ id: fileId, file_id: fileId, delivery_file_id: fileId * 10, adapter: 'ocfl', object_key: `RV/L1/A ${fileId}` },
  ...{ state, dms_id: null, pages: 5, attempts: 1, error: null, intended_at: '', confirmed_at: null },
  ...more,
});
const plan = (files: readonly AcceptedFile[], facts: Partial<PlanFacts> = {}) =>
  planImport({
    ...{ files, objects: [], firstScans: new Map(), empty: new Set(), missingPackages: new Set(), held: new Set() },
    ...{ system: { name: 'ocfl', canUpdate: true }, withdrawn: false },
    ...facts,
  }).map(({ action, reason }) => (reason ? `${action}: ${reason}` : action));

it('creates what nothing is recorded of, under a key that names contract, lot, file and volume', () => {
  const [planned] = planImport({
    ...{
      files: [file(1, { volume: '2' })],
      objects: [],
      firstScans: new Map(),
      empty: new Set<number>(),
      missingPackages: new Set<string>(),
    },
    ...{ held: new Set<string>(), system: { name: 'ocfl', canUpdate: true } },
    withdrawn: false,
  });
  expect(planned).toMatchObject({ action: 'create', reason: null, objectKey: 'RV/L1/A 1#2' });
});

it.each([
  ['intended', 'resume'],
  ['sent', 'resume'],
  ['updating', 'resume'],
  ['failed', 'retry'],
  ['update-failed', 'retry'],
  ['confirmed', 'skip: imported'],
  ['withdrawn', 'skip: withdrawn'],
  ['withdrawing', 'refuse: withdrawal-unfinished'],
])('does with an object that is "%s": %s', (state, expected) => {
  expect(plan([file(1)], { objects: [object(1, state)] })).toEqual([expected]);
});

it('imports withdrawn files again when it is asked to', () => {
  expect(plan([file(1)], { objects: [object(1, 'withdrawn')], withdrawn: true })).toEqual(['create']);
});

it('updates what something was accepted in the place of, where the system can', () => {
  const facts = { objects: [object(1, 'confirmed', { delivery_file_id: 7 })] };
  expect(plan([file(1)], facts)).toEqual(['update']);
  expect(plan([file(1)], { objects: [object(1, 'withdrawn', { delivery_file_id: 7 })] })).toEqual(['skip: withdrawn']);
  const refused = { ...facts, system: { name: 'ocfl', canUpdate: false } };
  expect(plan([file(1)], refused)).toEqual(['refuse: update-impossible']);
});

it('refuses a second file under a key that is taken, by an object or by a file before it', () => {
  const twin = { reference: 'A 1', referenceKey: 'A 1', batch: 'B-2' };
  expect(plan([file(1), file(2, twin)])).toEqual(['create', 'refuse: key-taken']);
  expect(plan([file(2, twin)], { objects: [object(1, 'confirmed')] })).toEqual(['refuse: key-taken']);
});

it('refuses files without readable documents and without their delivery, unless they are done', () => {
  expect(plan([file(1)], { empty: new Set([10]) })).toEqual(['refuse: no-documents']);
  const missingPackages = new Set(['p']);
  expect(plan([file(1)], { missingPackages })).toEqual(['refuse: package-missing']);
  expect(plan([file(1)], { missingPackages, objects: [object(1, 'confirmed')] })).toEqual(['skip: imported']);
  expect(plan([file(1)], { missingPackages, objects: [object(1, 'sent')] })).toEqual(['resume']);
});

it('leaves alone what belongs to another system', () => {
  const elsewhere = (state: string) => plan([file(1)], { objects: [object(1, state, { adapter: 'cmis' })] });
  expect(elsewhere('confirmed')).toEqual(['skip: imported-elsewhere']);
  expect(elsewhere('sent')).toEqual(['refuse: begun-elsewhere']);
  expect(elsewhere('updating')).toEqual(['refuse: begun-elsewhere']);
  expect(elsewhere('failed')).toEqual(['retry']);
});

it('takes for found what the system holds though no run is recorded', () => {
  expect(plan([file(1), file(2)], { held: new Set(['RV/L1/A 2']) })).toEqual(['create', 'found']);
});

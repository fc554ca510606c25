import { expect, test } from 'vitest';
import { fileKey } from '../../src/custody/reference.ts';
import type { LedgerFacts } from '../../src/reconciliation/facts.ts';
import { reconcile } from '../../src/reconciliation/reconcile.ts';
import { delivered, facts, listed, round } from './facts.ts';

/** Code, reference and delivered file of each break. */
function breaksOf(given: Partial<LedgerFacts>) {
  return reconcile(facts(given)).breaks.map(({ finding, deliveryFileId }) => [
    finding.code,
    finding.reference ?? null,
    deliveryFileId,
  ]);
}

const argsOf = (given: Partial<LedgerFacts>) => reconcile(facts(given)).breaks.map(({ finding }) => finding.args);

test('a delivery as ordered breaks nothing, and all counts agree', () => {
  const result = reconcile(facts({ files: [listed(1)], rounds: [round(1, [delivered(1, 1)])] }));
  expect(result.breaks).toEqual([]);
  expect(result.identities.every(({ holds }) => holds)).toBe(true);
  expect(result.totals).toMatchObject({ pickedUpPages: 20, declaredPages: 20, receivedPages: 20, openPages: 20 });
});

test('before the first delivery files are outstanding, and nothing is broken', () => {
  const result = reconcile(facts({ files: [listed(1), listed(2)] }));
  expect(result.breaks).toEqual([]);
  expect(result.totals).toMatchObject({ pickedUpFiles: 2, outstandingFiles: 2, deliveredFiles: 0 });
});

test('a file that no round brought is missing, and not short of pages as well', () => {
  const files = [listed(1), listed(2), listed(3, { volume: '4' })];
  const rounds = [round(1, [delivered(1, 1)]), round(2, [delivered(2, 2)])];
  expect(breaksOf({ files, rounds })).toEqual([['ledger.file-missing', 'A 3', null]]);
  expect(argsOf({ files, rounds })).toEqual([{ volume: '4', box: 'K1' }]);
});

test('a delivered file on no pick list is unordered; on another one it is misfiled', () => {
  const rounds = [
    round(1, [delivered(1, null, { reference: 'X' }), delivered(2, null, { reference: 'Y', volume: '1' })]),
  ];
  const elsewhere = new Map([[fileKey({ reference: 'Y', volume: '1' }), { batch: 'B-7', lot: 'L2' }]]);
  const given = { rounds, elsewhere };
  expect(breaksOf(given)).toEqual([
    ['ledger.file-unordered', 'X', 1],
    ['ledger.file-misfiled', 'Y', 2],
  ]);
  expect(argsOf(given)[1]).toEqual({ volume: '1', batch: 'B-7', lot: 'L2' });
});

test.each([
  ['case and punctuation differ', { reference: 'iii-12', volume: '' }, { reference: 'III/12', volume: '' }],
  ['the volume is left out', { reference: 'III/12', volume: '' }, { reference: 'III/12', volume: '1' }],
  ['the volume is another', { reference: 'III/12', volume: '2' }, { reference: 'III/12', volume: '1' }],
])('a file delivered under another name than listed is told once: %s', (_what, name, onList) => {
  const given = { files: [listed(1, onList)], rounds: [round(1, [delivered(5, null, name)])] };
  expect(breaksOf(given)).toEqual([['ledger.reference-differs', name.reference, 5]]);
  expect(argsOf(given)[0]).toMatchObject({ listedReference: onList.reference, listedVolume: onList.volume });
});

test('where several missing files could be meant, none is named', () => {
  const files = [listed(1, { reference: 'III/12', volume: '1' }), listed(2, { reference: 'III/12', volume: '2' })];
  expect(breaksOf({ files, rounds: [round(1, [delivered(5, null, { reference: 'III/12' })])] })).toEqual([
    ['ledger.file-missing', 'III/12', null],
    ['ledger.file-missing', 'III/12', null],
    ['ledger.file-unordered', 'III/12', 5],
  ]);
});

test('a file listed elsewhere with one missing here is not taken for it', () => {
  const elsewhere = new Map([[fileKey({ reference: 'a1', volume: '' }), { batch: 'B-7', lot: 'L2' }]]);
  const given = { files: [listed(1)], rounds: [round(1, [delivered(5, null, { reference: 'a1' })])], elsewhere };
  expect(breaksOf(given).map(([code]) => code)).toEqual(['ledger.file-missing', 'ledger.file-misfiled']);
});

test.each([
  [18, 0, 'ledger.page-shortage'],
  [18, 2, undefined],
  [20, 0, undefined],
  [20, 1, 'ledger.page-surplus'],
])('counted sheets: %i pages and %i blanks of 10 sheets', (declaredPages, removedBlanks, code) => {
  const file = delivered(1, 1, { declaredPages, receivedPages: declaredPages, removedBlanks });
  const expected = code ? [[code, 'A 1', 1]] : [];
  expect(breaksOf({ files: [listed(1)], rounds: [round(1, [file])] })).toEqual(expected);
});

test('a tolerance is granted for each document', () => {
  const file = delivered(1, 1, { declaredPages: 14, receivedPages: 14, documents: 3 });
  const given = { files: [listed(1)], rounds: [round(1, [file])] };
  expect(breaksOf({ ...given, sheetRule: { kind: 'counted', tolerance: 2 } })).toEqual([]);
  expect(breaksOf({ ...given, sheetRule: { kind: 'counted', tolerance: 1 } })).toEqual([
    ['ledger.page-shortage', 'A 1', 1],
  ]);
});

test.each([
  [true, 18, undefined],
  [true, 17, 'ledger.pages-below-estimate'],
  [true, 22, undefined],
  [true, 23, 'ledger.pages-above-estimate'],
  // Without declared blanks a sheet may have become one page.
  [false, 9, undefined],
  [false, 8, 'ledger.pages-below-estimate'],
])('estimated sheets, blanks declared %s: %i pages of about 10 sheets', (blanksDeclared, pages, code) => {
  const file = delivered(1, 1, { declaredPages: pages, receivedPages: pages });
  const given = { files: [listed(1)], rounds: [round(1, [file])] };
  const sheetRule = { kind: 'estimated', percent: 10, blanksDeclared } as const;
  expect(breaksOf({ ...given, sheetRule })).toEqual(code ? [[code, 'A 1', 1]] : []);
});

test('files without known sheets are told as not comparable', () => {
  const files = [listed(1, { expectedSheets: null }), listed(2, { expectedSheets: null }), listed(3)];
  const result = reconcile(facts({ files, rounds: [round(1, [delivered(1, 1), delivered(3, 3)])] }));
  expect(result.totals).toMatchObject({ filesWithoutSheets: 2, pickedUpPages: 20 });
  expect(result.breaks.map(({ finding }) => [finding.code, finding.args])).toContainEqual([
    'ledger.sheets-unknown',
    { files: 1 },
  ]);
});

test('declared and counted pages are compared by file, unless the check has told why they differ', () => {
  const differs = { receivedPages: 19 };
  const rounds = (more: object) => [round(1, [delivered(1, 1, { ...differs, ...more })])];
  expect(breaksOf({ files: [listed(1)], rounds: rounds({}) })).toEqual([
    ['ledger.declared-differs-from-counted', 'A 1', 1],
  ]);
  expect(breaksOf({ files: [listed(1)], rounds: rounds({ pagesExplained: true }) })).toEqual([]);
  expect(breaksOf({ files: [listed(1)], rounds: rounds({ receivedPages: null }) })).toEqual([]);
});

test('where pages are not declared, those counted are held against the sheets', () => {
  const rounds = (receivedPages: number | null) => [
    round(1, [delivered(1, 1, { declaredPages: 0, isDeclared: false, receivedPages })]),
  ];
  expect(breaksOf({ files: [listed(1)], rounds: rounds(20) })).toEqual([]);
  expect(breaksOf({ files: [listed(1)], rounds: rounds(18) })).toEqual([['ledger.page-shortage', 'A 1', 1]]);
  expect(breaksOf({ files: [listed(1)], rounds: rounds(null) })).toEqual([]);
});

test('pages that could not be counted are not taken for none', () => {
  const { totals, files } = reconcile(
    facts({ files: [listed(1)], rounds: [round(1, [delivered(1, 1, { receivedPages: null })])] }),
  );
  expect(files[0]?.receivedPages).toBeNull();
  expect(totals).toMatchObject({ receivedPages: 0, uncountedFiles: 1 });
});

test('a redelivery takes the place of what was rejected', () => {
  const rejected = { outcome: 'rejected', pages: 12 } as const;
  const rounds = [
    round(1, [delivered(1, 1, { declaredPages: 12, receivedPages: 12, decision: rejected })]),
    round(2, [delivered(2, 1)]),
  ];
  const result = reconcile(facts({ files: [listed(1)], rounds }));
  expect(result.breaks).toEqual([]);
  expect(result.files[0]).toMatchObject({ round: 2, state: 'open', receivedPages: 20 });
  expect(result.totals.rejectedFiles).toBe(0);
});

test('a rejected file that the next round does not bring is owed, once', () => {
  const rejected = { outcome: 'rejected', pages: 12 } as const;
  const files = [listed(1), listed(2)];
  const first = round(1, [delivered(1, 1, { declaredPages: 12, receivedPages: 12, decision: rejected })]);
  expect(breaksOf({ files: [listed(1)], rounds: [first] })).toEqual([['ledger.page-shortage', 'A 1', 1]]);
  expect(breaksOf({ files, rounds: [first, round(2, [delivered(2, 2)])] })).toEqual([
    ['ledger.redelivery-missing', 'A 1', null],
  ]);
});

test('what is accepted stays accepted when it is delivered again', () => {
  const accepted = { outcome: 'accepted', pages: 20 } as const;
  const rounds = [
    round(1, [delivered(1, 1, { decision: accepted })]),
    round(2, [delivered(2, 1, { declaredPages: 30, receivedPages: 30 })]),
  ];
  const result = reconcile(facts({ files: [listed(1)], rounds, accepted: new Map([[1, { pages: 20 }]]) }));
  expect(result.files[0]).toMatchObject({ round: 1, state: 'accepted', receivedPages: 20 });
  expect(result.breaks.map(({ finding, deliveryFileId }) => [finding.code, finding.args, deliveryFileId])).toEqual([
    ['ledger.delivered-after-acceptance', { volume: '', round: 1 }, 2],
  ]);
});

test('a copy of another file is told as such, not also as a shortage or as unordered', () => {
  const whole = { reference: 'B 9', volume: '', batch: 'B-0', round: 1 };
  const known = new Map([
    [1, { whole }],
    [2, { whole }],
  ]);
  const rounds = [round(1, [delivered(1, 1, { declaredPages: 5, receivedPages: 5 }), delivered(2, null)])];
  expect(breaksOf({ files: [listed(1)], rounds, known })).toEqual([
    ['ledger.duplicate-file', 'A 1', 1],
    ['ledger.duplicate-file', 'A 2', 2],
  ]);
});

test('single documents delivered before are told with both places', () => {
  const earlier = { reference: 'B 9', volume: '', batch: 'B-0', round: 1, path: 'new.pdf', otherPath: 'old.pdf' };
  const known = new Map([[1, { documents: [earlier] }]]);
  const { breaks } = reconcile(facts({ files: [listed(1)], rounds: [round(1, [delivered(1, 1)])], known }));
  expect(breaks.map(({ finding }) => finding)).toMatchObject([
    {
      code: 'ledger.document-known',
      severity: 'warning',
      path: 'new.pdf',
      args: { otherPath: 'old.pdf', batch: 'B-0' },
    },
  ]);
});

test('accepted and imported pages are held against what they follow from', () => {
  const decision = { outcome: 'accepted', pages: 21 } as const;
  const given = {
    files: [listed(1)],
    rounds: [round(1, [delivered(1, 1, { decision })])],
    accepted: new Map([[1, { pages: 21 }]]),
    imported: new Map([[1, { pages: 22 }]]),
  };
  expect(breaksOf(given).map(([code]) => code)).toEqual([
    'ledger.accepted-differs',
    'ledger.imported-differs',
    'ledger.identity-broken',
    'ledger.identity-broken',
  ]);
  const broken = reconcile(facts(given)).identities.filter(({ holds }) => !holds);
  expect(broken).toMatchObject([
    { identity: 'received-pages', left: 20, right: 21, difference: -1 },
    { identity: 'imported-pages', left: 22, right: 21, difference: 1 },
  ]);
});

test('an acceptance without its delivery breaks the sums', () => {
  const { breaks } = reconcile(
    facts({
      files: [listed(1), listed(2)],
      rounds: [round(1, [delivered(1, 1)])],
      accepted: new Map([[2, { pages: 20 }]]),
    }),
  );
  expect(
    breaks.flatMap(({ finding }) => (finding.code === 'ledger.identity-broken' ? [finding.args.identity] : [])),
  ).toEqual(['delivered-files', 'received-pages']);
});

test('documents that vanish between manifest and result break the sums', () => {
  const one = round(1, [delivered(1, 1, { documents: 3 })]);
  const rounds = [{ ...one, documents: { passed: 1, failed: 0, errored: 0, waived: 1 } }];
  expect(argsOf({ files: [listed(1)], rounds })).toEqual([{ identity: 'documents', left: 3, right: 2 }]);
});

test('more pages than ordered are foretold before acceptance, and told after it', () => {
  const order = { number: 'A-1', orderedPages: 30, otherBatches: { accepted: 8, open: 4 } };
  const open = { files: [listed(1)], rounds: [round(1, [delivered(1, 1)])] };
  expect(argsOf({ ...open, order })).toEqual([{ order: 'A-1', ordered: 30, accepted: 8, open: 24 }]);
  const decision = { outcome: 'accepted', pages: 20 } as const;
  const accepted = {
    ...open,
    rounds: [round(1, [delivered(1, 1, { decision })])],
    accepted: new Map([[1, { pages: 20 }]]),
  };
  expect(breaksOf({ ...accepted, order })).toEqual([['ledger.order-nearly-exceeded', null, null]]);
  expect(breaksOf({ ...accepted, order: { ...order, orderedPages: 27 } })).toEqual([
    ['ledger.over-delivered', null, null],
  ]);
});

test('every break has an owner', () => {
  const { breaks } = reconcile(
    facts({
      files: [listed(1), listed(2, { expectedSheets: null })],
      rounds: [round(1, [delivered(2, 2), delivered(3, null)])],
    }),
  );
  expect(breaks.map(({ finding, owner }) => [finding.code, owner])).toEqual([
    ['ledger.file-missing', 'vendor'],
    ['ledger.file-unordered', 'vendor'],
    ['ledger.sheets-unknown', 'county'],
  ]);
});

test('boxes, files without a box and files not on the list each have their line', () => {
  const files = [listed(1), listed(2, { box: 'K2' }), listed(3, { box: null })];
  const { boxes } = reconcile(facts({ files, rounds: [round(1, [delivered(9, null)])] }));
  expect(boxes.map(({ barcode, kind }) => [barcode, kind])).toEqual([
    ['K1', 'box'],
    ['K2', 'box'],
    [null, 'no-box'],
    [null, 'unlisted'],
  ]);
});

import { describe, expect, it } from 'vitest';
import type { DeliveredFile, LedgerFacts, PendingComplaint } from '../../src/reconciliation/facts.ts';
import { reconcile } from '../../src/reconciliation/reconcile.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { delivered, facts, listed, round } from './facts.ts';

const day = (value: string) => value as CalendarDate;
const complaint: PendingComplaint = {
  state: 'open',
  raisedOn: day('2021-06-14'),
  deadline: day('2021-07-05'),
  hadDelivery: true,
};
const accepted = (pages = 20): Partial<DeliveredFile> => ({ decision: { outcome: 'accepted', pages } });
const corrected = (pages: number): Partial<DeliveredFile> => ({
  ...{ declaredPages: pages, receivedPages: pages, decision: { outcome: 'corrected', pages } },
});
const first = round(1, [delivered(1, 1, accepted()), delivered(2, 2, accepted())]);
const base: Partial<LedgerFacts> = {
  files: [listed(1), listed(2)],
  rounds: [first],
  accepted: new Map([
    [1, { pages: 20 }],
    [2, { pages: 20 }],
  ]),
};
const complained: Partial<LedgerFacts> = { ...base, complaints: new Map([[1, complaint]]) };
const ledgerOf = (given: Partial<LedgerFacts>) => reconcile(facts(given));
const breaksOf = (given: Partial<LedgerFacts>) =>
  ledgerOf(given).breaks.map(({ finding, owner, deliveryFileId }) => [finding.code, owner, deliveryFileId]);
const holds = (given: Partial<LedgerFacts>) => ledgerOf(given).identities.every((identity) => identity.holds);

describe('a file that was complained about after its acceptance', () => {
  it('stays accepted and counted, and bears the complaint', () => {
    const given = { ...complained, complaints: new Map([[1, { ...complaint, hadDelivery: false }]]) };
    const { totals, files } = ledgerOf(given);
    expect(totals).toMatchObject({ acceptedFiles: 2, acceptedPages: 40, receivedPages: 40, complainedFiles: 1 });
    expect(files.map(({ state, complaint: state_ }) => [state, state_])).toEqual([
      ['accepted', 'open'],
      ['accepted', null],
    ]);
    expect(breaksOf(given)).toEqual([]);
    expect(holds(given)).toBe(true);
  });

  it('is missed in a delivery that does not bring it', () => {
    const rounds = [first, round(2, [])];
    expect(breaksOf({ ...complained, rounds })).toEqual([['ledger.correction-missing', 'vendor', null]]);
  });

  it('counts as first accepted while its correction is not decided', () => {
    const rounds = [first, round(2, [delivered(3, 1, { declaredPages: 18, receivedPages: 18, removedBlanks: 2 })])];
    const given = { ...complained, rounds };
    expect(ledgerOf(given).totals).toMatchObject({ receivedPages: 40, openFiles: 0, acceptedPages: 40 });
    expect(breaksOf(given)).toEqual([['ledger.correction-pages-differ', 'county', 3]]);
    expect(holds(given)).toBe(true);
  });

  it('is told of when the same comes again', () => {
    const rounds = [first, round(2, [delivered(3, 1)])];
    const given = (content: 'all' | 'documents') => ({ ...complained, rounds, unchanged: new Map([[3, content]]) });
    expect(breaksOf(given('all'))).toEqual([['ledger.correction-unchanged', 'vendor', 3]]);
    expect(breaksOf(given('documents'))).toEqual([['ledger.correction-index-only', 'county', 3]]);
  });

  it('has its correction held against the paper like any delivery', () => {
    const rounds = [first, round(2, [delivered(3, 1, { declaredPages: 16, receivedPages: 16 })])];
    expect(breaksOf({ ...complained, rounds })).toEqual([
      ['ledger.page-shortage', 'vendor', 3],
      ['ledger.correction-pages-differ', 'county', 3],
    ]);
  });

  it('does not excuse another file that comes along: that one was not asked for', () => {
    const rounds = [first, round(2, [delivered(3, 1), delivered(4, 2)])];
    expect(breaksOf({ ...complained, rounds })).toEqual([['ledger.delivered-after-acceptance', 'vendor', 4]]);
  });

  it('stays as accepted when its correction is rejected', () => {
    const rejection = { decision: { outcome: 'rejected', pages: 18 }, receivedPages: 18, declaredPages: 18 } as const;
    const rounds = [first, round(2, [delivered(3, 1, { ...rejection, removedBlanks: 2 })]), round(3, [])];
    const given = { ...complained, rounds };
    expect(ledgerOf(given).totals).toMatchObject({ acceptedPages: 40, receivedPages: 40, rejectedFiles: 0 });
    expect(breaksOf(given)).toEqual([['ledger.correction-missing', 'vendor', null]]);
    expect(holds(given)).toBe(true);
  });
});

describe('an accepted correction', () => {
  const withPages = (pages: number): Partial<LedgerFacts> => ({
    ...base,
    rounds: [first, round(2, [delivered(3, 1, { ...corrected(pages), removedBlanks: 20 - pages })])],
    accepted: new Map([
      [1, { pages: 20, correctedPages: pages }],
      [2, { pages: 20 }],
    ]),
  });

  it('counts in the place of what was accepted; accepted stays what is paid, and the difference is told', () => {
    const { totals, files } = ledgerOf(withPages(17));
    expect(totals).toMatchObject({ acceptedPages: 40, correctionPages: -3, receivedPages: 37, complainedFiles: 0 });
    expect(files[0]).toMatchObject({ state: 'accepted', complaint: null, round: 2, receivedPages: 17 });
    expect(breaksOf(withPages(17))).toEqual([['ledger.correction-pages-differ', 'county', 3]]);
    expect(holds(withPages(17))).toBe(true);
    expect(breaksOf(withPages(20))).toEqual([]);
  });

  it('is what the document management system is held against', () => {
    const imported = (pages: number) => ({ ...withPages(17), imported: new Map([[1, { pages }]]) });
    expect(breaksOf(imported(17))).toEqual([['ledger.correction-pages-differ', 'county', 3]]);
    expect(breaksOf(imported(20))).toEqual([
      ['ledger.imported-differs', 'county', 3],
      ['ledger.correction-pages-differ', 'county', 3],
    ]);
  });

  it('takes the place of an earlier correction', () => {
    const given = {
      ...withPages(17),
      rounds: [
        first,
        round(2, [delivered(3, 1, { ...corrected(17), removedBlanks: 3 })]),
        round(3, [delivered(5, 1, corrected(20))]),
      ],
      accepted: new Map([
        [1, { pages: 20, correctedPages: 20 }],
        [2, { pages: 20 }],
      ]),
    };
    expect(ledgerOf(given).files[0]).toMatchObject({ round: 3, receivedPages: 20 });
    expect(breaksOf(given)).toEqual([]);
    expect(holds(given)).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { fileKey } from '../../../src/custody/reference.ts';
import type { LedgerAnswer, LedgerQuestion } from '../../../src/validation/ledger.ts';
import { checkFiles } from '../../support/delivery.ts';
import { filesOf, profileWith, told } from './support.ts';

const rules = (['ordered', 'picked-up', 'not-delivered-before', 'content-new'] as const).map((ledger) => ({
  id: `l-${ledger}`,
  ledger,
}));
const rows = [
  { reference: 'A 1', pages: '1' },
  { reference: 'B', pages: '2' },
];
const known = new Set([fileKey({ reference: 'A  1', volume: '' }), fileKey({ reference: 'B', volume: '' })]);

const earlierB = { reference: 'B', volume: '', batch: 'CH-1', round: 1 };
const deliveredB = new Map([[fileKey({ reference: 'B', volume: '' }), earlierB]]);
/** Knows whatever it is asked. */
const anyContent = { get: () => ({ ...earlierB, path: 'x.pdf' }) } as unknown as LedgerAnswer['contents'];

function answering(answer: Partial<LedgerAnswer>) {
  const asked: LedgerQuestion[] = [];
  const ledger = {
    lookup: async (question: LedgerQuestion): Promise<LedgerAnswer> => {
      asked.push(question);
      return { ordered: known, pickedUp: known, delivered: new Map(), contents: new Map(), ...answer };
    },
  };
  return { asked, ledger };
}

test('a ledger that knows all files and no earlier delivery says nothing', async () => {
  const { ledger, asked } = answering({});
  expect(told(await checkFiles(filesOf(rows), profileWith(rules), { ledger }))).toEqual([]);
  expect(asked).toMatchObject([
    {
      files: [
        { reference: 'A 1', volume: '' },
        { reference: 'B', volume: '' },
      ],
    },
  ]);
  expect(asked[0]?.digests.length).toBeGreaterThanOrEqual(2);
});

test('what is not ordered, not picked up, delivered before or known by its content is told for its row', async () => {
  const earlier = { reference: 'C', volume: '2', batch: 'CH-1', round: 1 };
  const { ledger, asked } = answering({
    ordered: new Set(),
    pickedUp: new Set(),
    delivered: new Map([[fileKey({ reference: 'B', volume: '' }), earlier]]),
  });
  expect(told(await checkFiles(filesOf(rows), profileWith(rules), { ledger }))).toEqual([
    'rule.not-ordered 2 The file A 1 is on no pick list of this call-off. (rule l-ordered)',
    'rule.not-picked-up 2 The file A 1 is not on the pick list of this batch. (rule l-picked-up)',
    'rule.not-ordered 3 The file B is on no pick list of this call-off. (rule l-ordered)',
    'rule.not-picked-up 3 The file B is not on the pick list of this batch. (rule l-picked-up)',
    'rule.delivered-before 3 The file B came with batch CH-1, round 1 already. (rule l-not-delivered-before)',
  ]);
  const contents = new Map((asked[0]?.digests ?? []).map((digest) => [digest, { ...earlier, path: 'x.pdf' }]));
  const again = answering({ contents });
  expect(
    told(await checkFiles(filesOf(rows.slice(1)), profileWith(rules.slice(3)), { ledger: again.ledger }), 'de'),
  ).toEqual([
    'rule.content-known 2 Dieselbe Datei kam schon als x.pdf der Akte C Bd. 2 (Charge CH-1, Lieferung 1). (Regel l-content-new)',
  ]);
});

test.each([
  ['rule.not-ordered', 0, { ordered: new Set<string>() }],
  ['rule.not-picked-up', 1, { pickedUp: new Set<string>() }],
  ['rule.delivered-before', 2, { delivered: deliveredB }],
  ['rule.content-known', 3, { contents: anyContent }],
] as const)('%s fails the row', async (code, rule, answer) => {
  const { ledger } = answering(answer);
  const result = await checkFiles(filesOf(rows), profileWith(rules.slice(rule, rule + 1)), { ledger });
  expect(new Set(result.findings.map((finding) => finding.code))).toEqual(new Set([code]));
  expect(result.counts.failed).toBeGreaterThan(0);
});

test('without a ledger it is told once that nothing was asked; nothing else', async () => {
  const result = await checkFiles(filesOf(rows), profileWith(rules.slice(0, 1)));
  expect(result.findings.map(({ code, severity }) => [code, severity])).toEqual([['rule.ledger-not-asked', 'note']]);
  expect(result.verdict).toBe('pass');
});

test('a row without a reference cannot be looked up, and is no pass', async () => {
  const { ledger } = answering({});
  const result = await checkFiles(filesOf([{ pages: '1' }]), profileWith(rules.slice(0, 1)), { ledger });
  expect(told(result)).toEqual([expect.stringMatching(/^rule\.not-evaluated 2 .*"Az"/)]);
});

test('a ledger is not asked where no rule needs it', async () => {
  const { ledger, asked } = answering({});
  await checkFiles(filesOf(rows), profileWith([]), { ledger });
  expect(asked).toEqual([]);
});

import { expect, test } from 'vitest';
import type { DeliveryFileRow } from '../../src/acceptance/delivery-store.ts';
import { compareRounds } from '../../src/acceptance/rounds.ts';
import { referenceKey } from '../../src/custody/reference.ts';

function file(reference: string, state: 'passed' | 'failed', content_hash: string, volume = ''): DeliveryFileRow {
  return {
    reference,
    reference_key: referenceKey(reference),
    volume,
    state,
    content_hash,
  } as unknown as DeliveryFileRow;
}
const changes = (earlier: DeliveryFileRow[][], current: DeliveryFileRow[]) =>
  compareRounds(earlier, current).map(({ reference, volume, change }) => `${reference}${volume} ${change}`);

test('a redelivery that mends three files and changes a fourth, which was right, does not do so unseen', () => {
  const first = [...['A', 'B', 'C'].map((name) => file(name, 'failed', '1')), file('D', 'passed', '1')];
  const second = [...['A', 'B', 'C'].map((name) => file(name, 'passed', '2')), file('D', 'passed', '2')];
  expect(changes([first], second)).toEqual(['A mended', 'B mended', 'C mended', 'D silently-changed']);
});

test('files are compared by reference and volume with their newest earlier state', () => {
  const rounds = [[file('A 1', 'failed', '1'), file('B', 'passed', '1', '1')], [file('A  1', 'passed', '2')]];
  expect(
    changes(rounds, [file('A 1', 'passed', '2'), file('B', 'failed', '3', '1'), file('B', 'passed', '1', '2')]),
  ).toEqual(['A 1 unchanged', 'B1 newly-broken', 'B2 new']);
  expect(changes([[file('C', 'failed', '1')]], [file('C', 'failed', '2')])).toEqual(['C still-wrong']);
});

import { expect, test } from 'vitest';
import { messageOf } from '../../../src/findings/finding.ts';
import { integrityProfile } from '../../../src/validation/integrity.ts';
import { profileText } from '../../../src/validation/outputs/words.ts';

test('a check without a delivery profile says so in the language of the reader, and states no version', () => {
  expect(profileText({ profile: integrityProfile('folder') })).toEqual({
    de: 'ohne Lieferprofil, nur Unversehrtheit',
    en: 'no delivery profile, integrity only',
  });
});

test.each([
  ['pdf.count-differs', { object: 2, declared: 2, counted: 1 }, 'nennt die Seitenzahl 2; gezählt: 1.'],
  ['ledger.over-delivered', { order: 'A-1', ordered: 1, accepted: 2 }, 'ist 1 Seite bestellt, abgenommen: 2.'],
] as const)('%s reads right for one page', (code, args, end) => {
  expect(messageOf({ code, args }, 'de').endsWith(end)).toBe(true);
});

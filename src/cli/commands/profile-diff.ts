import type { ChangeDirection, ProfileChange } from '../../delivery/profile/compare.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';
import type { Tone } from '../printer.ts';

const directions: Readonly<Record<ChangeDirection, Text>> = {
  stricter: text({ de: 'strenger', en: 'stricter' }),
  looser: text({ de: 'lockerer', en: 'looser' }),
  changed: text({ de: 'geändert', en: 'changed' }),
};
const tones: Readonly<Record<ChangeDirection, Tone>> = { stricter: 'bad', looser: 'good', changed: 'warn' };

export default defineCommand({
  name: 'profile diff',
  summary: text({ de: 'zwei Lieferprofile vergleichen', en: 'compare two delivery profiles' }),
  details: text({
    de: 'Nennt nach Abschnitten, was strenger, was lockerer und was anders geworden ist; Grundprofile sind eingerechnet. Endet mit 0, wenn beide dasselbe verlangen, sonst mit 1.',
    en: 'Tells by section what became stricter, what looser and what is different; base profiles are merged in. Ends with 0 when both demand the same, otherwise with 1.',
  }),
  examples: [
    'scanlot profile diff fassung-1.json fassung-2.json',
    'scanlot profile diff a.json b.json --lot L1 --json',
  ],
  workspace: 'none',
  arguments: {
    before: argument('BEFORE', text({ de: 'das ältere Profil', en: 'the older profile' })),
    after: argument('AFTER', text({ de: 'das neuere Profil', en: 'the newer profile' })),
  },
  options: { lot: value('LOT', text({ de: 'in der Fassung dieses Loses', en: 'as they hold for this lot' })) },
  output: {
    schema: 'profile-diff-1',
    members: {
      same: 'whether both demand the same',
      hashes: 'sha256 of both profiles: before, after',
      changes: 'section, member, direction (stricter, looser, changed), before, after',
    },
  },
  run: async (context, { before, after, lot }) => {
    const { loadProfile } = await import('../../delivery/profile.ts');
    const { compareProfiles } = await import('../../delivery/profile/compare.ts');
    const [older, newer] = [loadProfile(context.path(before), { lot }), loadProfile(context.path(after), { lot })];
    const changes = compareProfiles(older.source, newer.source);
    // A list in a file may differ where the profiles do not.
    const same = older.hash === newer.hash;
    return {
      exitCode: same ? 0 : 1,
      data: { same, hashes: { before: older.hash, after: newer.hash }, changes: changes.map(complete) },
      render: (printer) => {
        if (same) printer.line(text({ de: 'Beide verlangen dasselbe.', en: 'Both demand the same.' }), 'good');
        else if (changes.length === 0) {
          printer.line(
            text({ de: 'Nur der Inhalt der Listen ist verschieden.', en: 'Only the content of lists differs.' }),
          );
        }
        for (const section of new Set(changes.map((change) => change.section))) {
          printer.heading(text({ de: section, en: section }));
          for (const change of changes.filter((other) => other.section === section)) {
            const { member, direction } = change;
            printer.line(
              text({
                de: `${directions[direction].de}: ${member}: ${show(change.before)} → ${show(change.after)}`,
                en: `${directions[direction].en}: ${member}: ${show(change.before)} → ${show(change.after)}`,
              }),
              tones[direction],
            );
          }
        }
      },
    };
  },
});

function complete({ before = null, after = null, ...change }: ProfileChange) {
  return { ...change, before, after };
}

function show(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value).slice(0, 200);
}

import { UsageError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import type { ProfileMistake } from '../row-schema.ts';
import type { ProfileChain, ProfilePlace } from './chain.ts';

const MAXIMUM_MISTAKES = 100;

/** A mistake in a profile, with its place. */
export interface PlacedMistake extends ProfilePlace {
  /** Keys that lead to it: "rules.3.check". */
  readonly member: string;
  readonly words: Text;
}

/** A profile that is not fit for use. */
export class InvalidProfile extends UsageError {
  readonly mistakes: readonly PlacedMistake[];
  constructor(path: string, mistakes: readonly PlacedMistake[]) {
    super(
      'profile.invalid',
      text({
        de: (format) => `Das Lieferprofil ${path} ist nicht verwendbar: ${format.number(mistakes.length)} Fehler.`,
        en: (format) =>
          `The delivery profile ${path} cannot be used: ${format.counted(mistakes.length, 'mistake', 'mistakes')}.`,
      }),
      text({ de: 'Die genannten Stellen berichtigen.', en: 'Mend the places named.' }),
      mistakes.slice(0, MAXIMUM_MISTAKES).map((mistake) => showMistake(path, mistake)),
    );
    this.mistakes = mistakes;
  }
}

/** "line 3, column 5: rules.0.check: …", with the file's name where it is not the profile's own. */
function showMistake(path: string, { file, line, column, member, words }: PlacedMistake): Text {
  const before = file === path ? '' : `${file}: `;
  const where = member === '' ? '' : `${member}: `;
  return text({
    de: `${before}Zeile ${line}, Spalte ${column}: ${where}${words.de}`,
    en: `${before}line ${line}, column ${column}: ${where}${words.en}`,
  });
}

/** Mistakes by the keys that lead to them, with their places in the files of the profile. */
export function mistakesError(path: string, chain: ProfileChain, mistakes: readonly ProfileMistake[]): InvalidProfile {
  return new InvalidProfile(
    path,
    mistakes.map(({ steps, words, offset }) => {
      const member = steps.join('.');
      return { ...chain.placeOf(steps, offset), member, words: withoutPrefix(words, `${member}: `) };
    }),
  );
}

/** Mistakes found by the schema begin with the member, which is told anyway. */
function withoutPrefix({ de, en }: Text, prefix: string): Text {
  const cut = (words: string) => (words.startsWith(prefix) ? words.slice(prefix.length) : words);
  return { de: cut(de), en: cut(en) };
}

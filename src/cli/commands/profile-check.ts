import type { PlacedMistake } from '../../delivery/profile/invalid-profile.ts';
import { ScanlotError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../options.ts';

/** Failures that are mistakes in the profile itself, and not in the call. */
const ofTheProfile = ['profile.base-elsewhere', 'profile.base-loop', 'profile.base-depth', 'document.malformed'];

interface CheckedVariant {
  readonly lot: string | null;
  readonly hash: string | null;
  readonly mistakes: readonly PlacedMistake[];
}

export default defineCommand({
  name: 'profile check',
  summary: text({ de: 'Lieferprofil auf Fehler prüfen', en: 'check a delivery profile for mistakes' }),
  details: text({
    de: 'Nennt alle Fehler mit Zeile und Spalte: Aufbau, Muster, Zeilenschema, Ausdrücke, Listen, Grundprofile und die Fassung jedes Loses. Endet mit 0, wenn das Profil verwendbar ist, sonst mit 1.',
    en: 'Tells every mistake with line and column: structure, patterns, row schema, expressions, lists, base profiles, and the variant of each lot. Ends with 0 when the profile can be used, otherwise with 1.',
  }),
  examples: ['scanlot profile check ordnungsamt.json', 'scanlot profile check ordnungsamt.json --json'],
  workspace: 'none',
  arguments: { file: argument('FILE', text({ de: 'das Lieferprofil (JSON, YAML)', en: 'the profile (JSON, YAML)' })) },
  output: {
    schema: 'profile-check-1',
    members: {
      valid: 'whether the profile can be used, with every lot',
      variants: 'the profile for all (lot null) and for each lot: hash (sha256; null when it cannot be used), mistakes',
      'variants[].mistakes': 'file, line, column (from 1), member (keys that lead there), message',
    },
  },
  run: async (context, { file }) => {
    const { loadProfile, lotsOf } = await import('../../delivery/profile.ts');
    const { InvalidProfile } = await import('../../delivery/profile/invalid-profile.ts');
    const path = context.path(file);
    const checkVariant = (lot: string | null): CheckedVariant => {
      try {
        return { lot, hash: loadProfile(path, { lot: lot ?? undefined }).hash, mistakes: [] };
      } catch (error) {
        if (error instanceof InvalidProfile) return { lot, hash: null, mistakes: error.mistakes };
        if (error instanceof ScanlotError && ofTheProfile.includes(error.code)) {
          return { lot, hash: null, mistakes: [wholeFile(path, error)] };
        }
        throw error;
      }
    };
    const whole = checkVariant(null);
    const lots = isReadable(whole) ? lotsOf(path) : [];
    const variants = [whole, ...lots.map(checkVariant).map((variant) => withoutKnown(variant, whole))];
    const valid = variants.every(({ mistakes }) => mistakes.length === 0);
    return {
      exitCode: valid ? 0 : 1,
      data: {
        valid,
        variants: variants.map(({ lot, hash, mistakes }) => ({
          lot,
          hash,
          mistakes: mistakes.map(({ words, ...place }) => ({ ...place, message: words[context.language] })),
        })),
      },
      render: (printer) => {
        for (const { lot, hash, mistakes } of variants) {
          if (lot !== null) printer.heading(text({ de: `Los ${lot}`, en: `Lot ${lot}` }));
          for (const mistake of mistakes) printer.line(placed(mistake), 'bad');
          if (hash !== null)
            printer.line(text({ de: `Verwendbar. Hash ${hash}`, en: `Fit for use. Hash ${hash}` }), 'good');
        }
        const count = variants.reduce((sum, { mistakes }) => sum + mistakes.length, 0);
        if (count > 0) {
          printer.line();
          printer.line(
            text({ de: (f) => `${f.number(count)} Fehler.`, en: (f) => `${f.counted(count, 'mistake', 'mistakes')}.` }),
            'strong',
          );
        }
      },
    };
  },
});

/** A file that is no document at all has no lots that could be looked for. */
function isReadable({ mistakes }: CheckedVariant): boolean {
  return mistakes.every(({ line }) => line > 0);
}

function wholeFile(file: string, { text: message, details }: ScanlotError): PlacedMistake {
  const more = details.map(({ de, en }) => ({ de: ` ${de}`, en: ` ${en}` }));
  const words = text({
    de: message.de + more.map(({ de }) => de).join(''),
    en: message.en + more.map(({ en }) => en).join(''),
  });
  return { file, line: 0, column: 0, member: '', words };
}

/** A mistake of the profile for all is told once, not again for each lot. */
function withoutKnown(variant: CheckedVariant, whole: CheckedVariant): CheckedVariant {
  const key = ({ file, line, column, words }: PlacedMistake) => `${file}:${line}:${column}:${words.en}`;
  const known = new Set(whole.mistakes.map(key));
  return { ...variant, mistakes: variant.mistakes.filter((mistake) => !known.has(key(mistake))) };
}

function placed({ file, line, column, member, words }: PlacedMistake): Text {
  const where = member === '' ? '' : `${member}: `;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return text({ de: `${place}: ${where}${words.de}`, en: `${place}: ${where}${words.en}` });
}

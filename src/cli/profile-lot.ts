import { type LoadedProfile, loadProfile, lotsOf } from '../delivery/profile.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';

/** Loads a profile as it holds for a lot. @throws UsageError when it has no variant for the lot, or cannot be used */
export function loadForLot(profile: string, lot: string | undefined): LoadedProfile {
  requireLot(profile, lot);
  return loadProfile(profile, { lot });
}

function requireLot(profile: string, lot: string | undefined): void {
  if (lot === undefined) return;
  const lots = lotsOf(profile);
  if (lots.includes(lot)) return;
  const near = nearest(lot, lots);
  throw new UsageError(
    'profile.unknown-lot',
    text({
      de: `Das Lieferprofil hat keine Fassung für Los ${lot}${near ? `; gemeint ${near}?` : '.'}`,
      en: `The delivery profile has no variant for lot ${lot}${near ? `; did you mean ${near}?` : '.'}`,
    }),
    lots.length === 0
      ? text({ de: 'Ohne --lot aufrufen.', en: 'Leave out --lot.' })
      : text({ de: `Vorhanden: ${lots.join(', ')}`, en: `There are: ${lots.join(', ')}` }),
  );
}

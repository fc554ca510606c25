import { lotsOf } from '../delivery/profile.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';

/** @throws UsageError when a lot is asked for that the profile has no variant for */
export function requireLot(profile: string, lot: string | undefined): void {
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

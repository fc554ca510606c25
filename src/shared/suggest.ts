import { distance } from 'fastest-levenshtein';
import { type Text, text } from './language.ts';

/** The known name that a mistyped or cut-off one most likely means; undefined when none is near. */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const steps = distance(typed.toLowerCase(), name.toLowerCase());
    if (!best || steps < best.distance) best = { name, distance: steps };
  }
  if (best && best.distance <= 1) return best.name;
  const longer = [...known].find((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  if (longer !== undefined && typed.length >= 4) return longer;
  return best && best.distance <= Math.max(2, typed.length / 3) ? best.name : undefined;
}

/** What to do about an unknown name: the nearest known one, or where to find all of them. */
export function didYouMean(typed: string, known: readonly string[], listCommand?: string): Text {
  const near = nearest(typed, known);
  const list = listCommand ? text({ de: ` Alle zeigt: ${listCommand}`, en: ` To see all: ${listCommand}` }) : undefined;
  if (near === undefined && !list)
    return text({ de: `Bekannt: ${known.join(', ')}`, en: `Known: ${known.join(', ')}` });
  return text({
    de: `${near === undefined ? '' : `Meinten Sie „${near}“?`}${list?.de ?? ''}`.trim(),
    en: `${near === undefined ? '' : `Did you mean "${near}"?`}${list?.en ?? ''}`.trim(),
  });
}

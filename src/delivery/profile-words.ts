import { type Text, text } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';

/** Tells that a profile uses a field that it maps to no column, and which one it may mean. */
export function unknownField(name: string, known: readonly string[]): Text {
  const near = nearest(name, known);
  return text({
    de: `Feld „${name}“ ist unter manifest.columns keiner Spalte zugeordnet${near ? `; gemeint „${near}“?` : ''}`,
    en: `field "${name}" has no column under manifest.columns${near ? `; did you mean "${near}"?` : ''}`,
  });
}

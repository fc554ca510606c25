import { type Language, type Text, text } from '../../shared/language.ts';
import type { NotePlaces } from '../import/additions.ts';
import { obstacleWords } from './pdf/obstacle.ts';

type Beside = NotePlaces['beside'][number];

/** The places of several files together. */
export function allPlaces(places: readonly NotePlaces[]): NotePlaces {
  const beside = new Map<string, Beside>();
  for (const one of places.flatMap((file) => file.beside)) {
    const known = beside.get(one.reason);
    beside.set(one.reason, known ? { ...known, documents: known.documents + one.documents } : one);
  }
  return { embedded: places.reduce((sum, { embedded }) => sum + embedded, 0), beside: [...beside.values()] };
}

/** "in PDF eingebettet: 12; daneben: 3 – kein PDF: 2 (a.tif …), signiert: 1 (b.pdf)" */
export function placesWords({ embedded, beside }: NotePlaces): Text {
  const count = beside.reduce((sum, { documents }) => sum + documents, 0);
  const reasons = (language: Language, number: (value: number) => string) =>
    beside
      .map(({ reason, documents, first }) => {
        const examples = documents > 1 ? `${first} …` : first;
        return `${obstacleWords[reason][language]}: ${number(documents)} (${examples})`;
      })
      .join(', ');
  const besideWords = (language: Language, word: string, number: (value: number) => string) =>
    count === 0 ? '' : `; ${word}: ${number(count)} – ${reasons(language, number)}`;
  return text({
    de: (f) => `in PDF eingebettet: ${f.number(embedded)}${besideWords('de', 'daneben', (value) => f.number(value))}`,
    en: (f) => `embedded in PDFs: ${f.number(embedded)}${besideWords('en', 'beside', (value) => f.number(value))}`,
  });
}

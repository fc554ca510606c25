import { type Text, text } from '../../shared/language.ts';
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

/** "in 12 PDF; daneben bei 3 Dokumenten: 2 kein PDF (a.tif …), 1 signiert (b.pdf)" */
export function placesWords({ embedded, beside }: NotePlaces): Text {
  const count = beside.reduce((sum, { documents }) => sum + documents, 0);
  if (count === 0)
    return text({ de: (f) => `in ${f.number(embedded)} PDF`, en: (f) => `in ${f.number(embedded)} PDFs` });
  const reasons = (language: 'de' | 'en', number: (value: number) => string) =>
    beside
      .map(({ reason, documents, first }) => {
        const more = documents > 1 ? ' …' : '';
        return `${number(documents)} ${obstacleWords[reason][language]} (${first}${more})`;
      })
      .join(', ');
  return text({
    de: (f) => `in ${f.number(embedded)} PDF; daneben bei ${f.number(count)} Dokumenten: ${reasons('de', f.number)}`,
    en: (f) => `in ${f.number(embedded)} PDFs; beside ${f.number(count)} documents: ${reasons('en', f.number)}`,
  });
}

import { type Text, text } from '../../../shared/language.ts';

/** Why a document cannot hold its transfer note; the note lies beside it then. */
export type Obstacle =
  | 'no-pdf'
  | 'damaged'
  | 'encrypted'
  | 'signed'
  | 'pdfa-contradicted'
  | 'pdfa-not-raised'
  | 'pdfa-part'
  | 'too-large';

export const obstacleWords: Readonly<Record<Obstacle, Text>> = {
  'no-pdf': text({ de: 'kein PDF', en: 'no PDF' }),
  damaged: text({ de: 'beschädigtes PDF', en: 'damaged PDF' }),
  encrypted: text({ de: 'verschlüsselt', en: 'encrypted' }),
  signed: text({ de: 'signiert', en: 'signed' }),
  'pdfa-contradicted': text({
    de: 'widerspricht seiner Angabe, PDF/A zu sein',
    en: 'contradicts its own claim to be PDF/A',
  }),
  'pdfa-not-raised': text({
    de: 'kann nicht sicher PDF/A-3 werden',
    en: 'cannot become PDF/A-3 for certain',
  }),
  'pdfa-part': text({ de: 'PDF/A-4 oder höher', en: 'PDF/A-4 or higher' }),
  'too-large': text({ de: 'zu groß oder zu viele Objekte', en: 'too large, or too many objects' }),
};

/** Thrown where a document cannot hold its note; caught where the document began. */
export class ObstacleFound extends Error {
  override readonly name = 'ObstacleFound';
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle) {
    super(obstacle);
    this.obstacle = obstacle;
  }
}

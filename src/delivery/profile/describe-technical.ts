import type { PlainSection } from '../../reporting/plain-document.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import type { LoadedProfile } from '../profile.ts';
import type { PageClass } from './technical.ts';

/** What the documents must be technically. */
export function describeTechnical({ formats, source: { technical } }: LoadedProfile): PlainSection {
  const share = technical?.text?.minimumShare;
  return {
    title: text({ de: 'Technische Anforderungen', en: 'Technical demands' }),
    paragraphs: [
      text({
        de: `Zulässige Formate, am Inhalt erkannt: ${formats.join(', ')}.`,
        en: `Allowed formats, recognised by the content: ${formats.join(', ')}.`,
      }),
      ...(share === undefined ? [] : [textShare(share)]),
    ],
    ...(technical?.classes ? { table: classTable(technical.classes) } : {}),
  };
}

function textShare(share: number): Text {
  return text({
    de: (format) => `Mindestens ${format.percent(share)} der Seiten jedes Dokuments müssen erkannten Text haben.`,
    en: (format) => `At least ${format.percent(share)} of the pages of each document must have recognised text.`,
  });
}

function classTable(classes: readonly PageClass[]) {
  return {
    columns: [
      text({ de: 'Seitenklasse', en: 'class of pages' }),
      text({ de: 'Größen', en: 'sizes' }),
      text({ de: 'Auflösung (dpi)', en: 'resolution (dpi)' }),
      text({ de: 'Farbe', en: 'colour' }),
      text({ de: 'Kompression', en: 'compression' }),
    ],
    rows: classes.map(({ id, sizes, dpi, colours, compressions }) => [
      verbatim(id),
      listed(sizes),
      dpi ? verbatim(`${dpi.minimum ?? ''}–${dpi.maximum ?? ''}`) : any,
      listed(colours),
      listed(compressions),
    ]),
  };
}

const any = text({ de: 'beliebig', en: 'any' });

function listed(values: readonly string[] | undefined): Text {
  return values ? verbatim(values.join(', ')) : any;
}

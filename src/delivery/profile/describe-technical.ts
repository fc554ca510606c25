import type { PlainSection } from '../../reporting/plain-document.ts';
import { text } from '../../shared/language.ts';
import type { LoadedProfile } from '../profile.ts';

/** What the documents must be technically. */
export function describeTechnical({ formats }: LoadedProfile): PlainSection {
  return {
    title: text({ de: 'Technische Anforderungen', en: 'Technical demands' }),
    paragraphs: [
      text({
        de: `Zulässige Formate, am Inhalt erkannt: ${formats.join(', ')}.`,
        en: `Allowed formats, recognised by the content: ${formats.join(', ')}.`,
      }),
    ],
  };
}

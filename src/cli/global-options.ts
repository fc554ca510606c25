import { text } from '../shared/language.ts';
import { choice, flag, readCount, value } from './options.ts';

/** Options that every command takes. */
export const globalOptions = {
  workspace: value(
    'DIR',
    text({
      de: 'Ordner des Arbeitsbereichs (sonst der nächste ab hier aufwärts)',
      en: 'folder of the workspace (default: the nearest at or above this one)',
    }),
  ),
  lang: choice(['de', 'en'], text({ de: 'Sprache der Ausgabe', en: 'language of the output' })),
  json: flag(
    text({ de: 'ein JSON-Dokument auf stdout, sonst nichts', en: 'one JSON document on stdout, nothing else' }),
  ),
  yes: flag(text({ de: 'Rückfragen mit Ja beantworten', en: 'answer questions with yes' })),
  wait: value(
    'SECONDS',
    text({ de: 'so lange auf andere warten (sonst 10)', en: 'wait so long for others at work (default: 10)' }),
    readCount,
  ),
  debug: flag(text({ de: 'bei Fehlern technische Einzelheiten zeigen', en: 'show technical detail of errors' })),
} as const;

export interface GlobalValues {
  readonly workspace: string | undefined;
  readonly lang: 'de' | 'en' | undefined;
  readonly json: boolean;
  readonly yes: boolean;
  readonly wait: number | undefined;
  readonly debug: boolean;
}

import { finding } from '../definition.ts';

/** The package as a whole: its form, its completeness, its readability. */
export const packageFindings = {
  'package.empty': finding<Record<never, never>>({
    severity: 'error',
    title: { de: 'Leeres Paket', en: 'Empty package' },
    message: {
      de: () => 'Das Paket enthält keine Datei.',
      en: () => 'The package holds no file.',
    },
    remedy: {
      de: 'Paket vollständig liefern; prüfen, ob der richtige Ordner angegeben wurde.',
      en: 'Deliver the complete package; check that the right folder was named.',
    },
  }),
  'package.nothing-verified': finding<Record<never, never>>({
    severity: 'error',
    title: { de: 'Nichts geprüft', en: 'Nothing verified' },
    message: {
      de: () => 'Keine einzige Datei des Pakets konnte gegen die Begleitliste geprüft werden.',
      en: () => 'Not a single file of the package could be verified against the manifest.',
    },
    remedy: {
      de: 'Die übrigen Befunde beheben; ohne geprüfte Datei gibt es kein bestandenes Paket.',
      en: 'Mend the other findings; a package without a verified file cannot pass.',
    },
  }),
} as const;

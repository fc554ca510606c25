import { finding } from '../definition.ts';

/** What the virus scanner says. */
export const virusFindings = {
  'virus.found': finding<{ readonly signature: string }>({
    severity: 'error',
    title: { de: 'Schadsoftware', en: 'malware' },
    message: {
      de: ({ signature }) => `Der Virenscanner meldet „${signature}“.`,
      en: ({ signature }) => `The virus scanner reports "${signature}".`,
    },
    remedy: {
      de: 'Die Lieferung nicht öffnen und nicht importieren; die Informationssicherheit und den Dienstleister verständigen.',
      en: 'Neither open nor import the delivery; tell information security and the vendor.',
    },
  }),
  'virus.not-scanned': finding<{ readonly reason: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'nicht auf Schadsoftware geprüft', en: 'not scanned for malware' },
    message: {
      de: ({ reason }) => `Der Virenscanner konnte die Datei nicht prüfen: ${reason}.`,
      en: ({ reason }) => `The virus scanner could not scan the file: ${reason}.`,
    },
    remedy: {
      de: 'Größenbegrenzung (StreamMaxLength) und Zustand von ClamAV prüfen, dann die Prüfung wiederholen.',
      en: 'Look at ClamAV’s size limit (StreamMaxLength) and state, then check again.',
    },
  }),
} as const;

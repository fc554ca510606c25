import { finding } from '../definition.ts';

/** What the validator veraPDF says; plain contradictions to a claim that our own reader sees are among the pdf findings. */
export const pdfaFindings = {
  'pdfa.violation': finding<{
    readonly flavour: string;
    readonly clause: string;
    readonly test: number;
    readonly occurrences: number;
    readonly description: string;
  }>({
    severity: 'error',
    title: { de: 'verletzt die PDF/A-Norm', en: 'violates the PDF/A standard' },
    message: {
      de: ({ flavour, clause, test, occurrences, description }, f) =>
        `${flavour}, Abschnitt ${clause}, Prüfung ${test}: ${f.number(occurrences)}-mal verletzt. ${description}`,
      en: ({ flavour, clause, test, occurrences, description }, f) =>
        `${flavour}, clause ${clause}, test ${test}: violated ${f.counted(occurrences, 'time', 'times')}. ${description}`,
    },
    remedy: {
      de: 'Die Datei als gültiges PDF/A neu erzeugen und vor der Lieferung mit veraPDF prüfen.',
      en: 'Write the file anew as valid PDF/A, and check it with veraPDF before delivering.',
    },
    reference: 'ISO 19005, by veraPDF',
  }),
  'pdfa.not-judged': finding<{ readonly reason: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'PDF/A nicht geprüft', en: 'PDF/A not judged' },
    message: {
      de: ({ reason }) => `veraPDF konnte die Datei nicht beurteilen: ${reason}.`,
      en: ({ reason }) => `veraPDF could not judge the file: ${reason}.`,
    },
    remedy: {
      de: 'Die Datei mit veraPDF einzeln prüfen; ist sie beschädigt, neu erzeugen.',
      en: 'Check the file with veraPDF by itself; if it is damaged, write it anew.',
    },
  }),
} as const;

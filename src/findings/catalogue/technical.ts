import { finding } from '../definition.ts';

/** Pages that break the technical profile in the same way. */
interface Breach {
  /** Class of the pages in the profile; "" where they have none. */
  readonly class: string;
  readonly count: number;
  /** "3–7, 12". */
  readonly pages: string;
  readonly found: string;
  readonly expected: string;
}

const de = ({ pages, class: id }: Breach) => `Seite ${pages}${id === '' ? '' : ` (${id})`}`;
const en = ({ pages, class: id }: Breach) => `Page ${pages}${id === '' ? '' : ` (${id})`}`;

const rescan = {
  de: 'Mit den vereinbarten Einstellungen neu scannen; was gilt, steht im Lieferprofil (technical).',
  en: 'Scan again with the agreed settings; the profile (technical) says what holds.',
};

/** The technical profile: resolution, colour, compression, sheet sizes, recognised text. */
export const technicalFindings = {
  'technical.resolution': finding<Breach>({
    severity: 'error',
    title: { de: 'Auflösung nicht wie vereinbart', en: 'Resolution not as agreed' },
    message: {
      de: (args) => `${de(args)}: ${args.found} dpi; vereinbart ${args.expected} dpi.`,
      en: (args) => `${en(args)}: ${args.found} dpi; agreed ${args.expected} dpi.`,
    },
    remedy: rescan,
  }),
  'technical.colour': finding<Breach>({
    severity: 'error',
    title: { de: 'Farbart nicht wie vereinbart', en: 'Colour not as agreed' },
    message: {
      de: (args) =>
        `${de(args)}: ${args.found}; vereinbart ${args.expected} (bw: schwarzweiß, grey: grau, colour: farbig).`,
      en: (args) => `${en(args)}: ${args.found}; agreed ${args.expected}.`,
    },
    remedy: rescan,
  }),
  'technical.compression': finding<Breach>({
    severity: 'error',
    title: { de: 'Kompression nicht wie vereinbart', en: 'Compression not as agreed' },
    message: {
      de: (args) => `${de(args)}: ${args.found}; vereinbart ${args.expected}.`,
      en: (args) => `${en(args)}: ${args.found}; agreed ${args.expected}.`,
    },
    remedy: rescan,
  }),
  'technical.page-size': finding<Breach>({
    severity: 'error',
    title: { de: 'Seitengröße nicht vereinbart', en: 'Page size not agreed' },
    message: {
      de: (args) => `${de(args)}: ${args.found} gehört zu keiner Seitenklasse (${args.expected}).`,
      en: (args) => `${en(args)}: ${args.found} belongs to no class of pages (${args.expected}).`,
    },
    remedy: {
      de: 'Seitengröße prüfen; für größere Vorlagen eine Seitenklasse mit Preis vereinbaren.',
      en: 'Check the page size; agree on a class with a price for larger sheets.',
    },
  }),
  'technical.text-missing': finding<Breach>({
    severity: 'error',
    title: { de: 'Zu wenig Text erkannt', en: 'Too little text recognised' },
    message: {
      de: (args) =>
        `${de(args)} ohne Text: ${args.found} der Seiten haben Text; vereinbart sind mindestens ${args.expected}.`,
      en: (args) =>
        `${en(args)} without text: ${args.found} of the pages have text; agreed are at least ${args.expected}.`,
    },
    remedy: {
      de: 'Texterkennung (OCR) durchführen und neu liefern.',
      en: 'Run text recognition (OCR) and deliver again.',
    },
  }),
  'technical.not-judged': finding<Breach>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Seite technisch nicht prüfbar', en: 'Page cannot be judged technically' },
    message: {
      de: (args) => `${de(args)}: der Inhalt ist nicht oder nicht vollständig lesbar.`,
      en: (args) => `${en(args)}: the content cannot be read, or not completely.`,
    },
    remedy: { de: 'Dokument neu erzeugen und nachliefern.', en: 'Produce the document anew and deliver it again.' },
  }),
} as const;

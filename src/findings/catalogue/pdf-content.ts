import { finding } from '../definition.ts';
import { damageReasons, type PdfDamageReason, produceAgain, writeCleanly } from './pdf-words.ts';

/** How a document contradicts its own claim to be PDF/A. */
const contradictions = {
  encryption: { de: 'sie ist verschlüsselt', en: 'it is encrypted' },
  actions: { de: 'sie enthält unzulässige Aktionen', en: 'it has forbidden actions' },
  xfa: { de: 'sie enthält ein XFA-Formular', en: 'it has an XFA form' },
  lzw: { de: 'sie verwendet LZW-Kompression', en: 'it uses LZW compression' },
  fonts: { de: 'Schriften sind nicht eingebettet', en: 'fonts are not embedded' },
  'output-intent': {
    de: 'für geräteabhängige Farben fehlt die Ausgabebedingung (OutputIntent)',
    en: 'the output intent for device colours is missing',
  },
  transparency: { de: 'sie verwendet Transparenz', en: 'it uses transparency' },
  jpeg2000: { de: 'sie verwendet JPEG-2000-Kompression', en: 'it uses JPEG 2000 compression' },
  'object-streams': { de: 'sie verwendet Objektströme', en: 'it uses object streams' },
  attachments: { de: 'sie enthält eingebettete Dateien', en: 'it has embedded files' },
  tags: { de: 'die Strukturinformation (Tags) fehlt', en: 'its structure (tags) is missing' },
} as const;
export type PdfaContradiction = keyof typeof contradictions;

/** What is on the pages of a PDF and beside them. */
export const pdfContentFindings = {
  'pdf.active-content': finding<{ kinds: readonly string[] }>({
    severity: 'error',
    title: { de: 'PDF mit aktiven Inhalten', en: 'PDF with active content' },
    message: {
      de: ({ kinds }) => `Beim Öffnen der Datei werden Aktionen ausgeführt: ${kinds.join(', ')}.`,
      en: ({ kinds }) => `The file runs actions when it is opened: ${kinds.join(', ')}.`,
    },
    remedy: {
      de: 'Die Datei nicht öffnen; ohne Skripte und Aktionen nachliefern.',
      en: 'Do not open the file; redeliver it without scripts and actions.',
    },
    reference: 'ISO 32000-2, 12.6; ISO 19005-2, 6.5',
  }),
  'pdf.attachments': finding<{ count: number }>({
    severity: 'note',
    title: { de: 'PDF mit Anlagen', en: 'PDF with attachments' },
    message: {
      de: ({ count }, format) => `In die Datei sind weitere Dateien eingebettet (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) => `Further files are embedded in the file (${format.number(count)}).`,
    },
    remedy: {
      de: 'Prüfen, ob die eingebetteten Dateien vereinbart sind.',
      en: 'Check whether the embedded files were agreed.',
    },
    reference: 'ISO 32000-2, 7.11.4',
  }),
  'pdf.content-unreadable': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seiteninhalt beschädigt', en: 'Page content damaged' },
    message: {
      de: ({ count }, format) =>
        `Der Inhalt von Seiten ist nicht oder nur teilweise lesbar (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) => `The content of pages cannot be read, or only in part (${format.number(count)}).`,
    },
    remedy: {
      de: 'Die genannten Seiten ansehen; die Datei neu erzeugen und nachliefern.',
      en: 'Look at these pages; produce the file again and redeliver it.',
    },
    reference: 'ISO 32000-2, 7.8.2',
  }),
  'pdf.content-not-examined': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seiteninhalt nicht geprüft', en: 'Page content not examined' },
    message: {
      de: ({ count }, format) =>
        `Der Inhalt von Seiten ist so umfangreich, dass er nicht geprüft wurde (Anzahl: ${format.number(count)}); gezählt sind sie.`,
      en: ({ count }, format) =>
        `The content of pages is so large that it was not examined (${format.number(count)}); they are counted.`,
    },
    remedy: {
      de: 'Auflösung und Farbe dieser Seiten von Hand prüfen, oder die Datei in mehreren Teilen nachliefern.',
      en: 'Check resolution and colour of these pages by hand, or redeliver the file in several parts.',
    },
  }),
  'pdf.picture-missing': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Bild einer Seite fehlt in der Datei', en: 'Picture of a page missing in the file' },
    message: {
      de: ({ count }, format) =>
        `Seiten zeigen Bilder, die in der Datei fehlen (Anzahl der Seiten: ${format.number(count)}).`,
      en: ({ count }, format) => `Pages show pictures that are missing in the file (pages: ${format.number(count)}).`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 8.8',
  }),
  'pdf.jbig2-symbols': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'JBIG2 mit Symbolkodierung', en: 'JBIG2 with symbol coding' },
    message: {
      de: ({ count }, format) =>
        `Bilder sind mit JBIG2-Symbolen komprimiert, wodurch ähnliche Zeichen vertauscht sein können (Anzahl der Seiten: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `Pictures are compressed with JBIG2 symbols, so that similar characters may be exchanged (pages: ${format.number(count)}).`,
    },
    remedy: {
      de: 'Erneut scannen oder verlustfrei komprimieren (CCITT G4 oder JBIG2 ohne Symbole) und nachliefern.',
      en: 'Scan again, or compress without loss (CCITT G4, or JBIG2 without symbols), and redeliver.',
    },
    reference: 'BSI TR-03138, A.SC.12',
  }),
  'pdf.actions-on-pages': finding<{ kinds: readonly string[] }>({
    severity: 'warning',
    title: { de: 'Seiten mit Aktionen', en: 'Pages with actions' },
    message: {
      de: ({ kinds }) => `Anmerkungen oder Felder lösen Aktionen aus: ${kinds.join(', ')}.`,
      en: ({ kinds }) => `Annotations or fields run actions: ${kinds.join(', ')}.`,
    },
    remedy: {
      de: 'In der Datei nichts anklicken; ohne Skripte und Aktionen nachliefern.',
      en: 'Click nothing in the file; redeliver it without scripts and actions.',
    },
    reference: 'ISO 32000-2, 12.6; ISO 19005-2, 6.5',
  }),
  'pdf.metadata-unreadable': finding<{ reason: PdfDamageReason }>({
    severity: 'warning',
    title: { de: 'Metadaten nicht lesbar', en: 'Metadata unreadable' },
    message: {
      de: ({ reason }) => `Die Metadaten der Datei sind nicht lesbar: ${damageReasons[reason].de}.`,
      en: ({ reason }) => `The metadata of the file cannot be read: ${damageReasons[reason].en}.`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 14.3',
  }),
  'pdf.fonts-not-embedded': finding<{ count: number }>({
    severity: 'note',
    title: { de: 'Schriften nicht eingebettet', en: 'Fonts not embedded' },
    message: {
      de: ({ count }, format) =>
        `Sichtbarer Text verwendet Schriften, die nicht eingebettet sind (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) => `Visible text uses fonts that are not embedded (${format.number(count)}).`,
    },
    remedy: {
      de: 'Prüfen, ob PDF/A vereinbart ist; dann mit eingebetteten Schriften nachliefern.',
      en: 'Check whether PDF/A was agreed; if so redeliver with embedded fonts.',
    },
    reference: 'ISO 19005-2, 6.2.11.4',
  }),
  'pdf.pdfa-contradicted': finding<{
    part: number;
    conformance: string;
    contradictions: readonly PdfaContradiction[];
  }>({
    severity: 'error',
    title: { de: 'Kein PDF/A, obwohl so bezeichnet', en: 'Not PDF/A, though it says so' },
    message: {
      de: ({ part, conformance, contradictions: found }) =>
        `Die Datei bezeichnet sich als PDF/A-${part}${conformance.toLowerCase()}, aber ${found.map((kind) => contradictions[kind].de).join('; ')}.`,
      en: ({ part, conformance, contradictions: found }) =>
        `The file calls itself PDF/A-${part}${conformance.toLowerCase()}, but ${found.map((kind) => contradictions[kind].en).join('; ')}.`,
    },
    remedy: {
      de: 'Als gültiges PDF/A neu erzeugen, mit einem PDF/A-Prüfprogramm prüfen und nachliefern.',
      en: 'Produce it again as valid PDF/A, check it with a PDF/A validator, and redeliver it.',
    },
    reference: 'ISO 19005-1; ISO 19005-2; ISO 19005-3; ISO 19005-4',
  }),
  'pdf.signature-partial': finding<{ signed: number; size: number }>({
    severity: 'warning',
    title: { de: 'Signatur umfasst nicht die ganze Datei', en: 'Signature does not cover the whole file' },
    message: {
      de: ({ signed, size }, format) =>
        `Die letzte Signatur endet bei Byte ${format.number(signed)} von ${format.number(size)}: Nach dem Signieren wurde die Datei verändert.`,
      en: ({ signed, size }, format) =>
        `The last signature ends at byte ${format.number(signed)} of ${format.number(size)}: the file was changed after it was signed.`,
    },
    remedy: {
      de: 'Klären, was nach dem Signieren hinzukam; die Datei so nachliefern, wie sie signiert wurde.',
      en: 'Clarify what was added after signing; redeliver the file as it was signed.',
    },
    reference: 'ISO 32000-2, 12.8.1',
  }),
} as const;

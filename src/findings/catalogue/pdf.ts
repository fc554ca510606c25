import type { PdfiumFailure } from '../../inspection/pdfium/pdfium.ts';
import { finding } from '../definition.ts';

/** Why the structure of a PDF cannot be followed. */
const reasons = {
  'startxref-missing': {
    de: 'das Dateiende (startxref) fehlt',
    en: 'the end of the file (startxref) is missing',
  },
  'xref-unreadable': {
    de: 'die Querverweistabelle ist nicht lesbar',
    en: 'the cross-reference cannot be read',
  },
  'update-broken': {
    de: 'hinter dem gültigen Dateiende stehen weitere Objekte ohne eigenes Ende',
    en: 'further objects without an end of their own stand behind the valid end of the file',
  },
  'object-misplaced': {
    de: 'ein Objekt steht nicht an der Stelle, die die Querverweistabelle nennt',
    en: 'an object is not where the cross-reference says',
  },
  'object-missing': {
    de: 'eine Seite fehlt in der Querverweistabelle',
    en: 'a page is missing in the cross-reference',
  },
  'object-unreadable': { de: 'ein Objekt ist beschädigt', en: 'an object is damaged' },
  'stream-unreadable': {
    de: 'ein Datenstrom mit Strukturdaten ist beschädigt',
    en: 'a stream with structural data is damaged',
  },
  'root-missing': {
    de: 'der Einstieg in den Seitenbaum fehlt oder ist nicht eindeutig',
    en: 'the entry to the page tree is missing or not unique',
  },
  encrypted: { de: 'die Struktur ist verschlüsselt', en: 'the structure is encrypted' },
  'too-complex': { de: 'die Struktur überschreitet die Grenzen', en: 'the structure exceeds the limits' },
} as const;
export type PdfDamageReason = keyof typeof reasons;

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

const produceAgain = {
  de: 'Die Datei neu erzeugen oder neu übertragen und nachliefern.',
  en: 'Produce or transfer the file again and redeliver it.',
} as const;
const writeCleanly = {
  de: 'Die Datei mit einem fehlerfrei arbeitenden Programm neu schreiben und nachliefern.',
  en: 'Write the file again with a program that works correctly, and redeliver it.',
} as const;

export const pdfFindings = {
  'pdf.header-missing': finding<object>({
    severity: 'error',
    title: { de: 'PDF-Kopf fehlt', en: 'PDF header missing' },
    message: {
      de: () => 'In den ersten 1.024 Bytes steht keine Kennung „%PDF-“.',
      en: () => 'The first 1,024 bytes have no “%PDF-” header.',
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.5.2',
  }),
  'pdf.garbage-before-header': finding<{ bytes: number }>({
    severity: 'warning',
    title: { de: 'Fremde Daten vor dem PDF-Kopf', en: 'Foreign data before the PDF header' },
    message: {
      de: ({ bytes }, format) => `Vor der Kennung „%PDF-“ stehen ${format.number(bytes)} fremde Bytes.`,
      en: ({ bytes }, format) => `${format.number(bytes)} foreign bytes stand before the “%PDF-” header.`,
    },
    remedy: {
      de: 'Erzeugung und Übertragung prüfen; die Datei ohne die fremden Bytes nachliefern.',
      en: 'Check how the file is produced and transferred; redeliver it without the foreign bytes.',
    },
    reference: 'ISO 32000-2, 7.5.2',
  }),
  'pdf.version-unknown': finding<object>({
    severity: 'warning',
    title: { de: 'PDF-Version unbekannt', en: 'PDF version unknown' },
    message: {
      de: () => 'Der Dateikopf nennt keine PDF-Version.',
      en: () => 'The header names no PDF version.',
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.5.2',
  }),
  'pdf.truncated': finding<{ lost: number }>({
    severity: 'error',
    title: { de: 'PDF abgeschnitten', en: 'PDF truncated' },
    message: {
      de: ({ lost }, format) => `Am Ende der Datei fehlen ${format.number(lost)} Bytes.`,
      en: ({ lost }, format) => `${format.number(lost)} bytes are missing at the end of the file.`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, Annex F.3.3',
  }),
  'pdf.end-mark-missing': finding<object>({
    severity: 'warning',
    title: { de: 'Endekennung fehlt', en: 'End mark missing' },
    message: {
      de: () => 'Am Ende der Datei fehlt die Kennung „%%EOF“.',
      en: () => 'The “%%EOF” mark is missing at the end of the file.',
    },
    remedy: {
      de: 'Prüfen, ob die Datei vollständig übertragen wurde; gegebenenfalls nachliefern.',
      en: 'Check whether the file was transferred completely; redeliver it if not.',
    },
    reference: 'ISO 32000-2, 7.5.5',
  }),
  'pdf.garbage-at-end': finding<{ bytes: number }>({
    severity: 'warning',
    title: { de: 'Fremde Daten am Dateiende', en: 'Foreign data at the end of the file' },
    message: {
      de: ({ bytes }, format) => `Hinter dem Ende des PDF stehen ${format.number(bytes)} fremde Bytes.`,
      en: ({ bytes }, format) => `${format.number(bytes)} foreign bytes stand behind the end of the PDF.`,
    },
    remedy: {
      de: 'Erzeugung und Übertragung prüfen; die Datei ohne die fremden Bytes nachliefern.',
      en: 'Check how the file is produced and transferred; redeliver it without the foreign bytes.',
    },
    reference: 'ISO 32000-2, 7.5.5',
  }),
  'pdf.foreign-data-at-end': finding<{ bytes: number }>({
    severity: 'error',
    title: { de: 'Viele fremde Daten am Dateiende', en: 'Much foreign data at the end of the file' },
    message: {
      de: ({ bytes }, format) =>
        `Hinter dem Ende des PDF stehen ${format.number(bytes)} fremde Bytes; andere Programme finden das Ende so nicht.`,
      en: ({ bytes }, format) =>
        `${format.number(bytes)} foreign bytes stand behind the end of the PDF; other programs do not find the end.`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.5.5',
  }),
  'pdf.recovered': finding<{ reason: PdfDamageReason; pages: number | null }>({
    severity: 'error',
    title: { de: 'PDF beschädigt, Struktur rekonstruiert', en: 'PDF damaged, structure rebuilt' },
    message: {
      de: ({ reason, pages }, format) =>
        `Die Datei ist beschädigt: ${reasons[reason].de}. ${
          pages === null
            ? 'Auch aus den gefundenen Objekten ergibt sich keine verlässliche Seitenzahl.'
            : `Aus den gefundenen Objekten ergibt sich die Seitenzahl ${format.number(pages)}; ob das alle Seiten sind, ist ungewiss.`
        }`,
      en: ({ reason, pages }, format) =>
        `The file is damaged: ${reasons[reason].en}. ${
          pages === null
            ? 'The objects that were found give no reliable page count either.'
            : `The objects that were found give a page count of ${format.number(pages)}; whether these are all pages is uncertain.`
        }`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.5.4',
  }),
  'pdf.unreadable': finding<{ reason: PdfDamageReason }>({
    severity: 'error',
    title: { de: 'PDF nicht lesbar', en: 'PDF unreadable' },
    message: {
      de: ({ reason }) => `Die Datei ist beschädigt, ihre Seiten können nicht gezählt werden: ${reasons[reason].de}.`,
      en: ({ reason }) => `The file is damaged, its pages cannot be counted: ${reasons[reason].en}.`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.5',
  }),
  'pdf.too-complex': finding<object>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'PDF übersteigt die Prüfgrenzen', en: 'PDF exceeds the limits of the check' },
    message: {
      de: () => 'Die Struktur der Datei ist so groß oder so tief verschachtelt, dass sie nicht geprüft wird.',
      en: () => 'The structure of the file is so large or so deeply nested that it is not checked.',
    },
    remedy: {
      de: 'Die Datei auf Manipulation prüfen; einfacher aufgebaut oder in mehreren Teilen nachliefern.',
      en: 'Examine the file for manipulation; redeliver it with a simpler structure or in several parts.',
    },
  }),
  'pdf.encrypted': finding<{ handler: string; opensWithoutPassword: boolean }>({
    severity: 'error',
    title: { de: 'PDF verschlüsselt', en: 'PDF encrypted' },
    message: {
      de: ({ handler, opensWithoutPassword }) =>
        `Die Datei ist verschlüsselt${handler === '' ? '' : ` (Verfahren „${handler}“)`}; sie ${
          opensWithoutPassword
            ? 'lässt sich ohne Kennwort öffnen, ihre Nutzung ist aber eingeschränkt'
            : 'lässt sich ohne Kennwort nicht öffnen'
        }.`,
      en: ({ handler, opensWithoutPassword }) =>
        `The file is encrypted${handler === '' ? '' : ` (handler “${handler}”)`}; it ${
          opensWithoutPassword
            ? 'opens without a password, but its use is restricted'
            : 'does not open without a password'
        }.`,
    },
    remedy: {
      de: 'Die Datei ohne Kennwort und ohne Einschränkung der Rechte nachliefern.',
      en: 'Redeliver the file without a password and without restricted permissions.',
    },
    reference: 'ISO 32000-2, 7.6; ISO 19005-2, 6.1.3',
  }),
  'pdf.pages-encrypted': finding<object>({
    severity: 'error',
    title: { de: 'Seiten nicht zählbar, weil verschlüsselt', en: 'Pages cannot be counted because they are encrypted' },
    message: {
      de: () => 'Die Seiten können nicht gezählt werden: Auch die Struktur der Datei ist verschlüsselt.',
      en: () => 'The pages cannot be counted: the structure of the file is encrypted too.',
    },
    remedy: {
      de: 'Die Datei ohne Kennwort und ohne Einschränkung der Rechte nachliefern.',
      en: 'Redeliver the file without a password and without restricted permissions.',
    },
    reference: 'ISO 32000-2, 7.6',
  }),
  'pdf.no-pages': finding<object>({
    severity: 'error',
    title: { de: 'PDF ohne Seiten', en: 'PDF without pages' },
    message: { de: () => 'Die Datei hat keine Seite.', en: () => 'The file has no page.' },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.count-differs': finding<{ object: number; declared: number | null; counted: number }>({
    severity: 'error',
    title: { de: 'Seitenzahl im Seitenbaum falsch', en: 'Wrong page count in the page tree' },
    message: {
      de: ({ object, declared, counted }, format) =>
        `Der Seitenbaum (Objekt ${object}) nennt ${
          declared === null ? 'keine Seitenzahl' : `die Seitenzahl ${format.number(declared)}`
        }; gezählt wurden ${format.number(counted)}.`,
      en: ({ object, declared, counted }, format) =>
        `The page tree (object ${object}) announces ${
          declared === null ? 'no page count' : `a page count of ${format.number(declared)}`
        }; counted: ${format.number(counted)}.`,
    },
    remedy: {
      de: 'Prüfen, ob Seiten fehlen; die Datei fehlerfrei neu schreiben und nachliefern.',
      en: 'Check whether pages are missing; write the file again correctly and redeliver it.',
    },
    reference: 'ISO 32000-2, 7.7.3.2',
  }),
  'pdf.count-disputed': finding<{ ours: number; pdfium: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Seitenzahl strittig', en: 'page count disputed' },
    message: {
      de: ({ ours, pdfium }, f) =>
        `Die Datei ist beschädigt, und zwei Programme zählen verschieden: ${f.number(ours)} Seiten, pdfium (Chrome) ${f.number(pdfium)}.`,
      en: ({ ours, pdfium }, f) =>
        `The file is damaged, and two programs count differently: ${f.number(ours)} pages, pdfium (Chrome) ${f.number(pdfium)}.`,
    },
    remedy: produceAgain,
  }),
  'pdf.counted-by-pdfium': finding<{ pages: number }>({
    severity: 'note',
    title: { de: 'nur von pdfium gezählt', en: 'counted by pdfium only' },
    message: {
      de: ({ pages }, f) => `pdfium (Chrome) zeigt ${f.number(pages)} Seiten; verbürgt ist diese Zahl nicht.`,
      en: ({ pages }, f) => `pdfium (Chrome) shows ${f.number(pages)} pages; this count is not vouched for.`,
    },
    remedy: produceAgain,
  }),
  'pdf.unopenable-by-pdfium': finding<{ failure: PdfiumFailure }>({
    severity: 'warning',
    title: { de: 'von pdfium nicht zu öffnen', en: 'not opened by pdfium' },
    message: {
      de: ({ failure }) => `pdfium (Chrome) öffnet die beschädigte Datei nicht (${failure}).`,
      en: ({ failure }) => `pdfium (Chrome) does not open the damaged file (${failure}).`,
    },
    remedy: produceAgain,
  }),
  'pdf.page-missing': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Seiten in der Datei fehlen', en: 'Pages missing in the file' },
    message: {
      de: ({ count }, format) =>
        `Der Seitenbaum verweist auf Seiten oder Zweige, die in der Datei fehlen (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `The page tree refers to pages or branches that are missing in the file (${format.number(count)}).`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-invalid': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Seitenbaum enthält Ungültiges', en: 'Page tree holds what is no page' },
    message: {
      de: ({ count }, format) =>
        `Der Seitenbaum enthält Einträge, die weder Seite noch Zweig sind (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `The page tree has entries that are neither page nor branch (${format.number(count)}).`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-tree-loop': finding<object>({
    severity: 'error',
    title: { de: 'Seitenbaum im Kreis', en: 'Page tree with a loop' },
    message: {
      de: () => 'Ein Zweig des Seitenbaums kommt mehrfach vor oder enthält sich selbst; die Seiten sind nicht zählbar.',
      en: () => 'A branch of the page tree occurs more than once or contains itself; the pages cannot be counted.',
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-repeated': finding<{ count: number }>({
    severity: 'error',
    title: { de: 'Dieselbe Seite mehrfach eingebunden', en: 'Same page included more than once' },
    message: {
      de: ({ count }, format) =>
        `Seiten sind keine eigenen Seiten, sondern Wiederholungen anderer (Anzahl: ${format.number(count)}); sie sind mitgezählt.`,
      en: ({ count }, format) =>
        `Pages are not pages of their own but repeat others (${format.number(count)}); they are counted.`,
    },
    remedy: {
      de: 'Prüfen, ob an dieser Stelle andere Blätter fehlen; die Datei ohne Wiederholung nachliefern.',
      en: 'Check whether other sheets are missing there; redeliver the file without the repetition.',
    },
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-type-wrong': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seiten ohne richtige Kennzeichnung', en: 'Pages not marked as such' },
    message: {
      de: ({ count }, format) =>
        `Einträge des Seitenbaums sind nicht als Seite oder Zweig gekennzeichnet (/Type; Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `Entries of the page tree are not marked as page or branch (/Type; ${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-parent-wrong': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seiten mit falschem Rückverweis', en: 'Pages with a wrong parent' },
    message: {
      de: ({ count }, format) =>
        `Einträge des Seitenbaums verweisen nicht auf den Zweig zurück, in dem sie stehen (/Parent; Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) =>
        `Entries of the page tree do not refer back to the branch that holds them (/Parent; ${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3',
  }),
  'pdf.page-size-missing': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Seitengröße fehlt', en: 'Page size missing' },
    message: {
      de: ({ count }, format) => `Seiten haben keine gültige Größe (/MediaBox; Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) => `Pages have no valid size (/MediaBox; ${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.3.3',
  }),
  'pdf.stream-length-wrong': finding<{ count: number }>({
    severity: 'warning',
    title: { de: 'Längenangabe von Datenströmen falsch', en: 'Wrong length of streams' },
    message: {
      de: ({ count }, format) =>
        `Die Länge von Datenströmen mit Strukturdaten stimmt nicht (Anzahl: ${format.number(count)}).`,
      en: ({ count }, format) => `Streams with structural data have a wrong length (${format.number(count)}).`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.3.8.2',
  }),
  'pdf.catalog-unreadable': finding<{ reason: PdfDamageReason }>({
    severity: 'warning',
    title: { de: 'Anlagen und Aktionen nicht lesbar', en: 'Attachments and actions unreadable' },
    message: {
      de: ({ reason }) => `Ob die Datei Anlagen oder Skripte enthält, ist nicht feststellbar: ${reasons[reason].de}.`,
      en: ({ reason }) => `Whether the file has attachments or scripts cannot be told: ${reasons[reason].en}.`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.2',
  }),
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
      de: ({ reason }) => `Die Metadaten der Datei sind nicht lesbar: ${reasons[reason].de}.`,
      en: ({ reason }) => `The metadata of the file cannot be read: ${reasons[reason].en}.`,
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

import { finding } from '../definition.ts';
import { damageReasons, type PdfDamageReason, produceAgain, writeCleanly } from './pdf-words.ts';

/** Whether a PDF is whole, and can be read as its standard says (ISO 32000). */
export const pdfStructureFindings = {
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
      de: ({ bytes }, format) =>
        `Vor der Kennung „%PDF-“ ${bytes === 1 ? 'steht ein fremdes Byte' : `stehen ${format.number(bytes)} fremde Bytes`}.`,
      en: ({ bytes }, format) =>
        `${format.counted(bytes, 'foreign byte stands', 'foreign bytes stand')} before the “%PDF-” header.`,
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
      de: ({ lost }, format) =>
        `Am Ende der Datei ${lost === 1 ? 'fehlt' : 'fehlen'} ${format.counted(lost, 'Byte', 'Bytes')}.`,
      en: ({ lost }, format) => `${format.counted(lost, 'byte is', 'bytes are')} missing at the end of the file.`,
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
      de: ({ bytes }, format) =>
        `Hinter dem Ende des PDF ${bytes === 1 ? 'steht ein fremdes Byte' : `stehen ${format.number(bytes)} fremde Bytes`}.`,
      en: ({ bytes }, format) =>
        `${format.counted(bytes, 'foreign byte stands', 'foreign bytes stand')} behind the end of the PDF.`,
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
        `Hinter dem Ende des PDF ${bytes === 1 ? 'steht ein fremdes Byte' : `stehen ${format.number(bytes)} fremde Bytes`}; andere Programme finden das Ende so nicht.`,
      en: ({ bytes }, format) =>
        `${format.counted(bytes, 'foreign byte stands', 'foreign bytes stand')} behind the end of the PDF; other programs do not find the end.`,
    },
    remedy: produceAgain,
    reference: 'ISO 32000-2, 7.5.5',
  }),
  'pdf.recovered': finding<{ reason: PdfDamageReason; pages: number | null }>({
    severity: 'error',
    title: { de: 'PDF beschädigt, Struktur rekonstruiert', en: 'PDF damaged, structure rebuilt' },
    message: {
      de: ({ reason, pages }, format) =>
        `Die Datei ist beschädigt: ${damageReasons[reason].de}. ${
          pages === null
            ? 'Auch aus den gefundenen Objekten ergibt sich keine verlässliche Seitenzahl.'
            : `Aus den gefundenen Objekten ergibt sich die Seitenzahl ${format.number(pages)}; ob das alle Seiten sind, ist ungewiss.`
        }`,
      en: ({ reason, pages }, format) =>
        `The file is damaged: ${damageReasons[reason].en}. ${
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
      de: ({ reason }) =>
        `Die Datei ist beschädigt, ihre Seiten können nicht gezählt werden: ${damageReasons[reason].de}.`,
      en: ({ reason }) => `The file is damaged, its pages cannot be counted: ${damageReasons[reason].en}.`,
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
      de: ({ reason }) =>
        `Ob die Datei Anlagen oder Skripte enthält, ist nicht feststellbar: ${damageReasons[reason].de}.`,
      en: ({ reason }) => `Whether the file has attachments or scripts cannot be told: ${damageReasons[reason].en}.`,
    },
    remedy: writeCleanly,
    reference: 'ISO 32000-2, 7.7.2',
  }),
} as const;

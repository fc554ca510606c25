import { finding } from '../definition.ts';
import { theFile, type Volume } from './ledger-words.ts';

interface Elsewhere extends Volume {
  readonly otherReference: string;
  readonly otherVolume: string;
  readonly batch: string;
  readonly round: number;
}

const named = {
  de: (reference: string, volume: string) => `„${reference}“${volume === '' ? '' : `, Band ${volume}`}`,
  en: (reference: string, volume: string) => `"${reference}"${volume === '' ? '' : `, volume ${volume}`}`,
};

/** Which files came: missing, not ordered, delivered before. */
export const ledgerFileFindings = {
  'ledger.file-missing': finding<Volume & { readonly box: string | null }>({
    severity: 'error',
    title: { de: 'Akte nicht geliefert', en: 'File not delivered' },
    message: {
      de: (args) =>
        `${theFile.de(args)} steht auf der Abholliste${args.box === null ? '' : ` (Karton ${args.box})`}, ` +
        'fehlt aber in allen Lieferungen der Charge.',
      en: (args) =>
        `${theFile.en(args)} is on the pick list${args.box === null ? '' : ` (box ${args.box})`}, ` +
        'but in no delivery of the batch.',
    },
    remedy: {
      de: 'Akte scannen und nachliefern; ist sie nicht beim Auftragnehmer, sofort gemeinsam ihren Verbleib klären.',
      en: 'Scan the file and deliver it; if the vendor does not have it, find out together at once where it is.',
    },
  }),
  'ledger.redelivery-missing': finding<Volume & { readonly round: number }>({
    severity: 'error',
    title: { de: 'Nachlieferung fehlt', en: 'Redelivery is missing' },
    message: {
      de: (args) =>
        `${theFile.de(args)} wurde aus Lieferung ${args.round} zurückgewiesen und seitdem nicht wieder geliefert.`,
      en: (args) => `${theFile.en(args)} was rejected from round ${args.round} and has not been delivered since.`,
    },
    remedy: {
      de: 'Die Beanstandung beheben und die Akte mit der nächsten Lieferung der Charge liefern.',
      en: 'Mend the defect and deliver the file with the next round of the batch.',
    },
  }),
  'ledger.reference-differs': finding<Volume & { readonly listedReference: string; readonly listedVolume: string }>({
    severity: 'error',
    title: { de: 'Aktenzeichen oder Band weicht ab', en: 'Reference or volume differs' },
    message: {
      de: ({ listedReference, listedVolume }) =>
        `So steht die Akte nicht auf der Abholliste; dort fehlt ${named.de(listedReference, listedVolume)}.`,
      en: ({ listedReference, listedVolume }) =>
        `The file is not on the pick list in this form; ${named.en(listedReference, listedVolume)} is missing there.`,
    },
    remedy: {
      de: 'Mit dem Aktendeckel vergleichen und Aktenzeichen und Band genau wie auf der Abholliste liefern.',
      en: 'Compare with the cover of the file and deliver reference and volume exactly as on the pick list.',
    },
  }),
  'ledger.file-unordered': finding<Volume>({
    severity: 'error',
    title: { de: 'Akte nicht beauftragt', en: 'File not ordered' },
    message: {
      de: (args) => `${theFile.de(args)} steht auf keiner Abholliste.`,
      en: (args) => `${theFile.en(args)} is on no pick list.`,
    },
    remedy: {
      de: 'Aktenzeichen am Papier prüfen und berichtigen; gehört die Akte nicht zum Auftrag, aus der Lieferung nehmen.',
      en: 'Check the reference on paper and correct it; if the file was not handed over, take it out of the delivery.',
    },
  }),
  'ledger.file-misfiled': finding<Volume & { readonly batch: string; readonly lot: string }>({
    severity: 'error',
    title: { de: 'Akte einer anderen Charge', en: 'File of another batch' },
    message: {
      de: (args) => `${theFile.de(args)} gehört zur Charge ${args.batch} (Los ${args.lot}), nicht zu dieser.`,
      en: (args) => `${theFile.en(args)} belongs to batch ${args.batch} (lot ${args.lot}), not to this one.`,
    },
    remedy: {
      de: 'Akte aus dieser Lieferung nehmen und mit der genannten Charge liefern.',
      en: 'Take the file out of this delivery and deliver it with the batch named.',
    },
  }),
  'ledger.duplicate-file': finding<Elsewhere>({
    severity: 'error',
    title: { de: 'Akte doppelt geliefert', en: 'File delivered twice' },
    message: {
      de: (args) =>
        `${theFile.de(args)} besteht nur aus Dokumenten, die schon als ${named.de(args.otherReference, args.otherVolume)} ` +
        `geliefert wurden (Charge ${args.batch}, Lieferung ${args.round}).`,
      en: (args) =>
        `${theFile.en(args)} holds nothing but documents that were delivered as ${named.en(args.otherReference, args.otherVolume)} ` +
        `before (batch ${args.batch}, round ${args.round}).`,
    },
    remedy: {
      de: 'Am Papier feststellen, zu welcher Akte der Scan gehört, und die andere Akte richtig nachliefern.',
      en: 'Find out on paper to which file the scan belongs, and deliver the other file correctly.',
    },
  }),
  'ledger.document-known': finding<Elsewhere & { readonly otherPath: string }>({
    severity: 'warning',
    title: { de: 'Dokument schon einmal geliefert', en: 'Document delivered before' },
    message: {
      de: ({ otherReference, otherVolume, batch, round, otherPath }) =>
        `Bytegleich geliefert als ${otherPath} in ${named.de(otherReference, otherVolume)} (Charge ${batch}, Lieferung ${round}).`,
      en: ({ otherReference, otherVolume, batch, round, otherPath }) =>
        `Delivered with equal bytes as ${otherPath} in ${named.en(otherReference, otherVolume)} (batch ${batch}, round ${round}).`,
    },
    remedy: {
      de: 'Prüfen, zu welcher Akte das Dokument gehört; gescannte Seiten zweier Blätter sind nie bytegleich.',
      en: 'Find out to which file the document belongs; scans of two sheets never have equal bytes.',
    },
  }),
  'ledger.delivered-after-acceptance': finding<Volume & { readonly round: number }>({
    severity: 'warning',
    title: { de: 'Akte ist schon abgenommen', en: 'File is accepted already' },
    message: {
      de: (args) =>
        `${theFile.de(args)} ist aus Lieferung ${args.round} abgenommen; diese Lieferung der Akte zählt nicht.`,
      en: (args) => `${theFile.en(args)} was accepted from round ${args.round}; this delivery of it does not count.`,
    },
    remedy: {
      de: 'In Nachlieferungen nur beanstandete und fehlende Akten liefern.',
      en: 'Deliver only rejected and missing files in a redelivery.',
    },
  }),
} as const;

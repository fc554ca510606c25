import type { Format } from '../../shared/format.ts';
import { finding } from '../definition.ts';
import { correctionFindings } from './ledger-corrections.ts';
import { theFile, type Volume } from './ledger-words.ts';

interface Elsewhere extends Volume {
  readonly otherReference: string;
  readonly otherVolume: string;
  readonly batch: string;
  readonly round: number;
}
interface Sides extends Volume {
  readonly sheets: number;
  readonly sides: number;
  readonly pages: number;
  readonly removedBlanks: number;
}
interface Order {
  readonly order: string;
  readonly ordered: number;
}

/** The sums of the ledger that must agree; `relation` says how. */
export const identities = {
  documents: {
    de: 'gemeldete Dokumente = bestanden + beanstandet + nicht prüfbar + freigegeben',
    en: 'declared documents = passed + failed + errored + waived',
  },
  'picked-up-files': {
    de: 'abgeholte Akten = gelieferte + ausstehende',
    en: 'picked up files = delivered + outstanding',
  },
  'delivered-files': {
    de: 'gelieferte Akten = abgenommene + zurückgewiesene + offene',
    en: 'delivered files = accepted + rejected + open',
  },
  'received-pages': {
    de: 'erhaltene Seiten = abgenommene + mehr durch Nacherfüllung + zurückgewiesene + offene + nicht auf der Abholliste',
    en: 'received pages = accepted + more by corrections + rejected + open + not on the pick list',
  },
  'imported-files': {
    de: 'importierte Akten höchstens so viele wie abgenommene',
    en: 'imported files no more than accepted',
  },
  'imported-pages': {
    de: 'importierte Seiten höchstens so viele wie abgenommene und mehr durch Nacherfüllung',
    en: 'imported pages no more than accepted and more by corrections',
  },
} as const;
export type IdentityName = keyof typeof identities;

const named = {
  de: (reference: string, volume: string) => `„${reference}“${volume === '' ? '' : `, Band ${volume}`}`,
  en: (reference: string, volume: string) => `"${reference}"${volume === '' ? '' : `, volume ${volume}`}`,
};

const sidesAndPages = {
  de: ({ sheets, sides, pages, removedBlanks }: Sides, f: Format) =>
    `${f.number(sheets)} Blatt laut Abholliste ${sheets === 1 ? 'hat' : 'haben'} ${f.counted(sheets * sides, 'Seite', 'Seiten')}; geliefert sind ` +
    `${f.counted(pages, 'Seite', 'Seiten')} und ${f.counted(removedBlanks, 'entfernte Leerseite', 'entfernte Leerseiten')}, zusammen ${f.number(pages + removedBlanks)}`,
  en: ({ sheets, sides, pages, removedBlanks }: Sides, f: Format) =>
    `${f.counted(sheets, 'sheet', 'sheets')} on the pick list ${sheets === 1 ? 'has' : 'have'} ${f.counted(sheets * sides, 'side', 'sides')}; delivered are ` +
    `${f.counted(pages, 'page', 'pages')} and ${f.counted(removedBlanks, 'removed blank', 'removed blanks')}, together ${f.number(pages + removedBlanks)}`,
};

/** What a delivery breaks in the ledger: ordered, picked up, declared, received, accepted, imported. */
export const ledgerFindings = {
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
  'ledger.page-shortage': finding<Sides>({
    severity: 'error',
    title: { de: 'Seiten fehlen', en: 'Pages are missing' },
    message: {
      de: (args, f) => `${theFile.de(args)} hat zu wenige Seiten: ${sidesAndPages.de(args, f)}.`,
      en: (args, f) => `${theFile.en(args)} has too few pages: ${sidesAndPages.en(args, f)}.`,
    },
    remedy: {
      de: 'Blattzahl am Papier nachzählen, fehlende Seiten scannen und nachliefern.',
      en: 'Count the sheets on paper again, scan the missing pages and deliver them.',
    },
    reference: 'BSI TR-03138 A.DV.2, A.NB.3',
  }),
  'ledger.page-surplus': finding<Sides>({
    severity: 'error',
    title: { de: 'Seiten überzählig', en: 'Pages are surplus' },
    message: {
      de: (args, f) => `${theFile.de(args)} hat zu viele Seiten: ${sidesAndPages.de(args, f)}.`,
      en: (args, f) => `${theFile.en(args)} has too many pages: ${sidesAndPages.en(args, f)}.`,
    },
    remedy: {
      de: 'Prüfen, ob Seiten doppelt gescannt sind oder zu einer anderen Akte gehören, und berichtigt nachliefern.',
      en: 'Check whether pages were scanned twice or belong to another file, and deliver it corrected.',
    },
    reference: 'BSI TR-03138 A.DV.2, A.NB.3',
  }),
  'ledger.pages-below-estimate': finding<Sides & { readonly least: number }>({
    severity: 'warning',
    title: { de: 'Weniger Seiten als geschätzt', en: 'Fewer pages than estimated' },
    message: {
      de: (args, f) =>
        `${sidesAndPages.de(args, f)}; nach der Schätzung wären mindestens ${f.number(args.least)} zu erwarten.`,
      en: (args, f) =>
        `${sidesAndPages.en(args, f)}; by the estimate, at least ${f.number(args.least)} were to be expected.`,
    },
    remedy: {
      de: 'Stichprobe am Papier: fehlen Seiten, die Akte zurückweisen; war die Schätzung zu hoch, freigeben.',
      en: 'Look at the paper: reject the file if pages are missing; waive it if the estimate was too high.',
    },
  }),
  'ledger.pages-above-estimate': finding<Sides & { readonly most: number }>({
    severity: 'warning',
    title: { de: 'Mehr Seiten als geschätzt', en: 'More pages than estimated' },
    message: {
      de: (args, f) =>
        `${sidesAndPages.de(args, f)}; nach der Schätzung wären höchstens ${f.number(args.most)} zu erwarten.`,
      en: (args, f) =>
        `${sidesAndPages.en(args, f)}; by the estimate, at most ${f.number(args.most)} were to be expected.`,
    },
    remedy: {
      de: 'Stichprobe am Papier: sind Seiten doppelt, die Akte zurückweisen; war die Schätzung zu niedrig, freigeben.',
      en: 'Look at the paper: reject the file if pages are double; waive it if the estimate was too low.',
    },
  }),
  'ledger.sheets-unknown': finding<{ readonly files: number }>({
    severity: 'warning',
    title: { de: 'Blattzahl unbekannt', en: 'Sheets unknown' },
    message: {
      de: ({ files }, f) =>
        `Für ${f.counted(files, 'gelieferte Akte', 'gelieferte Akten')} nennt die Abholliste keine Blattzahl; ob Seiten fehlen, ist hier nicht prüfbar.`,
      en: ({ files }, f) =>
        `The pick list tells no sheets for ${f.counted(files, 'delivered file', 'delivered files')}; whether pages are missing cannot be told.`,
    },
    remedy: {
      de: 'Diese Akten bei der Sichtprüfung am Papier nachzählen; künftige Abhollisten mit Blattzahl führen.',
      en: 'Count these files on paper at the visual inspection; keep future pick lists with sheets.',
    },
  }),
  'ledger.declared-differs-from-counted': finding<Volume & { readonly declared: number; readonly counted: number }>({
    severity: 'error',
    title: {
      de: 'Gemeldete und gezählte Seiten der Akte weichen ab',
      en: 'Declared and counted pages of the file differ',
    },
    message: {
      de: (args, f) =>
        `Für ${args.volume === '' ? 'die Akte' : `Band ${args.volume} der Akte`} ${args.declared === 1 ? 'ist' : 'sind'} ${f.counted(args.declared, 'Seite', 'Seiten')} gemeldet, ` +
        `in ihren Dokumenten gezählt sind ${f.number(args.counted)}.`,
      en: (args, f) =>
        `${theFile.en(args)} declares ${f.counted(args.declared, 'page', 'pages')}; its documents hold ${f.number(args.counted)}.`,
    },
    remedy: {
      de: 'Mit dem Papier vergleichen: fehlende Seiten nachscannen oder die Begleitliste berichtigen.',
      en: 'Compare with the paper: scan missing pages, or correct the manifest.',
    },
    reference: 'BSI TR-03138 A.DV.2, A.NB.3',
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
  ...correctionFindings,
  'ledger.accepted-differs': finding<Volume & { readonly received: number | null; readonly accepted: number }>({
    severity: 'error',
    title: { de: 'Abgenommene und erhaltene Seiten weichen ab', en: 'Accepted and received pages differ' },
    message: {
      de: (args, f) =>
        `${theFile.de(args)} ist mit ${f.counted(args.accepted, 'Seite', 'Seiten')} abgenommen; ` +
        (args.received === null ? 'ihre Seiten waren nicht zählbar.' : `gezählt sind ${f.number(args.received)}.`),
      en: (args, f) =>
        `${theFile.en(args)} was accepted with ${f.counted(args.accepted, 'page', 'pages')}; ` +
        (args.received === null ? 'its pages could not be counted.' : `counted are ${f.number(args.received)}.`),
    },
    remedy: {
      de: 'Die Abnahme prüfen: „scanlot audit verify“ zeigt, ob der Datenbestand unverändert ist.',
      en: 'Check the acceptance: "scanlot audit verify" tells whether the data are unchanged.',
    },
  }),
  'ledger.imported-differs': finding<Volume & { readonly accepted: number; readonly imported: number }>({
    severity: 'error',
    title: { de: 'Importierte und abgenommene Seiten weichen ab', en: 'Imported and accepted pages differ' },
    message: {
      de: (args, f) =>
        `${theFile.de(args)} ist mit ${f.counted(args.imported, 'Seite', 'Seiten')} im DMS bestätigt, abgenommen sind ${f.number(args.accepted)}.`,
      en: (args, f) =>
        `${theFile.en(args)} is confirmed in the DMS with ${f.counted(args.imported, 'page', 'pages')}; accepted are ${f.number(args.accepted)}.`,
    },
    remedy: {
      de: 'Das Objekt im DMS zurücklesen („scanlot import verify“) und die Abweichung klären, bevor Papier vernichtet wird.',
      en: 'Read the object back from the DMS ("scanlot import verify") and clear it up before any paper is destroyed.',
    },
  }),
  'ledger.over-delivered': finding<Order & { readonly accepted: number }>({
    severity: 'error',
    title: { de: 'Mehr abgenommen als bestellt', en: 'More accepted than ordered' },
    message: {
      de: ({ order, ordered, accepted }, f) =>
        `Mit Abruf ${order} sind ${f.counted(ordered, 'Seite', 'Seiten')} bestellt, abgenommen sind ${f.number(accepted)}.`,
      en: ({ order, ordered, accepted }, f) =>
        `Call-off ${order} orders ${f.counted(ordered, 'page', 'pages')}; ${f.number(accepted)} are accepted.`,
    },
    remedy: {
      de: 'Die Mehrmenge nachbestellen (eigener Abruf innerhalb der Obergrenzen) oder begründet freigeben.',
      en: 'Order the surplus (a call-off of its own within the maxima), or waive it with a reason.',
    },
  }),
  'ledger.order-nearly-exceeded': finding<Order & { readonly accepted: number; readonly open: number }>({
    severity: 'warning',
    title: { de: 'Abnahme überschritte die Bestellung', en: 'Acceptance would exceed the order' },
    message: {
      de: ({ order, ordered, accepted, open }, f) =>
        `Mit Abruf ${order} sind ${f.counted(ordered, 'Seite', 'Seiten')} bestellt; abgenommen sind ${f.number(accepted)}, ` +
        `zur Abnahme stehen ${f.number(open)} an.`,
      en: ({ order, ordered, accepted, open }, f) =>
        `Call-off ${order} orders ${f.counted(ordered, 'page', 'pages')}; ${f.number(accepted)} are accepted, ` +
        `${f.number(open)} wait for acceptance.`,
    },
    remedy: {
      de: 'Vor der Abnahme prüfen, ob die Mehrmenge gedeckt ist, und sie nachbestellen.',
      en: 'Before accepting, check whether the surplus is covered, and order it.',
    },
  }),
  'ledger.picked-above-order': finding<Order & { readonly sheets: number; readonly pages: number }>({
    severity: 'warning',
    title: { de: 'Mehr übergeben als bestellt', en: 'More handed over than ordered' },
    message: {
      de: ({ order, ordered, sheets, pages }, f) =>
        `Die Abhollisten zu Abruf ${order} nennen ${f.number(sheets)} Blatt, das sind bis zu ${f.counted(pages, 'Seite', 'Seiten')}; ` +
        `bestellt sind ${f.number(ordered)}.`,
      en: ({ order, ordered, sheets, pages }, f) =>
        `The pick lists of call-off ${order} hold ${f.counted(sheets, 'sheet', 'sheets')}, up to ${f.counted(pages, 'page', 'pages')}; ` +
        `ordered are ${f.number(ordered)}.`,
    },
    remedy: {
      de: 'Blattzahlen prüfen; wird die Menge gebraucht, rechtzeitig nachbestellen.',
      en: 'Check the sheets; if the quantity is needed, order the rest in time.',
    },
  }),
  'ledger.identity-broken': finding<{
    readonly identity: IdentityName;
    readonly left: number;
    readonly right: number;
  }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Summen gehen nicht auf', en: 'The sums do not agree' },
    message: {
      de: ({ identity, left, right }, f) => `${identities[identity].de}: ${f.number(left)} gegen ${f.number(right)}.`,
      en: ({ identity, left, right }, f) => `${identities[identity].en}: ${f.number(left)} against ${f.number(right)}.`,
    },
    remedy: {
      de: 'Nichts abnehmen oder importieren, bis die Ursache klar ist; „scanlot audit verify“ zeigt unerlaubte Änderungen.',
      en: 'Accept and import nothing until the cause is known; "scanlot audit verify" shows changes made elsewhere.',
    },
  }),
} as const;

import type { CalendarDate } from '../../shared/dates.ts';
import { finding } from '../definition.ts';
import { theFile, type Volume } from './ledger-words.ts';

/** What is wrong with the correction of a file that was complained about after its acceptance. */
export const correctionFindings = {
  'ledger.correction-missing': finding<Volume & { readonly raisedOn: CalendarDate; readonly deadline: CalendarDate }>({
    severity: 'warning',
    title: { de: 'Nacherfüllung fehlt', en: 'Correction is missing' },
    message: {
      de: (args, f) =>
        `${theFile.de(args)} wurde nach der Abnahme gerügt (${f.date(args.raisedOn)}, Frist ${f.date(args.deadline)}); ` +
        'diese Lieferung enthält sie nicht.',
      en: (args, f) =>
        `${theFile.en(args)} was complained about after its acceptance (${f.date(args.raisedOn)}, deadline ` +
        `${f.date(args.deadline)}); this delivery does not hold it.`,
    },
    remedy: {
      de: 'Die gerügte Akte berichtigt liefern, spätestens bis zum Ablauf der Frist; bis dahin das Papier aufbewahren.',
      en: 'Deliver the file corrected by the deadline; keep the paper until then.',
    },
  }),
  'ledger.correction-unchanged': finding<Volume & { readonly round: number }>({
    severity: 'error',
    title: { de: 'Gerügte Akte unverändert', en: 'File not corrected' },
    message: {
      de: (args) =>
        `${theFile.de(args)} wurde gerügt, hat aber dieselben Dokumente und Indexdaten wie in Lieferung ${args.round}.`,
      en: (args) =>
        `${theFile.en(args)} was complained about, but has the same documents and index data as in round ${args.round}.`,
    },
    remedy: {
      de: 'Den gerügten Mangel beheben und die Akte erneut liefern; besteht kein Mangel, das dem Auftraggeber begründen.',
      en: 'Mend the defect and deliver the file again; if there is none, tell the customer why.',
    },
  }),
  'ledger.correction-index-only': finding<Volume & { readonly round: number }>({
    severity: 'warning',
    title: { de: 'Nur Indexdaten berichtigt', en: 'Index data alone corrected' },
    message: {
      de: (args) =>
        `${theFile.de(args)} wurde gerügt; gegenüber Lieferung ${args.round} sind nur die Indexdaten anders, die Dokumente nicht.`,
      en: (args) =>
        `${theFile.en(args)} was complained about; compared with round ${args.round} the index data differ, the documents do not.`,
    },
    remedy: {
      de: 'Mit der Rüge vergleichen: galt sie den Scans, die Akte zurückweisen; galt sie den Indexdaten, abnehmen.',
      en: 'Compare with the complaint: reject the file if it was about the scans, accept it if it was about the index data.',
    },
  }),
  'ledger.correction-pages-differ': finding<Volume & { readonly accepted: number; readonly received: number }>({
    severity: 'warning',
    title: { de: 'Nacherfüllung mit anderer Seitenzahl', en: 'Correction with other pages' },
    message: {
      de: (args, f) =>
        `${theFile.de(args)} ist mit ${f.counted(args.accepted, 'Seite', 'Seiten')} abgenommen und vergütet; die Nacherfüllung hat ${f.number(args.received)}.`,
      en: (args, f) =>
        `${theFile.en(args)} was accepted and is paid with ${f.counted(args.accepted, 'page', 'pages')}; its correction has ${f.number(args.received)}.`,
    },
    remedy: {
      de: 'Am Papier prüfen, welche Zahl stimmt. Mehr Seiten werden nicht vergütet, es sei denn, sie sind eigens beauftragt; für weniger Seiten eine Gutschrift verlangen.',
      en: 'Find out on paper which count is right. More pages are not paid unless they are ordered; for fewer pages ask for a credit note.',
    },
  }),
} as const;

import { finding } from '../definition.ts';

interface OfFile {
  readonly fileReference: string;
  /** '' where the file has no volumes. */
  readonly volume: string;
}

const file = {
  de: ({ fileReference, volume }: OfFile) => `„${fileReference}“${volume === '' ? '' : `, Band ${volume}`}`,
  en: ({ fileReference, volume }: OfFile) => `"${fileReference}"${volume === '' ? '' : `, volume ${volume}`}`,
};

/** A package held against the pick list: what left the house. */
export const pickListFindings = {
  'pick-list.file-missing': finding<OfFile & { readonly box: string | null; readonly row: number }>({
    severity: 'error',
    title: { de: 'Akte der Abholliste fehlt', en: 'File of the pick list is missing' },
    message: {
      de: (args) =>
        `Die Akte ${file.de(args)} steht auf der Abholliste (Zeile ${args.row}${args.box === null ? '' : `, Karton ${args.box}`}), ` +
        'aber nicht in der Lieferung.',
      en: (args) =>
        `The file ${file.en(args)} is on the pick list (row ${args.row}${args.box === null ? '' : `, box ${args.box}`}), ` +
        'but not in the delivery.',
    },
    remedy: {
      de: 'Akte scannen und mitliefern; das Aktenzeichen muss in der Begleitliste stehen wie auf der Abholliste.',
      en: 'Scan the file and deliver it; the manifest must write its reference as the pick list does.',
    },
  }),
  'pick-list.file-not-listed': finding<OfFile>({
    severity: 'error',
    title: { de: 'Akte nicht auf der Abholliste', en: 'File is not on the pick list' },
    message: {
      de: (args) => `Die Akte ${file.de(args)} steht nicht auf der Abholliste.`,
      en: (args) => `The file ${file.en(args)} is not on the pick list.`,
    },
    remedy: {
      de: 'Aktenzeichen und Band mit der Abholliste vergleichen und berichtigen; sonst die Akte aus der Lieferung nehmen.',
      en: 'Compare reference and volume with the pick list and correct them; otherwise take the file out of the delivery.',
    },
  }),
  'pick-list.box-differs': finding<OfFile & { readonly box: string; readonly listed: string }>({
    severity: 'warning',
    title: { de: 'Karton weicht von der Abholliste ab', en: 'Box differs from the pick list' },
    message: {
      de: (args) =>
        `Für die Akte ${file.de(args)} ist Karton ${args.box} gemeldet; auf der Abholliste steht ${args.listed}.`,
      en: (args) => `The file ${file.en(args)} is declared in box ${args.box}; the pick list has ${args.listed}.`,
    },
    remedy: {
      de: 'Am Karton nachsehen; die Begleitliste berichtigen, oder dem Auftraggeber den anderen Karton melden.',
      en: 'Look at the box; correct the manifest, or tell the department of the other box.',
    },
  }),
  'pick-list.sheets-differ': finding<OfFile & { readonly sheets: number; readonly listed: number }>({
    severity: 'warning',
    title: { de: 'Blattzahl weicht von der Abholliste ab', en: 'Sheets differ from the pick list' },
    message: {
      de: (args, f) =>
        `Für die Akte ${file.de(args)} ${args.sheets === 1 ? 'ist' : 'sind'} ${f.number(args.sheets)} Blatt gemeldet; auf der Abholliste stehen ${f.number(args.listed)}.`,
      en: (args, f) =>
        `The file ${file.en(args)} is declared with ${f.counted(args.sheets, 'sheet', 'sheets')}; the pick list has ${f.number(args.listed)}.`,
    },
    remedy: {
      de: 'Blatt am Papier nachzählen: fehlende scannen, oder die gezählte Blattzahl mit der Lieferung melden.',
      en: 'Count the sheets on paper: scan what is missing, or report the counted number with the delivery.',
    },
  }),
} as const;

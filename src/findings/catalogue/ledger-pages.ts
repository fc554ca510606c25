import type { Format } from '../../shared/format.ts';
import { finding } from '../definition.ts';
import { theFile, type Volume } from './ledger-words.ts';

interface Sides extends Volume {
  readonly sheets: number;
  readonly sides: number;
  readonly pages: number;
  readonly removedBlanks: number;
}

const sidesAndPages = {
  de: ({ sheets, sides, pages, removedBlanks }: Sides, f: Format) =>
    `${f.number(sheets)} Blatt laut Abholliste ${sheets === 1 ? 'hat' : 'haben'} ${f.counted(sheets * sides, 'Seite', 'Seiten')}; geliefert sind ` +
    `${f.counted(pages, 'Seite', 'Seiten')} und ${f.counted(removedBlanks, 'entfernte Leerseite', 'entfernte Leerseiten')}, zusammen ${f.number(pages + removedBlanks)}`,
  en: ({ sheets, sides, pages, removedBlanks }: Sides, f: Format) =>
    `${f.counted(sheets, 'sheet', 'sheets')} on the pick list ${sheets === 1 ? 'has' : 'have'} ${f.counted(sheets * sides, 'side', 'sides')}; delivered are ` +
    `${f.counted(pages, 'page', 'pages')} and ${f.counted(removedBlanks, 'removed blank', 'removed blanks')}, together ${f.number(pages + removedBlanks)}`,
};

/** Pages of a file against its sheets on the pick list, and against what was declared. */
export const ledgerPageFindings = {
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
} as const;

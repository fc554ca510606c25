import { type Text, text } from '../shared/language.ts';
import type { PickList, PickListBox } from './pick-list.ts';

/** The words of the pick list. */
export const pickListWords = {
  contract: text({ de: 'Vertrag', en: 'Contract' }),
  lot: text({ de: 'Los', en: 'Lot' }),
  batch: text({ de: 'Charge', en: 'Batch' }),
  vendor: text({ de: 'Auftragnehmer', en: 'Vendor' }),
  date: text({ de: 'Abholung am', en: 'Pick-up on' }),
  box: text({ de: 'Karton', en: 'Box' }),
  reference: text({ de: 'Aktenzeichen', en: 'File reference' }),
  volume: text({ de: 'Band', en: 'Volume' }),
  sheets: text({ de: 'Blatt (erwartet)', en: 'Sheets (expected)' }),
  code: text({ de: 'Strichcode', en: 'Barcode' }),
  tick: text({ de: 'liegt bei', en: 'enclosed' }),
  remarks: text({ de: 'Bemerkungen', en: 'Remarks' }),
  handover: text({ de: 'Übergabe', en: 'Handover' }),
  handedOver: text({ de: 'Übergeben (Auftraggeber)', en: 'Handed over (client)' }),
  takenOver: text({ de: 'Übernommen (Auftragnehmer)', en: 'Taken over (vendor)' }),
  name: text({ de: 'Name in Druckschrift', en: 'Name in capitals' }),
  placeAndDate: text({ de: 'Ort, Datum, Uhrzeit', en: 'Place, date, time' }),
  signature: text({ de: 'Unterschrift', en: 'Signature' }),
  statement: text({
    de: 'Die oben aufgeführten Kartons und Akten wurden vollzählig übergeben und übernommen; Abweichungen stehen unter „Bemerkungen“.',
    en: 'The boxes and files listed above were handed over and taken over in full; deviations are noted under "Remarks".',
  }),
  unknown: (files: number): Text =>
    text({
      de: (format) =>
        files === 1
          ? 'Für eine Akte ist keine Blattzahl angegeben; sie ist in der Summe nicht enthalten.'
          : `Für ${format.number(files)} Akten ist keine Blattzahl angegeben; sie sind in der Summe nicht enthalten.`,
      en: (format) =>
        files === 1
          ? 'No number of sheets is given for one file; it is not in the total.'
          : `No number of sheets is given for ${format.number(files)} files; they are not in the total.`,
    }),
} as const;

export interface BoxTotals {
  readonly files: number;
  readonly sheets: number;
  /** Files without a number of sheets. */
  readonly unknown: number;
}

export function boxTotals(box: PickListBox): BoxTotals {
  return {
    files: box.files.length,
    sheets: box.files.reduce((sum, file) => sum + (file.expectedSheets ?? 0), 0),
    unknown: box.files.filter((file) => file.expectedSheets === null).length,
  };
}

/** "40 Kartons, 480 Akten, 120.000 Blatt" */
export function listTotals(list: PickList): Text {
  const totals = list.boxes.map(boxTotals);
  const files = totals.reduce((sum, box) => sum + box.files, 0);
  const sheets = totals.reduce((sum, box) => sum + box.sheets, 0);
  const content = contentLabel(files, sheets);
  const boxes = list.boxes.length;
  return text({
    de: (format) => `${format.number(boxes)} ${boxes === 1 ? 'Karton' : 'Kartons'}, ${content.de}`,
    en: (format) => `${format.number(boxes)} ${boxes === 1 ? 'box' : 'boxes'}, ${content.en}`,
  });
}

/** "12 Akten, 3.400 Blatt" */
export function contentLabel(files: number, sheets: number): Text {
  return text({
    de: (format) => `${format.number(files)} ${files === 1 ? 'Akte' : 'Akten'}, ${format.number(sheets)} Blatt`,
    en: (format) =>
      `${format.number(files)} ${files === 1 ? 'file' : 'files'}, ${format.number(sheets)} ${sheets === 1 ? 'sheet' : 'sheets'}`,
  });
}

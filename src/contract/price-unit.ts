import { type Text, text } from '../shared/language.ts';

/** What a price position is counted in. */
export type PriceUnit =
  | 'page'
  | 'sheet'
  | 'file'
  | 'document'
  | 'box'
  | 'runningMetre'
  | 'trip'
  | 'hour'
  | 'kg'
  | 'indexCharacter'
  | 'flat';

/** Units whose quantity is counted at acceptance; the others are agreed in the call-off or stated with the acceptance. */
export const countedUnits: readonly PriceUnit[] = ['page', 'sheet', 'file', 'document'];

export const unitNames: Readonly<Record<PriceUnit, Text>> = {
  page: text({ de: 'Seite', en: 'page' }),
  sheet: text({ de: 'Blatt', en: 'sheet' }),
  file: text({ de: 'Akte', en: 'file' }),
  document: text({ de: 'Dokument', en: 'document' }),
  box: text({ de: 'Karton', en: 'box' }),
  runningMetre: text({ de: 'lfd. Meter', en: 'running metre' }),
  trip: text({ de: 'Fahrt', en: 'trip' }),
  hour: text({ de: 'Stunde', en: 'hour' }),
  kg: text({ de: 'kg', en: 'kg' }),
  indexCharacter: text({ de: 'Indexzeichen', en: 'index character' }),
  flat: text({ de: 'Pauschale', en: 'flat' }),
};

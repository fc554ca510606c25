import { type Text, text } from '../shared/language.ts';

/** What a price position is counted in. */
export type PriceUnit = 'page' | 'file' | 'document' | 'box' | 'runningMetre' | 'trip' | 'hour' | 'kg' | 'flat';

/** Units whose quantity is counted at acceptance; the others are agreed in the call-off. */
export const countedUnits: readonly PriceUnit[] = ['page', 'file', 'document'];

export const unitNames: Readonly<Record<PriceUnit, Text>> = {
  page: text({ de: 'Seite', en: 'page' }),
  file: text({ de: 'Akte', en: 'file' }),
  document: text({ de: 'Dokument', en: 'document' }),
  box: text({ de: 'Karton', en: 'box' }),
  runningMetre: text({ de: 'lfd. Meter', en: 'running metre' }),
  trip: text({ de: 'Fahrt', en: 'trip' }),
  hour: text({ de: 'Stunde', en: 'hour' }),
  kg: text({ de: 'kg', en: 'kg' }),
  flat: text({ de: 'Pauschale', en: 'flat' }),
};

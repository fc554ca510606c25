import type { DeliveryState } from '../acceptance/overview.ts';
import type { RoundChange } from '../acceptance/rounds.ts';
import type { Format } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';

export const deliveryStates: Readonly<Record<DeliveryState, Text>> = {
  received: text({ de: 'geprüft', en: 'checked' }),
  reconciled: text({ de: 'abgeglichen', en: 'reconciled' }),
  accepted: text({ de: 'abgenommen', en: 'accepted' }),
  'partly-accepted': text({ de: 'teilweise abgenommen', en: 'partly accepted' }),
  rejected: text({ de: 'zurückgewiesen', en: 'rejected' }),
};

export const roundChanges: Readonly<Record<RoundChange, Text>> = {
  mended: text({ de: 'behoben', en: 'mended' }),
  'still-wrong': text({ de: 'weiter mangelhaft', en: 'still wrong' }),
  'newly-broken': text({ de: 'neu mangelhaft', en: 'newly broken' }),
  'silently-changed': text({ de: 'stillschweigend geändert', en: 'silently changed' }),
  corrected: text({ de: 'nach Rüge berichtigt', en: 'corrected after a complaint' }),
  unchanged: text({ de: 'unverändert', en: 'unchanged' }),
  new: text({ de: 'erstmals geliefert', en: 'delivered for the first time' }),
};

/** "1 Akte", "12 Akten". */
export const countOfFiles = {
  de: (files: number, { number }: Format) => `${number(files)} ${files === 1 ? 'Akte' : 'Akten'}`,
  en: (files: number, { number }: Format) => `${number(files)} ${files === 1 ? 'file' : 'files'}`,
};

import type { ComplaintState } from '../acceptance/complaint/store.ts';
import { type Text, text } from '../shared/language.ts';

/** How a complaint stands that is not settled. */
export const pendingWords = {
  open: text({ de: 'gerügt', en: 'complained about' }),
  disputed: text({ de: 'gerügt, bestritten', en: 'complained about, disputed' }),
} as const satisfies Readonly<Record<string, Text>>;

export const complaintStates: Readonly<Record<ComplaintState, Text>> = {
  open: text({ de: 'offen', en: 'open' }),
  disputed: text({ de: 'bestritten', en: 'disputed' }),
  corrected: text({ de: 'nacherfüllt', en: 'corrected' }),
  withdrawn: text({ de: 'zurückgenommen', en: 'withdrawn' }),
};

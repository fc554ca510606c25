import { type Text, text } from '../shared/language.ts';

/** How a complaint stands that is not settled. */
export const pendingWords = {
  open: text({ de: 'gerügt', en: 'complained about' }),
  disputed: text({ de: 'gerügt, bestritten', en: 'complained about, disputed' }),
} as const satisfies Readonly<Record<string, Text>>;

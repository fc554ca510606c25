import { type Format, formats } from './format.ts';

/** The languages people can read scanlot in. */
export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

/** A sentence for people, in every language. Codes, keys and commands are not texts: they stay English. */
export type Text = Readonly<Record<Language, string>>;

type Wording = string | ((format: Format) => string);

/**
 * Builds a text in all languages. A wording that holds numbers, money or dates is a function of the language's
 * formatter, so that "1,234.50" reads "1.234,50" in German.
 */
export function text(wording: Readonly<Record<Language, Wording>>): Text {
  const render = (language: Language): string => {
    const part = wording[language];
    return typeof part === 'string' ? part : part(formats[language]);
  };
  return { de: render('de'), en: render('en') };
}

/** The same words in every language: names, references, numbers as they stand in a file. */
export function verbatim(words: string): Text {
  return { de: words, en: words };
}

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

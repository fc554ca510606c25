import { Help, type HelpConfiguration } from 'commander';
import { type Language, type Text, text } from '../shared/language.ts';

const titles: Readonly<Record<string, Text>> = {
  'Usage:': text({ de: 'Aufruf:', en: 'Usage:' }),
  'Arguments:': text({ de: 'Argumente:', en: 'Arguments:' }),
  'Options:': text({ de: 'Optionen:', en: 'Options:' }),
  'Global Options:': text({ de: 'Immer:', en: 'Always:' }),
};
const optionsWord = text({ de: '[Optionen]', en: '[options]' });

/** Longer terms stand in a line of their own, so that what is said of them has room to be broken into lines. */
const widestTerm = 28;

/** The form of the help of one command, in the user's language. */
export function helpForm(language: Language): HelpConfiguration {
  const { padWidth, formatItem } = Help.prototype;
  return {
    styleTitle: (title) => titles[title]?.[language] ?? title,
    styleOptionText: (words) => (words === '[options]' ? optionsWord[language] : words),
    showGlobalOptions: false,
    padWidth: (command, helper) => Math.min(widestTerm, padWidth.call(helper, command, helper)),
    formatItem: (term, width, description, helper) =>
      helper.displayWidth(term) <= width
        ? formatItem.call(helper, term, width, description, helper)
        : `  ${term}\n${formatItem.call(helper, '', width, description, helper)}`,
  };
}

import { type FormalResult, ownRules } from '../finance/invoice/formal/formal-check.ts';
import { type Text, text } from '../shared/language.ts';

type Form = Omit<FormalResult, 'findings'>;

export const formMembers =
  'formal check: verdict (valid, invalid, not-judged, not-asked, paper), validator (program or null), ownRules (what is checked without one)';

export function formData({ verdict, validator }: Form) {
  return { verdict, validator, ownRules };
}

/** Who checked the form of the invoice, and what came of it. */
export function formWords({ verdict, validator }: Form): Text {
  const by = validator ?? '';
  const rules = ownRules.join(', ');
  const words: Readonly<Record<Form['verdict'], Text>> = {
    valid: text({ de: `Form: gültig, geprüft von ${by}.`, en: `Form: valid, checked by ${by}.` }),
    invalid: text({ de: `Form: nicht gültig, geprüft von ${by}.`, en: `Form: not valid, checked by ${by}.` }),
    'not-judged': text({ de: `Form: nicht beurteilt von ${by}.`, en: `Form: not judged by ${by}.` }),
    'not-asked': text({
      de: `Form: kein Prüfprogramm eingerichtet; geprüft ist nur, worauf es hier ankommt (${rules}).`,
      en: `Form: no validator is set up; only what matters here was checked (${rules}).`,
    }),
    paper: text({ de: 'Form: von Papier erfasst.', en: 'Form: recorded from paper.' }),
  };
  return words[verdict];
}

/** A command as typed in one option: words between spaces, or in double quotes. */
export function commandWords(command: string): string[] {
  return (command.match(/"[^"]*"|[^\s"]+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
}

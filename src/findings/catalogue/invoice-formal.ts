import { finding } from '../definition.ts';

/** What a validator says of the form of an electronic invoice; its texts are in its own language. */
interface Formal {
  /** "BR-DE-1"; "" where it names none. */
  readonly rule: string;
  /** XPath or line; "" where it tells none. */
  readonly place: string;
  readonly text: string;
}

function said({ rule, place, text }: Formal, at: string): string {
  return `${rule === '' ? '' : `${rule}: `}${text}${place === '' ? '' : ` (${at} ${place})`}`;
}

const wording = {
  de: (args: Formal) => said(args, 'bei'),
  en: (args: Formal) => said(args, 'at'),
};
const reference = 'EN 16931-1; XRechnung 3.0';

/** The formal check of electronic invoices by another program. */
export const invoiceFormalFindings = {
  'invoice.formal-error': finding<Formal>({
    severity: 'error',
    title: { de: 'Form der Rechnung verletzt eine Regel', en: 'form of the invoice violates a rule' },
    message: wording,
    remedy: {
      de: 'Die Rechnung zurückgeben und eine regelgerechte anfordern.',
      en: 'Return the invoice and ask for one that follows the rules.',
    },
    reference,
  }),
  'invoice.formal-warning': finding<Formal>({
    severity: 'warning',
    title: { de: 'Form der Rechnung: Warnung', en: 'form of the invoice: warning' },
    message: wording,
    remedy: {
      de: 'Beim Rechnungssteller für künftige Rechnungen verlangen.',
      en: 'Ask the seller to mend it in further invoices.',
    },
    reference,
  }),
  'invoice.formal-note': finding<Formal>({
    severity: 'note',
    title: { de: 'Form der Rechnung: Hinweis', en: 'form of the invoice: note' },
    message: wording,
    remedy: { de: 'Nichts zu tun.', en: 'Nothing to do.' },
    reference,
  }),
  'invoice.formal-rejected': finding<{ readonly validator: string }>({
    severity: 'error',
    title: { de: 'Prüfprogramm lehnt die Rechnung ab', en: 'validator rejects the invoice' },
    message: {
      de: ({ validator }) => `${validator} lehnt die Rechnung ab, ohne eine Regel zu nennen.`,
      en: ({ validator }) => `${validator} rejects the invoice and names no rule.`,
    },
    remedy: {
      de: 'Den Bericht des Prüfprogramms ansehen; die Rechnung zurückgeben.',
      en: 'See the validator’s own report; return the invoice.',
    },
    reference,
  }),
  'invoice.formal-not-judged': finding<{ readonly validator: string; readonly reason: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Form der Rechnung nicht geprüft', en: 'form of the invoice not judged' },
    message: {
      de: ({ validator, reason }) => `${validator} hat die Rechnung nicht beurteilt: ${reason}.`,
      en: ({ validator, reason }) => `${validator} did not judge the invoice: ${reason}.`,
    },
    remedy: {
      de: 'Den Aufruf (invoices.validator in scanlot.json oder --validator) von Hand versuchen; ist das Prüfprogramm nicht da, den Eintrag entfernen.',
      en: 'Try the command (invoices.validator in scanlot.json, or --validator) by hand; where there is no validator, remove the entry.',
    },
  }),
} as const;

import { UsageError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import type { XmlError, XmlMistake } from '../../shared/xml/read-tree.ts';

const mistakes: Readonly<Record<XmlMistake, Text>> = {
  'not-well-formed': text({ de: 'kein wohlgeformtes XML', en: 'no well-formed XML' }),
  doctype: text({
    de: 'Dokumenttyp-Deklarationen (DOCTYPE) sind in Nachrichten nicht erlaubt',
    en: 'document type declarations (DOCTYPE) are not allowed in messages',
  }),
  encoding: text({ de: 'die Zeichenkodierung stimmt nicht', en: 'its character encoding is wrong' }),
  'too-large': text({ de: 'zu viele Elemente', en: 'too many elements' }),
  'too-deep': text({ de: 'zu tief verschachtelt', en: 'too many levels' }),
};

/** What is wrong with a document, and in which line. */
export function mistakeWords({ mistake, line }: XmlError): Text {
  const words = mistakes[mistake];
  if (line === null) return words;
  return text({
    de: (f) => `${words.de} (Zeile ${f.number(line)})`,
    en: (f) => `${words.en} (line ${f.number(line)})`,
  });
}

/** A file that is no message which could be read. */
export function unreadable(
  path: string,
  why: Text,
  { details, cause }: { readonly details?: readonly Text[]; readonly cause?: unknown } = {},
): UsageError {
  const error = new UsageError(
    'xdomea.unreadable',
    text({
      de: `„${path}“ ist keine lesbare xdomea-Nachricht: ${why.de}.`,
      en: `"${path}" is no readable xdomea message: ${why.en}.`,
    }),
    text({
      de: 'Eine xdomea-Nachricht der Versionen 2, 3 oder 4 angeben, als XML oder als ZIP mit ihren Dateien; eine beschädigte beim Absender neu anfordern.',
      en: 'Name an xdomea message of version 2, 3 or 4, as XML or as a zip with its files; ask the sender for a new one when it is damaged.',
    }),
    details,
  );
  if (cause) error.cause = cause;
  return error;
}

/** Why the structure of a PDF cannot be followed. */
export const damageReasons = {
  'startxref-missing': {
    de: 'das Dateiende (startxref) fehlt',
    en: 'the end of the file (startxref) is missing',
  },
  'xref-unreadable': {
    de: 'die Querverweistabelle ist nicht lesbar',
    en: 'the cross-reference cannot be read',
  },
  'update-broken': {
    de: 'hinter dem gültigen Dateiende stehen weitere Objekte ohne eigenes Ende',
    en: 'further objects without an end of their own stand behind the valid end of the file',
  },
  'object-misplaced': {
    de: 'ein Objekt steht nicht an der Stelle, die die Querverweistabelle nennt',
    en: 'an object is not where the cross-reference says',
  },
  'object-missing': {
    de: 'eine Seite fehlt in der Querverweistabelle',
    en: 'a page is missing in the cross-reference',
  },
  'object-unreadable': { de: 'ein Objekt ist beschädigt', en: 'an object is damaged' },
  'stream-unreadable': {
    de: 'ein Datenstrom mit Strukturdaten ist beschädigt',
    en: 'a stream with structural data is damaged',
  },
  'root-missing': {
    de: 'der Einstieg in den Seitenbaum fehlt oder ist nicht eindeutig',
    en: 'the entry to the page tree is missing or not unique',
  },
  encrypted: { de: 'die Struktur ist verschlüsselt', en: 'the structure is encrypted' },
  'too-complex': { de: 'die Struktur überschreitet die Grenzen', en: 'the structure exceeds the limits' },
} as const;
export type PdfDamageReason = keyof typeof damageReasons;

/** Remedies. */
export const produceAgain = {
  de: 'Die Datei neu erzeugen oder neu übertragen und nachliefern.',
  en: 'Produce or transfer the file again and redeliver it.',
} as const;
export const writeCleanly = {
  de: 'Die Datei mit einem fehlerfrei arbeitenden Programm neu schreiben und nachliefern.',
  en: 'Write the file again with a program that works correctly, and redeliver it.',
} as const;

// Texts in reports come from vendors' packages and other people's spreadsheets: they may hold anything.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be kept out
const illegalInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF\p{Surrogate}]/gu;

/**
 * Replaces what XML 1.0 (clause 2.2) cannot carry and what no one can read by U+FFFD: control characters except tab and
 * line breaks, halves of surrogate pairs, non-characters. The mark stays visible: something stood here.
 */
export function printable(words: string): string {
  return words.replace(illegalInXml, '\uFFFD');
}

/** One line: line breaks, tabs and runs of spaces become one space; protected spaces stay. */
export function singleLine(words: string): string {
  return printable(words)
    .replace(/[^\S\u00A0\u202F]+/gu, ' ')
    .trim();
}

/** Whether a spreadsheet would take the text for a formula (OWASP: CSV injection), full-width forms included. */
export function looksLikeFormula(words: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/u.test(words);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the content or a quoted attribute of HTML, SVG and XML. */
export function escapeMarkup(words: string): string {
  return printable(words).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

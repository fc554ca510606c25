// Texts in reports come from vendors' packages and other people's spreadsheets: they may hold anything.

const unprintable = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Replaces what XML 1.0 (clause 2.2) cannot carry and what no one can read by U+FFFD: control characters except tab and
 * line breaks, halves of surrogate pairs, non-characters; and marks that turn the direction of writing, by which "gpj.exe"
 * can be made to look like something else. The replacement stays visible: something stood here.
 */
export function printable(words: string): string {
  return words.replace(unprintable, '\uFFFD');
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

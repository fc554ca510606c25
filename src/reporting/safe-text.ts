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

const hidden =
  /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]/gu;

/**
 * Makes visible what hides in a name: control characters, line breaks, marks that turn the direction of writing or have
 * no width, halves of surrogate pairs. Each becomes "[U+202E]", so that people see that it is there and can look for it.
 */
export function visible(words: string): string {
  return words.replace(hidden, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
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

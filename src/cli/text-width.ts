import { createRequire } from 'node:module';

/** Letters, digits and signs of European languages that take one column each; no combining marks, nothing invisible. */
const oneColumnEach = /^[ -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u2010-\u2015\u2018-\u201f\u2026\u2192\u20ac]*$/;

let measure: ((words: string) => number) | undefined;

/**
 * Columns that a text takes on a terminal. What needs the library (wide, combined or invisible characters) loads it: that
 * takes as long as all else of a short command.
 */
export function textWidth(words: string): number {
  if (oneColumnEach.test(words)) return words.length;
  measure ??= (createRequire(import.meta.url)('string-width') as typeof import('string-width')).default;
  return measure(words);
}

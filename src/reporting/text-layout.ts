/** Width of a text in points at a font size. */
export type Measure = (words: string, size: number, bold: boolean) => number;

/**
 * Breaks a text into lines of at most the given width: at spaces (not at protected ones), else after a hyphen, slash, dot or underscore, else
 * within the word (without a hyphen of our own: a file reference must not gain a character). What does not fit into
 * `maxLines` ends in an ellipsis.
 */
export function wrap(
  words: string,
  width: number,
  size: number,
  bold: boolean,
  measure: Measure,
  maxLines = Number.POSITIVE_INFINITY,
): string[] {
  const lines: string[] = [];
  for (const paragraph of words.split(/\r\n|[\r\n]/)) {
    let line = '';
    for (const piece of pieces(paragraph, width, size, bold, measure)) {
      if (line !== '' && measure((line + piece).trimEnd(), size, bold) > width) {
        lines.push(line.trimEnd());
        if (lines.length > maxLines) break;
        line = '';
      }
      line += piece;
    }
    lines.push(line.trimEnd());
    if (lines.length > maxLines) break;
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = shorten(`${kept[maxLines - 1]}…`, width, size, bold, measure);
  return kept;
}

/** The text, shortened with an ellipsis to the width. */
export function shorten(words: string, width: number, size: number, bold: boolean, measure: Measure): string {
  if (measure(words, size, bold) <= width) return words;
  const characters = [...words.replace(/…$/, '')];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${characters.slice(0, middle).join('')}…`, size, bold) <= width) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`;
}

/** The unbreakable parts of a paragraph, each with the space or joint that follows it. */
function* pieces(paragraph: string, width: number, size: number, bold: boolean, measure: Measure): Iterable<string> {
  for (const word of paragraph.match(/[^ \t]+[ \t]*|[ \t]+/g) ?? []) {
    if (measure(word.trimEnd(), size, bold) <= width) {
      yield word;
      continue;
    }
    for (const part of word.match(/[^-/_.]+[-/_.]*|[-/_.]+/g) ?? []) {
      if (measure(part.trimEnd(), size, bold) <= width) yield part;
      else yield* slices(part, width, size, bold, measure);
    }
  }
}

function* slices(part: string, width: number, size: number, bold: boolean, measure: Measure): Iterable<string> {
  let slice = '';
  let taken = 0;
  for (const character of part) {
    const next = measure(character, size, bold);
    if (slice !== '' && taken + next > width) {
      yield slice;
      [slice, taken] = ['', 0];
    }
    slice += character;
    taken += next;
  }
  if (slice !== '') yield slice;
}

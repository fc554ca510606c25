/** A string, or a mark that JSON is built of. */
const pieces = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Finds the first name that stands twice in one object: JSON.parse lets the last win, and what stood there before is
 * lost without a word (RFC 8259, 4).
 * @param source valid JSON
 */
export function repeatedName(source: string): { readonly name: string; readonly offset: number } | undefined {
  /** Names of the objects around; undefined for an array. */
  const around: (Set<string> | undefined)[] = [];
  let last: { readonly text: string; readonly offset: number } | undefined;
  for (const { 0: piece, index } of source.matchAll(pieces)) {
    if (piece === '{') around.push(new Set());
    else if (piece === '[') around.push(undefined);
    else if (piece === '}' || piece === ']') around.pop();
    else if (piece === ':' && last) {
      const name = JSON.parse(last.text) as string;
      const names = around.at(-1);
      if (names?.has(name)) return { name, offset: last.offset };
      names?.add(name);
    }
    last = piece.startsWith('"') ? { text: piece, offset: index } : undefined;
  }
  return undefined;
}

import { singleLine } from './safe-text.ts';

const longest = 31;

/**
 * Names for the sheets of a workbook, in the order given: at most 31 characters, without the characters that Excel
 * forbids ([ ] : * ? / \ and an apostrophe, which some readers stumble over), none twice (case does not count), none
 * empty, none "History", which Excel keeps for itself.
 */
export function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set(['history']);
  return titles.map((title) => {
    const cleaned = singleLine(title)
      .replace(/[[\]:*?/\\]/g, '-')
      .replaceAll("'", '’');
    const wanted = cut(cleaned || '-', longest);
    let name = wanted;
    for (let number = 2; taken.has(name.toLowerCase()); number++) {
      const suffix = ` (${number})`;
      name = cut(wanted, longest - suffix.length) + suffix;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}

/** Excel counts UTF-16 units; a surrogate pair is not cut in two. */
function cut(name: string, length: number): string {
  return name
    .slice(0, length)
    .replace(/\p{Surrogate}$/u, '')
    .trim();
}

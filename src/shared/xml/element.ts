import type { XmlElement } from './read-tree.ts';

/** All elements at the end of a path of names below an element: "Item/ClassifiedTaxCategory". */
export function elementsAt(element: XmlElement | undefined, path: string): XmlElement[] {
  let found = element ? [element] : [];
  for (const name of path.split('/'))
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

/** The first of `elementsAt`. */
export function elementAt(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return elementsAt(element, path)[0];
}

/** The trimmed text of the first element at one of the paths that has any; null where none has. */
export function textAt(element: XmlElement | undefined, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const [words] = textsAt(element, path);
    if (words !== undefined) return words;
  }
  return null;
}

/** The trimmed texts of the elements at a path, without empty ones. */
export function textsAt(element: XmlElement | undefined, path: string): string[] {
  return elementsAt(element, path)
    .map(({ text }) => text.trim())
    .filter((words) => words !== '');
}

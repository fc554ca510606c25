import type { XmlElement } from '../../shared/xml/read-tree.ts';

/** The first element at the end of a path of names below an element: "Institution/Name". */
export function elementAt(element: XmlElement | undefined, path: string): XmlElement | undefined {
  let found = element;
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The trimmed text of the first of the paths that has any; null where none has. */
export function textAt(element: XmlElement | undefined, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const words = elementAt(element, path)?.text.trim();
    if (words) return words;
  }
  return null;
}

/** The texts of the children of one name. */
export function textsOf(element: XmlElement, name: string): string[] {
  return element.children.filter((child) => child.name === name).map(({ text }) => text.trim());
}

/** An xs:boolean; null where it is neither. */
export function booleanAt(element: XmlElement, name: string): boolean | null {
  const words = textAt(element, name);
  if (words === '1' || words === 'true') return true;
  return words === '0' || words === 'false' ? false : null;
}

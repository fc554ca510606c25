import type { PdfDocument } from '../../../inspection/pdf/document.ts';
import { isArray, isDictionary, type PdfValue, Ref } from '../../../inspection/pdf/values.ts';
import { ObstacleFound } from './obstacle.ts';

/** An entry of a name tree: its key, and what it names. */
export type NamedValue = readonly [key: Uint8Array, value: PdfValue];

/** More attached files than that are no scan's; the tree is written anew in one piece. */
const mostNames = 1000;
const mostNodes = 10_000;

/**
 * All entries of a name tree (ISO 32000-2, 7.9.6) in the order of their keys.
 * @throws ObstacleFound where the tree is damaged or too large, PdfDamage where an object of it is
 */
export function readNames(document: PdfDocument, root: PdfValue | undefined): NamedValue[] {
  const names: NamedValue[] = [];
  const waiting: PdfValue[] = root === undefined ? [] : [root];
  const visited = new Set<number>();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof Ref) {
      if (visited.has(node.number) || visited.size === mostNodes) throw new ObstacleFound('damaged');
      visited.add(node.number);
    }
    const dictionary = document.resolve(node);
    if (!isDictionary(dictionary)) throw new ObstacleFound('damaged');
    names.push(...pairsOf(document, dictionary.get('Names')));
    if (names.length > mostNames) throw new ObstacleFound('too-large');
    waiting.push(...listOf(document, dictionary.get('Kids')));
  }
  return names.sort(byKey);
}

/** A tree of one node, its entries sorted by the bytes of their keys. */
export function nameTree(names: readonly NamedValue[]): PdfValue {
  return new Map<string, PdfValue>([['Names', [...names].sort(byKey).flat()]]);
}

/** A name that no attached file has: "Transfervermerk.xml", "Transfervermerk-2.xml". */
export function freeAttachmentName(names: readonly NamedValue[], wanted: string): string {
  const taken = new Set(names.map(([key]) => Buffer.from(key).toString('latin1')));
  const dot = wanted.lastIndexOf('.');
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted.slice(0, dot)}-${number}${wanted.slice(dot)}`;
    if (!taken.has(name)) return name;
  }
}

function byKey([one]: NamedValue, [other]: NamedValue): number {
  return Buffer.compare(one, other);
}

function pairsOf(document: PdfDocument, value: PdfValue | undefined): NamedValue[] {
  const list = listOf(document, value);
  if (list.length % 2 !== 0) throw new ObstacleFound('damaged');
  const pairs: NamedValue[] = [];
  for (let at = 0; at < list.length; at += 2) {
    const key = document.resolve(list[at]);
    if (!(key instanceof Uint8Array)) throw new ObstacleFound('damaged');
    pairs.push([key, list[at + 1] ?? null]);
  }
  return pairs;
}

function listOf(document: PdfDocument, value: PdfValue | undefined): readonly PdfValue[] {
  const list = document.resolve(value);
  if (list === undefined) return [];
  if (!isArray(list)) throw new ObstacleFound('damaged');
  return list;
}

import type { ByteSource } from '../byte-source.ts';
import { type Directory, type DirectoryFailure, type Layout, readDirectory } from './directory.ts';
import { pointerTags } from './tags.ts';
import { readIntegers } from './values.ts';

/** What one file may cost: beyond it, it is not judged. Honest scans stay far below. */
export interface Budget {
  directories: number;
  entries: number;
  chunks: number;
}

/** How the chain of directories ends: properly (0), or at what lies at `offset`. */
export type ChainEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: DirectoryFailure | 'loop' | 'too-many'; readonly offset: number };

/**
 * Visits the directories of the main chain in order, each once (TIFF 6.0, section 2: each names its successor).
 * @returns how the chain ended
 */
export function walkChain(
  source: ByteSource,
  layout: Layout,
  first: number,
  budget: Budget,
  visit: (directory: Directory) => void,
): ChainEnd {
  const visited = new Set<number>();
  for (let offset = first; offset !== 0; ) {
    if (visited.has(offset)) return { kind: 'loop', offset };
    visited.add(offset);
    const directory = readDirectory(source, layout, offset);
    if (typeof directory === 'string') return { kind: directory, offset };
    if (!charge(budget, directory)) return { kind: 'too-many', offset };
    visit(directory);
    offset = directory.next;
  }
  return { kind: 'complete' };
}

/**
 * Visits the directories that fields of others point at (SubIFDs, Exif, GPS): no pages, but they account for bytes.
 * @param starts their offsets; the pointers inside them are followed too
 * @returns how many of them could not be read
 */
export function walkSubdirectories(
  source: ByteSource,
  layout: Layout,
  starts: readonly number[],
  budget: Budget,
  visit: (directory: Directory) => void,
): number {
  const waiting = [...starts];
  const visited = new Set<number>([0]);
  let unreadable = 0;
  for (let offset = waiting.pop(); offset !== undefined; offset = waiting.pop()) {
    if (visited.has(offset)) continue;
    visited.add(offset);
    const directory = readDirectory(source, layout, offset);
    if (typeof directory === 'string') unreadable += 1;
    else if (charge(budget, directory)) {
      visit(directory);
      waiting.push(directory.next, ...pointersOf(source, layout, directory));
    } else break;
  }
  return unreadable;
}

/** The offsets of the directories that a directory's fields point at; at most 64 a field. */
export function pointersOf(source: ByteSource, layout: Layout, { fields }: Directory): number[] {
  return pointerTags.flatMap((tag) => readIntegers(source, layout, fields.get(tag), 0, 64) ?? []);
}

function charge(budget: Budget, { entryCount }: Directory): boolean {
  budget.directories -= 1;
  budget.entries -= entryCount;
  return budget.directories >= 0 && budget.entries >= 0;
}

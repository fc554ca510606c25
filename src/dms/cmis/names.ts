import { createHash } from 'node:crypto';
import { claimMark } from '../claim.ts';

/** Repositories allow 255 characters or more; a claim's mark still has to fit behind it. */
const longestName = 120;
/** What no common repository takes in a name, and what would not be seen. */
const forbidden = /[\\/:*?"<>|\p{Control}\p{Surrogate}]/gu;

/** How the names of our own documents begin, the indices. */
const indexStem = 'scanlot-index';

/**
 * A name for a file's folder that every repository takes: the key itself where it is one already, else what is left of it
 * and a fingerprint that tells it from all others.
 */
export function folderName(key: string): string {
  const safe = safeName(key, '_');
  return safe === key && !key.includes(claimMark) ? key : marked(safe.replaceAll(claimMark, '_'), key, '');
}

/**
 * Names for the documents of one folder, in their order: unique, also where letter case and Unicode form do not count.
 * Folders in a document's name become part of it ("Band 2 - Antrag.pdf"); its own name stands in the index.
 */
export function documentNames(names: readonly string[], taken: readonly string[]): readonly string[] {
  const used = new Set(taken.map(folded));
  return names.map((name) => {
    const wished = safeName(name.replaceAll('/', ' - '), '_');
    const free = wished.length > 0 && !used.has(folded(wished)) && !folded(wished).startsWith(indexStem);
    const chosen = free ? wished : marked(wished, name, endingOf(wished));
    used.add(folded(chosen));
    return chosen;
  });
}

/** One part of a folder's path. */
export function pathSegment(name: string): string {
  return safeName(name, '_') || '_';
}

function safeName(name: string, replacement: string): string {
  const plain = name.normalize('NFC').replace(forbidden, replacement).trim().replace(/\.+$/, '');
  return [...plain].length <= longestName ? plain : marked(plain, name, endingOf(plain));
}

function marked(safe: string, original: string, ending: string): string {
  const stem = ending === '' ? safe : safe.slice(0, -ending.length);
  const print = createHash('sha256').update(original, 'utf8').digest('hex').slice(0, 12);
  return `${[...stem].slice(0, longestName - 13 - ending.length).join('')}~${print}${ending}`;
}

/** ".pdf", or nothing where a name does not end like that. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return /^\.[A-Za-z0-9]{1,8}$/.exec(dot > 0 ? name.slice(dot) : '')?.[0] ?? '';
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

import { type FileName, fileKey, referenceKey } from '../custody/reference.ts';
import { groupBy } from '../shared/group-by.ts';
import { type Break, fileBreak } from './break.ts';
import type { Delivered } from './effective.ts';
import type { LedgerFacts, ListedFile } from './facts.ts';

export interface UnlistedBreaks {
  readonly breaks: readonly Break[];
  /** Files of the pick list that are not told as missing: they were delivered under another name. */
  readonly explained: ReadonlySet<number>;
}

/**
 * Why delivered files are not on the pick list, one cause for each: they belong to another batch; they are copies of
 * other files; their reference or volume is written differently from a file that is missing; nobody ordered them.
 */
export function unlistedBreaks(
  { elsewhere, known }: Pick<LedgerFacts, 'elsewhere' | 'known'>,
  unlisted: readonly Delivered[],
  missing: readonly ListedFile[],
): UnlistedBreaks {
  const candidates = candidatesOf(missing);
  const explained = new Set<number>();
  const breaks = unlisted.map((delivered) => {
    const { id, reference, volume } = delivered.file;
    const other = elsewhere.get(fileKey({ reference, volume }));
    if (other) return fileBreak('ledger.file-misfiled', delivered, { volume, ...other });
    const content = known.get(id);
    if (content && 'whole' in content) {
      const { reference: otherReference, volume: otherVolume, batch, round } = content.whole;
      return fileBreak('ledger.duplicate-file', delivered, { volume, otherReference, otherVolume, batch, round });
    }
    const meant = candidates(delivered.file, explained);
    if (!meant) return fileBreak('ledger.file-unordered', delivered, { volume });
    explained.add(meant.id);
    const args = { volume, listedReference: meant.reference, listedVolume: meant.volume };
    return fileBreak('ledger.reference-differs', delivered, args);
  });
  return { breaks, explained };
}

/**
 * Finds the missing file that a delivered name most likely means: the same letters and digits, or the only missing
 * volume of the same reference. Where several could be meant, none is: naming the wrong one would mislead.
 */
function candidatesOf(missing: readonly ListedFile[]) {
  const byLetters = groupBy(missing, lettersOf);
  const byReference = groupBy(missing, ({ reference }) => referenceKey(reference));
  return (file: FileName, taken: ReadonlySet<number>): ListedFile | undefined => {
    const groups = [byLetters.get(lettersOf(file)), byReference.get(referenceKey(file.reference))];
    for (const group of groups) {
      const [only, ...others] = (group ?? []).filter(({ id }) => !taken.has(id));
      if (only && others.length === 0) return only;
    }
    return undefined;
  };
}

/** Reference and volume without case, spaces and punctuation. */
function lettersOf({ reference, volume }: FileName): string {
  return `${letters(reference)}/${letters(volume)}`;
}

function letters(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

import type { CmisObject } from './answers.ts';

/**
 * The document beside the others that tells what the folder holds, for people and for reading back: "scanlot-index.json"
 * of the state first stored, "scanlot-index-2.json" of the corrected one. The one with the highest number counts.
 */
const form = /^scanlot-index(?:-(\d{1,6}))?\.json$/;

/** @param number of the state, from 1 */
export function indexNameOf(number: number): string {
  return number === 1 ? 'scanlot-index.json' : `scanlot-index-${number}.json`;
}

/** An index among the documents of a folder. */
export interface FoundIndex {
  readonly number: number;
  readonly object: CmisObject;
}

/** All indices of a folder, the one that counts first. */
export function indicesAmong(children: readonly CmisObject[]): readonly FoundIndex[] {
  return children
    .flatMap((object) => {
      const match = form.exec(object.name);
      return match ? [{ number: Number(match[1] ?? 1), object }] : [];
    })
    .sort((one, other) => other.number - one.number);
}

import { claimLives, claimName, isClaim } from '../claim.ts';

/**
 * What stands in the state field of a file's folder. It is written once at the beginning (a claim) and once at the end
 * (complete); whoever reads it knows whether the folder is a file, and where its index is, without a further search.
 */
export type FileState =
  /** Somebody builds it, or did: "kx3f~scanlot-…". */
  | { readonly kind: 'claim'; readonly claim: string; readonly since: number }
  /** It is the file: "scanlot 1 index 4712"; "… replaces 4700" while an earlier state has still to go. */
  | { readonly kind: 'complete'; readonly index: string; readonly replaces: string | undefined }
  /** It is no file any more, and its documents are being removed: "scanlot 1 removing 4712". */
  | { readonly kind: 'removing'; readonly index: string }
  /** Given up, where objects cannot be removed: "scanlot 1 discarded". */
  | { readonly kind: 'discarded' }
  /** Not ours: somebody else's folder has our key. */
  | { readonly kind: 'unknown' };

/** In characters: what the state field must hold at least. */
export const stateLength = 100;

const completeForm = /^scanlot 1 index (\S{1,20})(?: replaces (\S{1,20}))?$/;
const removingForm = /^scanlot 1 removing (\S{1,20})$/;
export const discardedState = 'scanlot 1 discarded';

/** A claim that counts as being built until `release`. @param now milliseconds since 1970, by our own clock */
export function newClaim(now: number): { readonly state: string; release(): void } {
  const { name, release } = claimName(now.toString(36));
  return { state: name, release };
}

export function completeState(index: string, replaces: string | undefined): string {
  return `scanlot 1 index ${index}${replaces === undefined ? '' : ` replaces ${replaces}`}`;
}

export function removingState(index: string): string {
  return `scanlot 1 removing ${index}`;
}

export function readState(value: string | undefined): FileState {
  if (value === discardedState) return { kind: 'discarded' };
  const [, index, replaces] = completeForm.exec(value ?? '') ?? [];
  if (index !== undefined) return { kind: 'complete', index, replaces };
  const [, removing] = removingForm.exec(value ?? '') ?? [];
  if (removing !== undefined) return { kind: 'removing', index: removing };
  if (value === undefined || !isClaim(value)) return { kind: 'unknown' };
  const since = Number.parseInt(value, 36);
  return { kind: 'claim', claim: value, since: Number.isNaN(since) ? 0 : since };
}

/** A claim of which it cannot be told whether its builder lives counts for so long, in milliseconds. */
const claimLifetime = 15 * 60_000;

/** Whether somebody still builds: told by the process where it ran on this machine, else by the time since. */
export function isBeingBuilt({ claim, since }: Extract<FileState, { kind: 'claim' }>, now: number): boolean {
  return claimLives(claim) ?? now - since < claimLifetime;
}

import type { DeliveryFileRow } from './delivery-store.ts';

/**
 * How a file of a redelivery compares with the round before: mended (was wrong, is right), still-wrong, newly-broken (was
 * right, is wrong), silently-changed (was right and should not have changed), corrected (changed after a complaint),
 * unchanged, new.
 */
export type RoundChange =
  | 'mended'
  | 'still-wrong'
  | 'newly-broken'
  | 'silently-changed'
  | 'corrected'
  | 'unchanged'
  | 'new';

export interface ComparedFile {
  readonly reference: string;
  readonly volume: string;
  readonly change: RoundChange;
}

/**
 * Compares the files of a round with the newest earlier state of each; pure.
 * @param askedFor files of the pick list that were complained about after their acceptance
 */
export function compareRounds(
  earlier: readonly (readonly DeliveryFileRow[])[],
  current: readonly DeliveryFileRow[],
  askedFor: ReadonlySet<number> = new Set(),
): ComparedFile[] {
  const before = new Map<string, DeliveryFileRow>();
  for (const file of earlier.flat()) before.set(keyOf(file), file);
  return current.map((file) => ({
    reference: file.reference,
    volume: file.volume,
    change: changeOf(before.get(keyOf(file)), file, askedFor.has(file.file_id ?? 0)),
  }));
}

function changeOf(before: DeliveryFileRow | undefined, now: DeliveryFileRow, isAskedFor: boolean): RoundChange {
  if (!before) return 'new';
  const [wasRight, isRight] = [before.state === 'passed', now.state === 'passed'];
  if (!wasRight) return isRight ? 'mended' : 'still-wrong';
  if (!isRight) return 'newly-broken';
  if (before.content_hash === now.content_hash) return 'unchanged';
  return isAskedFor ? 'corrected' : 'silently-changed';
}

function keyOf({ reference_key, volume }: DeliveryFileRow): string {
  return `${reference_key}\u0000${volume}`;
}

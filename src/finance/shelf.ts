import { divideHalfUp } from '../shared/money.ts';
import type { AcceptedQuantities, CallOff } from './store.ts';

/**
 * The length of shelf that each acceptance stands for, by decision, in millimetres. A batch that was measured is shared
 * out by accepted files of its pick list. Without that, the length that the call-off states is shared out by accepted
 * files once it is closed, provided none of its batches was measured. Elsewhere nothing is known, and nothing is guessed.
 */
export function shelfOf(
  accepted: readonly AcceptedQuantities[],
  callOffs: ReadonlyMap<number, CallOff>,
): Map<number, number> {
  const shelf = new Map<number, number>();
  for (const batch of grouped(accepted, ({ batchId }) => batchId)) {
    const { batchMillimetres, batchFiles } = batch[0];
    if (batchMillimetres !== null) shareOut(shelf, batch, batchMillimetres, batchFiles);
  }
  for (const order of grouped(accepted, ({ callOffId }) => callOffId)) {
    const callOff = callOffs.get(order[0].callOffId);
    const unmeasured = order.every(({ batchMillimetres }) => batchMillimetres === null);
    if (callOff?.closedOn && callOff.millimetres > 0 && unmeasured) {
      const files = order.reduce((sum, part) => sum + part.files, 0);
      shareOut(shelf, order, callOff.millimetres, files);
    }
  }
  return shelf;
}

/** Shares of the whole by files; rounded so that all files together get exactly the whole. */
function shareOut(shelf: Map<number, number>, parts: Group, whole: number, files: number): void {
  let [filesSoFar, given] = [0, 0];
  for (const part of parts) {
    filesSoFar += part.files;
    const upToHere = Number(divideHalfUp(BigInt(whole) * BigInt(filesSoFar), BigInt(Math.max(files, filesSoFar))));
    shelf.set(part.decisionId, upToHere - given);
    given = upToHere;
  }
}

type Group = [AcceptedQuantities, ...AcceptedQuantities[]];

function grouped(rows: readonly AcceptedQuantities[], key: (row: AcceptedQuantities) => number): Group[] {
  const groups = new Map<number, Group>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups.values()];
}

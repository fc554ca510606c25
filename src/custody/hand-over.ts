import { change } from '../audit/change.ts';
import { type CallOff, requireCallOff } from '../contract/call-off.ts';
import { type CalendarDate, localDate } from '../shared/dates.ts';
import { GateError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type Batch, firstReceivedOn, requireBatch, setHandedOver } from './store.ts';

export interface HandedOver {
  readonly batch: string;
  readonly handedOverOn: CalendarDate;
  /** What was recorded before; null when the batch was still in the house. */
  readonly before: CalendarDate | null;
}

/**
 * Records on which day a batch was handed to the vendor, or corrects it; the same day again changes nothing.
 * @throws UsageError for an unknown batch; GateError for a day to come, one before the call-off or after its end, or one
 * after the first delivery
 */
export async function handOverBatch(workspace: Workspace, key: string, on: CalendarDate): Promise<HandedOver> {
  return change(workspace, async ({ db, record }) => {
    const batch = await requireBatch(db, key);
    requireOrdered(await requireCallOff(db, batch.order.number), on);
    requirePlausible(batch, on, localDate(workspace.now()), await firstReceivedOn(db, batch.id));
    const before = batch.handed_over_on;
    if (before !== on) {
      await setHandedOver(db, batch.id, on);
      record({
        action: 'batch.handed-over',
        subject: `batch/${key}`,
        before: { handedOverOn: before },
        after: { handedOverOn: on },
      });
    }
    return { batch: batch.key, handedOverOn: on, before };
  });
}

/** @throws GateError for a hand-over outside the time of its call-off */
export function requireOrdered({ ordered_on, closed_on }: CallOff, on: CalendarDate): void {
  if (on < ordered_on) {
    throw refused(
      'batch.before-order',
      text({
        de: (f) => `Die Übergabe am ${f.date(on)} läge vor dem Abruf vom ${f.date(ordered_on)}.`,
        en: (f) => `A hand-over on ${f.date(on)} would be before the call-off of ${f.date(ordered_on)}.`,
      }),
    );
  }
  if (closed_on !== null && on > closed_on) {
    throw refused(
      'batch.after-order',
      text({
        de: (f) => `Die Übergabe am ${f.date(on)} läge nach dem Ende des Abrufs am ${f.date(closed_on)}.`,
        en: (f) => `A hand-over on ${f.date(on)} would be after the end of the call-off on ${f.date(closed_on)}.`,
      }),
    );
  }
}

function requirePlausible(
  { key }: Batch,
  on: CalendarDate,
  today: CalendarDate,
  received: CalendarDate | undefined,
): void {
  if (on > today) {
    throw refused(
      'batch.hand-over-to-come',
      text({
        de: (f) => `Der ${f.date(on)} liegt in der Zukunft: Charge ${key} ist noch nicht übergeben.`,
        en: (f) => `${f.date(on)} is in the future: batch ${key} is not handed over yet.`,
      }),
    );
  }
  if (received !== undefined && on > received) {
    throw refused(
      'batch.hand-over-after-delivery',
      text({
        de: (f) => `Charge ${key} wurde am ${f.date(received)} schon geliefert, also vorher übergeben.`,
        en: (f) => `Batch ${key} was delivered on ${f.date(received)}, so it was handed over before.`,
      }),
    );
  }
}

function refused(code: string, message: Text): GateError {
  return new GateError(code, message, text({ de: 'Das Datum prüfen.', en: 'Check the date.' }));
}

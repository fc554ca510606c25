import { change } from '../audit/change.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type CallOff, requireCallOff } from './call-off.ts';

/** Ends a call-off: what was not accepted is no longer committed. */
export async function closeCallOff(workspace: Workspace, number: string, closedOn: CalendarDate): Promise<CallOff> {
  return change(workspace, async ({ db, record }) => {
    const callOff = await requireCallOff(db, number);
    if (callOff.closed_on) {
      throw new GateError(
        'call-off.closed',
        text({ de: `Der Abruf ${number} ist schon beendet.`, en: `Call-off ${number} is closed already.` }),
      );
    }
    if (closedOn < callOff.ordered_on) {
      throw new UsageError(
        'call-off.closed-before-order',
        text({
          de: (format) =>
            `Der Abruf ${number} ist vom ${format.date(callOff.ordered_on)}; er kann nicht am ${format.date(closedOn)} enden.`,
          en: (format) =>
            `Call-off ${number} is of ${format.date(callOff.ordered_on)}; it cannot end on ${format.date(closedOn)}.`,
        }),
        text({ de: 'Den Tag mit --date berichtigen.', en: 'Correct the day with --date.' }),
      );
    }
    await db.updateTable('call_off').set({ closed_on: closedOn }).where('id', '=', callOff.id).execute();
    record({
      action: 'call-off.closed',
      subject: `call-off/${number}`,
      before: { closedOn: null },
      after: { closedOn },
    });
    return { ...callOff, closed_on: closedOn };
  });
}

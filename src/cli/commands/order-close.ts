import { closeCallOff } from '../../contract/close-call-off.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, readDate, value } from '../options.ts';

export default defineCommand({
  name: 'order close',
  summary: text({
    de: 'Abruf beenden; was nicht abgenommen ist, wird frei',
    en: 'end a call-off; what was not accepted is released',
  }),
  examples: ['scanlot order close A-2021-001 --date 2021-12-31'],
  workspace: 'write',
  arguments: { number: argument('NUMBER', text({ de: 'Nummer des Abrufs', en: 'number of the call-off' })) },
  options: {
    date: value('DATE', text({ de: 'Tag des Endes (sonst heute)', en: 'day of the end (default: today)' }), readDate),
  },
  output: { schema: 'order-close-1', members: { number: 'number of the call-off', closedOn: 'date' } },
  run: async (context, { number, date }) => {
    await context.confirm(text({ de: `Abruf ${number} beenden?`, en: `End call-off ${number}?` }));
    const closed = await closeCallOff(context.workspace, number, date ?? localDate(context.io.now()));
    return {
      data: { number: closed.number, closedOn: closed.closed_on },
      render: (printer) =>
        printer.line(text({ de: `Abruf ${closed.number} beendet.`, en: `Call-off ${closed.number} closed.` }), 'good'),
    };
  },
});

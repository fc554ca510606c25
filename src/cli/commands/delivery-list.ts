import { listDeliveries } from '../../acceptance/overview.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { deliveryStates } from '../delivery-words.ts';
import { value } from '../options.ts';

export default defineCommand({
  name: 'delivery list',
  summary: text({ de: 'Lieferungen mit Stand', en: 'deliveries and where they stand' }),
  examples: ['scanlot delivery list', 'scanlot delivery list --batch B-2021-001 --json'],
  workspace: 'read',
  options: { batch: value('BATCH', text({ de: 'nur diese Charge', en: 'this batch only' })) },
  output: {
    schema: 'delivery-list-1',
    members: { deliveries: 'batch, round, receivedOn, verdict, files, pages, openErrors, state' },
  },
  run: async ({ workspace, language }, { batch }) => {
    const deliveries = await listDeliveries(workspace, batch);
    return {
      data: { deliveries },
      render: (printer) =>
        printer.table(deliveries, [
          { title: text({ de: 'Charge', en: 'batch' }), value: (row) => row.batch },
          { title: text({ de: 'Runde', en: 'round' }), value: (row) => String(row.round), align: 'right' },
          { title: text({ de: 'Eingang', en: 'received' }), value: (row, f) => f.date(row.receivedOn as CalendarDate) },
          { title: text({ de: 'Akten', en: 'files' }), value: (row, f) => f.number(row.files), align: 'right' },
          { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
          {
            title: text({ de: 'offene Fehler', en: 'open errors' }),
            value: (row, f) => f.number(row.openErrors),
            align: 'right',
          },
          { title: text({ de: 'Stand', en: 'state' }), value: (row) => deliveryStates[row.state][language] },
        ]),
    };
  },
});

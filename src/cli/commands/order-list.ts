import { callOffOverview } from '../../finance/call-off-overview.ts';
import { text } from '../../shared/language.ts';
import { centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';

export default defineCommand({
  name: 'order list',
  summary: text({ de: 'Abrufe mit Stand', en: 'call-offs and where they stand' }),
  examples: ['scanlot order list', 'scanlot order list --lot L1 --json'],
  workspace: 'read',
  options: { lot: value('LOT', text({ de: 'nur dieses Los', en: 'this lot only' })) },
  output: {
    schema: 'order-list-1',
    members: {
      orders:
        'number, lot, department, orderedOn, closedOn, pages, acceptedPages, gross (ordered, decimal EUR), acceptedGross, openGross (still committed)',
    },
  },
  run: async ({ workspace }, { lot }) => {
    const rows = await callOffOverview(workspace.db, lot);
    return {
      data: {
        orders: rows.map((row) => ({
          ...row,
          gross: centsToDecimal(row.gross),
          acceptedGross: centsToDecimal(row.acceptedGross),
          openGross: centsToDecimal(row.openGross),
        })),
      },
      render: (printer) =>
        printer.table(rows, [
          { title: text({ de: 'Abruf', en: 'order' }), value: (row) => row.number },
          { title: text({ de: 'Los', en: 'lot' }), value: (row) => row.lot },
          { title: text({ de: 'Datum', en: 'date' }), value: (row, f) => f.date(row.orderedOn) },
          { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
          {
            title: text({ de: 'abgenommen', en: 'accepted' }),
            value: (row, f) => f.number(row.acceptedPages),
            align: 'right',
          },
          { title: text({ de: 'brutto', en: 'gross' }), value: (row, f) => f.money(row.gross), align: 'right' },
          {
            title: text({ de: 'offen', en: 'open' }),
            value: (row, f) => (row.closedOn ? '–' : f.money(row.openGross)),
            align: 'right',
          },
        ]),
    };
  },
});
